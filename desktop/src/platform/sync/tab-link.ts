/** Two windows of one browser on one document: edits pass between them without the network, and one of them shows the person. */
import * as Y from 'yjs'
import { randomId } from '../http/random-id.ts'

/** What windows say to each other; bytes are Yjs updates and state vectors, `at` when the person came to that window. */
type TabMessage =
  | { readonly kind: 'hello'; readonly from: string; readonly state: Uint8Array }
  | { readonly kind: 'missing'; readonly to: string; readonly update: Uint8Array }
  | { readonly kind: 'edit'; readonly update: Uint8Array }
  | { readonly kind: 'present'; readonly at: number }

/** What the link needs of a channel: a BroadcastChannel, or a test's. */
export interface TabChannel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent<unknown>) => void) | null
  close(): void
}

/** The link of one window. */
export interface TabLink {
  /** Origin of what came from another window. It counts as an edit of this person that this window may have to upload. */
  readonly origin: unknown
  /** Passes an edit made here on. */
  edited(update: Uint8Array): void
  /** The person works in this window now: it shows them, the others stop. */
  claim(): void
  dispose(): void
}

/** Links a document to the same document in other windows. `shown` is told whether this window shows the person. */
export function createTabLink(deps: {
  readonly channel: TabChannel
  readonly doc: Y.Doc
  readonly shown: (isShown: boolean) => void
  readonly now?: () => number
}): TabLink {
  const { channel, doc } = deps
  const origin = { name: 'other-window' }
  const own = randomId()
  const now = deps.now ?? Date.now
  let isShown = true
  /** The window the person came to last shows them; 0 until they have come here. */
  let claimedAt = 0

  const say = (message: TabMessage): void => channel.postMessage(message)
  const show = (next: boolean): void => {
    if (isShown === next) return
    isShown = next
    deps.shown(next)
  }

  channel.onmessage = (event) => {
    const message = parseTabMessage(event.data)
    if (message === null) return
    switch (message.kind) {
      case 'hello':
        say({ kind: 'missing', to: message.from, update: Y.encodeStateAsUpdate(doc, message.state) })
        if (isShown) say({ kind: 'present', at: Math.max(claimedAt, 1) })
        return
      case 'missing':
        if (message.to === own) Y.applyUpdate(doc, message.update, origin)
        return
      case 'edit':
        return Y.applyUpdate(doc, message.update, origin)
      case 'present':
        if (message.at > claimedAt) show(false)
        return
    }
  }
  say({ kind: 'hello', from: own, state: Y.encodeStateVector(doc) })

  return {
    origin,
    edited: (update) => say({ kind: 'edit', update }),
    claim() {
      claimedAt = now()
      say({ kind: 'present', at: claimedAt })
      show(true)
    },
    dispose() {
      channel.onmessage = null
      channel.close()
    },
  }
}

/** Another window may run another version of the program: what is not understood is passed over. */
function parseTabMessage(data: unknown): TabMessage | null {
  if (typeof data !== 'object' || data === null) return null
  const { kind, from, to, state, update, at } = { kind: null, from: null, to: null, state: null, update: null, at: null, ...data }
  if (kind === 'hello' && typeof from === 'string' && isBytes(state)) return { kind, from, state }
  if (kind === 'missing' && typeof to === 'string' && isBytes(update)) return { kind, to, update }
  if (kind === 'edit' && isBytes(update)) return { kind, update }
  if (kind === 'present' && typeof at === 'number') return { kind, at }
  return null
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array
}

/** Sends this person's presence, at most once per window, and shows the others'. */
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import { encodeAwareness } from './messages.ts'

/** The presence half of a session. */
export interface PresenceLink {
  /** Says who is here, on a new connection. */
  announce(): void
  receive(update: Uint8Array): void
  /** Whether this window shows the person; another window of theirs may do so instead. */
  show(isShown: boolean): void
  /** Nobody can be seen while the line is down. */
  forgetOthers(): void
  dispose(): void
}

interface Changes {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

/** Links an awareness to a connection. */
export function createPresenceLink(deps: {
  readonly awareness: Awareness
  readonly windowMs: number
  readonly origin: unknown
  readonly send: (message: Uint8Array<ArrayBuffer>) => void
}): PresenceLink {
  const { awareness, origin } = deps
  let timer: ReturnType<typeof setTimeout> | undefined
  let isShown = true

  function announce(): void {
    timer = undefined
    if (isShown) say(awareness.states)
  }

  function say(states: Awareness['states']): void {
    // Before the first local state there is nothing to say.
    if (awareness.meta.has(awareness.clientID)) {
      deps.send(encodeAwareness(encodeAwarenessUpdate(awareness, [awareness.clientID], states)))
    }
  }

  const onUpdate = ({ added, updated, removed }: Changes, from: unknown): void => {
    if (from === origin || ![...added, ...updated, ...removed].includes(awareness.clientID)) return
    timer ??= setTimeout(announce, deps.windowMs)
  }
  awareness.on('update', onUpdate)

  function forgetOthers(): void {
    const others = [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID)
    removeAwarenessStates(awareness, others, origin)
  }

  return {
    announce,
    receive: (update) => applyAwarenessUpdate(awareness, update, origin),
    forgetOthers,
    show(next) {
      isShown = next
      if (isShown) announce()
      else say(new Map())
    },
    dispose() {
      awareness.off('update', onUpdate)
      clearTimeout(timer)
      forgetOthers()
    },
  }
}

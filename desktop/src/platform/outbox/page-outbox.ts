/** The outbox of the signed-in person in this page, and the texts that wait beside it. */
import type { AnyContract, Contract, InputOf } from '@xiewen/shared/base'
import { pathOf } from '@xiewen/shared/base'
import { isSignedIn, linkState, OfflineError, onLinkChange, onSignedIn, RefusalError, repeatCommand } from '../http/index.ts'
import type { UnsentText } from '../sync/index.ts'
import { pageStore } from '../sync/page-store.ts'
import { openOutbox, type Outbox, type OutboxEntry, type QueuedAct, type SendOutcome } from './outbox.ts'

/** Everything on this computer that has not reached the server, those texts excepted that are open in a window. */
export interface Unsent {
  readonly acts: readonly OutboxEntry[]
  readonly texts: readonly UnsentText[]
}

const nothing: Unsent = { acts: [], texts: [] }
let unsent: Unsent = nothing
let outbox: Outbox | null = null
let uploader: (documentId: string) => Promise<boolean> = async () => true
const listeners = new Set<() => void>()

/** What waits; the same object between changes. */
export function currentUnsent(): Unsent {
  return unsent
}

/** Calls `listener` after every change of what waits. */
export function onUnsentChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function show(next: Unsent): void {
  unsent = next
  for (const listener of [...listeners]) listener()
}

/** The documents room says which texts wait. */
export function setUnsentTexts(texts: readonly UnsentText[]): void {
  show({ ...unsent, texts })
}

/** The documents room says how a text is brought up before an act on it. */
export function setTextUploader(upload: (documentId: string) => Promise<boolean>): () => void {
  uploader = upload
  return () => {
    uploader = async () => true
  }
}

const lookEveryMs = 15_000

/** Opens a person's outbox and sends whatever waits whenever the server is reached; answers how to end that.
 *
 * @param onSent called after an act has gone through
 */
export function startOutbox(personId: string, onSent: () => void): () => void {
  const opened = openOutbox({ copy: pageStore().open(`acts/${personId}/`), send, upload: (documentId) => uploader(documentId) })
  outbox = opened
  let count = 0
  const tell = (): void => {
    const acts = opened.entries()
    if (acts.length < count) onSent()
    count = acts.length
    show({ ...unsent, acts })
  }
  const flush = (): void => {
    if (isSignedIn() && opened.entries().some(({ standing }) => standing.kind === 'waiting')) void opened.flush()
  }
  const onLink = (): void => {
    if (linkState().online) flush()
  }
  const cleanups = [opened.onChange(tell), onLinkChange(onLink), onSignedIn(flush)]
  const timer = setInterval(flush, lookEveryMs)
  // No storage, no outbox: then an act without a network is refused as before.
  opened.whenLoaded.then(flush, () => undefined)
  return () => {
    for (const cleanup of cleanups) cleanup()
    clearInterval(timer)
    outbox = null
    show({ ...unsent, acts: [] })
  }
}

/** Keeps an act that could not be sent for want of a network.
 *
 * @returns false when this computer cannot keep it
 */
export async function queueAct<C extends Contract<'command', AnyContract['input'], AnyContract['output']>>(
  contract: C,
  input: InputOf<C>,
  about: { readonly number: string; readonly label: string; readonly documentId: string | null },
): Promise<boolean> {
  if (outbox === null) return false
  // Pressed twice, meant once.
  if (outbox.entries().some((entry) => entry.standing.kind === 'waiting' && entry.act.path === pathOf(contract) && entry.act.body === JSON.stringify(input))) return true
  const act: QueuedAct = { ...about, command: contract.name, path: pathOf(contract), body: JSON.stringify(input), at: Date.now() }
  try {
    await outbox.add(act)
    return true
  } catch {
    return false
  }
}

/** Takes an act back, or puts a refused one away. */
export function removeAct(number: string): void {
  void outbox?.remove(number)
}

/** Sends one act with the person there. */
export async function retryAct(number: string): Promise<boolean> {
  return (await outbox?.retry(number)) ?? false
}

async function send(act: QueuedAct, byPerson: boolean): Promise<SendOutcome> {
  try {
    await repeatCommand({ path: act.path, body: act.body, idempotencyKey: act.number }, { bare: !byPerson })
    return { kind: 'done' }
  } catch (problem) {
    if (!(problem instanceof RefusalError)) {
      // A fault passes; it is tried again like a missing network. Anything else is a bug and goes up.
      if (problem instanceof OfflineError || (problem instanceof Error && problem.name === 'ServerFaultError')) return { kind: 'unreachable' }
      throw problem
    }
    if (problem.code === 'base.not-signed-in' || problem.code === 'base.step-up-required') return { kind: 'needs-person' }
    if (problem.status === 429 || problem.status >= 500) return { kind: 'unreachable' }
    return { kind: 'refused', code: problem.code, params: problem.params }
  }
}

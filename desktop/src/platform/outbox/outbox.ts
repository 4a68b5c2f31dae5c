/** Acts done without a network (意见, 用印申请): kept on this computer under their request number, sent when the server answers again,
 * judged there by the rules of that moment, and shown until they are through or refused. */
import type { CopyHandle } from '../sync/index.ts'

/** One act. `number` is its idempotency key: however often it is sent, it happens once. `at` is UTC milliseconds. */
export interface QueuedAct {
  readonly number: string
  /** Name of the command's contract, e.g. `workflow.approve`. */
  readonly command: string
  readonly path: string
  /** JSON. */
  readonly body: string
  /** What it is, in words: document and act. */
  readonly label: string
  /** Its text is brought up before the act. */
  readonly documentId: string | null
  readonly at: number
}

/** Where an act stands. `waiting`: for the network. `needs-person`: to sign in, or to prove who acts. `refused`: the server says no. */
export type ActStanding =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'needs-person' }
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, string | number>> }

/** An act and where it stands. */
export interface OutboxEntry {
  readonly act: QueuedAct
  readonly standing: ActStanding
}

/** What came of sending. */
export type SendOutcome = { readonly kind: 'done' } | { readonly kind: 'unreachable' } | Exclude<ActStanding, { readonly kind: 'waiting' }>

/** What the outbox works with. */
export interface OutboxDeps {
  readonly copy: CopyHandle
  /** `byPerson`: somebody is there to sign in or prove who they are. */
  readonly send: (act: QueuedAct, byPerson: boolean) => Promise<SendOutcome>
  /** Brings up what was typed into a document; false when it cannot be now. */
  readonly upload: (documentId: string) => Promise<boolean>
}

/** The acts of one person on this computer. */
export interface Outbox {
  entries(): readonly OutboxEntry[]
  onChange(listener: () => void): () => void
  /** Keeps an act; rejects when this computer cannot. */
  add(act: QueuedAct): Promise<void>
  /** Takes an act back that has not gone through, or puts a refused one away. */
  remove(number: string): Promise<void>
  /** Sends whatever waits, in order. */
  flush(): Promise<void>
  /** Sends one with the person there, whatever came of it before. Resolves with true when it is through. */
  retry(number: string): Promise<boolean>
  readonly whenLoaded: Promise<void>
}

type LogRecord = { readonly add: QueuedAct } | { readonly standing: ActStanding; readonly of: string } | { readonly remove: string }

/** Opens the outbox over a local copy, which holds it as a log. */
export function openOutbox(deps: OutboxDeps): Outbox {
  const entries = new Map<string, OutboxEntry>()
  const listeners = new Set<() => void>()
  let sending: Promise<void> | null = null
  const whenLoaded = load()

  async function load(): Promise<void> {
    const { updates } = await deps.copy.read()
    for (const bytes of updates) take(parseRecord(bytes))
    if (updates.length > 50) await deps.copy.compact(() => new TextEncoder().encode(JSON.stringify([...entries.values()].flatMap(({ act, standing }) => [{ add: act }, { of: act.number, standing }]))))
    tell()
  }

  function take(records: readonly LogRecord[]): void {
    for (const record of records) {
      if ('add' in record) entries.set(record.add.number, { act: record.add, standing: { kind: 'waiting' } })
      else if ('remove' in record) entries.delete(record.remove)
      else {
        const known = entries.get(record.of)
        if (known !== undefined) entries.set(record.of, { act: known.act, standing: record.standing })
      }
    }
  }

  async function record(...records: readonly LogRecord[]): Promise<void> {
    await deps.copy.append([new TextEncoder().encode(JSON.stringify(records))], 0)
    take(records)
    tell()
  }

  function tell(): void {
    for (const listener of [...listeners]) listener()
  }

  async function sendOne(act: QueuedAct, byPerson: boolean): Promise<SendOutcome['kind']> {
    if (act.documentId !== null && !(await deps.upload(act.documentId))) return 'unreachable'
    const outcome = await deps.send(act, byPerson)
    if (outcome.kind === 'done') await record({ remove: act.number })
    else if (outcome.kind !== 'unreachable') await record({ of: act.number, standing: outcome })
    return outcome.kind
  }

  async function sendAll(): Promise<void> {
    await whenLoaded
    for (const { act, standing } of [...entries.values()]) {
      if (standing.kind !== 'waiting' || !entries.has(act.number)) continue
      // What comes later may build on what came before, so nothing overtakes.
      if ((await sendOne(act, false)) === 'unreachable') return
    }
  }

  return {
    whenLoaded,
    entries: () => [...entries.values()],
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: async (act) => {
      await whenLoaded
      await record({ add: act })
    },
    remove: (number) => record({ remove: number }),
    flush() {
      sending ??= sendAll().finally(() => (sending = null))
      return sending
    },
    async retry(number) {
      const entry = entries.get(number)
      if (entry === undefined) return true
      return (await sendOne(entry.act, true)) === 'done'
    },
  }
}

/** Written by this program only; what a newer one has added is passed over. */
function parseRecord(bytes: Uint8Array): readonly LogRecord[] {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    // Safe because only `record` and `load` above write here.
    return Array.isArray(value) ? (value as LogRecord[]) : []
  } catch {
    return []
  }
}

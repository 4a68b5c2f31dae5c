/** Group commit: whatever was accepted while the last commit ran goes into the next one. With little to write a commit starts at once;
 * under load there is at most one start per window, and a longer one under heavy load, so that a commit carries many. Nor does one
 * start before anybody would be told. */
import type { LogRow, UpdateLog } from './ports.ts'

/** Updates of one writer on their way to the log; grows until its commit starts. */
export interface Queued {
  readonly documentId: string
  row(): LogRow
  /** Monotonic milliseconds: before then nobody would be told of its commit. */
  readonly wantedAt: number
  /** False: whoever waited for it is gone, it must not be written. */
  isWanted(): boolean
}

/** What happens around a commit. `committed` and `failed` run in the turn in which the store answers. */
export interface CommitHooks<Entry extends Queued> {
  readonly log: UpdateLog
  readonly windowMs: number
  readonly longWindowMs: number
  /** Monotonic milliseconds. */
  readonly monotonic: () => number
  readonly committed: (entries: readonly (readonly [Entry, number])[], tookMs: number) => void
  readonly failed: (entries: readonly Entry[], cause: unknown) => void
  readonly bug: (cause: unknown) => void
}

/** A commit that carried no more than `fewEntries` shows that waiting would gather next to nothing; one that carried `manyEntries`,
 * that so many write at once that every commit saved is felt by all of them. */
const [fewEntries, manyEntries] = [4, 16]

/** The queue in front of the log. */
export interface CommitQueue<Entry extends Queued> {
  add(entry: Entry): void
  /** Resolves when everything added so far has been written or has failed. */
  drained(): Promise<void>
}

/** Makes a queue that has at most one `append` under way. */
export function createCommitQueue<Entry extends Queued>(hooks: CommitHooks<Entry>): CommitQueue<Entry> {
  let waiting: Entry[] = []
  let isWriting = false
  /** A start that is planned. */
  let planned: { readonly at: number; readonly cancel: () => void } | null = null
  let lastStart = -Infinity
  let lastCount = 0
  let onDrained: (() => void)[] = []

  function plan(): void {
    if (isWriting) return
    if (waiting.length === 0) {
      for (const resolve of onDrained.splice(0)) resolve()
      return
    }
    const wanted = waiting.reduce((soonest, { wantedAt }) => Math.min(soonest, wantedAt), Infinity)
    const at = Math.max(wanted, lastStart + pauseMs())
    if (planned !== null && planned.at <= at) return
    planned?.cancel()
    planned = { at, cancel: startIn(at - hooks.monotonic()) }
  }

  /** How long after the last start the next may come. */
  function pauseMs(): number {
    if (lastCount >= manyEntries) return hooks.longWindowMs
    return lastCount > fewEntries ? hooks.windowMs : 0
  }

  /** @returns how to take it back */
  function startIn(waitMs: number): () => void {
    if (waitMs > 0.5) {
      const timer = setTimeout(start, waitMs)
      return () => clearTimeout(timer)
    }
    const soon = setImmediate(start)
    return () => clearImmediate(soon)
  }

  function start(): void {
    const entries = waiting.filter((entry) => entry.isWanted())
    waiting = []
    lastCount = entries.length
    lastStart = hooks.monotonic()
    planned = null
    isWriting = true
    void write(entries)
      .catch(hooks.bug)
      .finally(() => {
        isWriting = false
        plan()
      })
  }

  /** One commit for all. If it fails, each document is tried alone: a document that takes no more updates (signed, gone) must not
   * send the editors of all others away. Should the first attempt have been written after all, the rows repeat what is known. */
  async function write(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return
    const cause = await append(entries)
    if (cause === null) return
    const groups = new Map<string, Entry[]>()
    for (const entry of entries) groups.set(entry.documentId, [...(groups.get(entry.documentId) ?? []), entry])
    if (groups.size === 1) return hooks.failed(entries, cause.reason)
    for (const group of groups.values()) {
      const alone = await append(group)
      if (alone !== null) hooks.failed(group, alone.reason)
    }
  }

  /** `null` when it succeeded. */
  async function append(entries: readonly Entry[]): Promise<{ readonly reason: unknown } | null> {
    let seqs: readonly number[]
    try {
      seqs = await hooks.log.append(entries.map((entry) => entry.row()))
      if (seqs.length !== entries.length) throw new Error('the log answered with another number of rows')
    } catch (reason) {
      return { reason }
    }
    hooks.committed(
      entries.map((entry, index) => [entry, seqs[index] ?? 0] as const),
      hooks.monotonic() - lastStart,
    )
    return null
  }

  return {
    add(entry) {
      waiting.push(entry)
      plan()
    },
    drained() {
      if (!isWriting && waiting.length === 0) return Promise.resolve()
      return new Promise((resolve) => {
        onDrained = [...onDrained, resolve]
      })
    },
  }
}

/** Group commit: whatever was accepted while the last commit ran goes into the next one, at most one start per window. */
import type { LogRow, UpdateLog } from './ports.ts'

/** Updates of one writer on their way to the log; grows until its commit starts. */
export interface Queued {
  row(): LogRow
  /** False: whoever waited for it is gone, it must not be written. */
  isWanted(): boolean
}

/** What happens around a commit. `committed` and `failed` run in the turn in which the store answers. */
export interface CommitHooks<Entry extends Queued> {
  readonly log: UpdateLog
  readonly windowMs: number
  /** Monotonic milliseconds. */
  readonly monotonic: () => number
  readonly committed: (entries: readonly (readonly [Entry, number])[], tookMs: number) => void
  readonly failed: (entries: readonly Entry[], cause: unknown) => void
  readonly bug: (cause: unknown) => void
}

/** The queue in front of the log. */
export interface CommitQueue<Entry extends Queued> {
  add(entry: Entry): void
  /** Resolves when everything added so far has been written or has failed. */
  drained(): Promise<void>
}

/** Makes a queue that has at most one `append` under way. */
export function createCommitQueue<Entry extends Queued>(hooks: CommitHooks<Entry>): CommitQueue<Entry> {
  let waiting: Entry[] = []
  let state: 'idle' | 'planned' | 'writing' = 'idle'
  let lastStart = -Infinity
  let onDrained: (() => void)[] = []

  function plan(): void {
    if (state !== 'idle') return
    if (waiting.length === 0) {
      for (const resolve of onDrained.splice(0)) resolve()
      return
    }
    state = 'planned'
    const wait = hooks.windowMs - (hooks.monotonic() - lastStart)
    if (wait > 0.5) setTimeout(start, wait)
    else setImmediate(start)
  }

  function start(): void {
    const entries = waiting.filter((entry) => entry.isWanted())
    waiting = []
    lastStart = hooks.monotonic()
    state = 'writing'
    void write(entries)
      .catch(hooks.bug)
      .finally(() => {
        state = 'idle'
        plan()
      })
  }

  async function write(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return
    let seqs: readonly number[]
    try {
      seqs = await hooks.log.append(entries.map((entry) => entry.row()))
      if (seqs.length !== entries.length) throw new Error('the log answered with another number of rows')
    } catch (cause) {
      hooks.failed(entries, cause)
      return
    }
    hooks.committed(
      entries.map((entry, index) => [entry, seqs[index] ?? 0] as const),
      hooks.monotonic() - lastStart,
    )
  }

  return {
    add(entry) {
      waiting.push(entry)
      plan()
    },
    drained() {
      if (state === 'idle' && waiting.length === 0) return Promise.resolve()
      return new Promise((resolve) => {
        onDrained = [...onDrained, resolve]
      })
    },
  }
}

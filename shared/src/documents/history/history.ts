/** The history of a text: every character with the account that wrote it and the one that removed it, as the server's log of
 * updates says. The log records which account sent which update; what a client claims inside an update is never asked. */
import * as Y from 'yjs'

/** Who did something, when, and in which row of the log. */
export interface Origin {
  readonly personId: string
  /** UTC ms. */
  readonly at: number
  readonly seq: number
}

/** Clock ticks `clock` (inclusive) to `end` (exclusive) of one client id. */
export interface TickRange {
  readonly client: number
  readonly clock: number
  readonly end: number
}

/** One row of the log: its updates, and what they add and delete. */
export interface LoggedRow extends Origin {
  readonly updates: readonly Uint8Array[]
  readonly adds: readonly TickRange[]
  readonly deletes: readonly TickRange[]
}

/** A text with all that was ever in it. */
export interface History {
  readonly doc: Y.Doc
  /** The rows it was replayed from. */
  readonly rows: readonly LoggedRow[]
  /** Who wrote a tick, or null when the log does not know it. */
  readonly writtenBy: (client: number, clock: number) => Origin | null
  /** Who removed a tick, or null while it stands. */
  readonly removedBy: (client: number, clock: number) => Origin | null
}

/** Replays rows of a log, oldest first, keeping what was deleted. */
export function openHistory(rows: readonly LoggedRow[]): History {
  const doc = new Y.Doc({ gc: false })
  const written = new Spans()
  const removed = new Spans()
  doc.transact(() => {
    for (const row of rows) {
      for (const update of row.updates) Y.applyUpdate(doc, update)
      for (const range of row.adds) written.add(range, row)
      for (const range of row.deletes) removed.add(range, row)
    }
  })
  return { doc, rows, writtenBy: (client, clock) => written.at(client, clock), removedBy: (client, clock) => removed.at(client, clock) }
}

interface Span {
  readonly clock: number
  readonly end: number
  readonly origin: Origin
}

/** Which row first spoke of which ticks. Repeats of what is known (a client sending its state again) change nothing. */
class Spans {
  readonly #byClient = new Map<number, Span[]>()

  add(range: TickRange, origin: Origin): void {
    const spans = this.#byClient.get(range.client) ?? []
    this.#byClient.set(range.client, spans)
    const last = spans.at(-1)
    if (last === undefined || range.clock >= last.end) return void spans.push({ clock: range.clock, end: range.end, origin })
    this.#fillGaps(spans, range, origin)
  }

  #fillGaps(spans: Span[], range: TickRange, origin: Origin): void {
    const fresh: Span[] = []
    let { clock } = range
    for (const span of spans) {
      if (span.end <= clock) continue
      if (span.clock >= range.end) break
      if (span.clock > clock) fresh.push({ clock, end: span.clock, origin })
      clock = Math.max(clock, span.end)
    }
    if (clock < range.end) fresh.push({ clock, end: range.end, origin })
    if (fresh.length === 0) return
    spans.push(...fresh)
    spans.sort((a, b) => a.clock - b.clock)
  }

  at(client: number, clock: number): Origin | null {
    const spans = this.#byClient.get(client) ?? []
    let [low, high] = [0, spans.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const span = spans[middle]
      if (span === undefined) return null
      if (clock < span.clock) high = middle - 1
      else if (clock >= span.end) low = middle + 1
      else return span.origin
    }
    return null
  }
}

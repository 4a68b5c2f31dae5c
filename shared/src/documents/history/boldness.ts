/** Whether letters were bold at a moment of a text, and who made them so. */
import type { Origin } from './history.ts'

/** A mark in the text from which on letters are bold or plain. */
export interface BoldMark {
  readonly isBold: boolean
  readonly written: Origin
  readonly removed: Origin | null
}

/** The mark that decided after log row `seq`, the last one of those standing then; null where letters were plain without one. */
export function markAt(marks: readonly BoldMark[], seq: number): BoldMark | null {
  return marks.findLast((mark) => mark.written.seq <= seq && (mark.removed === null || mark.removed.seq > seq)) ?? null
}

/** Letters that stayed and became bold or plain since log row `from`.
 *
 * @param marks those before the letters where they stand; `before` those where they stood at `from`
 * @param placed the row that put the letters where they stand
 * @returns what they became and who did it, or null when nothing changed
 */
export function boldnessSince(marks: readonly BoldMark[], before: readonly BoldMark[], { from, placed }: { readonly from: number; readonly placed: Origin }): { readonly to: 'bold' | 'plain'; readonly by: Origin } | null {
  const wasBold = markAt(before, from)?.isBold ?? false
  const acts = marks.flatMap(({ written, removed }) => (removed === null ? [written] : [written, removed]))
  let [isBold, by] = [wasBold, placed]
  // Nobody says which act decided: it is the last one after which the letters were otherwise than before it.
  for (const act of [...acts, placed].filter(({ seq }) => seq > from).toSorted((a, b) => a.seq - b.seq)) {
    const next = act.seq < placed.seq ? isBold : (markAt(marks, act.seq)?.isBold ?? false)
    if (next !== isBold) by = act
    isBold = next
  }
  return isBold === wasBold ? null : { to: isBold ? 'bold' : 'plain', by }
}

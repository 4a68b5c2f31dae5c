/** How far a row that is wider than its place is scrolled. Pure. */

/** What is measured, all in CSS pixels. */
export interface RowMeasures {
  /** How far the row is scrolled now. */
  readonly scrolled: number
  /** How much of the row is seen. */
  readonly seen: number
  /** Where the wanted part begins, from the row's beginning. */
  readonly left: number
  readonly width: number
}

/** How far to scroll so that the wanted part is seen: not at all when it is, else no farther than needed. */
export function scrollIntoRow({ scrolled, seen, left, width }: RowMeasures): number {
  return Math.max(0, Math.min(scrolled, left), left + width - seen)
}

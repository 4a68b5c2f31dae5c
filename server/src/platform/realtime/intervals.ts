/** A set of whole numbers kept as sorted, disjoint, non-touching ranges `[start, end)`: what has been deleted of one client. */
export interface Intervals {
  /** start0, end0, start1, end1 … ascending. */
  readonly bounds: number[]
}

/** The empty set. */
export function emptyIntervals(): Intervals {
  return { bounds: [] }
}

/** Index of the first range whose end is at or after `value`. */
function firstEndingAtOrAfter(bounds: readonly number[], value: number): number {
  let low = 0
  let high = bounds.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((bounds[middle * 2 + 1] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether every number of `[start, end)` is in the set. */
export function containsRange(set: Intervals, start: number, end: number): boolean {
  const index = firstEndingAtOrAfter(set.bounds, end)
  const from = set.bounds[index * 2]
  return from !== undefined && from <= start
}

/** Adds `[start, end)` in place, joining what touches. */
export function addRange(set: Intervals, start: number, end: number): void {
  const { bounds } = set
  const first = firstEndingAtOrAfter(bounds, start)
  let last = first
  let [from, to] = [start, end]
  while (last * 2 < bounds.length && (bounds[last * 2] ?? 0) <= end) {
    from = Math.min(from, bounds[last * 2] ?? from)
    to = Math.max(to, bounds[last * 2 + 1] ?? to)
    last += 1
  }
  bounds.splice(first * 2, (last - first) * 2, from, to)
}

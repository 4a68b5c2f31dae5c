/** How long to wait before the next attempt. */

/** Figures of the waiting: the ceiling doubles from `firstMs` up to `longestMs`. */
export interface BackoffFigures {
  readonly firstMs: number
  readonly longestMs: number
}

/** Full jitter: anything between nothing and the ceiling, so that two thousand clients do not come back in one second.
 *
 * @param attempt failures so far, from 0
 * @param random from 0 (inclusive) to 1 (exclusive)
 * @returns milliseconds
 */
export function nextDelayMs(attempt: number, random: number, { firstMs, longestMs }: BackoffFigures): number {
  return Math.floor(random * Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 30)))
}

/** How often something happens, as of lately. */

/** A rate that forgets: an event of half a minute ago counts about a third of one now. */
export interface Rate {
  count(nowMs: number): void
  /** Events a second. */
  perSecond(nowMs: number): number
}

const memoryMs = 30_000
/** Events of one such stretch are counted as if they came together: fading for each would cost more than the event. */
const stretchMs = 1_000

/** Starts at nothing. Times only ever go forward; a clock that steps back counts as standing. */
export function createRate(): Rate {
  let weight = 0
  let last = 0
  const fade = (nowMs: number): void => {
    weight *= Math.exp(-Math.max(0, nowMs - last) / memoryMs)
    last = Math.max(last, nowMs)
  }
  return {
    count(nowMs) {
      if (nowMs - last > stretchMs) fade(nowMs)
      weight += 1
    },
    perSecond(nowMs) {
      fade(nowMs)
      return (weight * 1000) / memoryMs
    },
  }
}

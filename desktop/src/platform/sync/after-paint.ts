/** Work that must not stand between a key and its letter on the screen. */

/** A window that paints nothing (hidden, or drawing something else) is not waited for longer than this (ms). */
const longestMs = 100

/** Runs `work` once the next picture of the page has been handed over; at once where nothing is painted. */
export function afterPaint(work: () => void): void {
  if (typeof globalThis.requestAnimationFrame !== 'function' || globalThis.document?.visibilityState === 'hidden') return work()
  let isDone = false
  const once = (): void => {
    if (isDone) return
    isDone = true
    clearTimeout(timer)
    work()
  }
  const timer = setTimeout(once, longestMs)
  requestAnimationFrame(() => void setTimeout(once, 0))
}

/** A function that runs `work` after the next painting, once however often it is called until then. */
export function oncePainted(work: () => void): () => void {
  let isPlanned = false
  return () => {
    if (isPlanned) return
    isPlanned = true
    afterPaint(() => {
      isPlanned = false
      work()
    })
  }
}

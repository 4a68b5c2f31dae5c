/** Background work that must not hold up the first page. */

const quietAfterMs = 1500

/** Starts `start` a moment after the page; answers how to end what it started, or that it starts at all. */
export function startWhenQuiet(start: () => Promise<() => void>): () => void {
  let stop: (() => void) | null = null
  let isOver = false
  const timer = setTimeout(() => {
    start().then(
      (made) => {
        if (isOver) made()
        else stop = made
      },
      // A part of the program could not be fetched: no network. The page says so, and the next start tries again.
      () => undefined,
    )
  }, quietAfterMs)
  return () => {
    isOver = true
    clearTimeout(timer)
    stop?.()
  }
}

/** Answers that must come in time. Time in which the process itself stood still (a long computation, a machine with too much to do)
 * does not count: the answer may be lying there already, and a timer would overtake it. */

/** Deadlines of one endpoint. */
export interface Deadlines {
  /** The answer, or an error when it does not come in time or the endpoint closes first. */
  readonly inTime: <T>(answer: Promise<T>) => Promise<T>
  /** Ends every wait at once. */
  close(): void
}

/** Turns of the event loop a deadline is made of: each stands for a tenth of the time, however long the turn really took. */
const turns = 10

/** Opens the deadlines of an endpoint. */
export function openDeadlines(withinMs: number): Deadlines {
  const waits = new Set<(reason: Error) => void>()
  return {
    inTime: (answer) =>
      new Promise((resolve, reject) => {
        let left = turns
        const timer = setInterval(() => {
          left -= 1
          if (left <= 0) end(new Error('no answer in time'))
        }, withinMs / turns)
        // A server that ends must not wait for an answer nobody needs.
        timer.unref()
        const end = (reason: Error): void => {
          stop()
          reject(reason)
        }
        const stop = (): void => {
          clearInterval(timer)
          waits.delete(end)
        }
        waits.add(end)
        answer.finally(stop).then(resolve, reject)
      }),
    close: () => {
      for (const end of [...waits]) end(new Error('closing'))
    },
  }
}

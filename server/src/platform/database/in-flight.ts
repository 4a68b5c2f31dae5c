/** Keeps count of work on a database, so that closing waits for what has begun and refuses what comes later. */
import { Fault } from '../log/fault.ts'

const closingMessage = 'the database is closing'

/** Whether an error says no more than that the database was being closed. */
export function isClosing(error: unknown): boolean {
  return error instanceof Fault && error.message === closingMessage
}

/** Work under way. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>()
  #isClosing = false

  /** Runs work and remembers it until it settles.
   * @throws Fault once closing has begun */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosing) return Promise.reject(new Fault(closingMessage, { code: 'base.read-only' }))
    const running = work()
    const settled: Promise<unknown> = running.then(
      () => this.#running.delete(settled),
      () => this.#running.delete(settled),
    )
    this.#running.add(settled)
    return running
  }

  /** Refuses new work and resolves when the last of the old has settled. */
  async close(): Promise<void> {
    this.#isClosing = true
    while (this.#running.size > 0) await Promise.all(this.#running)
  }
}

/** Notices that PostgreSQL has fallen silent. On a network that is cut without a word a question has no answer and no error, for a quarter of an
 * hour or for ever: the operating system sends it again and again, and its own signs of life wait for that. So a question that has waited a while
 * is asked about on a connection of its own. A server that is still at work on it is left to it, however long it takes; otherwise the connection
 * is cut, and whoever asked is told that the store is away. */
import pg from 'pg'

/** Times of the watch, milliseconds. */
export interface SilenceTimes {
  /** After this long without an answer the server is asked whether it is at work on the question; and again after as long. */
  readonly askAfterMs: number
  /** How long that may take. */
  readonly answerWithinMs: number
}

/** A cut network is noticed within fourteen seconds. */
export const ordinarySilence: SilenceTimes = { askAfterMs: 8_000, answerWithinMs: 5_000 }

/** How every connection is held: after five idle seconds the operating system asks for a sign of life, and gives up ten seconds later. */
export const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 5_000 } as const

interface Waiting {
  readonly client: pg.ClientBase
  since: number
  isAskedAbout: boolean
}

/** Watches the questions of one database. */
export class SilenceWatch {
  readonly #url: string
  readonly #times: SilenceTimes
  readonly #waiting = new Set<Waiting>()
  readonly #timer: ReturnType<typeof setInterval>

  constructor(url: string, times: SilenceTimes = ordinarySilence) {
    this.#url = url
    this.#times = times
    this.#timer = setInterval(() => this.#look(), Math.max(20, times.askAfterMs / 8))
    this.#timer.unref()
  }

  /** Waits for an answer on a client; rejects as the driver does for a lost connection when the server is silent. */
  async over<T>(client: pg.ClientBase, asked: Promise<T>): Promise<T> {
    const waiting: Waiting = { client, since: performance.now(), isAskedAbout: false }
    this.#waiting.add(waiting)
    try {
      return await asked
    } finally {
      this.#waiting.delete(waiting)
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const late = performance.now() - this.#times.askAfterMs
    for (const waiting of this.#waiting) if (waiting.since < late && !waiting.isAskedAbout) void this.#askAbout(waiting)
  }

  async #askAbout(waiting: Waiting): Promise<void> {
    waiting.isAskedAbout = true
    const isAtWork = await this.#isAtWork(waiting.client).catch(() => false)
    waiting.isAskedAbout = false
    waiting.since = performance.now()
    if (!isAtWork && this.#waiting.has(waiting)) cut(waiting.client)
  }

  /** Whether the server is at work for a client, as it says itself; waiting for a lock is work. */
  async #isAtWork(client: pg.ClientBase): Promise<boolean> {
    const probe = new pg.Client({ connectionString: this.#url, connectionTimeoutMillis: this.#times.answerWithinMs, query_timeout: this.#times.answerWithinMs })
    // A probe that is cut has nobody to tell.
    probe.on('error', () => undefined)
    try {
      await probe.connect()
      const { rows } = await probe.query("select 1 from pg_stat_activity where pid = $1 and state = 'active'", [processOf(client)])
      return rows.length > 0
    } finally {
      probe.end().catch(() => undefined)
    }
  }
}

/** What the driver knows of a connection and does not declare: the process that serves it, and its socket. */
interface DriverClient {
  readonly processID: number | null
  readonly connection: { readonly stream: { destroy(error?: Error): void } }
}

function driverOf(client: pg.ClientBase): DriverClient {
  // Safe because these are fields of the driver's client in the version pinned here; tests/faults/silent-store.test.ts uses both.
  return client as unknown as DriverClient
}

function processOf(client: pg.ClientBase): number {
  return driverOf(client).processID ?? 0
}

function cut(client: pg.ClientBase): void {
  driverOf(client).connection.stream.destroy(new Error('PostgreSQL is silent'))
}

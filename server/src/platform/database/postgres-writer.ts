/** The single writer's connection to PostgreSQL. A lost one is replaced before the next transaction, never inside one. */
import pg from 'pg'
import type { WriterConnection } from './group-commit.ts'
import { PgConnection } from './postgres-connection.ts'
import { asPgFault } from './postgres-faults.ts'
import { keepAlive, type SilenceWatch } from './silence-watch.ts'
import type { Statement } from './types.ts'

/** How long the writer may stand still inside a transaction before PostgreSQL ends it (ms). All nodes share one writer: a process
 * that is stopped, or cut off, in the middle of a transaction would hold it for ever. */
export const standstillMs = 8_000

/** A connection that comes back by itself between transactions. */
export class PgWriter implements WriterConnection {
  readonly #url: string
  readonly #watch: SilenceWatch
  /** For queries inside a transaction. */
  readonly connection = new PgConnection((sql, parameters) => this.#ask(sql, parameters))
  #client: pg.Client | null = null
  /** The driver takes one question at a time, while use cases may ask several at once; a failed one does not hold up the next. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(url: string, watch: SilenceWatch) {
    this.#url = url
    this.#watch = watch
  }

  /** Connects. */
  static async open(url: string, watch: SilenceWatch): Promise<PgWriter> {
    const writer = new PgWriter(url, watch)
    await writer.ready()
    return writer
  }

  async ready(): Promise<void> {
    if (this.#client !== null) return
    const client = new pg.Client({ connectionString: this.#url, connectionTimeoutMillis: standstillMs, ...keepAlive })
    const lose = (): void => {
      if (this.#client === client) this.#client = null
    }
    client.on('error', lose)
    client.on('end', lose)
    try {
      await client.connect()
      await this.#watch.over(client, client.query(`SET synchronous_commit = on; SET idle_in_transaction_session_timeout = ${standstillMs}`))
    } catch (cause) {
      client.end().catch(() => undefined)
      throw asPgFault(cause)
    }
    this.#client = client
  }

  async run(sql: string): Promise<void> {
    await this.#ask(sql)
  }

  async runStatement({ sql, parameters }: Statement): Promise<void> {
    await this.#ask(sql, [...parameters])
  }

  /** A lost connection has been rolled back by PostgreSQL; one that cannot even roll back is given up. */
  async undo(): Promise<void> {
    const client = this.#client
    if (client === null) return
    try {
      await this.#ask('ROLLBACK')
    } catch {
      this.#client = null
      client.end().catch(() => undefined)
    }
  }

  async close(): Promise<void> {
    await this.#last
    const client = this.#client
    this.#client = null
    await client?.end()
  }

  #ask(sql: string, parameters?: unknown[]): Promise<pg.QueryResult> {
    const asked = this.#last.then(() => this.#query(sql, parameters))
    this.#last = asked.catch(() => undefined)
    return asked
  }

  async #query(sql: string, parameters: unknown[] | undefined): Promise<pg.QueryResult> {
    // What belonged to a transaction must not run outside of it on a fresh connection.
    if (this.#client === null) throw asPgFault(new Error('the connection was lost'))
    try {
      return await this.#watch.over(this.#client, this.#client.query(sql, parameters))
    } catch (cause) {
      throw asPgFault(cause)
    }
  }
}

/** A PostgreSQL connection as Kysely wants it, whoever asks. */
import { type CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely'
import type pg from 'pg'

/** Puts one question to PostgreSQL. */
export type Ask = (sql: string, parameters: unknown[]) => Promise<pg.QueryResult>

/** Queries through `ask`. */
export class PgConnection implements DatabaseConnection {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#ask(query.sql, [...query.parameters])
    // Safe because the row shape is what Kysely's typed query asked for.
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  // oxlint-disable-next-line require-yield -- Kysely demands a generator; nothing here streams.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Bug: streaming is not offered')
  }
}

/** One sqlite3 handle as a Kysely connection, with its prepared statements kept. */
import sqlite3 from 'sqlite3'
import { type CompiledQuery, type DatabaseConnection, type QueryResult, RawNode, SelectQueryNode } from 'kysely'
import { Fault } from '../log/fault.ts'
import type { Statement } from './types.ts'

const statementCacheSize = 300

/** A prepared statement and how many queries are using it: only an idle one may be finalized. */
interface Prepared {
  readonly statement: sqlite3.Statement
  uses: number
}

/** An open handle. Queries on one handle run one after another. */
export class SqliteConnection implements DatabaseConnection {
  readonly #handle: sqlite3.Database
  readonly #statements = new Map<string, Prepared>()

  private constructor(handle: sqlite3.Database) {
    this.#handle = handle
  }

  /** Opens `file`; `readOnly` handles refuse to write. */
  static async open(file: string, readOnly: boolean): Promise<SqliteConnection> {
    const mode = readOnly ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
    const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened: sqlite3.Database = new sqlite3.Database(file, mode, (error) => (error ? reject(error) : resolve(opened)))
    })
    const connection = new SqliteConnection(handle)
    await connection.run('PRAGMA busy_timeout = 10000')
    // The writer keeps a view of its own; a file for it would be one more that can fail.
    await connection.run('PRAGMA temp_store = MEMORY')
    if (!readOnly) {
      await connection.run('PRAGMA journal_mode = WAL')
      await connection.run('PRAGMA synchronous = FULL')
      await connection.run('PRAGMA foreign_keys = ON')
      // A checkpoint holds up the commit that starts it: seldom, at the price of 16 MB of log.
      await connection.run('PRAGMA wal_autocheckpoint = 4000')
    }
    // Readers look for things; the writer mostly adds behind what it added last.
    await connection.run(`PRAGMA cache_size = ${readOnly ? -16_000 : -4_000}`)
    return connection
  }

  /** Runs a statement without parameters. */
  run(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#handle.run(sql, (error) => (error ? reject(asFault(error)) : resolve()))
    })
  }

  /** A file stays open. */
  ready(): Promise<void> {
    return Promise.resolve()
  }

  /** SQLite rolls back by itself on some errors; then there is nothing left to undo. */
  undo(): Promise<void> {
    return this.run('ROLLBACK').catch((error: unknown) => {
      if (!String(error).includes('no transaction is active')) throw error
    })
  }

  /** Outside a transaction a statement is one of its own. */
  async runStatement({ sql, parameters }: Statement): Promise<void> {
    await this.#with(sql, (statement) => this.#run(statement, parameters))
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#with(query.sql, (statement) => (returnsRows(query) ? this.#all<R>(statement, query.parameters) : this.#run<R>(statement, query.parameters)))
  }

  async #with<T>(sql: string, use: (statement: sqlite3.Statement) => Promise<T>): Promise<T> {
    const prepared = await this.#prepare(sql)
    try {
      return await use(prepared.statement)
    } finally {
      prepared.uses -= 1
    }
  }

  // oxlint-disable-next-line require-yield -- Kysely demands a generator; sqlite3 has no cursors worth the name.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Bug: streaming is not offered')
  }

  async close(): Promise<void> {
    for (const { statement } of this.#statements.values()) await new Promise<void>((done) => statement.finalize(() => done()))
    this.#statements.clear()
    await new Promise<void>((resolve, reject) => this.#handle.close((error) => (error ? reject(error) : resolve())))
  }

  /** The statement of a query, counted as in use. */
  async #prepare(sql: string): Promise<Prepared> {
    const known = this.#statements.get(sql) ?? this.#keep(sql, await this.#compile(sql))
    known.uses += 1
    return known
  }

  #compile(sql: string): Promise<sqlite3.Statement> {
    return new Promise((resolve, reject) => {
      const made: sqlite3.Statement = this.#handle.prepare(sql, (error) => (error ? reject(asFault(error)) : resolve(made)))
    })
  }

  /** Keeps a new statement; two queries may have compiled the same text at once, then the first stays. */
  #keep(sql: string, statement: sqlite3.Statement): Prepared {
    const known = this.#statements.get(sql)
    if (known) {
      statement.finalize()
      return known
    }
    if (this.#statements.size >= statementCacheSize) this.#dropIdle()
    const prepared: Prepared = { statement, uses: 0 }
    this.#statements.set(sql, prepared)
    return prepared
  }

  /** Lets the oldest idle statement go. With none idle the cache grows for a while. */
  #dropIdle(): void {
    for (const [sql, prepared] of this.#statements) {
      if (prepared.uses > 0) continue
      this.#statements.delete(sql)
      prepared.statement.finalize()
      return
    }
  }

  #all<R>(statement: sqlite3.Statement, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      statement.all(parameters, (error: Error | null, rows: R[]) => {
        // A statement must be reset before others may commit or check-point past it.
        statement.reset()
        if (error) reject(asFault(error))
        else resolve({ rows })
      })
    })
  }

  #run<R>(statement: sqlite3.Statement, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      statement.run(parameters, function done(this: sqlite3.RunResult, error: Error | null) {
        if (error) reject(asFault(error))
        else resolve({ rows: [], numAffectedRows: BigInt(this.changes), insertId: BigInt(this.lastID) })
      })
    })
  }
}

function returnsRows(query: CompiledQuery): boolean {
  if (SelectQueryNode.is(query.query)) return true
  if (RawNode.is(query.query)) return /^\s*(select|with|pragma|values)/i.test(query.sql)
  return 'returning' in query.query && query.query.returning !== undefined
}

function asFault(error: Error & { code?: string }): Error {
  if (error.code === 'SQLITE_FULL') return new Fault('the disk is full', { cause: error, code: 'base.disk-full' })
  // The group commit looks for SQLite's own word in the message: it stops the writer.
  if (error.code === 'SQLITE_IOERR') return new Fault(`the disk failed: ${error.message}`, { cause: error, code: 'base.read-only' })
  if (error.code === 'SQLITE_READONLY') return new Fault('the database is read-only', { cause: error, code: 'base.read-only' })
  return error
}

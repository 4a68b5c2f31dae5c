/** PostgreSQL: the same single writer (an advisory lock keeps other processes out), the same repositories. */
import { type CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely'
import pg from 'pg'
import { kyselyOver } from './fixed-driver.ts'
import { GroupCommit } from './group-commit.ts'
import { InFlight } from './in-flight.ts'
import type { Database, ReadDb, WriteDb } from './types.ts'

// Any constant does: it names the one writer of an installation.
const writerLock = 7_080_001

// 64-bit integers are times and counters far below 2^53.
pg.types.setTypeParser(20, Number)

type Ask = (sql: string, parameters?: unknown[]) => Promise<pg.QueryResult>

/** Asks of one client in turn: use cases may read several things at once inside the writer's transaction, and the driver takes
 * one question at a time. A failed question does not hold up the next. */
function inTurn(client: pg.PoolClient): Ask {
  let last: Promise<unknown> = Promise.resolve()
  return (sql, parameters) => {
    const asked = last.then(() => client.query(sql, parameters))
    last = asked.catch(() => undefined)
    return asked
  }
}

class PgConnection implements DatabaseConnection {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async run(sql: string): Promise<void> {
    await this.#ask(sql)
  }

  /** Several statements in one simple query. */
  async runAll(sql: string): Promise<void> {
    await this.#ask(sql)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#ask(query.sql, [...query.parameters])
    // Safe because the row shape is what Kysely's typed query asked for.
    const rows = result.rows as R[]
    return { rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
  }

  // oxlint-disable-next-line require-yield -- Kysely demands a generator; nothing here streams.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Bug: streaming is not offered')
  }
}

/** Connects to PostgreSQL 14 or newer. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  const client = await pool.connect()
  const writer = new PgConnection(inTurn(client))
  await writer.run('SET synchronous_commit = on')
  const inFlight = new InFlight()
  const group = new GroupCommit(writer, ['BEGIN', `SELECT pg_advisory_xact_lock(${writerLock})`])
  const reader = new PgConnection((sql, parameters) => pool.query(sql, parameters))
  const readDb: ReadDb = { dialect: 'postgres', kysely: kyselyOver('postgres', () => reader) }
  // Safe because only the group commit hands this out, inside a transaction.
  const writeDb = { dialect: 'postgres', kysely: kyselyOver('postgres', () => writer) } as unknown as WriteDb
  return {
    dialect: 'postgres',
    read: (work) => inFlight.run(() => work(readDb)),
    write: (work) => inFlight.run(() => group.add(() => work(writeDb))),
    writeText: (script) => inFlight.run(() => group.addScript(script)),
    close: async () => {
      await inFlight.close()
      await group.drain()
      client.release()
      await pool.end()
    },
  }
}

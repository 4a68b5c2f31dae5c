/** PostgreSQL: the same single writer (an advisory lock keeps other processes out), the same repositories. Restarted or cut off, it is
 * found again: the pool and the writer connect anew. */
import { type CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely'
import pg from 'pg'
import { kyselyOver } from './fixed-driver.ts'
import { GroupCommit } from './group-commit.ts'
import { InFlight } from './in-flight.ts'
import { asPgFault } from './postgres-faults.ts'
import { PgWriter } from './postgres-writer.ts'
import type { Database, ReadDb, WriteDb } from './types.ts'

// Any constant does: it names the one writer of an installation.
const writerLock = 7_080_001

// 64-bit integers are times and counters far below 2^53.
pg.types.setTypeParser(20, Number)

const readerCount = 7

/** Reads, each on whichever connection of the pool is free. */
class PgReader implements DatabaseConnection {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const result = await this.#pool.query(query.sql, [...query.parameters])
      // Safe because the row shape is what Kysely's typed query asked for.
      return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
    } catch (cause) {
      throw asPgFault(cause)
    }
  }

  // oxlint-disable-next-line require-yield -- Kysely demands a generator; nothing here streams.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Bug: streaming is not offered')
  }
}

/** Connects to PostgreSQL 14 or newer. */
export async function openPostgres(url: string): Promise<Database> {
  const writer = await PgWriter.open(url)
  const pool = new pg.Pool({ connectionString: url, max: readerCount, keepAlive: true })
  // A connection lost while nobody used it: the pool has dropped it already.
  pool.on('error', () => undefined)
  const inFlight = new InFlight()
  const group = new GroupCommit(writer, ['BEGIN', `SELECT pg_advisory_xact_lock(${writerLock})`])
  const reader = new PgReader(pool)
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
      await writer.close()
      await pool.end()
    },
  }
}

/** PostgreSQL: the same single writer (an advisory lock keeps other processes out), the same repositories. Restarted or cut off, it is
 * found again: the pool and the writer connect anew. */
import pg from 'pg'
import { kyselyOver } from './fixed-driver.ts'
import { GroupCommit } from './group-commit.ts'
import { InFlight } from './in-flight.ts'
import { PgConnection } from './postgres-connection.ts'
import { asPgFault } from './postgres-faults.ts'
import { PgWriter } from './postgres-writer.ts'
import type { Database, ReadDb, WriteDb } from './types.ts'

// Any constant does: it names the one writer of an installation.
const writerLock = 7_080_001

// 64-bit integers are times and counters far below 2^53.
pg.types.setTypeParser(20, Number)

const readerCount = 7

/** Connects to PostgreSQL 14 or newer. */
export async function openPostgres(url: string): Promise<Database> {
  const writer = await PgWriter.open(url)
  const pool = new pg.Pool({ connectionString: url, max: readerCount, keepAlive: true })
  // A connection lost while nobody used it: the pool has dropped it already.
  pool.on('error', () => undefined)
  const inFlight = new InFlight()
  const group = new GroupCommit(writer, ['BEGIN', `SELECT pg_advisory_xact_lock(${writerLock})`])
  // Each read on whichever connection of the pool is free.
  const reader = new PgConnection((sql, parameters) =>
    pool.query(sql, parameters).catch((cause: unknown) => {
      throw asPgFault(cause)
    }),
  )
  const readDb: ReadDb = { dialect: 'postgres', kysely: kyselyOver('postgres', () => reader) }
  // Safe because only the group commit hands this out, inside a transaction.
  const writeDb = { dialect: 'postgres', kysely: kyselyOver('postgres', () => writer.connection) } as unknown as WriteDb
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

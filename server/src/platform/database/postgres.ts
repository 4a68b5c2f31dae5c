/** PostgreSQL: the same single writer (an advisory lock keeps other processes out), the same repositories. Restarted or cut off, it is
 * found again: the pool and the writer connect anew. */
import pg from 'pg'
import { kyselyOver } from './fixed-driver.ts'
import { GroupCommit } from './group-commit.ts'
import { InFlight } from './in-flight.ts'
import { PgConnection } from './postgres-connection.ts'
import { asPgFault } from './postgres-faults.ts'
import { PgWriter } from './postgres-writer.ts'
import { keepAlive, ordinarySilence, SilenceWatch, type SilenceTimes } from './silence-watch.ts'
import type { Database, ReadDb, WriteDb } from './types.ts'

// Any constant does: it names the one writer of an installation.
const writerLock = 7_080_001

// 64-bit integers are times and counters far below 2^53.
pg.types.setTypeParser(20, Number)

const readerCount = 7

/** How long a read waits for one of the readers, and a reader for the server (ms). */
const connectWithinMs = 15_000

/** Connects to PostgreSQL 14 or newer. `silence` says how soon a network that was cut without a word is noticed. */
export async function openPostgres(url: string, silence: SilenceTimes = ordinarySilence): Promise<Database> {
  const watch = new SilenceWatch(url, silence)
  const writer = await PgWriter.open(url, watch)
  const pool = new pg.Pool({ connectionString: url, max: readerCount, connectionTimeoutMillis: Math.min(connectWithinMs, silence.askAfterMs + silence.answerWithinMs), ...keepAlive })
  // A connection lost while nobody used it: the pool has dropped it already.
  pool.on('error', () => undefined)
  // One lost while it is used: whoever asked is told, and the event nobody listens to would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const inFlight = new InFlight()
  const group = new GroupCommit(writer, { begin: ['BEGIN', `SELECT pg_advisory_xact_lock(${writerLock})`], isLoneStatementSafe: false })
  // Each read on whichever connection of the pool is free.
  const reader = new PgConnection((sql, parameters) =>
    askOnce(pool, watch, sql, parameters).catch((cause: unknown) => {
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
    writeStatement: (statement) => inFlight.run(() => group.addStatement(statement)),
    close: async () => {
      await inFlight.close()
      await group.drain()
      await writer.close()
      watch.close()
      await pool.end()
    },
  }
}

/** One question on a client of the pool; a client that failed with anything but a refused statement does not go back. */
async function askOnce(pool: pg.Pool, watch: SilenceWatch, sql: string, parameters: unknown[]): Promise<pg.QueryResult> {
  const client = await pool.connect()
  try {
    const result = await watch.over(client, client.query(sql, parameters))
    client.release()
    return result
  } catch (cause) {
    client.release(!(cause instanceof pg.DatabaseError))
    throw cause
  }
}

/** SQLite: one writer with group commit, a few readers. WAL and `synchronous=FULL`, so a commit answered is a commit on disk. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { kyselyOver } from './fixed-driver.ts'
import { GroupCommit } from './group-commit.ts'
import { InFlight } from './in-flight.ts'
import { SqliteConnection } from './sqlite-connection.ts'
import type { Database, ReadDb, WriteDb } from './types.ts'

const readerCount = 3

/** Opens (or creates) `<dataDir>/xiewen.db`. */
export async function openSqlite(dataDir: string): Promise<Database> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'xiewen.db')
  const writer = await SqliteConnection.open(file, false)
  const readers = await Promise.all(Array.from({ length: readerCount }, () => SqliteConnection.open(file, true)))
  const inFlight = new InFlight()
  const group = new GroupCommit(writer, { begin: ['BEGIN IMMEDIATE'], isLoneStatementSafe: true })
  let turn = 0
  const readDb: ReadDb = {
    dialect: 'sqlite',
    kysely: kyselyOver('sqlite', () => {
      turn = (turn + 1) % readers.length
      return readers[turn] ?? writer
    }),
  }
  // Safe because only the group commit hands this out, inside a transaction.
  const writeDb = { dialect: 'sqlite', kysely: kyselyOver('sqlite', () => writer) } as unknown as WriteDb
  return {
    dialect: 'sqlite',
    read: (work) => inFlight.run(() => work(readDb)),
    write: (work) => inFlight.run(() => group.add(() => work(writeDb))),
    writeStatement: (statement) => inFlight.run(() => group.addStatement(statement)),
    close: async () => {
      await inFlight.close()
      await group.drain()
      await Promise.all(readers.map((reader) => reader.close()))
      await writer.close()
    },
  }
}

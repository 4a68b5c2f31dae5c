/** PostgreSQL behind a network that goes silent: no reset, no error, only nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Database } from '../../server/src/platform/database/index.ts'
import { openPostgres } from '../../server/src/platform/database/postgres.ts'
import { ordinarySilence } from '../../server/src/platform/database/silence-watch.ts'
import { Fault } from '../../server/src/platform/log/fault.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { aCable, type Cable } from './nodes.ts'

const quick = { askAfterMs: 400, answerWithinMs: 400 }
let postgres: TestPostgres
let cable: Cable
let database: Database

beforeAll(async () => {
  postgres = await startPostgres()
  const url = new URL(await postgres.createDatabase())
  cable = await aCable(Number(url.port))
  url.port = String(cable.address.split(':')[1])
  database = await openPostgres(url.href, quick)
  await database.write(async (db) => void (await sql`create table note (what text primary key)`.execute(db.kysely)))
}, 60_000)
afterAll(async () => {
  await database.close()
  cable.close()
  await postgres.stop()
})

const notes = () => database.read(async (db) => (await sql<{ what: string }>`select what from note order by what`.execute(db.kysely)).rows.map((row) => row.what))
const note = (what: string) => database.write(async (db) => void (await sql`insert into note values (${what})`.execute(db.kysely)))

/** How the store's absence is told. */
async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error instanceof Fault ? [error.code, error.retriable] : error
  }
  return 'no fault'
}

test('reads and writes end as “the store is away, try again”, and go on over new connections when the network is back', async () => {
  await note('before')
  expect(await Promise.all(Array.from({ length: 10 }, notes))).toEqual(Array(10).fill(['before']))
  cable.cut()
  const away = ['base.store-away', true]
  expect(await Promise.all([notes(), notes(), note('during')].map(faultOf))).toEqual([away, away, away])
  // Still silent: new connections get no further, and say so.
  expect(await Promise.all([notes(), note('during')].map(faultOf))).toEqual([away, away])
  cable.mend()
  await expect.poll(() => faultOf(note('after')), { timeout: 20_000 }).toBe('no fault')
  await expect.poll(() => notes().catch(() => null), { timeout: 20_000 }).toEqual(['after', 'before'])
}, 60_000)

test('a question the server is still at work on is waited for, however long it takes', async () => {
  const answered = await database.read(async (db) => (await sql<{ done: number }>`select 1 as done from pg_sleep(2.5)`.execute(db.kysely)).rows)
  expect(answered).toEqual([{ done: 1 }])
  await database.write(async (db) => void (await sql`select pg_sleep(1.5)`.execute(db.kysely)))
}, 30_000)

test('in an office a silent network is noticed within fifteen seconds', () => {
  expect(ordinarySilence.askAfterMs * 1.125 + ordinarySilence.answerWithinMs).toBeLessThanOrEqual(15_000)
})

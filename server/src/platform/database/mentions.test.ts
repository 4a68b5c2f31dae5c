import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { findMentions, openDatabase } from './index.ts'

test('a word is found alone and within a text, in any table but the ledger', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'xiewen-mentions-'))
  const database = await openDatabase({ dataDir: dir, database: { kind: 'sqlite' } })
  try {
    await database.write(async ({ kysely }) => {
      for (const name of ['one', 'two', 'fact']) await sql`create table ${sql.table(name)} (id integer, word text, more text)`.execute(kysely)
      await sql`insert into one values (1, 'aaaa', null), (2, 'dddd', 'x')`.execute(kysely)
      await sql`insert into two values (1, null, '{"parts":["bbbb","x"]}')`.execute(kysely)
      await sql`insert into fact values (1, 'cccc', null)`.execute(kysely)
    })
    expect([...(await database.read((db) => findMentions(db, ['aaaa', 'bbbb', 'cccc', 'eeee'])))]).toEqual([['aaaa', 'one.word'], ['bbbb', 'two.more']])
    expect((await database.read((db) => findMentions(db, []))).size).toBe(0)
  } finally {
    await database.close()
    await rm(dir, { recursive: true, force: true })
  }
})

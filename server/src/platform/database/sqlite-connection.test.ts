import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from './sqlite.ts'

test('more different queries at once than statements are kept all get their own answer', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'xiewen-sqlite-'))
  const database = await openSqlite(dir)
  try {
    const asked = Array.from({ length: 2500 }, (_, n) => n)
    const answers = await Promise.all(
      asked.map((n) => database.read(async (db) => (await sql<{ n: number }>`${sql.raw(`select ${n % 1100} + ${Math.floor(n / 1100) * 1100} as n`)}`.execute(db.kysely)).rows[0]?.n)),
    )
    expect(answers).toEqual(asked)
  } finally {
    await database.close()
    await rm(dir, { recursive: true, force: true })
  }
})

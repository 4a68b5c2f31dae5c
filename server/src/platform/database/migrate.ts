/** Forward migrations: every room brings its own; they run in the order of their names, each in one transaction, once. */
import { type Kysely, sql } from 'kysely'
import { type AnyTables, type Database, type Dialect, tables } from './types.ts'

/** One step. `name` is `<UTC stamp>-<room>-<purpose>`, e.g. `20261122T0900-directory-create`. */
export interface Migration {
  readonly name: string
  readonly up: (step: MigrationStep) => Promise<void>
}

/** What a migration works with. `bytes` is the engine's type for binary columns. */
export interface MigrationStep {
  readonly schema: Kysely<AnyTables>
  readonly dialect: Dialect
  readonly bytes: 'blob' | 'bytea'
}

interface MigrationTables {
  readonly migration: { name: string; applied_at: number }
}

/** Brings the database up to date.
 *
 * @returns the names applied now, in order
 */
export async function migrate(database: Database, migrations: readonly Migration[], now: number): Promise<readonly string[]> {
  await database.write(async (db) => {
    await sql`create table if not exists migration (name text primary key, applied_at bigint not null)`.execute(db.kysely)
  })
  const known = await database.read((db) => tables<MigrationTables>(db).selectFrom('migration').select('name').execute())
  const done = new Set(known.map((row) => row.name))
  const due = migrations.filter((step) => !done.has(step.name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const step of due) {
    await database.write(async (db) => {
      // Another process that starts at the same time may have been here; it waits for the same writer.
      const known = await tables<MigrationTables>(db).selectFrom('migration').select('name').where('name', '=', step.name).executeTakeFirst()
      if (known !== undefined) return
      await step.up({ schema: db.kysely, dialect: db.dialect, bytes: db.dialect === 'sqlite' ? 'blob' : 'bytea' })
      await tables<MigrationTables>(db).insertInto('migration').values({ name: step.name, applied_at: now }).execute()
    })
  }
  return due.map((step) => step.name)
}

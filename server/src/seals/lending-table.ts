/** The table of lendings (临时代管). */
import { type Migration, type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'

/** One lending; times ms UTC. It is in force from `from_at` until `until_at` unless `ended_at` came first. */
export interface LendingRecord {
  id: string
  seal_id: string
  post_id: string
  person_id: string
  person_name: string
  from_at: number
  until_at: number
  reason: string
  lender_name: string
  ended_at: number | null
}

interface LendingTables {
  seal_lending: LendingRecord
}

/** Adds lendings. */
export const lendingMigration: Migration = {
  name: '20261128T0440-seals-lending',
  up: async ({ schema }) => {
    await schema.schema
      .createTable('seal_lending')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('seal_id', 'text', (c) => c.notNull())
      .addColumn('post_id', 'text', (c) => c.notNull())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('person_name', 'text', (c) => c.notNull())
      .addColumn('from_at', 'bigint', (c) => c.notNull())
      .addColumn('until_at', 'bigint', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('lender_name', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .execute()
    await schema.schema.createIndex('seal_lending_seal').on('seal_lending').columns(['seal_id', 'until_at']).execute()
  },
}

/** The lending that runs or is to come, or null. */
export async function findLending(db: ReadDb, sealId: string, now: number): Promise<LendingRecord | null> {
  const query = tables<LendingTables>(db).selectFrom('seal_lending').selectAll().where('seal_id', '=', sealId).where('ended_at', 'is', null).where('until_at', '>', now)
  return (await query.orderBy('from_at').limit(1).executeTakeFirst()) ?? null
}

/** The same for all seals that have one, by seal. */
export async function listLendings(db: ReadDb, now: number): Promise<ReadonlyMap<string, LendingRecord>> {
  const query = tables<LendingTables>(db).selectFrom('seal_lending').selectAll().where('ended_at', 'is', null).where('until_at', '>', now)
  // The latest first, so that the earliest of a seal is the one that stays.
  return new Map((await query.orderBy('from_at', 'desc').execute()).map((row) => [row.seal_id, row]))
}

/** A lending by id, or null. */
export async function getLending(db: ReadDb, id: string): Promise<LendingRecord | null> {
  return (await tables<LendingTables>(db).selectFrom('seal_lending').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Seals lent to a person at this moment. */
export async function listLentTo(db: ReadDb, personId: string, now: number): Promise<readonly string[]> {
  const query = tables<LendingTables>(db).selectFrom('seal_lending').select('seal_id').where('person_id', '=', personId).where('ended_at', 'is', null)
  return (await query.where('from_at', '<=', now).where('until_at', '>', now).execute()).map((row) => row.seal_id)
}

/** Enters a lending. */
export async function insertLending(db: WriteDb, row: LendingRecord): Promise<void> {
  await tables<LendingTables>(db).insertInto('seal_lending').values(row).execute()
}

/** Ends a lending. */
export async function closeLending(db: WriteDb, id: string, at: number): Promise<void> {
  await tables<LendingTables>(db).updateTable('seal_lending').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null).execute()
}

/** Whether it is in force at a moment. */
export function isInForce(row: LendingRecord | null, now: number): row is LendingRecord {
  return row !== null && row.ended_at === null && Number(row.from_at) <= now && Number(row.until_at) > now
}

/** Tables of what comes from elsewhere: scanned impressions and received seals before they are applied for, and outside certificates trusted here. */
import type { SealOrigin, trustStates, trustUses } from '@xiewen/shared/seals'
import { type Migration, type ReadDb, tables, type WriteDb } from '../../platform/database/index.ts'

/** A scanned impression or received seal as handed in. `drawing` and `data` are blobs; `valid_until` ms UTC, null for a scan. */
export interface MaterialRecord {
  id: string
  person_id: string
  origin: Exclude<SealOrigin, 'drawn'>
  drawing: string
  data: string | null
  name: string
  maker: string
  valid_until: number | null
  at: number
}

/** An outside certificate, in hexadecimal. */
export interface OutsideTrustRecord {
  id: string
  used_as: (typeof trustUses)[number]
  state: (typeof trustStates)[number]
  certificate: string
  fingerprint: string
  subject: string
  proposer_id: string
  proposer_name: string
  confirmer_name: string
  changed_at: number
  reason: string
}

interface OutsideTables {
  seal_material: MaterialRecord
  seal_outside_trust: OutsideTrustRecord
}

/** Adds both tables, and to each seal where it comes from. */
export const outsideMigration: Migration = {
  name: '20261128T0920-seals-from-outside',
  up: async ({ schema }) => {
    const create = schema.schema
    const table = (name: string, columns: readonly string[]) =>
      columns.reduce((built, column) => built.addColumn(column, 'text', (c) => c.notNull()), create.createTable(name).addColumn('id', 'text', (c) => c.primaryKey()))
    await table('seal_material', ['person_id', 'origin', 'drawing', 'name', 'maker']).addColumn('data', 'text').addColumn('valid_until', 'bigint').addColumn('at', 'bigint', (c) => c.notNull()).execute()
    await table('seal_outside_trust', ['used_as', 'state', 'certificate', 'fingerprint', 'subject', 'proposer_id', 'proposer_name', 'confirmer_name', 'reason'])
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute()
    await create.createIndex('seal_outside_trust_fingerprint').on('seal_outside_trust').column('fingerprint').execute()
    await create.alterTable('seal').addColumn('origin', 'text', (c) => c.notNull().defaultTo('drawn')).execute()
    await create.alterTable('seal').addColumn('outside_maker', 'text', (c) => c.notNull().defaultTo('')).execute()
  },
}

/** Keeps what was handed in. */
export async function insertMaterial(db: WriteDb, row: MaterialRecord): Promise<void> {
  await tables<OutsideTables>(db).insertInto('seal_material').values(row).execute()
}

/** What this person handed in, or null: nobody applies with somebody else's. */
export async function findMaterialOf(db: ReadDb, id: string, personId: string): Promise<MaterialRecord | null> {
  return (await tables<OutsideTables>(db).selectFrom('seal_material').selectAll().where('id', '=', id).where('person_id', '=', personId).executeTakeFirst()) ?? null
}

/** Every outside certificate, newest change first. */
export function listOutsideTrust(db: ReadDb): Promise<readonly OutsideTrustRecord[]> {
  return tables<OutsideTables>(db).selectFrom('seal_outside_trust').selectAll().orderBy('changed_at', 'desc').orderBy('id', 'desc').execute()
}

/** One entry, or null. */
export async function findOutsideTrust(db: ReadDb, id: string): Promise<OutsideTrustRecord | null> {
  return (await tables<OutsideTables>(db).selectFrom('seal_outside_trust').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Whether this certificate is proposed or trusted already. */
export async function isOutsideTrustKnown(db: ReadDb, fingerprint: string): Promise<boolean> {
  return (await tables<OutsideTables>(db).selectFrom('seal_outside_trust').select('id').where('fingerprint', '=', fingerprint).where('state', '!=', 'removed').executeTakeFirst()) !== undefined
}

/** Adds an entry. */
export async function insertOutsideTrust(db: WriteDb, row: OutsideTrustRecord): Promise<void> {
  await tables<OutsideTables>(db).insertInto('seal_outside_trust').values(row).execute()
}

/** Changes an entry. */
export async function changeOutsideTrust(db: WriteDb, id: string, change: Partial<OutsideTrustRecord>): Promise<void> {
  await tables<OutsideTables>(db).updateTable('seal_outside_trust').set(change).where('id', '=', id).execute()
}

/** Takes away what was handed in before a moment (ms UTC), the oldest first and at most so many; answers the rows that went. */
export async function deleteMaterialBefore(db: WriteDb, at: number, most: number): Promise<readonly MaterialRecord[]> {
  const rows = await tables<OutsideTables>(db).selectFrom('seal_material').selectAll().where('at', '<', at).orderBy('at').orderBy('id').limit(most).execute()
  const ids = rows.map((row) => row.id)
  if (ids.length > 0) await tables<OutsideTables>(db).deleteFrom('seal_material').where('id', 'in', ids).execute()
  return rows
}

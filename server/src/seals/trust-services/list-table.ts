/** The table of the lists of revoked certificates in force. */
import type { ListIssuer } from '@xiewen/shared/seals'
import { type Migration, type ReadDb, tables } from '../../platform/database/index.ts'

/** The list in force of one issuer; times ms UTC, `der` in hexadecimal. */
export interface RevocationListRecord {
  issuer: ListIssuer
  list_number: number
  this_update: number
  next_update: number
  der: string
}

/** Kysely view of it. */
export interface ListTables {
  seal_revocation_list: RevocationListRecord
}

/** Adds the lists. */
export const revocationListMigration: Migration = {
  name: '20261128T0400-seals-revocation-lists',
  up: async ({ schema }) => {
    await schema.schema
      .createTable('seal_revocation_list')
      .addColumn('issuer', 'text', (c) => c.primaryKey())
      .addColumn('list_number', 'bigint', (c) => c.notNull())
      .addColumn('this_update', 'bigint', (c) => c.notNull())
      .addColumn('next_update', 'bigint', (c) => c.notNull())
      .addColumn('der', 'text', (c) => c.notNull())
      .execute()
  },
}

/** The list in force, or null before the authority has issued one. */
export async function findRevocationList(db: ReadDb, issuer: ListIssuer): Promise<RevocationListRecord | null> {
  return (await tables<ListTables>(db).selectFrom('seal_revocation_list').selectAll().where('issuer', '=', issuer).executeTakeFirst()) ?? null
}

/** The table of lists of revoked certificates (CRL) of outside authorities, the newest of each issuer. */
import { type Migration, type ReadDb, tables, type WriteDb } from '../../platform/database/index.ts'

/** The newest list of an issuer and a part. `issuer` is as `listKeyOf` says: the exact name, DER in hexadecimal, after
 * `classic:` for a list signed with RSA or ECDSA, before `#` and a digest for a partitioned one; times ms UTC; `der` in hexadecimal; `digest` the SM3 of the list. */
export interface OutsideListRecord {
  id: string
  issuer: string
  issuer_name: string
  list_number: string
  this_update: number
  next_update: number
  entries: number
  der: string
  digest: string
  importer_name: string
  imported_at: number
}

interface OutsideListTables {
  seal_outside_list: OutsideListRecord
}

/** Adds the lists. */
export const outsideListMigration: Migration = {
  name: '20261128T1625-seals-outside-lists',
  up: async ({ schema }) => {
    const texts = ['issuer', 'issuer_name', 'list_number', 'der', 'digest', 'importer_name'] as const
    const times = ['this_update', 'next_update', 'entries', 'imported_at'] as const
    const table = texts.reduce((built, column) => built.addColumn(column, 'text', (c) => c.notNull()), schema.schema.createTable('seal_outside_list').addColumn('id', 'text', (c) => c.primaryKey()))
    await times.reduce((built, column) => built.addColumn(column, 'bigint', (c) => c.notNull()), table).execute()
    await schema.schema.createIndex('seal_outside_list_issuer').on('seal_outside_list').column('issuer').unique().execute()
  },
}

/** What is known of every list, by the name of its issuer. */
export function listOutsideLists(db: ReadDb): Promise<readonly Omit<OutsideListRecord, 'der'>[]> {
  const columns = ['id', 'issuer', 'issuer_name', 'list_number', 'this_update', 'next_update', 'entries', 'digest', 'importer_name', 'imported_at'] as const
  return tables<OutsideListTables>(db).selectFrom('seal_outside_list').select(columns).orderBy('issuer_name').orderBy('id').execute()
}

/** The lists of issuers themselves, as they are now. */
export function listOutsideListBytes(db: ReadDb, issuers: readonly string[]): Promise<readonly Pick<OutsideListRecord, 'issuer' | 'digest' | 'der'>[]> {
  return tables<OutsideListTables>(db).selectFrom('seal_outside_list').select(['issuer', 'digest', 'der']).where('issuer', 'in', issuers).execute()
}

/** Puts a list in the place of the one of the same issuer. */
export async function keepOutsideList(db: WriteDb, row: OutsideListRecord): Promise<void> {
  await tables<OutsideListTables>(db).deleteFrom('seal_outside_list').where('issuer', '=', row.issuer).execute()
  await tables<OutsideListTables>(db).insertInto('seal_outside_list').values(row).execute()
}

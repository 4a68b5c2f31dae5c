/** The table of what was taken out of the register: who took which file when. The bytes are a blob, so that what left can be shown again. */
import type { BlobDigest } from '@xiewen/shared/base'
import { type Migration, type ReadDb, tables, type WriteDb } from '../../platform/database/index.ts'

/** One file that was taken out. `at` is ms UTC. */
export interface RegisterExportRecord {
  id: string
  person_id: string
  blob: BlobDigest
  media_type: string
  file_name: string
  at: number
}

interface ExportTables {
  seal_register_export: RegisterExportRecord
}

/** Adds the files taken out. */
export const registerExportMigration: Migration = {
  name: '20261128T1300-seals-register-exports',
  up: async ({ schema }) => {
    const columns = ['person_id', 'blob', 'media_type', 'file_name'] as const
    await columns
      .reduce((built, column) => built.addColumn(column, 'text', (c) => c.notNull()), schema.schema.createTable('seal_register_export').addColumn('id', 'text', (c) => c.primaryKey()))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
  },
}

/** Notes a file that is taken out. */
export async function insertExport(db: WriteDb, row: RegisterExportRecord): Promise<void> {
  await tables<ExportTables>(db).insertInto('seal_register_export').values(row).execute()
}

/** A file that a person has taken out, or null: nobody fetches what another took. */
export async function findExportOf(db: ReadDb, id: string, personId: string): Promise<RegisterExportRecord | null> {
  return (await tables<ExportTables>(db).selectFrom('seal_register_export').selectAll().where('id', '=', id).where('person_id', '=', personId).executeTakeFirst()) ?? null
}

/** The table of envelopes: who put which file into an envelope for whom. The bytes are a blob; only the envelope is kept, not what is in it. */
import type { BlobDigest } from '@xiewen/shared/base'
import { type Migration, type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'

/** One envelope. `at` is ms UTC, `fingerprint` the SM3 of every recipient's certificate, a space between. */
export interface EnvelopeRecord {
  id: string
  document_id: string
  person_id: string
  blob: BlobDigest
  file_name: string
  fingerprint: string
  at: number
}

interface EnvelopeTables {
  archive_envelope: EnvelopeRecord
}

/** Adds the envelopes. */
export const envelopeMigration: Migration = {
  name: '20261128T1610-archive-envelopes',
  up: async ({ schema }) => {
    const columns = ['document_id', 'person_id', 'blob', 'file_name', 'fingerprint'] as const
    await columns
      .reduce((built, column) => built.addColumn(column, 'text', (c) => c.notNull()), schema.schema.createTable('archive_envelope').addColumn('id', 'text', (c) => c.primaryKey()))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .execute()
  },
}

/** Notes an envelope. */
export async function insertEnvelope(db: WriteDb, row: EnvelopeRecord): Promise<void> {
  await tables<EnvelopeTables>(db).insertInto('archive_envelope').values(row).execute()
}

/** An envelope this person made, or null: nobody fetches what another made. */
export async function findEnvelopeOf(db: ReadDb, id: string, personId: string): Promise<EnvelopeRecord | null> {
  return (await tables<EnvelopeTables>(db).selectFrom('archive_envelope').selectAll().where('id', '=', id).where('person_id', '=', personId).executeTakeFirst()) ?? null
}

/** The table of verifying codes: one for each document that was ever printed with one. */
import { randomBytes } from 'node:crypto'
import { type Migration, type ReadDb, tables, type WriteDb } from '../../platform/database/index.ts'

/** One code. */
export interface CopyCodeRecord {
  code: string
  document_id: string
  made_at: number
}

interface CopyTables {
  seal_copy_code: CopyCodeRecord
}

/** Adds the codes. */
export const copyCodeMigration: Migration = {
  name: '20261128T0910-seals-copy-codes',
  up: async ({ schema }) => {
    await schema.schema
      .createTable('seal_copy_code')
      .addColumn('code', 'text', (c) => c.primaryKey())
      .addColumn('document_id', 'text', (c) => c.notNull().unique())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute()
  },
}

const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeSigns = 16

/** A code nobody can guess: eighty random bits. */
function newCode(): string {
  // 256 is a multiple of 32: every sign is as likely as any other.
  return Array.from(randomBytes(codeSigns), (byte) => signs[byte % signs.length] ?? '').join('')
}

/** The code of a document, or null before its first copy. */
export async function findCodeOf(db: ReadDb, documentId: string): Promise<string | null> {
  return (await tables<CopyTables>(db).selectFrom('seal_copy_code').select('code').where('document_id', '=', documentId).executeTakeFirst())?.code ?? null
}

/** The code of a document, made now if it has none. */
export async function getOrMakeCode(db: WriteDb, documentId: string, at: number): Promise<string> {
  const known = await findCodeOf(db, documentId)
  if (known !== null) return known
  const code = newCode()
  await tables<CopyTables>(db).insertInto('seal_copy_code').values({ code, document_id: documentId, made_at: at }).execute()
  return code
}

/** The document a code names, or null. */
export async function findCopied(db: ReadDb, code: string): Promise<string | null> {
  return (await tables<CopyTables>(db).selectFrom('seal_copy_code').select('document_id').where('code', '=', code).executeTakeFirst())?.document_id ?? null
}

/** Digests of the log a document was written by: who wrote when, without what was written. They show that the record of revisions
 * (修订留痕) kept by the office is the one that led to the signed text. */
import { sm3, toHex } from '@xiewen/crypto'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { DocumentTables } from './tables.ts'

/** One update: its place, author, time, and the SM3 of its bytes in hex. */
export interface LogDigest {
  readonly seq: number
  readonly at: number
  readonly personId: string
  readonly sm3: string
}

/** The digests of all updates of a document that are kept, in their order. */
export async function listLogDigests(db: ReadDb, documentId: string): Promise<readonly LogDigest[]> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_update').select(['seq', 'at', 'person_id', 'bytes']).where('document_id', '=', documentId).orderBy('seq').execute()
  return rows.map((row) => ({ seq: Number(row.seq), at: Number(row.at), personId: row.person_id, sm3: toHex(sm3(new Uint8Array(row.bytes))) }))
}

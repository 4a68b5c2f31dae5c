/** Rows of attached files; their bytes are blobs. */
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { AttachmentRecord, DocumentTables } from './tables.ts'

/** Files of a document that have not been removed, oldest first. */
export function listAttachments(db: ReadDb, documentId: string): Promise<AttachmentRecord[]> {
  return tables<DocumentTables>(db).selectFrom('document_attachment').selectAll().where('document_id', '=', documentId).where('removed_at', 'is', null).orderBy('id').execute()
}

/** One file that has not been removed, or null. */
export async function findAttachment(db: ReadDb, documentId: string, attachmentId: string): Promise<AttachmentRecord | null> {
  return (await listAttachments(db, documentId)).find((file) => file.id === attachmentId) ?? null
}

/** Stores a file's row. */
export async function addAttachment(db: WriteDb, row: AttachmentRecord): Promise<void> {
  await tables<DocumentTables>(db).insertInto('document_attachment').values(row).execute()
}

/** Marks a file as removed. */
export async function removeAttachment(db: WriteDb, attachmentId: string, at: number): Promise<void> {
  await tables<DocumentTables>(db).updateTable('document_attachment').set({ removed_at: at }).where('id', '=', attachmentId).execute()
}

/** Reading the live text out of the log: sealed frames into a Y.Doc into a document. */
import { type OfficialDocument, readDocument, writeDocument } from '@xiewen/shared/documents'
import * as Y from 'yjs'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { DamagedFrame, openSnapshot } from '../platform/realtime/log-frames.ts'
import type { StoredLog } from '../platform/realtime/ports.ts'
import { docOf, newestSeq } from './stored-text.ts'
import type { DocumentTables } from './tables.ts'

/** A live text at one point of its log. */
export interface LiveText {
  readonly document: OfficialDocument
  /** Yjs state. */
  readonly state: Uint8Array
  /** Number of the newest row read. */
  readonly seq: number
}

/** The stored log of a document, or null when there is none. Falls back to the older snapshot when the newest is damaged:
 * no row is ever deleted, so the older one and the rows after it hold the same text. */
export async function loadLog(db: ReadDb, documentId: string): Promise<StoredLog | null> {
  const known = await tables<DocumentTables>(db).selectFrom('document').select('id').where('id', '=', documentId).executeTakeFirst()
  if (!known) return null
  const snapshot = await newestWholeSnapshot(db, documentId)
  const tail = await tables<DocumentTables>(db)
    .selectFrom('document_update')
    .select(['seq', 'bytes'])
    .where('document_id', '=', documentId)
    .where('seq', '>', Number(snapshot?.seq ?? 0))
    .orderBy('seq')
    .execute()
  return {
    snapshot: snapshot?.bytes ?? null,
    snapshotSeq: Number(snapshot?.seq ?? 0),
    tail: tail.map((row) => ({ seq: Number(row.seq), bytes: row.bytes })),
  }
}

async function newestWholeSnapshot(db: ReadDb, documentId: string): Promise<{ readonly seq: number; readonly bytes: Uint8Array } | null> {
  const known = await tables<DocumentTables>(db).selectFrom('document_snapshot').select('seq').where('document_id', '=', documentId).orderBy('seq', 'desc').execute()
  for (const { seq } of known) {
    const row = await tables<DocumentTables>(db).selectFrom('document_snapshot').select(['seq', 'bytes']).where('document_id', '=', documentId).where('seq', '=', seq).executeTakeFirst()
    if (row && isWhole(documentId, row.bytes)) return row
  }
  return null
}

function isWhole(documentId: string, bytes: Uint8Array): boolean {
  try {
    openSnapshot(documentId, bytes)
    return true
  } catch (error) {
    if (error instanceof DamagedFrame) return false
    throw error
  }
}

/** The text of a document as everything acknowledged so far makes it, or null when there is no such document.
 *
 * @throws DamagedFrame when the stored bytes are not what was stored
 */
export async function readLiveText(db: ReadDb, documentId: string): Promise<LiveText | null> {
  const log = await loadLog(db, documentId)
  if (!log) return null
  const doc = docOf(documentId, log)
  const live = { document: readDocument(doc), state: Y.encodeStateAsUpdate(doc), seq: newestSeq(log) }
  doc.destroy()
  return live
}

/** The first content of a new document as one Yjs update. */
export function firstUpdate(document: OfficialDocument): Uint8Array {
  const doc = new Y.Doc()
  writeDocument(doc, document)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

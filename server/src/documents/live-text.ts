/** Reading the live text out of the log: sealed frames into a Y.Doc into a document. */
import { type OfficialDocument, readDocument, writeDocument } from '@xiewen/shared/documents'
import * as Y from 'yjs'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { DamagedFrame, openSnapshot, type SnapshotFrame } from '../platform/realtime/log-frames.ts'
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
    .where('seq', '>', snapshot?.seq ?? 0)
    .orderBy('seq')
    .execute()
  return {
    snapshot: snapshot?.bytes ?? null,
    snapshotSeq: snapshot?.seq ?? 0,
    opened: snapshot?.opened,
    tail: tail.map((row) => ({ seq: Number(row.seq), bytes: row.bytes })),
  }
}

interface WholeSnapshot {
  readonly seq: number
  readonly bytes: Uint8Array
  readonly opened: SnapshotFrame
}

async function newestWholeSnapshot(db: ReadDb, documentId: string): Promise<WholeSnapshot | null> {
  const known = await tables<DocumentTables>(db).selectFrom('document_snapshot').select('seq').where('document_id', '=', documentId).orderBy('seq', 'desc').execute()
  for (const { seq } of known) {
    const row = await tables<DocumentTables>(db).selectFrom('document_snapshot').select(['seq', 'bytes']).where('document_id', '=', documentId).where('seq', '=', seq).executeTakeFirst()
    const opened = row ? openWhole(documentId, row.bytes) : null
    if (row && opened !== null) return { seq: Number(row.seq), bytes: row.bytes, opened }
  }
  return null
}

function openWhole(documentId: string, bytes: Uint8Array): SnapshotFrame | null {
  try {
    return openSnapshot(documentId, bytes)
  } catch (error) {
    if (error instanceof DamagedFrame) return null
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

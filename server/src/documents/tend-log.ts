/** Looking into the stored log of a document, and mending it: for the command line. */
import { type Database, type ReadDb, tables } from '../platform/database/index.ts'
import { checkLog, foldLog, type LogDamage, type LogFigures, measureLog, type StoredRow } from '../platform/realtime/index.ts'
import { loadLog, type LiveText, readLiveText } from './live-text.ts'
import type { DocumentTables } from './tables.ts'
import { updateLog } from './update-log.ts'

/** What is stored for one document. */
export interface StoredDocument {
  readonly documentId: string
  readonly title: string
  readonly state: string
  readonly rows: number
  readonly rowBytes: number
  readonly snapshots: readonly { readonly seq: number; readonly bytes: number }[]
  readonly tailRows: number
  readonly figures: LogFigures
}

/** Looks at one document; `null` when there is none. @throws DamagedFrame when its log cannot be read */
export function inspectDocument(database: Database, documentId: string): Promise<StoredDocument | null> {
  return database.read(async (db) => {
    const document = await tables<DocumentTables>(db).selectFrom('document').select(['title', 'state']).where('id', '=', documentId).executeTakeFirst()
    const stored = await loadLog(db, documentId)
    if (!document || !stored) return null
    const [rows, snapshots] = [await rowsOf(db, documentId), await snapshotsOf(db, documentId)]
    return {
      documentId,
      ...document,
      rows: rows.length,
      rowBytes: rows.reduce((sum, row) => sum + row.bytes.length, 0),
      snapshots: snapshots.map(({ seq, bytes }) => ({ seq, bytes: bytes.length })),
      tailRows: stored.tail.length,
      figures: measureLog(documentId, stored),
    }
  })
}

/** Checks the whole log of one document, or of all. `visit` is told of each. */
export async function verifyDocuments(database: Database, only: string | null, visit: (documentId: string, damage: readonly LogDamage[]) => void): Promise<void> {
  const ids = only === null ? await database.read((db) => tables<DocumentTables>(db).selectFrom('document').select('id').orderBy('serial').execute()) : [{ id: only }]
  for (const { id } of ids) {
    const damage = await database.read(async (db) => checkLog(id, await rowsOf(db, id), await snapshotsOf(db, id)))
    visit(id, damage)
  }
}

/** Folds the rows after the newest snapshot into a new one, verified before it is stored. No row is deleted.
 *
 * @returns the row the new snapshot reaches and its size, or `null` when there was nothing to fold
 */
export async function compactDocument(database: Database, documentId: string): Promise<{ readonly seq: number; readonly bytes: number } | null> {
  const log = updateLog(database)
  const stored = await log.load(documentId)
  const folded = stored === null ? null : await foldLog(documentId, stored)
  if (folded === null) return null
  await log.saveSnapshot(documentId, folded.seq, folded.bytes)
  return { seq: folded.seq, bytes: folded.bytes.length }
}

/** The text of a document as everything acknowledged makes it; `null` when there is none. @throws DamagedFrame */
export function exportDocument(database: Database, documentId: string): Promise<LiveText | null> {
  return database.read((db) => readLiveText(db, documentId))
}

async function rowsOf(db: ReadDb, documentId: string): Promise<readonly StoredRow[]> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_update').select(['seq', 'bytes']).where('document_id', '=', documentId).orderBy('seq').execute()
  return rows.map(({ seq, bytes }) => ({ seq: Number(seq), bytes }))
}

async function snapshotsOf(db: ReadDb, documentId: string): Promise<readonly StoredRow[]> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_snapshot').select(['seq', 'bytes']).where('document_id', '=', documentId).orderBy('seq').execute()
  return rows.map(({ seq, bytes }) => ({ seq: Number(seq), bytes }))
}

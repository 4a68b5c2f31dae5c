/** The durable log of updates, as the sync server asks for it. */
import type { Database } from '../platform/database/index.ts'
import { tables, type WriteDb } from '../platform/database/index.ts'
import { Fault } from '../platform/log/fault.ts'
import type { LogRow, UpdateLog } from '../platform/realtime/ports.ts'
import { isFrozenState } from '@xiewen/shared/documents'
import { loadLog } from './live-text.ts'
import type { DocumentTables } from './tables.ts'
import { appendAtOnce } from './update-log-postgres.ts'
import { appendStatement, isRefusedAppend, openAppendDoor } from './update-log-sqlite.ts'

/** How many generations of snapshots are kept. */
const generations = 2

/** Throws unless this process may write these documents; runs inside the transaction that writes. */
export type Fence = (db: WriteDb, documentIds: readonly string[]) => Promise<void>

/** The log over a database.
 *
 * @param fence      asked before anything is written, where several processes share the database
 * @param onAppended told which documents have new rows, after their commit: their titles and search words are out of date
 */
export function updateLog(database: Database, onAppended: (documentIds: readonly string[]) => void = () => undefined, fence?: Fence): UpdateLog {
  const append = database.dialect === 'sqlite' ? sqliteAppender(database) : (rows: readonly LogRow[]) => database.write((db) => appendFenced(db, rows, fence))
  return {
    load: (documentId) => database.read((db) => loadLog(db, documentId)),
    append: async (rows) => {
      if (rows.length === 0) return []
      const seqs = await append(rows)
      onAppended([...new Set(rows.map((row) => row.documentId))])
      return seqs
    },
    saveSnapshot: (documentId, seq, bytes) => database.write(async (db) => {
      await fence?.(db, [documentId])
      await saveSnapshot(db, documentId, seq, bytes)
    }),
  }
}

async function appendFenced(db: WriteDb, rows: readonly LogRow[], fence: Fence | undefined): Promise<readonly number[]> {
  await fence?.(db, [...new Set(rows.map((row) => row.documentId))])
  return appendAtOnce(db, rows)
}

/** Newest row number by database, known once this process has appended; only ever read and set inside the single writer. */
const newestOf = new WeakMap<object, number>()

/** Appends by one statement once the newest number is known; a failure (another process may have written) makes it be read again. */
function sqliteAppender(database: Database): (rows: readonly LogRow[]) => Promise<readonly number[]> {
  let writer: object | null = null
  const slowly = (rows: readonly LogRow[]): Promise<readonly number[]> =>
    database.write(async (db) => {
      await openAppendDoor(db)
      const seqs = await appendRows(db, rows)
      writer = db.kysely
      return seqs
    })
  return async (rows) => {
    const key = writer
    if (key === null || !newestOf.has(key)) return slowly(rows)
    let first = 0
    try {
      await database.writeStatement(() => {
        first = (newestOf.get(key) ?? 0) + 1
        newestOf.set(key, first + rows.length - 1)
        return appendStatement(rows, first)
      })
    } catch (cause) {
      newestOf.delete(key)
      throw isRefusedAppend(cause) ? new Fault('updates for a document that is gone or has been signed', { cause }) : cause
    }
    return rows.map((_, index) => first + index)
  }
}

/** Appends rows of live editing inside a transaction.
 *
 * @throws Fault when a document is frozen or gone: then nothing is written
 */
async function appendRows(db: WriteDb, rows: readonly LogRow[]): Promise<readonly number[]> {
  const ids = [...new Set(rows.map((row) => row.documentId))]
  const documents = await tables<DocumentTables>(db).selectFrom('document').select(['id', 'state']).where('id', 'in', ids).execute()
  if (documents.length < ids.length) throw new Fault('updates for a document that is gone')
  // Rights are asked for when frames arrive; a signature may have been given since.
  if (documents.some((document) => isFrozenState(document.state))) throw new Fault('updates for a document that has been signed')
  return insertRows(db, rows)
}

/** Adds rows to the log: one insert for all, one statement per document.
 *
 * @returns their numbers, in the order given
 */
export async function insertRows(db: WriteDb, rows: readonly LogRow[]): Promise<readonly number[]> {
  const seen = tables<DocumentTables>(db)
  const ids = [...new Set(rows.map((row) => row.documentId))]
  const last = await seen.selectFrom('document_update').select((eb) => eb.fn.max('seq').as('seq')).executeTakeFirst()
  const start = Number(last?.seq ?? 0) + 1
  const numbered = rows.map((row, index) => ({ row, seq: start + index }))
  await seen
    .insertInto('document_update')
    .values(numbered.map(({ row, seq }) => ({ seq, document_id: row.documentId, bytes: Buffer.from(row.bytes), person_id: row.personId, session_id: row.sessionId, at: row.at })))
    .execute()
  newestOf.set(db.kysely, Math.max(newestOf.get(db.kysely) ?? 0, start + rows.length - 1))
  for (const id of ids) {
    const newest = numbered.findLast(({ row }) => row.documentId === id)
    if (newest) await seen.updateTable('document').set({ version: newest.seq, changed_at: newest.row.at, is_stale: 1 }).where('id', '=', id).execute()
  }
  return numbered.map(({ seq }) => seq)
}

async function saveSnapshot(db: WriteDb, documentId: string, seq: number, bytes: Uint8Array): Promise<void> {
  const seen = tables<DocumentTables>(db)
  await seen
    .insertInto('document_snapshot')
    .values({ document_id: documentId, seq, bytes: Buffer.from(bytes) })
    .onConflict((conflict) => conflict.columns(['document_id', 'seq']).doUpdateSet({ bytes: Buffer.from(bytes) }))
    .execute()
  const kept = await seen.selectFrom('document_snapshot').select('seq').where('document_id', '=', documentId).orderBy('seq', 'desc').limit(generations).execute()
  const oldest = kept.at(-1)?.seq
  if (oldest !== undefined) await seen.deleteFrom('document_snapshot').where('document_id', '=', documentId).where('seq', '<', oldest).execute()
}

/** Keeps the copies of the live text fresh: title, kind, urgency, plain text and search words. */
import { cleanText, type OfficialDocument, textOf } from '@xiewen/shared/documents'
import type { Database } from '../platform/database/index.ts'
import { tables, type WriteDb } from '../platform/database/index.ts'
import { DamagedFrame } from '../platform/realtime/log-frames.ts'
import { type LiveText, readLiveText } from './live-text.ts'
import { indexDocument } from './search-index.ts'
import type { DocumentTables } from './tables.ts'

const batchSize = 20
const delayMs = 1_500

/** The clean title of a document. */
export function titleOf(document: OfficialDocument): string {
  const title = document.blocks.find((block) => block.kind === 'title')
  return title && title.kind === 'title' ? cleanText(title.runs).replaceAll(/\s+/g, '').slice(0, 300) : ''
}

/** Writes the copies of one document. */
export async function storeCopies(db: WriteDb, key: { readonly id: string }, document: OfficialDocument): Promise<void> {
  const body = textOf(document)
  const own = tables<DocumentTables>(db)
  await own
    .updateTable('document')
    .set({ title: titleOf(document), kind: document.elements.kind, urgency: document.elements.urgency, is_stale: 0 })
    .where('id', '=', key.id)
    .execute()
  await own
    .insertInto('document_text')
    .values({ document_id: key.id, body })
    .onConflict((conflict) => conflict.column('document_id').doUpdateSet({ body }))
    .execute()
  await indexDocument(db, key.id)
}

/** Refreshes one document inside an act that shows its title to others. */
export async function refreshDocument(db: WriteDb, documentId: string): Promise<void> {
  const row = await tables<DocumentTables>(db).selectFrom('document').select(['id', 'is_stale']).where('id', '=', documentId).executeTakeFirst()
  if (!row || row.is_stale === 0) return
  const live = await readLiveText(db, documentId)
  if (live) await storeCopies(db, row, live.document)
}

/** Refreshes some documents whose text has changed. Reads outside of the writer; a text that changed meanwhile waits for the
 * next round.
 *
 * @param report told about documents whose stored bytes are damaged; they are not tried again until they change
 * @returns how many were looked at
 */
export async function refreshStale(database: Database, report: (cause: unknown) => void): Promise<number> {
  const rows = await database.read((db) =>
    tables<DocumentTables>(db).selectFrom('document').select('id').where('is_stale', '=', 1).limit(batchSize).execute(),
  )
  for (const row of rows) {
    try {
      const live = await database.read((db) => readLiveText(db, row.id))
      if (live) await database.write((db) => storeIfCurrent(db, row, live))
    } catch (cause) {
      if (!(cause instanceof DamagedFrame)) throw cause
      report(cause)
      await database.write(async (db) => {
        await tables<DocumentTables>(db).updateTable('document').set({ is_stale: damaged }).where('id', '=', row.id).execute()
      })
    }
  }
  return rows.length
}

/** `is_stale` of a document whose log cannot be read. */
const damaged = 2

async function storeIfCurrent(db: WriteDb, key: { readonly id: string }, live: LiveText): Promise<void> {
  const row = await tables<DocumentTables>(db).selectFrom('document').select('version').where('id', '=', key.id).executeTakeFirst()
  if (row && Number(row.version) === live.seq) await storeCopies(db, key, live.document)
}

/** Runs `refreshStale` soon after changes, while the server runs. */
export interface TextRefresher {
  /** Documents have new rows. */
  soon(): void
  /** Finishes what is under way and stops. */
  close(): Promise<void>
}

/** Makes the refresher and catches up with what an earlier run left stale.
 *
 * @param report receives failures: one damaged document must not stop the others
 */
export function createTextRefresher(database: Database, report: (cause: unknown) => void): TextRefresher {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  let isClosed = false
  const run = async (): Promise<void> => {
    timer = null
    try {
      while (!isClosed && (await refreshStale(database, report)) === batchSize);
    } catch (cause) {
      report(cause)
    }
  }
  const soon = (): void => {
    if (timer !== null || isClosed) return
    timer = setTimeout(() => {
      running = run()
    }, delayMs)
    timer.unref()
  }
  soon()
  return {
    soon,
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await running
    },
  }
}

/** Keeps the copies of the live text fresh: title, kind, urgency, plain text and search words. */
import { setTimeout } from 'node:timers/promises'
import { type Database, tables, type WriteDb } from '../../platform/database/index.ts'
import { DamagedFrame } from '../../platform/realtime/log-frames.ts'
import { loadLog } from '../live-text.ts'
import { indexDocument } from '../search-index.ts'
import { documentOf, newestSeq } from '../stored-text.ts'
import type { DocumentTables } from '../tables.ts'
import { type Copies, copiesOf } from './copies.ts'
import { readCopies } from './read-copies.ts'

const batchSize = 20
/** How long a text must have been left alone, and how long it may be stale while somebody keeps writing. */
const delayMs = 1_500
const longestMs = 20_000
/** How long is rested after each text, in times of what it took: with hundreds of people at work copies may be a minute old, but what is
 * typed is not held up. */
const restTimes = 4
/** When a server that has just started looks for stale texts: everybody comes back in its first seconds. */
const catchUpMs = 8_000
/** When it is tried again after a failure. */
const retryMs = 20_000

/** Writes the copies of one document. */
export async function storeCopies(db: WriteDb, key: { readonly id: string }, { body, ...row }: Copies): Promise<void> {
  const own = tables<DocumentTables>(db)
  await own
    .updateTable('document')
    .set({ ...row, is_stale: 0 })
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
  const log = await loadLog(db, documentId)
  // Here and not in a thread: a transaction waits for nothing but the database.
  if (log) await storeCopies(db, row, copiesOf(documentOf(documentId, log)))
}

/** Reads outside of the writer; a text that changed meanwhile waits for the next round. */
async function refreshOne(database: Database, key: { readonly id: string }, report: (cause: unknown) => void): Promise<void> {
  try {
    const log = await database.read((db) => loadLog(db, key.id))
    if (log === null) return
    const copies = await readCopies({ documentId: key.id, log })
    await database.write((db) => storeIfCurrent(db, key, newestSeq(log), copies))
  } catch (cause) {
    if (!(cause instanceof DamagedFrame)) throw cause
    report(cause)
    await database.write(async (db) => {
      await tables<DocumentTables>(db).updateTable('document').set({ is_stale: damaged }).where('id', '=', key.id).execute()
    })
  }
}

/** `is_stale` of a document whose log cannot be read. */
const damaged = 2

async function storeIfCurrent(db: WriteDb, key: { readonly id: string }, seq: number, copies: Copies): Promise<void> {
  const row = await tables<DocumentTables>(db).selectFrom('document').select('version').where('id', '=', key.id).executeTakeFirst()
  if (row && Number(row.version) === seq) await storeCopies(db, key, copies)
}

/** Refreshes the copies of documents once people pause, while the server runs. */
export interface TextRefresher {
  /** Documents have new rows. */
  changed(documentIds: readonly string[]): void
  /** Looks for whatever is stale, whoever wrote it. */
  catchUp(): void
  /** Finishes what is under way and stops. */
  close(): Promise<void>
}

/** Makes the refresher and catches up with what an earlier run left stale. A text is read when nobody has written in it for a moment:
 * reading it costs what its whole length costs, and acts that show a title to others refresh it themselves.
 *
 * @param report receives failures: one damaged document must not stop the others
 */
export function createTextRefresher(database: Database, report: (cause: unknown) => void): TextRefresher {
  const busy = new Map<string, { readonly since: number; last: number }>()
  const closing = new AbortController()
  const { signal } = closing
  let mustCatchUp = false
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null

  /** Whoever has been left alone longest, so that a text which people have gone from comes before those they are in. */
  function takeDue(): string | null {
    const now = performance.now()
    const due = [...busy].filter(([, { since, last }]) => now - last >= delayMs || now - since >= longestMs).sort(([, a], [, b]) => a.last - b.last)
    const id = due[0]?.[0] ?? null
    if (id !== null) busy.delete(id)
    return id
  }

  async function refresh(id: string): Promise<void> {
    const begun = performance.now()
    await refreshOne(database, { id }, report)
    await setTimeout(restTimes * (performance.now() - begun), undefined, { signal, ref: false }).catch(() => undefined)
  }

  /** Each stale text once: one that is being written in stays stale, and comes again when its writers pause. */
  async function refreshStale(): Promise<void> {
    for (let after: string | undefined = ''; after !== undefined && !signal.aborted; ) {
      const from: string = after
      const rows = await database.read((db) =>
        tables<DocumentTables>(db).selectFrom('document').select('id').where('is_stale', '=', 1).where('id', '>', from).orderBy('id').limit(batchSize).execute(),
      )
      for (const { id } of rows) if (!signal.aborted) await refresh(id)
      after = rows.at(-1)?.id
    }
  }

  /** @returns when to look again */
  async function run(): Promise<number> {
    try {
      const isCatchingUp = mustCatchUp
      mustCatchUp = false
      if (isCatchingUp) await refreshStale()
      for (let id = takeDue(); id !== null && !signal.aborted; id = takeDue()) await refresh(id)
      return delayMs
    } catch (cause) {
      mustCatchUp = true
      report(cause)
      return retryMs
    }
  }

  function catchUp(): void {
    mustCatchUp = true
    plan()
  }

  function plan(inMs = delayMs): void {
    if (timer !== null || running !== null || signal.aborted) return
    timer = globalThis.setTimeout(() => {
      timer = null
      running = run().then((nextMs) => {
        running = null
        if (busy.size > 0 || mustCatchUp) plan(nextMs)
      })
    }, inMs)
    timer.unref()
  }

  const afterStart = globalThis.setTimeout(catchUp, catchUpMs)
  afterStart.unref()
  return {
    changed(documentIds) {
      const now = performance.now()
      for (const id of documentIds) {
        const known = busy.get(id)
        if (known === undefined) busy.set(id, { since: now, last: now })
        else known.last = now
      }
      plan()
    },
    catchUp,
    close: async () => {
      closing.abort()
      clearTimeout(afterStart)
      if (timer) clearTimeout(timer)
      await running
    },
  }
}

/** Titles and search words after a restart: what a process that is gone had written is read again, beside people at work. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { emptyElements, type OfficialDocument } from '@xiewen/shared/documents'
import { slices } from '../../../server/src/app/slices.ts'
import { longLogBytes } from '../../../server/src/documents/copies/read-copies.ts'
import { liveDocuments } from '../../../server/src/documents/index.ts'
import { firstUpdate } from '../../../server/src/documents/live-text.ts'
import type { DocumentTables } from '../../../server/src/documents/tables.ts'
import { updateLog } from '../../../server/src/documents/update-log.ts'
import { type Database, migrate, openDatabase, tables } from '../../../server/src/platform/database/index.ts'
import { sealUpdates } from '../../../server/src/platform/realtime/log-frames.ts'
import { aDocumentId } from '../../../server/src/platform/realtime/twins/harness.ts'

let directory: string
let database: Database
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'xiewen-catching-up-'))
  database = await openDatabase({ dataDir: directory, database: { kind: 'sqlite' } })
  await migrate(database, slices.flatMap((slice) => slice.migrations), Date.now())
})
afterEach(async () => {
  await database.close()
  await rm(directory, { recursive: true, force: true })
})

/** Documents in the order of their ids. */
async function documents(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, aDocumentId).sort()
  const now = Date.now()
  await database.write(async (db) => {
    for (const [n, id] of ids.entries())
      await tables<DocumentTables>(db)
        .insertInto('document')
        .values({ id, serial: now + n, origin: 'draft', state: 'draft', title: '', kind: '通知', urgency: 'none', owner_person_id: 'p', owner_name: '', owner_post_id: '', unit_id: '', unit_name: '', organ_id: '', organ_name: '', created_at: now, changed_at: now, version: 0, is_stale: 0, was_submitted: 0 })
        .execute()
  })
  return ids
}

/** Writes a little in each, and tells nobody: it stands for a process that is gone. */
async function writeIn(ids: readonly string[], update: Uint8Array = aKeystroke()): Promise<void> {
  await updateLog(database).append(ids.map((documentId) => ({ documentId, bytes: sealUpdates(documentId, { personId: 'p', updates: [update] }), personId: 'p', sessionId: 's', at: Date.now() })))
}

/** An update that no text refuses: it is about none of its parts. */
function aKeystroke(): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('elsewhere').set('n', 1)
  return Y.encodeStateAsUpdate(doc)
}

async function staleOnes(): Promise<readonly string[]> {
  const rows = await database.read((db) => tables<DocumentTables>(db).selectFrom('document').select('id').where('is_stale', '=', 1).execute())
  return rows.map((row) => row.id)
}

/** Starts live editing over a store until `isDone`. */
async function restart(store: Database, isDone: () => Promise<void>, report: (cause: unknown) => void = (cause) => expect.unreachable(String(cause))): Promise<void> {
  const restarted = liveDocuments(store, { now: () => Date.now() }, report)
  // It looks by itself some seconds after the start.
  restarted.catchUp()
  try {
    await vi.waitFor(isDone, { timeout: 40_000 })
  } finally {
    await restarted.close()
  }
}

test('a text that is left alone is read again although many others are being written in', async () => {
  const ids = await documents(25)
  const [busy, quiet] = [ids.slice(0, -1), ids.at(-1)]
  await writeIn(ids)
  // Whatever is read, the busy ones have changed by then.
  const restless: Database = {
    ...database,
    read: async (work) => {
      const answer = await database.read(work)
      await writeIn(busy)
      return answer
    },
  }
  await restart(restless, async () => expect(await staleOnes()).not.toContain(quiet))
}, 60_000)

test('reading again leaves most of the time to others', async () => {
  const ids = await documents(12)
  await writeIn(ids)
  /** When each read began, and when the write after it was done. */
  const spans: { readonly from: number; to: number }[] = []
  const timed: Database = {
    ...database,
    read: (work) => {
      spans.push({ from: performance.now(), to: 0 })
      return database.read(work)
    },
    write: async (work) => {
      const answer = await database.write(work)
      const span = spans.at(-1)
      if (span !== undefined) span.to = performance.now()
      return answer
    },
  }
  await restart(timed, async () => expect(await staleOnes()).toEqual([]))
  const texts = spans.filter(({ to }) => to > 0)
  expect(texts).toHaveLength(ids.length)
  const worked = texts.reduce((sum, { from, to }) => sum + to - from, 0)
  expect(worked / ((texts.at(-1)?.to ?? 0) - (texts[0]?.from ?? 0))).toBeLessThan(0.4)
}, 60_000)

const longTextParagraphs = Math.ceil(longLogBytes / 50)

/** A text whose log is so long that it is read in a thread. */
function aLongText(): OfficialDocument {
  const text = '为深入贯彻落实关于加强数字政府建设的决策部署，现就有关事项通知如下。'
  const paragraphs = Array.from({ length: longTextParagraphs }, () => ({ kind: 'paragraph' as const, runs: [{ text }] }))
  return { version: 1, elements: emptyElements('通知'), blocks: [{ kind: 'title', runs: [{ text: '关于加强数字政府建设的通知' }] }, ...paragraphs] }
}

test('a long text gets its title and words too', async () => {
  const ids = await documents(1)
  const update = firstUpdate(aLongText())
  expect(update.length).toBeGreaterThan(longLogBytes)
  await writeIn(ids, update)
  await restart(database, async () => expect(await staleOnes()).toEqual([]))
  const row = await database.read((db) =>
    tables<DocumentTables>(db).selectFrom('document').innerJoin('document_text', 'document_text.document_id', 'document.id').select(['title', 'body']).executeTakeFirstOrThrow(),
  )
  expect(row.title).toBe('关于加强数字政府建设的通知')
  expect(row.body.match(/决策部署/g)).toHaveLength(longTextParagraphs)
}, 60_000)

test('texts that cannot be read are told of once, and the next one is read', async () => {
  const [damaged = '', senseless = '', sound = ''] = await documents(3)
  await writeIn([damaged, sound], firstUpdate(aLongText()))
  // Sealed as it is, and no update.
  await writeIn([senseless], Uint8Array.of(1, 1, 7))
  await database.write(async (db) => {
    const { bytes } = await tables<DocumentTables>(db).selectFrom('document_update').select('bytes').where('document_id', '=', damaged).executeTakeFirstOrThrow()
    const changed = Buffer.from(bytes)
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
    await tables<DocumentTables>(db).updateTable('document_update').set({ bytes: changed }).where('document_id', '=', damaged).execute()
  })
  const told: unknown[] = []
  await restart(database, async () => expect(await staleOnes()).toEqual([]), (cause) => told.push(cause))
  expect(told.map(String)).toEqual([expect.stringContaining('checksum'), expect.stringContaining('cannot be read')])
}, 60_000)

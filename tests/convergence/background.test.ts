/** What was typed offline goes up although nobody opens its document again; pinned documents come down before they are needed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type BackgroundSync, copyName, createBackgroundSync, createLineChoice, createSyncSession, type JournalStore, memoryStore, openJournal, type SyncSession } from '../../desktop/src/platform/sync/index.ts'
import { aDocumentId, type Harness, startHarness, until } from '../../server/src/platform/realtime/twins/harness.ts'
import { createMemoryLog, type MemoryLog } from '../../server/src/platform/realtime/twins/memory-log.ts'
import { quickFigures } from './editors.ts'
import { type LossyLine, openLossyLine } from './lossy-line.ts'

let log: MemoryLog
let harness: Harness
let line: LossyLine
let documentId: string
let store: JournalStore
const syncs: BackgroundSync[] = []

beforeEach(async () => {
  log = createMemoryLog()
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log, limits: { rightsEveryMs: 50 } })
  line = await openLossyLine(harness.url, () => 1, 0)
  store = memoryStore()
})
afterEach(async () => {
  for (const sync of syncs.splice(0)) sync.dispose()
  await harness.close()
  await line.close()
})

function open(id: string): { readonly doc: Y.Doc; readonly session: SyncSession; readonly close: () => Promise<void> } {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awareness.setLocalState(null)
  const session = createSyncSession({
    documentId: id,
    doc,
    awareness,
    journal: openJournal(store.open(copyName('a', id)), doc),
    getTicket: async () => ({ kind: 'ticket', ticket: harness.ticket(id, 'a') }),
    serverUrl: line.url,
    WebSocketClass: harness.WebSocket,
    lines: createLineChoice(),
    figures: quickFigures,
  })
  return {
    doc,
    session,
    close: async () => {
      awareness.destroy()
      await session.dispose()
    },
  }
}

function start(more: { readonly pins?: readonly string[]; readonly isOpen?: (id: string) => boolean } = {}): BackgroundSync {
  const sync = createBackgroundSync({ store, personId: 'a', open, listPins: () => more.pins ?? [], isOpen: more.isOpen ?? (() => false) })
  syncs.push(sync)
  return sync
}

async function typeOffline(text: string): Promise<void> {
  line.setDown(true)
  const desk = open(documentId)
  await desk.session.whenLoaded
  desk.doc.getText('t').insert(0, text)
  await desk.close()
}

test('a text typed offline goes up once the network is back, and is told of until then', async () => {
  await typeOffline('离线起草')
  const sync = start()
  await until(() => sync.unsent().length === 1)
  expect(sync.unsent()).toEqual([{ documentId, unsaved: 1, refused: false }])
  await sync.look()
  expect(log.rows).toEqual([])

  line.setDown(false)
  expect(await sync.upload(documentId)).toBe(true)
  await sync.look()
  expect([sync.unsent(), log.rows.length]).toEqual([[], 1])
  await until(() => harness.realtime.listPresent(documentId).length === 0)
})

test('a text the server refuses is told of as refused and kept', async () => {
  await typeOffline('离线起草')
  line.setDown(false)
  harness.rights.set('a', 'read')
  const sync = start()
  await until(() => sync.unsent()[0]?.refused === true)
  expect(log.rows).toEqual([])
  harness.rights.set('a', 'edit')
  expect(await sync.upload(documentId)).toBe(true)
  expect(log.rows).toHaveLength(1)
})

test('a text open in a page is left to the page', async () => {
  await typeOffline('离线起草')
  line.setDown(false)
  const sync = start({ isOpen: () => true })
  await sync.look()
  expect([sync.unsent(), log.rows.length, await sync.upload(documentId)]).toEqual([[], 0, false])
})

test('a pinned document is here before it is opened without a network', async () => {
  const author = open(documentId)
  author.doc.getText('t').insert(0, '常用的文')
  await until(() => author.session.state().kind === 'saved')
  await author.close()
  store = memoryStore()
  await start({ pins: [documentId] }).look()

  line.setDown(true)
  const reader = open(documentId)
  await reader.session.whenLoaded
  expect(reader.doc.getText('t').toString()).toBe('常用的文')
  await reader.close()
})

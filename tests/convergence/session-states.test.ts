import { afterEach, beforeEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import {
  createSyncSession,
  type Journal,
  type SyncSession,
  type SyncState,
  type TicketAnswer,
} from '../../desktop/src/platform/sync/index.ts'
import { aDocumentId, type Harness, startHarness, until } from '../../server/src/platform/realtime/twins/harness.ts'
import { createMemoryLog, type MemoryLog } from '../../server/src/platform/realtime/twins/memory-log.ts'
import { quickFigures } from './editors.ts'
import { type LossyLine, openLossyLine } from './lossy-line.ts'

let log: MemoryLog
let harness: Harness
let line: LossyLine
let documentId: string
let hold: Promise<void> = Promise.resolve()
const sessions: SyncSession[] = []

beforeEach(async () => {
  hold = Promise.resolve()
  log = createMemoryLog(() => hold)
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log, limits: { rightsEveryMs: 50 } })
  line = await openLossyLine(harness.url, () => 1, 0)
})
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose()
  await harness.close()
  await line.close()
})

interface Desk {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly awareness: Awareness
  readonly session: SyncSession
  readonly seen: SyncState[]
}

function open(
  personId: string,
  more: { readonly journal?: Journal; readonly doc?: Y.Doc; readonly getTicket?: () => Promise<TicketAnswer> } = {},
): Desk {
  const doc = more.doc ?? new Y.Doc()
  const awareness = new Awareness(doc)
  const session = createSyncSession({
    documentId,
    doc,
    awareness,
    getTicket: more.getTicket ?? (async () => ({ kind: 'ticket', ticket: harness.ticket(documentId, personId) })),
    ...(more.journal === undefined ? {} : { journal: more.journal }),
    serverUrl: line.url,
    WebSocketClass: harness.WebSocket,
    figures: quickFigures,
  })
  sessions.push(session)
  const seen: SyncState[] = [session.state()]
  session.onChange((state) => seen.push(state))
  return { doc, text: doc.getText('t'), awareness, session, seen }
}

const kindOf = (desk: Desk): string => desk.session.state().kind

test('"saved" appears only after the log has answered', async () => {
  const desk = open('a')
  await until(() => kindOf(desk) === 'saved')
  let release: () => void = () => {}
  hold = new Promise((resolve) => {
    release = resolve
  })
  desk.text.insert(0, '字')
  expect(desk.session.state()).toEqual({ kind: 'saving', pending: 1 })
  await until(() => harness.realtime.metrics().updates === 1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(desk.session.state()).toEqual({ kind: 'saving', pending: 1 })
  expect(desk.session.hasUnsaved()).toBe(true)

  release()
  await until(() => kindOf(desk) === 'saved')
  expect(desk.session.state()).toEqual({ kind: 'saved', seq: 1 })
  expect(desk.session.hasUnsaved()).toBe(false)
})

test('a cut line counts what is not uploaded, and two offline editors merge without loss', async () => {
  const [a, b] = [open('a'), open('b')]
  await until(() => kindOf(a) === 'saved' && kindOf(b) === 'saved')
  line.setDown(true)
  await until(() => kindOf(a) === 'offline' && kindOf(b) === 'offline')
  for (const char of '甲甲甲') a.text.insert(0, char)
  for (const char of '乙乙') b.text.insert(0, char)
  expect(a.session.state()).toEqual({ kind: 'offline', pending: 3 })

  line.setDown(false)
  await until(() => kindOf(a) === 'saved' && kindOf(b) === 'saved' && a.text.length === 5 && b.text.length === 5)
  expect(a.text.toString()).toBe(b.text.toString())
})

test('while the line is down nobody else is shown, and both see each other again afterwards', async () => {
  const [a, b] = [open('a'), open('b')]
  a.awareness.setLocalStateField('cursor', { anchor: 1 })
  const seesA = (): boolean => b.awareness.getStates().get(a.doc.clientID)?.['user']?.personId === 'a'
  await until(seesA)
  line.setDown(true)
  await until(() => !seesA())
  line.setDown(false)
  await until(seesA)
})

test('a lowered right shows as read-only with what stays behind, a raised one uploads it', async () => {
  const desk = open('a')
  await until(() => kindOf(desk) === 'saved')
  harness.rights.set('a', 'read')
  await until(() => kindOf(desk) === 'read-only')
  desk.text.insert(0, '字')
  expect(desk.session.state()).toEqual({ kind: 'read-only', pending: 1 })
  expect(log.rows).toHaveLength(0)

  harness.rights.set('a', 'edit')
  await until(() => kindOf(desk) === 'saved')
  expect(log.rows).toHaveLength(1)
})

test('an ended session asks to sign in and carries on where it stopped', async () => {
  const desk = open('a')
  await until(() => kindOf(desk) === 'saved')
  harness.realtime.closeSessions('a')
  await until(() => kindOf(desk) === 'sign-in-needed')
  desk.text.insert(0, '字')
  expect(desk.session.state()).toEqual({ kind: 'sign-in-needed', pending: 1 })

  desk.session.reconnect()
  await until(() => kindOf(desk) === 'saved')
  expect(log.rows).toHaveLength(1)
})

test('without a right the session stops and says why', async () => {
  harness.rights.set('stranger', 'none')
  const desk = open('stranger')
  await until(() => kindOf(desk) === 'refused')
  expect(desk.session.state()).toMatchObject({ kind: 'refused', reason: 'no-right' })
  const asked = open('b', { getTicket: async () => ({ kind: 'sign-in-needed' }) })
  await until(() => kindOf(asked) === 'sign-in-needed')
})

test('work typed offline survives a closed window and reaches the server from the next one', async () => {
  const store = aMemoryStore()
  line.setDown(true)
  const first = open('a', store.open())
  await until(() => kindOf(first) === 'offline')
  first.text.insert(0, '离线起草')
  await first.session.dispose()

  const second = open('a', store.open())
  await second.session.whenLoaded
  expect(second.text.toString()).toBe('离线起草')
  expect(second.session.hasUnsaved()).toBe(true)
  line.setDown(false)
  await until(() => kindOf(second) === 'saved')
  expect(second.session.hasUnsaved()).toBe(false)
  expect(log.rows.map((row) => row.personId)).toEqual(['a'])
})

test('a session without storage works and says so by guarding what is unsaved', async () => {
  const doc = new Y.Doc()
  const broken: Journal = {
    whenLoaded: Promise.reject(new Error('no storage')),
    origin: {},
    remember: () => {},
    close: async () => {},
    erase: async () => {},
  }
  const desk = open('a', { doc, journal: broken })
  desk.text.insert(0, '字')
  await until(() => kindOf(desk) === 'saved')
  expect(log.rows).toHaveLength(1)
})

test('a frame the server will never take is not sent again and again', async () => {
  const desk = open('a')
  await until(() => kindOf(desk) === 'saved')
  desk.text.insert(0, 'x'.repeat((1 << 20) + 1))
  expect(desk.session.state()).toMatchObject({ kind: 'refused', reason: 'too-large', pending: 1 })
})

/** What a journal keeps, in memory: the same contract as IndexedDB across two windows. */
function aMemoryStore(): { readonly open: () => { readonly doc: Y.Doc; readonly journal: Journal } } {
  const updates: Uint8Array[] = []
  let pending = 0
  return {
    open() {
      const doc = new Y.Doc()
      const origin = {}
      for (const update of updates) Y.applyUpdate(doc, update, origin)
      doc.on('update', (update: Uint8Array, from: unknown) => from !== origin && updates.push(update))
      const journal: Journal = {
        whenLoaded: Promise.resolve(pending),
        origin,
        remember(count) {
          pending = count
        },
        close: async () => {},
        erase: async () => {},
      }
      return { doc, journal }
    },
  }
}

import { afterEach, beforeEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import {
  type CopyHandle,
  createLineChoice,
  createSyncSession,
  type JournalStore,
  memoryStore,
  openJournal,
  type SyncSession,
  type SyncSessionOptions,
  type SyncState,
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
  more: Partial<SyncSessionOptions> & { readonly copy?: CopyHandle } = {},
): Desk {
  const doc = more.doc ?? new Y.Doc()
  const awareness = new Awareness(doc)
  const session = createSyncSession({
    documentId,
    doc,
    awareness,
    getTicket: async () => ({ kind: 'ticket', ticket: harness.ticket(documentId, personId) }),
    ...(more.copy === undefined ? {} : { journal: openJournal(more.copy, doc) }),
    serverUrl: line.url,
    WebSocketClass: harness.WebSocket,
    figures: quickFigures,
    lines: createLineChoice(50),
    ...more,
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
  expect(a.session.state()).toEqual({ kind: 'offline', pending: 3, why: 'unreachable', isKept: false })

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
  expect(desk.session.state()).toEqual({ kind: 'sign-in-needed', pending: 1, isKept: false })

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
  const store = memoryStore()
  line.setDown(true)
  const first = open('a', { copy: store.open('text/a/d') })
  await until(() => kindOf(first) === 'offline')
  first.text.insert(0, '离线起草')
  await first.session.dispose()

  expect(await store.listWaiting('text/a/')).toEqual([{ name: 'text/a/d', unsaved: 1 }])

  const second = open('a', { copy: store.open('text/a/d') })
  await second.session.whenLoaded
  expect(second.text.toString()).toBe('离线起草')
  expect(second.session.hasUnsaved()).toBe(true)
  line.setDown(false)
  await until(() => kindOf(second) === 'saved')
  expect(second.session.hasUnsaved()).toBe(false)
  expect(log.rows.map((row) => row.personId)).toEqual(['a'])
  await second.session.dispose()
  expect(await store.listWaiting('text/a/')).toEqual([])
})

test('a full or refused storage is said, the window is guarded, and the work goes up all the same', async () => {
  const storage = aFailingStore()
  storage.isFull = true
  const desk = open('a', { copy: storage.store.open('text/a/d') })
  await until(() => kindOf(desk) === 'saved')
  line.setDown(true)
  await until(() => kindOf(desk) === 'offline')
  desk.text.insert(0, '字')
  await until(() => JSON.stringify(desk.session.state()).includes('"isKept":false'))
  expect(desk.session.state()).toMatchObject({ kind: 'offline', pending: 1, isKept: false })
  expect(desk.session.hasUnsaved()).toBe(true)

  storage.isFull = false
  desk.text.insert(0, '又')
  await until(() => JSON.stringify(desk.session.state()).includes('"isKept":true'))
  expect((await storage.store.listWaiting('text/a/'))[0]?.unsaved).toBe(2)
  line.setDown(false)
  await until(() => kindOf(desk) === 'saved')
  expect(log.rows).toHaveLength(1)
})

test('a server that cannot save is told apart from one that cannot be reached, and nothing is called saved meanwhile', async () => {
  const desk = open('a')
  await until(() => kindOf(desk) === 'saved')
  hold = Promise.reject(new Error('disk full'))
  hold.catch(() => {})
  desk.text.insert(0, '字')
  await until(() => kindOf(desk) === 'offline')
  expect(desk.session.state()).toMatchObject({ kind: 'offline', why: 'server-trouble', pending: 1 })
  expect(desk.seen.slice(1).findLast((state) => state.kind === 'saved')).toMatchObject({ seq: 0 })

  hold = Promise.resolve()
  await until(() => kindOf(desk) === 'saved')
  expect(log.rows).toHaveLength(1)
})

test('where WebSocket is blocked the session goes over HTTPS by itself, and back when it works again', async () => {
  const gate = { isShut: true }
  const desk = open('a', { httpUrl: harness.origin, fetchIt: fetchFrom(harness.origin), WebSocketClass: gatedSocket(gate) })
  await until(() => kindOf(desk) === 'saved' && desk.session.line() === 'http')
  desk.text.insert(0, '字')
  await until(() => kindOf(desk) === 'saved' && log.rows.length === 1)

  gate.isShut = false
  await until(() => desk.session.line() === 'websocket')
  desk.text.insert(0, '又')
  await until(() => kindOf(desk) === 'saved' && log.rows.length === 2)
})

test('a proxy that lets WebSockets open and then swallows everything counts as blocking them', async () => {
  const desk = open('a', { httpUrl: harness.origin, fetchIt: fetchFrom(harness.origin), WebSocketClass: mute(), figures: { ...quickFigures, firstMessageMs: 60 } })
  await until(() => desk.session.line() === 'http' && kindOf(desk) === 'saved')
})

test('work too large for one WebSocket message goes up over HTTPS; without that way the session says so and keeps it', async () => {
  const desk = open('a', { httpUrl: harness.origin, fetchIt: fetchFrom(harness.origin) })
  await until(() => kindOf(desk) === 'saved')
  desk.text.insert(0, 'x'.repeat((1 << 20) + 1))
  await until(() => kindOf(desk) === 'saved' && log.rows.length === 1)
  await until(() => desk.session.line() === 'websocket' && kindOf(desk) === 'saved')

  const other = open('b', { httpUrl: null })
  await until(() => kindOf(other) === 'saved')
  other.text.insert(0, 'x'.repeat((1 << 20) + 1))
  expect(other.session.state()).toMatchObject({ kind: 'refused', reason: 'too-large', pending: 1 })
})

test('two windows of one person converge without the network, are shown once, and either of them brings everything up', async () => {
  const watcher = open('w')
  const hub = aTabHub()
  const [left, right] = [open('a', { tabs: hub() }), open('a', { tabs: hub() })]
  await until(() => [watcher, left, right].every((desk) => kindOf(desk) === 'saved'))
  const shown = (): readonly number[] => [...watcher.awareness.getStates()].filter(([, state]) => state['user']?.personId === 'a').map(([client]) => client)
  left.session.claimPresence()
  await until(() => shown().length === 1 && shown()[0] === left.doc.clientID)
  right.session.claimPresence()
  await until(() => shown().length === 1 && shown()[0] === right.doc.clientID)

  line.setDown(true)
  await until(() => kindOf(left) === 'offline' && kindOf(right) === 'offline')
  left.text.insert(0, '左')
  right.text.insert(0, '右')
  await until(() => left.text.length === 2 && left.text.toString() === right.text.toString())
  await left.session.dispose()
  line.setDown(false)
  await until(() => kindOf(right) === 'saved' && watcher.text.length === 2)
  expect(harness.realtime.metrics().closed['foreign-author']).toBeUndefined()
})

/** A store over memory whose disk can be full. */
function aFailingStore(): { readonly store: JournalStore; isFull: boolean } {
  const inner = memoryStore()
  const storage = {
    isFull: false,
    store: {
      open(name: string): CopyHandle {
        const copy = inner.open(name)
        return { ...copy, append: async (updates, unsaved) => (storage.isFull ? Promise.reject(new Error('QuotaExceededError')) : copy.append(updates, unsaved)) }
      },
      listWaiting: inner.listWaiting,
    },
  }
  return storage
}

function fetchFrom(origin: string): typeof fetch {
  return (address, init) => fetch(address, { ...init, headers: { ...init?.headers, origin } })
}

/** WebSockets that a proxy refuses while the gate is shut. */
function gatedSocket(gate: { readonly isShut: boolean }): typeof WebSocket {
  const Open = harness.WebSocket
  // Safe because a constructor that answers another object makes that object.
  return function GatedSocket(address: string) {
    return new Open(gate.isShut ? 'ws://127.0.0.1:9/' : address)
  } as unknown as typeof WebSocket
}

/** WebSockets whose messages never arrive. */
function mute(): typeof WebSocket {
  const Open = harness.WebSocket
  // Safe for the same reason.
  return function MuteSocket(address: string) {
    const socket = new Open(address)
    return Object.defineProperty(socket, 'onmessage', { set: () => {}, get: () => null })
  } as unknown as typeof WebSocket
}

/** Channels between windows, as a browser's BroadcastChannel. */
function aTabHub(): () => NonNullable<SyncSessionOptions['tabs']> {
  const channels = new Set<NonNullable<SyncSessionOptions['tabs']>>()
  return () => {
    const channel: NonNullable<SyncSessionOptions['tabs']> = {
      onmessage: null,
      postMessage(message) {
        for (const other of channels) if (other !== channel) queueMicrotask(() => other.onmessage?.(new MessageEvent('message', { data: structuredClone(message) })))
      },
      close: () => channels.delete(channel),
    }
    channels.add(channel)
    return channel
  }
}

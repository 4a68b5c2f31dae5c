/** The same rooms over plain HTTP: an unmodified provider, the same refusals, large diffs in pieces, requests said twice. */
import { connect } from 'node:net'
import { WebsocketProvider } from 'y-websocket'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { aDocumentId, type Harness, startHarness, until } from '../../server/src/platform/realtime/twins/harness.ts'
import { createMemoryLog, type MemoryLog } from '../../server/src/platform/realtime/twins/memory-log.ts'
import { syncMessage } from '../../server/src/platform/realtime/twins/raw-client.ts'
import { httpSocket } from './http-socket.ts'

let log: MemoryLog
let harness: Harness
let documentId: string
const providers: WebsocketProvider[] = []

beforeEach(async () => {
  log = createMemoryLog()
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log, limits: { rightsEveryMs: 100 } })
})
afterEach(async () => {
  for (const provider of providers.splice(0)) provider.destroy()
  await harness.close()
})

function open(personId: string, WebSocketPolyfill: typeof globalThis.WebSocket, doc = new Y.Doc()): { readonly doc: Y.Doc; readonly provider: WebsocketProvider } {
  const provider = new WebsocketProvider(`${harness.url}/sync`, documentId, doc, {
    WebSocketPolyfill,
    params: { ticket: harness.ticket(documentId, personId) },
    disableBc: true,
  })
  providers.push(provider)
  return { doc, provider }
}

const post = (path: string, origin = harness.origin, body?: Uint8Array): Promise<Response> =>
  fetch(`${harness.origin}${path}`, { method: 'POST', headers: { origin, 'content-type': 'application/octet-stream' }, ...(body === undefined ? {} : { body: Uint8Array.from(body) }) })

test('somebody without WebSocket and somebody with one write in the same document and see each other', async () => {
  const [near, far] = [open('a', httpSocket(harness.origin)), open('b', harness.WebSocket)]
  near.provider.awareness.setLocalStateField('cursor', { anchor: 1 })
  await until(() => near.provider.synced && far.provider.synced)
  near.doc.getText('t').insert(0, '甲')
  await until(() => far.doc.getText('t').toString() === '甲')
  far.doc.getText('t').insert(1, '乙')
  await until(() => near.doc.getText('t').toString() === '甲乙')
  await until(() => far.provider.awareness.getStates().get(near.doc.clientID)?.['user']?.personId === 'a')
  expect(log.rows.map((row) => row.personId)).toEqual(['a', 'b'])
})

test('an offline diff larger than any WebSocket message goes up in pieces and is stored once', async () => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, '离线起草的内容。'.repeat(100_000))
  expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(2 << 20)
  open('a', httpSocket(harness.origin, 100_000), doc)
  await until(() => log.rows.length === 1)
  const reader = open('b', harness.WebSocket)
  await until(() => reader.doc.getText('t').length === doc.getText('t').length)
})

test('without ticket, with a used one, from elsewhere or for another document nothing opens', async () => {
  const ticket = harness.ticket(documentId, 'a')
  expect((await post(`/sync/${documentId}/open?ticket=${ticket}`, 'https://evil.example')).status).toBe(403)
  expect((await post(`/sync/${documentId}/open`)).status).toBe(401)
  expect((await post(`/sync/${aDocumentId()}/open?ticket=${ticket}`)).status).toBe(401)
  expect((await post(`/sync/${documentId}/open?ticket=${ticket}`)).status).toBe(401)
  expect((await post(`/sync/${documentId.toUpperCase()}/open?ticket=${harness.ticket(documentId, 'a')}`)).status).toBe(404)
  expect((await fetch(`${harness.origin}/sync/${documentId}/open?ticket=${harness.ticket(documentId, 'a')}`, { headers: { origin: harness.origin } })).status).toBe(404)
})

test('a request said twice counts once, one out of turn is refused, and nobody sends on another’s line', async () => {
  const opened = await post(`/sync/${documentId}/open?x=1&ticket=${harness.ticket(documentId, 'a')}`)
  const key = opened.headers.get('x-sync-key')
  const doc = new Y.Doc()
  doc.getText('t').insert(0, '字')
  const message = syncMessage(2, Y.encodeStateAsUpdate(doc))
  const body = Uint8Array.of(message.length, ...message)
  const send = (n: number, which = key, id = documentId): Promise<number> => post(`/sync/${id}/send?key=${which}&n=${n}`, harness.origin, body).then((answer) => answer.status)
  expect(await send(1)).toBe(409)
  expect([await send(0), await send(0)]).toEqual([204, 204])
  await until(() => log.rows.length === 1)
  expect(harness.realtime.metrics().updates).toBe(1)
  expect(await send(1, 'A'.repeat(43))).toBe(410)
  expect(await send(1, key, aDocumentId())).toBe(403)
  expect((await post(`/sync/${documentId}/send?key=${key}&n=1`, 'https://evil.example', body)).status).toBe(403)
  await opened.body?.cancel()
  await until(() => harness.realtime.metrics().connections === 0)
  expect(await send(1)).toBe(410)
})

test('a lowered right, an ended session and a malformed message end or bind the line as they do a socket', async () => {
  const reader = open('a', httpSocket(harness.origin))
  await until(() => reader.provider.synced)
  harness.rights.set('a', 'read')
  await harness.realtime.refreshRights(documentId)
  reader.doc.getText('t').insert(0, '字')
  await until(() => (harness.realtime.metrics().connections ?? 0) === 1)
  expect(log.rows).toHaveLength(0)
  expect(harness.realtime.closeSessions('a')).toBe(1)
  expect(harness.realtime.metrics().closed['session-ended']).toBe(1)

  const opened = await post(`/sync/${documentId}/open?ticket=${harness.ticket(documentId, 'b')}`)
  expect((await post(`/sync/${documentId}/send?key=${opened.headers.get('x-sync-key')}&n=0`, harness.origin, Uint8Array.of(2, 99, 1))).status).toBe(204)
  const heard = Buffer.from(await opened.arrayBuffer())
  expect(heard.subarray(-13)).toEqual(Buffer.concat([Buffer.of(0x88, 11, 0x11, 0x30), Buffer.from('malformed')]))
  expect(harness.realtime.metrics().closed['malformed']).toBe(1)
})

test('a body over one mebibyte, and a message over four, end without being kept', async () => {
  const opened = await post(`/sync/${documentId}/open?ticket=${harness.ticket(documentId, 'a')}`)
  const path = `/sync/${documentId}/send?key=${opened.headers.get('x-sync-key')}`
  expect((await post(`${path}&n=0`, harness.origin, new Uint8Array((1 << 20) + 1))).status).toBe(413)
  expect((await post(`${path}&n=0`, harness.origin, Uint8Array.of(0xff, 0xff, 0xff, 0x7f, 0))).status).toBe(204)
  await until(() => harness.realtime.metrics().closed['malformed'] === 1)
})

test('a client that vanishes without a word leaves the room', async () => {
  const ticket = harness.ticket(documentId, 'a')
  const socket = connect(Number(new URL(harness.origin).port), '127.0.0.1')
  socket.write(`POST /sync/${documentId}/open?ticket=${ticket} HTTP/1.1\r\nHost: x\r\nOrigin: ${harness.origin}\r\nContent-Length: 0\r\n\r\n`)
  await until(() => harness.realtime.listPresent(documentId).length === 1)
  socket.destroy()
  await until(() => harness.realtime.listPresent(documentId).length === 0)
})

/** Many at once: first openings (Y08), a storm of returns (R16), documents and rates at their limits (Y11), presence floods (R14). */
import { WebsocketProvider } from 'y-websocket'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog, type MemoryLog } from './twins/memory-log.ts'
import { awarenessMessage, openRaw } from './twins/raw-client.ts'

const open: Harness[] = []
const providers: WebsocketProvider[] = []
afterEach(async () => {
  for (const provider of providers.splice(0)) provider.destroy()
  for (const harness of open.splice(0)) await harness.close()
})

async function start(options: Parameters<typeof startHarness>[0]): Promise<Harness> {
  const harness = await startHarness(options)
  open.push(harness)
  return harness
}

function join(harness: Harness, documentId: string, personId: string): { readonly doc: Y.Doc; readonly provider: WebsocketProvider } {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${harness.url}/sync`, documentId, doc, {
    WebSocketPolyfill: harness.WebSocket,
    params: { ticket: harness.ticket(documentId, personId) },
    disableBc: true,
  })
  providers.push(provider)
  return { doc, provider }
}

async function aDocument(log: MemoryLog, harness: Harness, text: string): Promise<string> {
  const documentId = aDocumentId()
  log.create(documentId)
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  await harness.realtime.write(documentId, Y.encodeStateAsUpdate(doc), { personId: 'office', sessionId: 'office' })
  return documentId
}

test('fifty that open a new document at once have its whole content before they count as complete, so none writes it a second time', async () => {
  const log = createMemoryLog()
  const documentId = await aDocument(log, await start({ log }), '初稿')
  // A second server over the same log: the document has to be loaded first, and the disk takes its time.
  const slow: MemoryLog = { ...log, load: async (id) => (await new Promise((resolve) => setTimeout(resolve, 30)), log.load(id)) }
  const harness = await start({ log: slow })
  const found: string[] = []
  const people = Array.from({ length: 50 }, (_, n) => join(harness, documentId, `p${n}`))
  for (const { doc, provider } of people)
    provider.on('sync', () => {
      found.push(doc.getText('t').toString())
      // What every editor does with a document that is empty when it opens.
      if (doc.getText('t').length === 0) doc.getText('t').insert(0, '初稿')
    })
  await until(() => found.length === 50)
  expect(new Set(found)).toEqual(new Set(['初稿']))
  expect(log.rows).toHaveLength(1)
})

test('a hundred that come back after a restart are all complete and what one of them wrote meanwhile is there once', async () => {
  const log = createMemoryLog()
  const documentId = await aDocument(log, await start({ log }), '正文')
  const harness = await start({ log })
  const people = Array.from({ length: 100 }, (_, n) => join(harness, documentId, `p${n}`))
  for (const { provider } of people) provider.awareness.setLocalState(null)
  people[7]?.doc.getText('t').insert(0, '续')
  await until(() => people.every(({ doc, provider }) => provider.synced && doc.getText('t').length === 3), 20_000)
  expect(log.rows).toHaveLength(2)
  expect(harness.realtime.metrics().closed).toEqual({})
}, 30_000)

test('a document at its limit takes no more, and goes on being read', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log, limits: { maxDocumentBytes: 20_000 } })
  const writer = await openRaw(harness, documentId, 'a')
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => writer.sendUpdate(update))
  for (let n = 0; n < 4; n += 1) doc.getText('t').insert(0, 'x'.repeat(8000))
  await until(() => writer.closed() !== null)
  expect(writer.closed()).toEqual({ code: 4413, reason: 'too-large' })
  const reader = join(harness, documentId, 'b')
  await until(() => reader.provider.synced)
  expect(reader.doc.getText('t').length).toBe(16_000)
})

test('ten thousand edits at once are too many for one socket, and another one goes on', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log, limits: { framesBurst: 20_000, framesPerSecond: 20_000 } })
  const [flooder, honest] = [await openRaw(harness, documentId, 'bad'), await openRaw(harness, documentId, 'good')]
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => flooder.sendUpdate(update))
  for (let n = 0; n < 10_000; n += 1) doc.getText('t').insert(0, 'x')
  const other = new Y.Doc()
  other.on('update', (update: Uint8Array) => honest.sendUpdate(update))
  other.getText('o').insert(0, '字')
  await until(() => flooder.closed() !== null && honest.acks().length === 1)
  expect(flooder.closed()).toEqual({ code: 4529, reason: 'too-many-frames' })
  expect(harness.realtime.metrics().updates).toBeLessThan(1500)
})

test('a hundred thousand invented people, and a thousand presences a second, show one person and reach nobody more than the window allows', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  // Forty at once, and then none for a quarter of an hour: nothing here depends on how fast this machine is.
  const harness = await start({ log, limits: { framesBurst: 20_000, framesPerSecond: 20_000, presenceBurst: 40, presencePerSecond: 0.001 } })
  const watcher = await openRaw(harness, documentId, 'watcher')
  watcher.sendStep1()
  const ghosts = await openRaw(harness, documentId, 'bad')
  ghosts.send(awarenessMessage(Array.from({ length: 100_000 }, (_, n) => ({ client: n + 1, clock: 1, state: '{}' }))))
  await until(() => ghosts.closed() !== null)
  expect(ghosts.closed()?.reason).toBe('malformed')

  const loud = await openRaw(harness, documentId, 'loud')
  const before = watcher.heard.length
  for (let n = 1; n <= 1000; n += 1) loud.send(awarenessMessage([{ client: 5, clock: n, state: JSON.stringify({ cursor: n }) }]))
  loud.sendUpdate(Uint8Array.of(0, 0))
  await until(() => loud.acks().length === 1)
  const heard = (): readonly string[] => watcher.heard.slice(before).filter((each) => each.type === 1).map((each) => Buffer.from(each.body).toString())
  const newest = (): number => Math.max(0, ...heard().flatMap((text) => [...text.matchAll(/"cursor":(\d+)/g)].map(([, n]) => Number(n))))
  await until(() => newest() >= 40)
  expect(newest()).toBe(40)
  expect(heard().join('')).toContain('人员loud')
})

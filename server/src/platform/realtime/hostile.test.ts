import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Malformed } from './byte-reader.ts'
import { scanUpdate } from './scan-update.ts'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog, type MemoryLog } from './twins/memory-log.ts'
import { awarenessMessage, openRaw, seeded, syncMessage } from './twins/raw-client.ts'
import { parseMessage } from './wire.ts'

let log: MemoryLog
let harness: Harness
let documentId: string

beforeEach(async () => {
  log = createMemoryLog()
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log })
})
afterEach(async () => {
  await harness.close()
  expect(harness.events).toEqual([])
})

function anUpdate(client: number, clock = 0, text = '字'): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const value of [1, 1, client, clock]) encoding.writeVarUint(encoder, value)
  encoding.writeUint8(encoder, 4)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, 't')
  encoding.writeVarString(encoder, text)
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** Seeded garbage: pure noise, mutated good frames, wrong types, endless numbers, truncations. */
function garbage(random: () => number): Uint8Array {
  const good = [
    syncMessage(2, anUpdate(9)),
    syncMessage(0, Uint8Array.of(1, 5, 3)),
    awarenessMessage([{ client: 1, clock: 1, state: '{"a":1}' }]),
  ]
  const base = Uint8Array.from(good[Math.floor(random() * good.length)] ?? [])
  switch (Math.floor(random() * 6)) {
    case 0:
      return Uint8Array.from({ length: Math.floor(random() * 60) }, () => random() * 256)
    case 1:
      return base.subarray(0, Math.floor(random() * base.length))
    case 2:
      for (let n = 0; n < 3; n += 1) base[Math.floor(random() * base.length)] = random() * 256
      return base
    case 3:
      return Uint8Array.of(0, 2, ...Array.from({ length: 12 }, () => 255))
    case 4:
      return Uint8Array.of(4 + Math.floor(random() * 200), 1, 2, 3)
    default:
      return new Uint8Array()
  }
}

const frameSeeds = Array.from({ length: Number(process.env['XIEWEN_FRAME_SEEDS'] ?? 3) }, (_, n) => n + 1)

test.each(frameSeeds)(
  'ten thousand malformed frames are parsed to a verdict, never to a crash or an endless loop (seed %i)',
  (seed) => {
    const random = seeded(seed)
    let refused = 0
    for (let n = 0; n < 10_000; n += 1) {
      try {
        const message = parseMessage(garbage(random))
        if (message.kind === 'update' || message.kind === 'step2') scanUpdate(message.body)
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed)
        refused += 1
      }
    }
    expect(refused).toBeGreaterThan(5000)
  },
)

test('what the scanner lets through, Yjs applies without an error', () => {
  const random = seeded(5)
  const doc = new Y.Doc()
  doc.getText('t').insert(0, '通知')
  doc.getXmlFragment('x').insert(0, [new Y.XmlElement('p')])
  doc.getMap('m').set('a', { b: [1, 'x'] })
  const good = Y.encodeStateAsUpdate(doc)
  let passed = 0
  for (let n = 0; n < 3000; n += 1) {
    const mutated = Uint8Array.from(good)
    mutated[Math.floor(random() * good.length)] = random() * 256
    try {
      scanUpdate(mutated)
    } catch {
      continue
    }
    passed += 1
    expect(() => Y.applyUpdate(new Y.Doc(), mutated)).not.toThrow()
  }
  expect(passed).toBeGreaterThan(30)
})

test('malformed frames close their own socket only, and an honest pair goes on', async () => {
  const [a, b] = [await openRaw(harness, documentId, 'a'), await openRaw(harness, documentId, 'b')]
  b.sendStep1()
  const random = seeded(3)
  for (let n = 0; n < 40; n += 1) {
    const bad = await openRaw(harness, documentId, 'bad')
    if (n % 4 === 0) bad.ws.send('text frame')
    else for (let frame = 0; frame < 30; frame += 1) bad.send(garbage(random))
    bad.send(Uint8Array.of(0, 9, 0))
    await until(() => bad.closed() !== null)
    expect(bad.closed()).toEqual({ code: 4400, reason: 'malformed' })
  }
  a.sendUpdate(anUpdate(1))
  await until(() => a.acks().length === 1 && b.contentBytes() > 2)
  expect([a.closed(), b.closed()]).toEqual([null, null])
}, 20_000)

test('noise instead of a handshake, and noise after it, ends that connection only', async () => {
  const honest = await openRaw(harness, documentId, 'a')
  const port = Number(new URL(harness.url).port)
  const random = seeded(8)
  let ended = 0
  for (let n = 0; n < 60; n += 1) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    socket.on('close', () => {
      ended += 1
    })
    const ticket = harness.ticket(documentId, 'x')
    const handshake = `GET /sync/${documentId}?ticket=${ticket} HTTP/1.1\r\nHost: x\r\nOrigin: ${harness.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`
    if (n % 2 === 0) socket.write(handshake.slice(0, Math.floor(random() * handshake.length)) + '\r\n\r\n')
    else socket.write(handshake)
    socket.write(Uint8Array.from({ length: 200 }, () => random() * 256))
    socket.end()
  }
  await until(() => ended === 60)
  honest.sendUpdate(anUpdate(1))
  await until(() => honest.acks().length === 1)
}, 20_000)

test('a flood of updates with gaps stores nothing and ends the flood', async () => {
  const flooder = await openRaw(harness, documentId, 'bad')
  const started = performance.now()
  for (let n = 0; n < 4000; n += 1) flooder.sendUpdate(anUpdate(100 + n, 5))
  await until(() => flooder.closed() !== null)
  expect(flooder.closed()?.code).toBe(4430)
  expect(performance.now() - started).toBeLessThan(2000)
  expect(log.rows).toEqual([])
})

test('a single gap asks for what is missing and holds acknowledgements until it has come', async () => {
  const client = await openRaw(harness, documentId, 'a')
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const char of '一二三') doc.getText('t').insert(doc.getText('t').length, char)
  const [first, second, third] = updates
  if (first === undefined || second === undefined || third === undefined) throw new Error('three updates expected')
  client.sendUpdate(first)
  client.sendUpdate(third)
  await until(() => client.heard.filter((each) => each.step === 0).length === 2)
  client.sendUpdate(second)
  await until(() => log.rows.length === 2)
  client.sendStep2(Y.encodeStateAsUpdate(doc))
  await until(() => client.acks().at(-1)?.frame === 4)
  expect(
    client
      .acks()
      .map((ack) => ack.frame)
      .filter((frame) => frame === 2 || frame === 3),
  ).toEqual([])
})

test('one socket cannot bring in client ids without end', async () => {
  const client = await openRaw(harness, documentId, 'bad')
  for (let n = 0; n < 300; n += 1) client.sendUpdate(anUpdate(1000 + n))
  await until(() => client.closed() !== null)
  expect(client.closed()?.code).toBe(4413)
})

test('a frame over one mebibyte, and a presence over four kilobytes, close the socket', async () => {
  const big = await openRaw(harness, documentId, 'a')
  big.sendUpdate(anUpdate(1, 0, 'x'.repeat(1 << 20)))
  const loud = await openRaw(harness, documentId, 'b')
  loud.send(awarenessMessage([{ client: 1, clock: 1, state: JSON.stringify({ cursor: 'x'.repeat(5000) }) }]))
  await until(() => big.closed() !== null && loud.closed() !== null)
  expect(big.closed()?.code).toBe(1009)
  expect(loud.closed()).toEqual({ code: 4413, reason: 'too-large' })
})

test('ten thousand frames in a second are too many', async () => {
  const client = await openRaw(harness, documentId, 'bad')
  for (let n = 0; n < 10_000; n += 1) client.send(Uint8Array.of(3))
  await until(() => client.closed() !== null)
  expect(client.closed()).toEqual({ code: 4529, reason: 'too-many-frames' })
})

test('a reader that does not read is dropped, and the writer does not notice', async () => {
  const writer = await openRaw(harness, documentId, 'a')
  const slow = await openRaw(harness, documentId, 'slow')
  slow.sendStep1()
  await until(() => slow.contentBytes() > 0)
  slow.ws.pause()
  let sent = 0
  const isDropped = (): boolean => harness.realtime.metrics().closed['slow-reader'] === 1
  while (!isDropped() && sent < 40) {
    writer.sendUpdate(anUpdate(10 + sent, 0, 'x'.repeat(800_000)))
    sent += 1
    const expected = sent
    await until(() => writer.acks().at(-1)?.frame === expected)
  }
  expect(isDropped()).toBe(true)
  expect(writer.closed()).toBeNull()
}, 20_000)

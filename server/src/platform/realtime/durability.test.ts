import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openUpdates } from './log-frames.ts'
import { openFileLog } from './twins/file-log.ts'
import { absorbUpdate, emptyLedger } from './ledger.ts'
import { openSnapshot } from './log-frames.ts'
import { scanUpdate } from './scan-update.ts'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog } from './twins/memory-log.ts'
import { openRaw, type RawClient, seeded } from './twins/raw-client.ts'

const open: Harness[] = []
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close()
})

async function start(options: Parameters<typeof startHarness>[0]): Promise<Harness> {
  const harness = await startHarness(options)
  open.push(harness)
  return harness
}

/** Types into a document and hands every keystroke's update over. */
function aTypist(clientId: number, send: (update: Uint8Array) => void): Y.Text {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.on('update', send)
  return doc.getText('t')
}

test('nobody hears of an update, and it is not acknowledged, before the log has answered', async () => {
  let release: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const log = createMemoryLog(() => held)
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log })
  const [author, peer] = [await openRaw(harness, documentId, 'a'), await openRaw(harness, documentId, 'b')]
  peer.sendStep1()
  await until(() => peer.contentBytes() > 0)
  const before = peer.contentBytes()

  aTypist(1, (update) => author.sendUpdate(update)).insert(0, '字')
  author.sendStep2(Uint8Array.of(0, 0))
  const late = await openRaw(harness, documentId, 'c')
  late.sendStep1()
  await until(() => late.contentBytes() > 0)

  expect([author.acks(), peer.contentBytes() - before, late.contentBytes()]).toEqual([[], 0, 2])
  release()
  await until(() => author.acks().length === 2 && peer.contentBytes() > before && late.contentBytes() > 2)
  expect(author.acks().at(-1)).toEqual({ seq: 1, frame: 2 })
})

test('when the log fails nobody has seen the update, its author is sent away to try again, and the retry is stored once', async () => {
  let isFull = true
  const log = createMemoryLog(async () => {
    if (isFull) throw new Error('ENOSPC')
  })
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log })
  const updates: Uint8Array[] = []
  aTypist(1, (update) => updates.push(update)).insert(0, '字')
  const author = await openRaw(harness, documentId, 'a')
  for (const update of updates) author.sendUpdate(update)
  await until(() => author.closed() !== null)
  expect(author.closed()).toEqual({ code: 4503, reason: 'try-later' })
  expect(author.acks()).toEqual([])
  expect(harness.events).toMatchObject([{ kind: 'append-failed', documents: [documentId] }])

  isFull = false
  const again = await openRaw(harness, documentId, 'a')
  for (const update of updates) again.sendUpdate(update)
  await until(() => again.acks().length === 1)
  expect(log.rows).toHaveLength(1)
})

test('a document whose rows are refused sends only its own editors away', async () => {
  const [signed, draft] = [aDocumentId(), aDocumentId()]
  const log = createMemoryLog(async (rows) => {
    if (rows.some((row) => row.documentId === signed)) throw new Error('signed')
  })
  for (const id of [signed, draft]) log.create(id)
  const harness = await start({ log, limits: { commitWindowMs: 50 } })
  const [late, honest] = [await openRaw(harness, signed, 'a'), await openRaw(harness, draft, 'b')]
  // The first pair starts the window; the second shares a commit.
  for (const client of [late, honest]) aTypist(1, (update) => client.sendUpdate(update)).insert(0, '字')
  await until(() => late.closed() !== null && honest.acks().length === 1)
  expect(late.closed()?.code).toBe(4503)
  expect(late.acks()).toEqual([])
  expect(honest.closed()).toBeNull()
  expect(harness.events).toMatchObject([{ kind: 'append-failed', documents: [signed] }])
})

test('updates of many writers and documents share a commit', async () => {
  const batches: number[] = []
  const log = createMemoryLog(async (rows) => {
    batches.push(rows.length)
  })
  const ids = [aDocumentId(), aDocumentId()]
  for (const id of ids) log.create(id)
  const harness = await start({ log, limits: { commitWindowMs: 50 } })
  const clients = await Promise.all(Array.from({ length: 6 }, (_, n) => openRaw(harness, ids[n % 2] ?? '', `p${n}`)))
  for (const [n, client] of clients.entries()) {
    const text = aTypist(n + 1, (update) => client.sendUpdate(update))
    for (let key = 0; key < 5; key += 1) text.insert(key, '字')
  }
  await until(() => clients.every((client) => client.acks().at(-1)?.frame === 5))
  expect(log.rows.length).toBeLessThan(30)
  expect(batches.length).toBeLessThan(6)
})

test('whatever the moment of a kill, everything acknowledged is in the file', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'xiewen-sync-'))
  const path = join(directory, 'log.bin')
  const documentId = aDocumentId()
  const log = await openFileLog(path)
  await log.create(documentId)
  const harness = await start({ log })
  const acknowledged: { readonly size: number; readonly text: string }[] = []
  const writers = await Promise.all([1, 2, 3].map((n) => openRaw(harness, documentId, `p${n}`)))
  for (let round = 0; round < 15; round += 1) {
    await Promise.all(
      writers.map((writer, n) => typeAndNote(writer, `${n}-${round};`, n + 10 * round, acknowledged, path)),
    )
  }
  const file = await readFile(path)

  const random = seeded(11)
  for (let kill = 0; kill < 60; kill += 1) {
    const last = acknowledged[Math.floor(random() * acknowledged.length)]
    if (last === undefined) throw new Error('nothing was acknowledged')
    const cut = last.size + Math.floor(random() * (file.length - last.size))
    const copy = join(directory, `${kill}.bin`)
    await writeFile(copy, file.subarray(0, cut))
    const reopened = await openFileLog(copy)
    const stored = await reopened.load(documentId)
    const doc = new Y.Doc()
    for (const row of stored?.tail ?? [])
      for (const update of openUpdates(documentId, row.bytes).updates) Y.applyUpdate(doc, update)
    const text = doc.getText('t').toString()
    for (const { size, text: token } of acknowledged) if (size <= cut) expect(text.split(token)).toHaveLength(2)
    await reopened.close()
  }
  await harness.close()
  open.length = 0
  await log.close()
  await rm(directory, { recursive: true })
}, 30_000)

async function typeAndNote(
  writer: RawClient,
  token: string,
  clientId: number,
  acknowledged: { readonly size: number; readonly text: string }[],
  path: string,
): Promise<void> {
  const known = writer.acks().length
  aTypist(clientId + 1, (update) => writer.sendUpdate(update)).insert(0, token)
  await until(() => writer.acks().length > known)
  acknowledged.push({ size: (await stat(path)).size, text: token })
}

test('a flipped bit in the store refuses the document and reports it, and a restored one opens', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const first = await start({ log })
  const author = await openRaw(first, documentId, 'a')
  aTypist(1, (update) => author.sendUpdate(update)).insert(0, '经研究，同意。')
  await until(() => author.acks().length === 1)
  const row = log.rows[0]
  if (row === undefined) throw new Error('no row')
  row.bytes[20] = (row.bytes[20] ?? 0) ^ 4

  const second = await start({ log })
  const reader = await openRaw(second, documentId, 'b')
  await until(() => reader.closed() !== null)

  expect(reader.closed()).toEqual({ code: 4410, reason: 'damaged' })
  expect(reader.contentBytes()).toBe(0)
  expect(second.events).toEqual([{ kind: 'document-damaged', documentId, detail: 'checksum' }])
  row.bytes[20] = (row.bytes[20] ?? 0) ^ 4
  const healed = await openRaw(second, documentId, 'b')
  healed.sendStep1()
  await until(() => healed.contentBytes() > 2)
})

test('a long tail is folded into a snapshot that says the same, and is served from then on', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log, limits: { compactTailBytes: 2000, updatesBurst: 10_000, framesBurst: 10_000 } })
  const author = await openRaw(harness, documentId, 'a')
  const text = aTypist(1, (update) => author.sendUpdate(update))
  for (let n = 0; n < 300; n += 1) text.insert(Math.floor(text.length / 2), '字')
  text.delete(10, 50)
  await until(() => harness.realtime.metrics().compactions > 0 && author.acks().at(-1)?.frame === 301)

  const state = await harness.realtime.readState(documentId)
  if (typeof state === 'string') throw new Error(state)
  const whole = new Y.Doc()
  Y.applyUpdate(whole, state.update)
  expect(whole.getText('t').toString()).toBe(text.toString())
  expect(log.snapshots.get(documentId)?.seq).toBeGreaterThan(0)
  await harness.close()
  open.length = 0

  const second = await start({ log })
  const joiner = await openRaw(second, documentId, 'b')
  joiner.sendStep1()
  await until(() => joiner.heard.some((each) => each.step === 1))
  const joined = new Y.Doc()
  for (const each of joiner.heard) if (each.type === 0 && each.step !== 0) Y.applyUpdate(joined, each.body)
  expect(joined.getText('t').toString()).toBe(text.toString())
  // The owner of a client id survives the folding.
  const forger = await openRaw(second, documentId, 'forger')
  const after = text.doc
  if (after === null) throw new Error('no document')
  const before = Y.encodeStateVector(after)
  text.insert(0, '伪')
  forger.sendUpdate(Y.encodeStateAsUpdate(after, before))
  await until(() => forger.closed() !== null)
  expect(forger.closed()?.code).toBe(4409)
})

test('when the last one leaves the tail is folded, so that whoever comes next opens one piece that knows its own clocks', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log, limits: { compactIdleBytes: 200 } })
  const author = await openRaw(harness, documentId, 'a')
  const text = aTypist(1, (update) => author.sendUpdate(update))
  for (let n = 0; n < 40; n += 1) text.insert(Math.floor(text.length / 2), '字')
  text.delete(3, 7)
  await until(() => author.acks().at(-1)?.frame === 41)
  expect(harness.realtime.metrics().compactions).toBe(0)
  author.stop()
  await until(() => log.snapshots.has(documentId))
  const snapshot = log.snapshots.get(documentId)
  const { clocks, update } = openSnapshot(documentId, snapshot?.bytes ?? new Uint8Array())
  const said = emptyLedger()
  absorbUpdate(said, scanUpdate(update), '')
  expect(clocks?.state).toEqual(said.state)
  expect(clocks?.deleted).toEqual(said.deleted)
  expect(clocks?.state.get(1)).toBe(40)
  expect(snapshot?.seq).toBe(log.rows.at(-1)?.seq)
})

test('a client that comes back gets only what it lacks, deletions included', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log })
  const author = await openRaw(harness, documentId, 'a')
  const text = aTypist(1, (update) => author.sendUpdate(update))
  text.insert(0, '很长的正文'.repeat(200))
  await until(() => author.acks().length === 1)
  const back = new Y.Doc()
  Y.applyUpdate(back, Y.encodeStateAsUpdate(text.doc ?? new Y.Doc()))
  text.insert(1000, '尾')
  text.delete(0, 3)
  await until(() => author.acks().at(-1)?.frame === 3)

  const client = await openRaw(harness, documentId, 'b')
  client.sendStep1(Y.encodeStateVector(back))
  await until(() => client.heard.some((each) => each.step === 1))
  for (const each of client.heard) if (each.type === 0 && each.step !== 0) Y.applyUpdate(back, each.body)

  expect(back.getText('t').toString()).toBe(text.toString())
  expect(client.contentBytes()).toBeLessThan(100)
})

test('the server writes on behalf of a person and closes cleanly with everything accepted on disk', async () => {
  const log = createMemoryLog()
  const documentId = aDocumentId()
  log.create(documentId)
  const harness = await start({ log })
  const peer = await openRaw(harness, documentId, 'b')
  peer.sendStep1()
  const doc = new Y.Doc()
  doc.getText('t').insert(0, '附件')
  const outcome = await harness.realtime.write(documentId, Y.encodeStateAsUpdate(doc), {
    personId: 'server',
    sessionId: '',
  })
  expect(outcome).toEqual({ kind: 'written', seq: 1 })
  await until(() => peer.contentBytes() > 4)
  aTypist(5, (update) => peer.sendUpdate(update)).insert(0, '末')
  await until(() => harness.realtime.metrics().updates === 2)
  await harness.close()
  open.length = 0
  expect(log.rows).toHaveLength(2)
  await until(() => peer.closed() !== null)
  expect(peer.closed()?.code).toBe(4512)
})

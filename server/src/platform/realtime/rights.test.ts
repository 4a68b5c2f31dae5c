import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog, type MemoryLog } from './twins/memory-log.ts'
import { awarenessMessage, openRaw, tryUpgrade } from './twins/raw-client.ts'

let log: MemoryLog
let harness: Harness
let documentId: string

beforeEach(async () => {
  log = createMemoryLog()
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log, limits: { rightsEveryMs: 100 } })
})
afterEach(() => harness.close())

/** One keystroke of client `client`. */
function anUpdate(client: number, text = '字'): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

test('a reader gets the text and changes nothing, whatever it sends', async () => {
  harness.rights.set('reader', 'read')
  const editor = await openRaw(harness, documentId, 'editor')
  const reader = await openRaw(harness, documentId, 'reader')
  editor.sendStep1()
  reader.sendStep1()
  editor.sendUpdate(anUpdate(1))
  await until(() => reader.contentBytes() > 4)

  reader.sendUpdate(anUpdate(2))
  reader.sendStep2(anUpdate(3))
  reader.sendUpdate(Uint8Array.of(0, 1, 1, 1, 0, 1))
  await until(() => reader.notices().length === 3)

  expect(reader.notices()).toMatchObject(
    [1, 2, 3].map((frame) => ({ kind: 'not-accepted', frame, reason: 'read-only' })),
  )
  expect(reader.acks()).toEqual([])
  expect(log.rows).toHaveLength(1)
})

test('a reader that repeats what the server has is not told off', async () => {
  const editor = await openRaw(harness, documentId, 'editor')
  editor.sendUpdate(anUpdate(1))
  await until(() => log.rows.length === 1)
  harness.rights.set('reader', 'read')
  const reader = await openRaw(harness, documentId, 'reader')
  reader.sendStep2(anUpdate(1))
  await until(() => reader.acks().length === 1)
  expect(reader.notices()).toEqual([])
  expect(log.rows).toHaveLength(1)
})

test('a lowered right holds at once after a refresh, and soon without one', async () => {
  const editor = await openRaw(harness, documentId, 'editor')
  editor.sendUpdate(anUpdate(1))
  await until(() => editor.acks().length === 1)
  harness.rights.set('editor', 'read')
  await harness.realtime.refreshRights(documentId)
  editor.sendUpdate(anUpdate(2))
  await until(() => editor.notices().length === 2)
  expect(editor.notices()).toEqual([
    { kind: 'rights', rights: 'read' },
    { kind: 'not-accepted', frame: 2, reason: 'read-only' },
  ])

  harness.rights.set('editor', 'edit')
  await until(() => editor.notices().length === 3)
  expect(editor.notices()[2]).toEqual({ kind: 'rights', rights: 'edit' })
  // The server asks for what it lacks; the answer carries the refused keystroke and is acknowledged.
  editor.sendStep2(anUpdate(2))
  await until(() => editor.acks().some((ack) => ack.frame === 3))

  harness.rights.set('editor', 'none')
  await until(() => editor.closed() !== null)
  expect(editor.closed()).toEqual({ code: 4403, reason: 'no-right' })
  expect(log.rows).toHaveLength(2)
})

test('every socket of an ended session closes, others stay', async () => {
  const other = aDocumentId()
  log.create(other)
  const [one, two, bystander] = [
    await openRaw(harness, documentId, 'a'),
    await openRaw(harness, other, 'a'),
    await openRaw(harness, documentId, 'b'),
  ]
  expect(harness.realtime.closeSessions('session-of-a')).toBe(2)
  await until(() => one.closed() !== null && two.closed() !== null)
  expect(one.closed()).toEqual({ code: 4401, reason: 'session-ended' })
  expect(bystander.closed()).toBeNull()
})

test('when rights cannot be asked nobody writes on', async () => {
  let isBroken = false
  const broken = await startHarness({
    log,
    limits: { rightsEveryMs: 30 },
    rightsOf: async () => {
      if (isBroken) throw new Error('database gone')
      return 'edit'
    },
  })
  const editor = await openRaw(broken, documentId, 'editor')
  isBroken = true
  await until(() => editor.closed() !== null)
  expect(editor.closed()).toEqual({ code: 4503, reason: 'try-later' })
  expect(broken.events[0]).toMatchObject({ kind: 'rights-failed', documentId })
  await broken.close()
})

test('a process that stood still takes the answer that has come meanwhile, and gives no wrong alarm', async () => {
  const slow = await startHarness({
    log,
    limits: { answerWithinMs: 200 },
    // An answer from outside is taken up only when the event loop turns, here five times.
    rightsOf: async () => {
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => void setImmediate(resolve))
      return 'edit'
    },
  })
  const editor = await openRaw(slow, documentId, 'editor')
  await until(() => editor.heard.length > 0)
  const refreshed = slow.realtime.refreshRights(documentId)
  const end = performance.now() + 600
  while (performance.now() < end) Math.sqrt(end)
  await refreshed
  expect(editor.closed()).toBeNull()
  expect(slow.events).toEqual([])
  await slow.close()
})

test('closing does not wait for an answer about rights, and reports nothing', async () => {
  let asked = false
  const mute = await startHarness({
    log,
    rightsOf: () => {
      asked = true
      return new Promise(() => undefined)
    },
  })
  const editor = await openRaw(mute, documentId, 'editor')
  await until(() => asked)
  await mute.close()
  await until(() => editor.closed() !== null)
  expect(editor.closed()?.reason).toBe('server-closing')
  expect(mute.events).toEqual([])
})

test('nobody writes under the client id of another person, in a later session neither', async () => {
  const owner = await openRaw(harness, documentId, 'owner')
  owner.sendUpdate(anUpdate(77, '甲写的'))
  await until(() => owner.acks().length === 1)
  const forger = await openRaw(harness, documentId, 'forger')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, anUpdate(77, '甲写的'))
  const before = Y.encodeStateVector(doc)
  doc.clientID = 77
  doc.getText('t').insert(3, '，其实不是')

  forger.sendUpdate(Y.encodeStateAsUpdate(doc, before))
  await until(() => forger.closed() !== null)

  expect(forger.closed()).toEqual({ code: 4409, reason: 'foreign-author' })
  expect(log.rows).toHaveLength(1)
  // The owner's next session carries on under the same id: work typed offline arrives.
  const again = await openRaw(harness, documentId, 'owner')
  again.sendUpdate(Y.encodeStateAsUpdate(doc, before))
  await until(() => again.acks().length === 1)
})

test('the inspector refuses a single update and the socket learns why', async () => {
  const strict = await startHarness({
    log,
    inspector: {
      accept: async (update, { rights, grant }) =>
        rights === 'suggest' && grant.personId === 'countersigner' && update.length > 60
          ? { kind: 'refuse', reason: 'too-long' }
          : { kind: 'accept' },
    },
  })
  strict.rights.set('countersigner', 'suggest')
  const client = await openRaw(strict, documentId, 'countersigner')
  client.sendUpdate(anUpdate(1))
  client.sendUpdate(anUpdate(2, '长'.repeat(50)))
  client.sendUpdate(anUpdate(3))
  await until(() => client.closed() !== null)
  expect(client.closed()).toEqual({ code: 4422, reason: 'refused' })
  expect(client.notices()).toEqual([{ kind: 'refused', frame: 2, reason: 'too-long' }])
  expect(log.rows).toHaveLength(1)
  await strict.close()
})

test('a client that knows only an older mapping reads', async () => {
  const ticket = harness.ticket(documentId, 'a', { schemaVersion: 2 })
  const upgrade = await tryUpgrade(harness, `/sync/${documentId}?x=1&v=1&ticket=${ticket}`)
  if (!('client' in upgrade)) throw new Error('not upgraded')
  upgrade.client.sendUpdate(anUpdate(1))
  await until(() => upgrade.client.notices().length === 1)
  expect(log.rows).toHaveLength(0)
})

test('presence: one id per socket, the server writes the identity, nobody speaks for another, readers show no cursor', async () => {
  harness.rights.set('reader', 'read')
  const [a, b, reader] = [
    await openRaw(harness, documentId, 'a'),
    await openRaw(harness, documentId, 'b'),
    await openRaw(harness, documentId, 'reader'),
  ]
  for (const client of [a, b, reader]) client.sendStep1()
  const state = JSON.stringify({ user: { name: '假' }, cursor: { anchor: 1 }, script: 'x' })
  a.send(awarenessMessage([{ client: 1, clock: 1, state }]))
  reader.send(awarenessMessage([{ client: 3, clock: 1, state }]))
  const shown = () =>
    b.heard
      .filter((each) => each.type === 1)
      .map((each) => Buffer.from(each.body).toString('utf8'))
      .join('\n')
  await until(() => shown().includes('人员a') && shown().includes('人员reader'))
  // b tries to take a's id, and a thousand others.
  b.send(awarenessMessage([{ client: 1, clock: 99, state: 'null' }]))
  a.send(awarenessMessage(Array.from({ length: 900 }, (_, n) => ({ client: 1000 + n, clock: 1, state: '{}' }))))
  a.send(awarenessMessage([{ client: 1, clock: 2, state: JSON.stringify({ cursor: { anchor: 5 } }) }]))
  await until(() => shown().includes('"anchor":5'))

  expect(shown()).not.toContain('假')
  expect(shown()).not.toContain('script')
  expect(/人员reader.*/.exec(shown())?.[0]).not.toContain('cursor')
  expect(harness.realtime.metrics().connections).toBe(3)
  expect(
    a.heard.filter((each) => each.type === 1).some((each) => Buffer.from(each.body).toString('utf8').includes('人员a')),
  ).toBe(false)
})

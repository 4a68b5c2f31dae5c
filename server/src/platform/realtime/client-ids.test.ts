/** Y07: nobody writes under another's client id, neither one that stands in the document nor one that was issued or shown. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog, type MemoryLog } from './twins/memory-log.ts'
import { awarenessMessage, openRaw, type RawClient } from './twins/raw-client.ts'

let log: MemoryLog
let harness: Harness
let documentId: string

beforeEach(async () => {
  log = createMemoryLog()
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log })
})
afterEach(() => harness.close())

/** An update of one character under a client id. */
function written(client: number, text = '字'): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

async function issuedTo(client: RawClient): Promise<number> {
  await until(() => client.heard.some((each) => each.type === 100))
  const hello = client.heard.find((each) => each.type === 100)
  const text = Buffer.from(hello?.body ?? []).toString()
  const issued: unknown = JSON.parse(text.slice(text.indexOf('{')))
  return typeof issued === 'object' && issued !== null && 'client' in issued ? Number(issued.client) : 0
}

test('every session is issued an id of its own, and only its person may write under it', async () => {
  const [author, thief] = [await openRaw(harness, documentId, 'author'), await openRaw(harness, documentId, 'thief')]
  const [own, other] = [await issuedTo(author), await issuedTo(thief)]
  expect(own).not.toBe(other)

  thief.sendUpdate(written(own, '冒名'))
  await until(() => thief.closed() !== null)
  expect(thief.closed()).toEqual({ code: 4409, reason: 'foreign-author' })
  expect(log.rows).toEqual([])

  author.sendUpdate(written(own))
  await until(() => author.acks().length === 1)
  expect(author.closed()).toBeNull()
  expect(log.rows.map((row) => row.personId)).toEqual(['author'])
})

test('an id a plain client has shown before writing cannot be taken first by somebody who saw it', async () => {
  const author = await openRaw(harness, documentId, 'author', '')
  author.send(awarenessMessage([{ client: 77, clock: 1, state: '{"cursor":null}' }]))
  const thief = await openRaw(harness, documentId, 'thief')
  await until(() => harness.realtime.listPresent(documentId).length === 2)
  thief.sendStep1()
  await until(() => thief.heard.some((each) => each.type === 1 && each.body.includes(77)))

  thief.sendUpdate(written(77, '冒名'))
  await until(() => thief.closed() !== null)
  expect(thief.closed()?.code).toBe(4409)

  author.sendUpdate(written(77))
  await until(() => log.rows.length === 1)
  expect(log.rows[0]?.personId).toBe('author')
})

test('somebody else’s id is not shown as one’s own either', async () => {
  const [author, thief] = [await openRaw(harness, documentId, 'author'), await openRaw(harness, documentId, 'thief')]
  const own = await issuedTo(author)
  const watcher = await openRaw(harness, documentId, 'watcher')
  watcher.sendStep1()
  thief.send(awarenessMessage([{ client: own, clock: 1, state: '{"cursor":1}' }]))
  author.send(awarenessMessage([{ client: own, clock: 1, state: '{"cursor":2}' }]))
  const shown = (): string => watcher.heard.filter((each) => each.type === 1).map((each) => Buffer.from(each.body).toString()).join('')
  await until(() => shown().includes('author'))
  expect(shown()).not.toContain('thief')
})

test('what was written offline under an old id is taken from the same person’s next session', async () => {
  const first = await openRaw(harness, documentId, 'author')
  first.sendUpdate(written(5))
  await until(() => first.acks().length === 1)
  first.stop()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, written(5))
  doc.clientID = 5
  doc.getText('t').insert(1, '续')
  const next = await openRaw(harness, documentId, 'author')
  next.sendStep2(Y.encodeStateAsUpdate(doc))
  await until(() => next.acks().length === 1)
  expect(log.rows).toHaveLength(2)
})

import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseSyncTarget } from './sync-target.ts'
import { aDocumentId, type Harness, startHarness, until } from './twins/harness.ts'
import { createMemoryLog } from './twins/memory-log.ts'
import { openRaw, tryUpgrade } from './twins/raw-client.ts'

let harness: Harness
let documentId: string

beforeEach(async () => {
  const log = createMemoryLog()
  documentId = aDocumentId()
  log.create(documentId)
  harness = await startHarness({ log })
})
afterEach(() => harness.close())

const path = (ticket: string): string => `/sync/${documentId}?ticket=${ticket}`

test('a ticket opens its document once', async () => {
  const ticket = harness.ticket(documentId, 'a')
  expect((await tryUpgrade(harness, path(ticket))).status).toBe(101)
  expect(await tryUpgrade(harness, path(ticket))).toEqual({ status: 401, bytes: 0 })
})

test('one ticket presented twenty times at once opens one socket', async () => {
  const ticket = harness.ticket(documentId, 'a')
  const answers = await Promise.all(Array.from({ length: 20 }, () => tryUpgrade(harness, path(ticket))))
  expect(answers.filter((answer) => answer.status === 101)).toHaveLength(1)
})

test('without a ticket, with an unknown, an expired, a withdrawn or a foreign one not a byte of document is sent', async () => {
  const expired = harness.ticket(documentId, 'a')
  harness.skewMs = 60_000
  expect(await tryUpgrade(harness, path(expired))).toEqual({ status: 401, bytes: 0 })
  const withdrawn = harness.ticket(documentId, 'b')
  harness.office.revoke('b')
  const foreign = harness.ticket(aDocumentId(), 'a')
  for (const query of [
    '',
    '?ticket=',
    '?ticket=x',
    `?ticket=${withdrawn}`,
    `?ticket=${foreign}`,
    `?ticket=x&ticket=${harness.ticket(documentId, 'a')}`,
  ]) {
    expect(await tryUpgrade(harness, `/sync/${documentId}${query}`), query).toEqual({ status: 401, bytes: 0 })
  }
})

test('a ticket lives at most sixty seconds whatever is asked for', async () => {
  const ticket = harness.ticket(documentId, 'a')
  harness.skewMs = 59_000
  expect((await tryUpgrade(harness, path(ticket))).status).toBe(101)
})

test('only an allowed origin may connect', async () => {
  const { origin } = harness
  const others = [
    'null',
    '',
    `${origin}.evil.cn`,
    `http://evil.cn/${origin}`,
    origin.replace('http', 'https'),
    `${origin}0`,
    origin.replace(/:\d+$/, ''),
    origin.toUpperCase(),
    `${origin}/`,
  ]
  for (const other of others) {
    const answer = await tryUpgrade(harness, path(harness.ticket(documentId, 'a')), { origin: other })
    expect(answer, other).toEqual({ status: 403, bytes: 0 })
  }
  expect((await tryUpgrade(harness, path(harness.ticket(documentId, 'a')), {})).status).toBe(403)
})

test('another spelling of a document id is no document', async () => {
  const id = documentId
  const spellings = [
    id.toUpperCase(),
    `${id}/`,
    `/${id}`,
    `./${id}`,
    `${id}%20`,
    `${id}%00`,
    `%30${id.slice(1)}`,
    id.slice(1),
    `${id}0`,
    `${id}.`,
    `${id}:x`,
    `${id};x=1`,
    `x/../${id}`,
    id.replace('0', 'o'),
    id.replace('1', 'l'),
    `${id}#`,
    '',
    `..%2f${id}`,
    `${id}\u200b`,
    `０${id.slice(1)}`,
  ]
  // Asked of the parser: a client library would already have tidied some of them.
  expect(parseSyncTarget(`/sync/${id}`)?.documentId).toBe(id)
  for (const spelling of spellings) expect(parseSyncTarget(`/sync/${spelling}?ticket=x`), spelling).toBeNull()
  for (const other of ['/', '/sync', '/SYNC/' + id, '//sync/' + id, `/sync//${id}`, `/api/sync/${id}`]) {
    expect((await tryUpgrade(harness, `${other}?ticket=${harness.ticket(id, 'a')}`)).status, other).toBe(404)
  }
})

test('a document that does not exist, or may not be seen, closes with the documented code', async () => {
  const missing = await openRaw(harness, aDocumentId(), 'a')
  harness.rights.set('stranger', 'none')
  const stranger = await openRaw(harness, documentId, 'stranger')
  await until(() => missing.closed() !== null && stranger.closed() !== null)
  expect(missing.closed()).toEqual({ code: 4404, reason: 'no-document' })
  expect(stranger.closed()).toEqual({ code: 4403, reason: 'no-right' })
  expect([...missing.heard, ...stranger.heard]).toEqual([])
})

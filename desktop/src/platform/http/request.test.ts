import { command, download, forSignedIn, nothing, query, upload } from '@xiewen/shared/base'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { planRequest, planUpload, urlOf } from './request.ts'

const base = { summary: 'For the test.', access: forSignedIn }
const list = query({ ...base, name: 'seals.list', input: z.object({ state: z.array(z.string()), text: z.string().optional(), limit: z.number() }), output: nothing })
const impress = command({ ...base, name: 'seals.impress', input: z.object({ id: z.string() }), output: nothing })
const file = download({ ...base, name: 'seals.file', input: z.object({ id: z.string() }) })
const bring = upload({ ...base, name: 'exchange.bring', input: z.object({ name: z.string() }), output: nothing })
const act = { idempotencyKey: 'key-1' }

test('a query is a GET with flat parameters, arrays repeat the key, absent fields are left out', () => {
  const { url, init } = planRequest(list, { state: ['a', 'b'], text: undefined, limit: 20 }, act)
  expect(url).toBe('/api/seals/list?state=a&state=b&limit=20')
  expect(init).toMatchObject({ method: 'GET', credentials: 'same-origin' })
  expect(init.body).toBeUndefined()
})

test('a command is a POST with the guard header and the key of the act', () => {
  const { url, init } = planRequest(impress, { id: 'x' }, act)
  expect(url).toBe('/api/seals/impress')
  expect(init).toMatchObject({ method: 'POST', body: '{"id":"x"}' })
  expect(init.headers).toMatchObject({ 'X-Xiewen': '1', 'Idempotency-Key': 'key-1', 'Content-Type': 'application/json' })
})

test('a download is a GET, an upload a POST of bytes with its input in the address', () => {
  expect(planRequest(file, { id: '云' }, act).url).toBe('/api/seals/file?id=%E4%BA%91')
  const body = new Blob(['x'])
  const { url, init } = planUpload(bring, { name: '通知.pdf' }, body, act)
  expect(url).toBe('/api/exchange/bring?name=%E9%80%9A%E7%9F%A5.pdf')
  expect(init).toMatchObject({ method: 'POST', body })
  expect(init.headers).toMatchObject({ 'Content-Type': 'application/octet-stream', 'X-Xiewen': '1', 'Idempotency-Key': 'key-1' })
})

test('an empty input gives the bare address', () => {
  expect(urlOf(list, {})).toBe('/api/seals/list')
})

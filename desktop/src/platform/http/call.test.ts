import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { command, download, forSignedIn, query } from '@xiewen/shared/base'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { call, fetchFile, fileNameOf, setCallGuards } from './call.ts'
import { OfflineError, RefusalError, ServerFaultError } from './errors.ts'

const base = { summary: 'For the test.', access: forSignedIn }
const find = query({ ...base, name: 'seals.find', input: z.object({ id: z.string() }), output: z.object({ name: z.string() }) })
const impress = command({ ...base, name: 'seals.impress', input: z.object({ id: z.string() }), output: z.object({ number: z.number() }) })
const paper = download({ ...base, name: 'seals.paper', input: z.object({ id: z.string() }) })

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let answers: Answer[] = []
const seen: IncomingMessage[] = []

function json(status: number, body: unknown): Answer {
  return (_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

beforeEach(async () => {
  seen.length = 0
  server = createServer((request, response) => {
    seen.push(request)
    const answer = answers.shift()
    if (answer === undefined) throw new Error('the test expected no further request')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Safe because a TCP server's address is an object.
  const { port } = server.address() as AddressInfo
  const real = globalThis.fetch
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => real(`http://127.0.0.1:${port}${url}`, init))
})

afterEach(async () => {
  vi.unstubAllGlobals()
  setCallGuards({ signInAgain: async () => false, proveIdentity: async () => false })
  await new Promise((resolve) => server.close(resolve))
})

test('an answer is parsed by the contract', async () => {
  answers = [json(200, { name: '云州市人民政府', extra: 1 })]
  expect(await call(find, { id: 'a' })).toEqual({ name: '云州市人民政府' })
})

test('a refusal carries its code, parameters and status', async () => {
  answers = [json(409, { code: 'seals.expired', params: { day: 3 } })]
  await expect(call(find, { id: 'a' })).rejects.toMatchObject({ name: 'RefusalError', code: 'seals.expired', params: { day: 3 }, status: 409 })
})

test('a fault carries the number the administrator looks up', async () => {
  answers = [json(500, { code: 'base.fault', params: { trace: 't-1' } })]
  await expect(call(find, { id: 'a' })).rejects.toEqual(new ServerFaultError('t-1'))
})

test('an answer that is none of ours is a fault, not a crash', async () => {
  answers = [(_request, response) => response.writeHead(502).end('<html>Bad Gateway</html>')]
  await expect(call(find, { id: 'a' })).rejects.toBeInstanceOf(ServerFaultError)
})

test('an answer against its contract is a fault', async () => {
  answers = [json(200, { name: 7 })]
  await expect(call(find, { id: 'a' })).rejects.toBeInstanceOf(ServerFaultError)
})

test('an unreachable server is told apart from a refusing one', async () => {
  answers = [(request) => request.socket.destroy()]
  await expect(call(find, { id: 'a' })).rejects.toBeInstanceOf(OfflineError)
})

test('a lapsed session asks to sign in and repeats the same act under the same key', async () => {
  const signInAgain = vi.fn(async () => true)
  setCallGuards({ signInAgain, proveIdentity: async () => false })
  answers = [json(401, { code: 'base.not-signed-in', params: {} }), json(200, { number: 7 })]
  expect(await call(impress, { id: 'a' })).toEqual({ number: 7 })
  expect(signInAgain).toHaveBeenCalledOnce()
  expect(seen[1]?.headers['idempotency-key']).toBe(seen[0]?.headers['idempotency-key'])
})

test('a demanded proof of identity is asked for once and the act repeated', async () => {
  const proveIdentity = vi.fn(async () => true)
  setCallGuards({ signInAgain: async () => false, proveIdentity })
  answers = [json(403, { code: 'base.step-up-required', params: {} }), json(200, { number: 7 })]
  expect(await call(impress, { id: 'a' })).toEqual({ number: 7 })
  answers = [json(403, { code: 'base.step-up-required', params: {} }), json(403, { code: 'base.step-up-required', params: {} })]
  await expect(call(impress, { id: 'a' })).rejects.toBeInstanceOf(RefusalError)
  expect(proveIdentity).toHaveBeenCalledTimes(2)
})

test('a person who declines to prove identity gets the refusal', async () => {
  answers = [json(403, { code: 'base.step-up-required', params: {} })]
  await expect(call(impress, { id: 'a' })).rejects.toMatchObject({ code: 'base.step-up-required' })
})

test('a downloaded file keeps its Chinese name', async () => {
  answers = [
    (_request, response) => response.writeHead(200, { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('关于开展检查的通知.pdf')}` }).end('%PDF'),
  ]
  const file = await fetchFile(paper, { id: 'a' })
  expect(file.fileName).toBe('关于开展检查的通知.pdf')
  expect(await file.blob.text()).toBe('%PDF')
  expect(fileNameOf('attachment; filename="a.pdf"')).toBe('a.pdf')
  expect(fileNameOf(null)).toBe('download')
})

import { connect } from 'node:net'
import { instant, pathOf } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { directoryContract, sessionContract } from '@xiewen/shared/directory'
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOffice, freshName, type TestOffice } from '../support/office.ts'

const minuteMs = 60_000
let now = Date.parse('2026-11-23T01:00:00Z')
let office: TestOffice
let system: ApiClient

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(now) } })
  system = await office.as('sysadmin')
})
afterAll(() => office.close())

const rootUnit = async () => (await system.call(directoryContract.listUnits, {})).units[0]!.id
const unitNames = async () => (await system.call(directoryContract.listUnits, {})).units.map((unit) => unit.name)
const section = (parentId: string, name: string) => ({ parentId, kind: 'section', name, shortName: name, codes: [], order: 60 })
const post = (body: unknown, headers: Record<string, string> = {}) =>
  system.fetch(pathOf(directoryContract.addUnit), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('a request number sent again', () => {
  it('fifty times at once takes effect once and is answered alike', async () => {
    const [name, key, parentId] = [freshName('重发科'), crypto.randomUUID(), await rootUnit()]
    const answers = await Promise.all(Array.from({ length: 50 }, async () => (await post(section(parentId, name), { 'idempotency-key': key })).text()))
    expect(new Set(answers).size).toBe(1)
    expect((await unitNames()).filter((each) => each === name)).toHaveLength(1)
  })

  it('with another content is refused', async () => {
    const [key, parentId] = [crypto.randomUUID(), await rootUnit()]
    await post(section(parentId, freshName('先发科')), { 'idempotency-key': key })
    const second = await post(section(parentId, freshName('后发科')), { 'idempotency-key': key })
    expect([second.status, (await second.json()).code]).toEqual([422, 'base.idempotency-mismatch'])
  })
})

describe('hostile requests', () => {
  it('bodies that reach for prototypes change nothing', async () => {
    const parentId = await rootUnit()
    for (const trick of ['"__proto__":{"admin":true}', '"constructor":{"prototype":{"admin":true}}']) {
      const body = `${JSON.stringify(section(parentId, freshName('原型科'))).slice(0, -1)},${trick}}`
      expect((await post(body)).status).toBe(400)
    }
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  })

  it('foreign and garbled ids are not found or refused in words, never a fault', async () => {
    const drafter = await office.as('zhangxiaoyu')
    const ids = ['0123456789abcdefghjkmnpqrs', '', '../../etc/passwd', "' or 1=1 --", '\u0000', '0'.repeat(5000), '你'.repeat(26)]
    for (const documentId of ids) {
      const response = await drafter.fetch(`${pathOf(documentsContract.open)}?${new URLSearchParams({ documentId })}`, {})
      expect([400, 404], JSON.stringify(documentId)).toContain(response.status)
    }
  })

  it('an id that is none is not found by a read: the link is broken, nothing was filled in', async () => {
    const response = await (await office.as('zhangxiaoyu')).fetch(`${pathOf(documentsContract.open)}?documentId=ledger`, {})
    expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ code: 'base.not-found' })])
  })

  it('what is wrong with an input is said in the language of the reader, without patterns', async () => {
    const wrong = { ...section('sub', '科'), order: 'first' }
    const detailIn = async (language: string) => (await (await post(wrong, { 'accept-language': language })).json()).params.detail as string
    expect(await detailIn('zh-CN')).toMatch(/parentId: 格式不对/)
    expect(await detailIn('en')).toMatch(/parentId: has the wrong form/)
  })

  it('a body over the limit is refused as too large', async () => {
    const response = await post({ name: 'x'.repeat(300 * 1024) })
    expect([response.status, (await response.json()).code]).toEqual([413, 'base.too-large'])
  })

  it('other ways to write a path reach no operation', async () => {
    for (const path of ['//api/inbox/list', '/api//inbox/list', '/api/inbox/list;x=1', '/api/%2e%2e/api/inbox/list', '/api/inbox/list/', '/assets/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json']) {
      // Raw, because `fetch` would tidy the path before it leaves.
      const answer = await rawAnswer(`GET ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${(await office.as('zhangxiaoyu')).cookie}\r\nConnection: close\r\n\r\n`)
      expect(answer, path).toMatch(/^HTTP\/1.1 40[034] /)
    }
  })

  it('methods nobody declared are refused, and TRACE echoes nothing', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'GET']) expect((await system.fetch(pathOf(directoryContract.addUnit), { method })).status, method).toBe(404)
    expect(await rawAnswer('TRACE /api/inbox/list HTTP/1.1\r\nHost: x\r\nCookie: secret=1\r\n\r\n')).not.toContain('secret=1')
  })

  it('HEAD is answered like GET without a body, and not without a session', async () => {
    expect((await fetch(`${office.server.url}/api/inbox/list`, { method: 'HEAD' })).status).toBe(401)
  })

  it('headers that never end are cut off', async () => {
    const started = Date.now()
    const answer = await rawAnswer('GET /api/inbox/list HTTP/1.1\r\nHost: x\r\n')
    expect(answer).toMatch(/^$|408/)
    expect(Date.now() - started).toBeLessThan(19_000)
  }, 60_000)
})

describe('requests from other sites', () => {
  const own = { 'x-xiewen': '1' }
  it.each([
    ['without our header', { 'x-xiewen': '' }, 403],
    ['from another origin', { ...own, origin: 'https://evil.example' }, 403],
    ['from a sandboxed frame', { ...own, origin: 'null' }, 403],
    ['marked cross-site by the browser', { ...own, 'sec-fetch-site': 'cross-site' }, 403],
    ['marked same-site by the browser', { ...own, 'sec-fetch-site': 'same-site' }, 403],
    ['from our own page', { ...own, 'sec-fetch-site': 'same-origin' }, 200],
  ])('%s', async (_title, headers, status) => {
    expect((await post(section(await rootUnit(), freshName('跨站科')), headers)).status).toBe(status)
  })

  it('as a plain form are not read at all', async () => {
    const response = await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' })
    expect([400, 415]).toContain(response.status)
  })
})

describe('sessions', () => {
  it('travel in a cookie that scripts and other sites never see', async () => {
    const { rows } = await system.call(directoryContract.listPeople, { text: 'zhaoping' })
    const personId = (rows[0] ?? (await system.call(directoryContract.listPeople, {})).rows[0]!).id
    const { invitation } = await system.call(directoryContract.invite, { personId })
    const response = await fetch(`${office.server.url}${pathOf(sessionContract.redeemLink)}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-xiewen': '1' }, body: JSON.stringify({ token: invitation }) })
    expect(response.headers.get('set-cookie')).toMatch(/^xiewen_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  it('are needed for the stream of events', async () => {
    expect((await fetch(`${office.server.url}/api/events`)).status).toBe(401)
  })

  it('end when only the screen goes on asking, and go on while somebody works', async () => {
    const [unattended, busy] = [await office.as('zhangxiaoyu'), await office.as('sunhao')]
    const isIn = async (client: ApiClient, headers: Record<string, string>) => (await client.fetch('/api/documents/list', { headers })).status === 200
    for (let step = 0; step < 3; step += 1) {
      await isIn(unattended, { 'x-xiewen-background': '1' })
      await isIn(busy, {})
      now += 11 * minuteMs
    }
    expect(await isIn(busy, {})).toBe(true)
    expect(await isIn(unattended, { 'x-xiewen-background': '1' })).toBe(false)
    await expect(unattended.call(documentsContract.list, {})).rejects.toBeInstanceOf(RefusedByServer)
    expect((await unattended.call(sessionContract.current, {})).session).toBeNull()
  })
})

/** Sends bytes as they are and answers with all that comes back until the server closes. */
function rawAnswer(request: string): Promise<string> {
  const { hostname, port } = new URL(office.server.url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(request))
    socket.setTimeout(50_000, () => socket.destroy(new Error('the server kept the connection')))
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
      if (request.endsWith('\r\n\r\n')) socket.end()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

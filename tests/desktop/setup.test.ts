/** First start: the address set-up. */
import { createServer } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { StandinApplication } from '../support/electron-standin/launch.ts'
import { buildClient, start, until } from './desktop-client.ts'
import { startOfficeServer } from './office-server.ts'
import type { OfficeServer } from './office-server.ts'

let built: string
let server: OfficeServer
let client: StandinApplication

beforeAll(async () => {
  built = await buildClient()
  server = await startOfficeServer()
})
afterEach(() => client.close())
afterAll(() => server.stop())

test('a fresh client asks for the address, enters the office, and asks no more', async () => {
  client = await start(built)
  const setup = await client.firstWindow()

  await setup.fill('#address', server.origin)
  await setup.click('#save')
  const office = await until('the office window', async () =>
    (await client.windows()).find((page) => page.url().includes('xiewen.app')),
  )

  expect(await office.textContent('h1')).toBe('办公')
  await until('the set-up to close', () => client.control.windows.length === 1)
  expect(JSON.parse(readFileSync(join(client.userData, 'settings.json'), 'utf8'))).toMatchObject({
    serverOrigin: server.origin,
  })
  await client.close()
  client = await start(built, { userData: client.userData })
  expect((await client.firstWindow()).url()).toContain('xiewen.app')
})

test.each([
  ['not an address', '地址格式不正确'],
  ['ftp://oa.example', '地址格式不正确'],
  ['http://oa.example.gov.cn', '该地址未加密'],
  ['http://10.1.2.3:7080', '该地址未加密'],
  ['http://127.0.0.1:1', '连接不上服务器'],
])('the address “%s” is answered in words: %s', async (address, words) => {
  client = await start(built)
  const setup = await client.firstWindow()

  await setup.fill('#address', address)
  await setup.click('#test')

  await until('the answer', async () => (await setup.getAttribute('#outcome', 'data-kind')) === 'refused')
  expect(await setup.textContent('#outcome')).toContain(words)
  expect(await setup.getAttribute('#address', 'aria-invalid')).toBe('true')
})

test('a server that is not an office’s is told apart from one that is', async () => {
  const stranger = createServer((_request, response) => response.end('hello'))
  await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening))
  const address = stranger.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  client = await start(built, { locale: 'en' })
  const setup = await client.firstWindow()

  await setup.fill('#address', `http://127.0.0.1:${port}`)
  await setup.click('#test')
  await until('the answer', async () => (await setup.getAttribute('#outcome', 'data-kind')) === 'refused')

  expect(await setup.textContent('#outcome')).toContain('not a Xiewen server')
  await setup.fill('#address', server.origin)
  await setup.click('#test')
  await until('the answer', async () => (await setup.getAttribute('#outcome', 'data-kind')) === 'found')
  expect(await setup.textContent('h1')).toBe('Connect to your office’s server')
  stranger.close()
})

test('the set-up page has none of the office’s requests', async () => {
  client = await start(built)
  const setup = await client.firstWindow()

  const names = await setup.evaluate(() => Object.keys(Reflect.get(window, 'xiewen').requests))

  expect(names.sort()).toEqual(['setup.describe', 'setup.save', 'setup.test'])
})

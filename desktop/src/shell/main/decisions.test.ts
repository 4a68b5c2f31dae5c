/** The pure decisions of the desktop shell. */
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { deepLinkAmong, parseDeepLink } from './deep-link.ts'
import { decideExternalLink } from './external-link.ts'
import { mayLoad } from './guards.ts'
import { linkWatch } from './link-state.ts'
import { pageFile } from './page-files.ts'
import { hasRealKeyring } from './vault.ts'
import { decidePlace } from './window-place.ts'

const id = '0123456789abcdefghjkmnpqrs'

describe('deep links', () => {
  test('lead to a kind of page and an id', () => {
    expect(parseDeepLink(`xiewen://document/${id}`)).toEqual({ kind: 'document', id })
    expect(parseDeepLink('xiewen://inbox')).toEqual({ kind: 'inbox' })
    expect(deepLinkAmong(['/opt/xiewen', '--flag', `xiewen://meeting/${id}`])).toEqual({ kind: 'meeting', id })
  })

  test.each([
    `xiewen://approve/${id}`,
    `xiewen://document/${id}/approve`,
    `xiewen://document/${id}?do=approve`,
    `xiewen://document/${id}#x`,
    'xiewen://document/1',
    `xiewen://document@evil/${id}`,
    `xiewen://inbox/${id}`,
    'xiewen:document',
    'https://document/',
  ])('%s leads nowhere', (link) => {
    expect(parseDeepLink(link)).toBeNull()
  })
})

describe('addresses for the operating system', () => {
  test('the office’s own server needs no question, others do, programs are refused', () => {
    expect(decideExternalLink('https://oa.example/help', ['oa.example'])).toMatchObject({ kind: 'open' })
    expect(decideExternalLink('https://oa.example.evil/help', ['oa.example'])).toMatchObject({
      kind: 'ask',
      host: 'oa.example.evil',
    })
    expect(decideExternalLink('mailto:office@example.gov.cn', [])).toMatchObject({ kind: 'ask' })
    for (const url of ['file:///etc/passwd', 'javascript:0', 'ms-msdt:/id', 'http://oa.example', 'nonsense']) {
      expect(decideExternalLink(url, ['oa.example'])).toEqual({ kind: 'refuse' })
    }
  })
})

describe('what a page may load', () => {
  test.each([
    ['app://xiewen/assets/a.js', true],
    ['blob:app://xiewen/1', true],
    ['wss://oa.example/sync/1', true],
    ['app://setup/', false],
    ['blob:https://evil.example/1', false],
    ['wss://oa.example/other', false],
    ['wss://oa.example.evil/sync/1', false],
    ['https://oa.example/api/x', false],
    ['file:///etc/passwd', false],
  ])('%s: %s', (address, allowed) => {
    expect(mayLoad(address, 'app://xiewen', 'wss://oa.example')).toBe(allowed)
  })
})

describe('the window’s place', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const place = { x: 100, y: 80, width: 1000, height: 700, maximised: false }

  test('is kept while a screen shows it', () => {
    expect(decidePlace(place, screens)).toEqual(place)
  })

  test('is given up when the screen is gone, but not the wish for a full one', () => {
    expect(decidePlace({ ...place, x: 3000, maximised: true }, screens)).toEqual({
      x: 320,
      y: 130,
      width: 1280,
      height: 820,
      maximised: true,
    })
  })

  test('fits a small screen at the first start', () => {
    expect(decidePlace(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toMatchObject({ width: 1024, height: 600 })
  })
})

describe('the keyring', () => {
  const cipher = (available: boolean, backend: 'basic_text' | 'unknown' | 'kwallet6') => ({
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: () => Buffer.alloc(0),
    decryptString: () => '',
  })

  test('a fixed password is none', () => {
    expect(hasRealKeyring(cipher(true, 'basic_text'), 'linux')).toBe(false)
    expect(hasRealKeyring(cipher(true, 'unknown'), 'linux')).toBe(false)
    expect(hasRealKeyring(cipher(false, 'kwallet6'), 'linux')).toBe(false)
    expect(hasRealKeyring(cipher(true, 'kwallet6'), 'linux')).toBe(true)
  })
})

test('the link remembers since when it is down and the age of the oldest copy shown', () => {
  const watch = linkWatch()
  const heard: unknown[] = []
  watch.onChange((state) => heard.push(state.kind === 'offline' ? state.cachedAt : state.kind))

  watch.failed(1000, 900)
  watch.failed(2000, 500)
  watch.failed(3000, 700)

  expect(watch.current()).toEqual({ kind: 'offline', since: 1000, cachedAt: 500 })
  watch.answered()
  expect(heard).toEqual([900, 500, 'online'])
})

test.each([
  '/../main/guards.ts',
  '/%2e%2e/main/guards.ts',
  '/..%2fmain/guards.ts',
  '/..\\main\\guards.ts',
  '/%00.ts',
  '/%.ts',
])('no file outside the bundle is served: %s', async (path) => {
  const root = fileURLToPath(new URL('../setup', import.meta.url))

  expect((await pageFile(root, path, '')).status).toBe(404)
  expect((await pageFile(root, '/setup.ts', '')).status).toBe(200)
})

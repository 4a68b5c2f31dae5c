/** What a hostile page, a hostile server or a hostile link can do to the desktop client: nothing. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StandinApplication } from '../support/electron-standin/launch.ts'
import { buildClient, signIn, startAt, until } from './desktop-client.ts'
import { startOfficeServer } from './office-server.ts'
import type { OfficeServer } from './office-server.ts'

let server: OfficeServer
let client: StandinApplication
let page: Page

beforeAll(async () => {
  const built = await buildClient()
  server = await startOfficeServer()
  ;({ client, page } = await startAt(built, server.origin))
  await signIn(page)
})
afterAll(async () => {
  await client.close()
  await server.stop()
})

describe('pages', () => {
  test('every page runs isolated, sandboxed and without Node', async () => {
    const preferences = client.control.windows.map((window) => window.webContents.getLastWebPreferences())

    expect(preferences).not.toHaveLength(0)
    for (const actual of preferences) {
      expect(actual).toMatchObject({
        contextIsolation: true,
        nodeIntegration: false,
        sandbox: true,
        webSecurity: true,
        webviewTag: false,
      })
    }
    expect(
      await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
    ).toEqual(['undefined', 'undefined'])
  })

  test('a page with loose preferences is closed as soon as it appears', async () => {
    const closed = await client.evaluate(({ app }) => {
      let count = 0
      const loose = {
        getLastWebPreferences: () => ({ contextIsolation: true, sandbox: false, webSecurity: true }),
        close: () => (count += 1),
        on: () => undefined,
        setWindowOpenHandler: () => undefined,
      }
      app.emit('web-contents-created', {}, loose)
      return count
    })

    expect(closed).toBe(1)
  })

  test('no script runs but the bundled ones: neither inline nor evaluated', async () => {
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.ranInline = true'
      document.body.append(script)
      // In a later task, because a debugger's own evaluation is exempt from the policy.
      const evaluated = await new Promise((tell) =>
        setTimeout(() => {
          try {
            tell(new Function('return true')())
          } catch (cause) {
            tell(cause instanceof EvalError ? undefined : cause)
          }
        }),
      )
      return [Reflect.get(window, 'ranInline'), evaluated]
    })

    expect(ran).toEqual([undefined, undefined])
  })

  test('the policy names no unsafe script source and only the office’s own socket', async () => {
    const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'))

    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy).toContain(`connect-src 'self' ${server.origin.replace('http', 'ws')};`)
    // With its quotes: 'wasm-unsafe-eval' lets WebAssembly compile and nothing else.
    expect(policy).not.toContain("'unsafe-eval'")
  })
})

describe('going elsewhere', () => {
  test.each(['https://example.invalid/', 'http://127.0.0.1:9/'])('a page cannot leave for %s', async (address) => {
    const failed = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest())

    await page.evaluate((to) => {
      location.href = to
    }, address)

    expect((await failed).url()).toBe(address)
    expect(await page.textContent('h1')).toBe('办公')
    expect(page.url()).toContain('xiewen.app')
  })

  test('an origin that only begins like ours is a stranger', async () => {
    const stopped = await client.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return ['app://xiewen.attacker.example/', 'app://xiewen@attacker/', 'app://xiewen/'].map((url) => {
        const event = { url, stopped: false, preventDefault: () => (event.stopped = true) }
        window?.webContents.emit('will-navigate', event)
        return event.stopped
      })
    })

    expect(stopped).toEqual([true, true, false])
  })

  test('a new window is never opened', async () => {
    const popup = page.waitForEvent('popup')

    await page.evaluate(() => window.open('https://example.invalid/'))

    await until('the attempt to be closed', async () => (await popup).isClosed())
    expect(client.control.windows).toHaveLength(1)
  })

  test('the page cannot reach any address but its own files and the office’s socket', async () => {
    const reached = await page.evaluate(
      (address) =>
        fetch(address, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        ),
      `${server.origin}/api/inbox/counts`,
    )

    expect(reached).toBe(false)
  })
})

describe('the operating system', () => {
  const opened = () =>
    client.control.calls.filter((call) => call.api === 'shell.openExternal').map((call) => call.args[0])
  const ask = (url: string) =>
    page.evaluate((to) => Reflect.get(window, 'xiewen').requests['shell.open-external']({ url: to }), url)

  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://oa.example/',
    'smb://host/share',
    'xiewen://document/1',
    'https://user:pw@host/',
  ])('an address of the kind %s is not handed over', async (url) => {
    expect(await ask(url)).toEqual({ ok: false, refusal: { code: 'desktop.link-not-permitted' } })
    expect(opened()).toEqual([])
  })

  test('another web address is handed over only after the person agrees', async () => {
    expect(await ask('https://www.gov.cn/')).toMatchObject({ ok: false })
    client.control.dialogAnswers.push(0)
    expect(await ask('https://www.gov.cn/')).toMatchObject({ ok: true })
    expect(opened()).toEqual(['https://www.gov.cn/'])
  })

  test('cameras, places, devices and the rest are denied, to us and to others', async () => {
    const verdicts = await client.evaluate(({ session }) => {
      const { check, request, device } = session.fromPartition('persist:office').permissions
      if (!check || !request || !device) return null
      // Safe because the application registered handlers of Electron's signature; the stand-in's type leaves the arguments open.
      const [mayCheck, mayRequest, mayUse] = [check, request, device] as unknown as [
        (contents: null, permission: string, origin: string) => boolean,
        (
          contents: null,
          permission: string,
          answer: (granted: boolean) => void,
          details: { requestingUrl: string },
        ) => void,
        () => boolean,
      ]
      const answers: boolean[] = []
      for (const [permission, url] of [
        ['media', 'app://xiewen/'],
        ['geolocation', 'app://xiewen/'],
        ['clipboard-sanitized-write', 'https://example.invalid/'],
        ['clipboard-sanitized-write', 'app://xiewen/'],
      ] as const) {
        mayRequest(null, permission, (granted) => answers.push(granted), { requestingUrl: url })
        answers.push(mayCheck(null, permission, url))
      }
      return [...answers, mayUse()]
    })

    expect(verdicts).toEqual([false, false, false, false, false, false, true, true, false])
  })
})

describe('requests to the main process', () => {
  const asked = (url: string | null, channel: string, args: readonly unknown[], parent: unknown = null) =>
    client.evaluate(({ ipcMain }) =>
      ipcMain.invoke(channel, { senderFrame: url === null ? null : { url, parent } }, args),
    )

  test.each([
    ['a stranger', 'https://example.invalid/', null],
    ['an origin that begins like ours', 'app://xiewen.attacker/', null],
    ['the set-up page', 'app://setup/', null],
    ['a frame without an address', '', null],
    ['a frame that has gone', null, null],
    ['a frame inside our page', 'app://xiewen/', {}],
  ])('%s is refused', async (_who, url, parent) => {
    expect(await asked(url, 'shell.describe', [{}], parent)).toEqual({
      ok: false,
      refusal: { code: 'desktop.not-allowed' },
    })
  })

  test('the office page cannot change the server’s address', async () => {
    expect(await asked('app://xiewen/', 'setup.save', [{ address: 'https://evil.example' }])).toMatchObject({
      ok: false,
    })
  })

  test.each([
    ['a wrong type', [{ todo: '3', toRead: 0 }]],
    ['a negative count', [{ todo: -1, toRead: 0 }]],
    ['an unknown field', [{ todo: 1, toRead: 0, extra: true }]],
    ['no argument', []],
    ['a second argument', [{ todo: 1, toRead: 0 }, 'more']],
  ])('%s gets a refusal, not silence', async (_what, args) => {
    expect(await asked('app://xiewen/', 'shell.show-counts', args)).toMatchObject({
      ok: false,
      refusal: { code: 'desktop.invalid-input' },
    })
  })

  test('the page sees fixed functions, no way to name a channel, and cannot change them', async () => {
    const seen = await page.evaluate(() => {
      const api = Reflect.get(window, 'xiewen')
      const before = api.requests['shell.describe']
      try {
        api.requests['shell.describe'] = () => null
      } catch (cause) {
        if (!(cause instanceof TypeError)) throw cause
      }
      return {
        keys: Object.keys(api).sort(),
        names: Object.keys(api.requests).sort(),
        same: api.requests['shell.describe'] === before,
      }
    })

    expect(seen).toEqual({
      keys: ['on', 'requests', 'serverOrigin'],
      names: [
        'copies.append',
        'copies.erase',
        'copies.list',
        'copies.read',
        'copies.replace',
        'link.describe',
        'shell.change-server',
        'shell.describe',
        'shell.open-external',
        'shell.set-preferences',
        'shell.show-counts',
      ],
      same: true,
    })
  })
})

describe('the way to the server', () => {
  test('the sign-in cookie never enters the page', async () => {
    expect(await page.evaluate(() => document.cookie)).toBe('')
    expect(await page.context().cookies()).toEqual([])
    expect(server.arrivals.some((arrival) => arrival.cookie?.includes('secret-of-the-session'))).toBe(true)
  })

  test('requests arrive as the server’s own, so that its guard against other sites stays on', () => {
    const posts = server.arrivals.filter((arrival) => arrival.method === 'POST')

    expect(posts).not.toHaveLength(0)
    for (const post of posts) expect(post.origin).toBe(server.origin)
  })

  test('bytes of the server opened as a page run nothing in our origin', async () => {
    const policy = await page.evaluate(async () =>
      (await fetch('/api/documents/page')).headers.get('content-security-policy'),
    )

    expect(policy).toBe("sandbox; default-src 'none'")
  })

  test('the event stream is passed on as it comes', async () => {
    const data = await page.evaluate(
      () =>
        new Promise((heard) => {
          const source = new EventSource('/api/events')
          source.onmessage = (message) => {
            source.close()
            heard(message.data)
          }
        }),
    )

    expect(data).toBe('{"topics":["inbox"]}')
  })

  test('the co-editing socket opens under the server’s origin, any other socket does not', async () => {
    const echo = (path: string) =>
      page.evaluate(
        (address) =>
          new Promise((heard) => {
            const socket = new WebSocket(address)
            socket.onopen = () => socket.send('你好')
            socket.onmessage = (message) => heard(message.data)
            socket.onclose = () => heard('closed')
          }),
        `${server.origin.replace('http', 'ws')}${path}`,
      )

    expect(await echo('/sync/document')).toBe('你好')
    expect(await echo('/elsewhere')).toBe('closed')
    expect(server.sockets).toEqual([server.origin])
  })
})

test('the client says where it keeps things', async () => {
  const answer = await until('an answer', () =>
    page.evaluate(() => Reflect.get(window, 'xiewen').requests['shell.describe']({})),
  )

  expect(answer).toMatchObject({
    ok: true,
    value: { host: 'desktop', serverOrigin: server.origin, storage: 'encrypted' },
  })
})

/** The daily life of the desktop client: tray, reminders, links, windows, and work without a network. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { StandinApplication } from '../support/electron-standin/launch.ts'
import { anEntry, buildClient, signIn, start, startAt, until } from './desktop-client.ts'
import { startOfficeServer } from './office-server.ts'
import type { OfficeServer } from './office-server.ts'

let built: string
let server: OfficeServer
const clients: StandinApplication[] = []

beforeAll(async () => {
  built = await buildClient()
})
beforeEach(async () => {
  server = await startOfficeServer()
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await server.stop()
})

async function open(options: Parameters<typeof startAt>[2] = {}): Promise<{ client: StandinApplication; page: Page }> {
  const { client, page } = await startAt(built, server.origin, options)
  clients.push(client)
  return { client, page }
}

/** Collects the page's `navigate` events under `window.heard`. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const heard: unknown[] = []
    Reflect.set(window, 'heard', heard)
    for (const event of ['navigate', 'link', 'locked']) {
      Reflect.get(window, 'xiewen').on[event]((detail: unknown) => heard.push([event, detail]))
    }
  })
}

const heard = (page: Page): Promise<unknown[]> => page.evaluate(() => Reflect.get(window, 'heard'))
const tip = (client: StandinApplication): string | undefined => client.control.trays[0]?.toolTip
const press = (client: StandinApplication, id: string): void =>
  client.control.trays[0]?.menu?.getMenuItemById(id)?.click?.()

test('the tray counts what waits, as soon as the person has signed in', async () => {
  server.inbox = [anEntry(1, '关于开展检查的通知'), anEntry(2, '关于报送材料的函')]
  const { client, page } = await open()
  expect(tip(client)).toBe('协文 · 未登录')

  await signIn(page)

  await until('the count', () => tip(client) === '协文 · 待办 2 件 · 待阅 2 件')
  expect(client.control.calls.filter((call) => call.api === 'app.setBadgeCount').at(-1)?.args).toEqual([2])
})

test('a page that knows newer counts puts them into the tray', async () => {
  const { client, page } = await open()

  await page.evaluate(() => Reflect.get(window, 'xiewen').requests['shell.show-counts']({ todo: 7, toRead: 0 }))

  expect(tip(client)).toBe('协文 · 待办 7 件 · 待阅 0 件')
})

test('a new entry is announced, and a click opens it', async () => {
  server.inbox = [anEntry(1, '旧的')]
  const { client, page } = await open()
  await listen(page)
  await signIn(page)
  await until('the first look', () => tip(client)?.includes('待办 1 件'))
  expect(client.control.notifications).toEqual([])

  server.inbox = [anEntry(1, '旧的'), anEntry(2, '关于防汛工作的紧急通知')]
  await comeBack(client)
  const reminder = await until('the reminder', () => client.control.notifications[0])
  client.control.windows[0]?.hide()
  reminder.emit('click')

  expect([reminder.title, reminder.body]).toEqual(['新的待办', '关于防汛工作的紧急通知\n李文'])
  await until('the page to be told', async () => (await heard(page)).length > 0)
  expect(await heard(page)).toEqual([
    [
      'navigate',
      {
        kind: 'inbox-entry',
        id: anEntry(2, '').id,
        room: 'workflow',
        subjectKind: 'document',
        subjectId: 'd'.repeat(26),
      },
    ],
  ])
  expect(client.control.windows[0]?.isVisible()).toBe(true)
})

test('a reminder shows no title when the person has asked for brief ones', async () => {
  const { client, page } = await open()
  await signIn(page)
  await until('the first look', () => tip(client)?.includes('待办 0 件'))
  await page.evaluate(() => Reflect.get(window, 'xiewen').requests['shell.set-preferences']({ notify: 'brief' }))

  server.inbox = [anEntry(2, '涉及人事的请示')]
  await comeBack(client)

  const reminder = await until('the reminder', () => client.control.notifications[0])
  expect(`${reminder.title}${reminder.body}`).not.toContain('人事')
})

test('nobody at the computer: the client does not look, so the sign-in can time out', async () => {
  const { client, page } = await open()
  await until('the first look', () => server.arrivals.length > 0)
  client.control.away = true
  const before = server.arrivals.length

  await signIn(page)

  await until('who is signed in', () =>
    server.arrivals.slice(before).some((arrival) => arrival.path === '/api/session/current'),
  )
  expect(server.arrivals.slice(before).filter((arrival) => arrival.path.startsWith('/api/inbox'))).toEqual([])
})

test('the window closes into the tray, opens again, and quits from the tray', async () => {
  const { client } = await open()
  const [window] = client.control.windows

  await window?.closeAndWait()
  expect([window?.isVisible(), window?.isDestroyed()]).toEqual([false, false])
  press(client, 'open')
  expect(window?.isVisible()).toBe(true)
  press(client, 'quit')

  expect(await client.exited).toBe(0)
})

test('the window closes for good when the person wants no tray', async () => {
  const { client, page } = await open()
  await page.evaluate(() => Reflect.get(window, 'xiewen').requests['shell.set-preferences']({ closeToTray: false }))

  await client.control.windows[0]?.closeAndWait()

  expect(await client.exited).toBe(0)
})

test('the window stands where it stood', async () => {
  const { client } = await open()
  client.control.windows[0]?.setBounds({ x: 40, y: 60, width: 1000, height: 700 })
  await client.close()

  const { client: again } = await open({ userData: client.userData })

  expect(again.control.windows[0]?.getBounds()).toEqual({ x: 40, y: 60, width: 1000, height: 700 })
})

test('a second start brings the first forward and hands it the link', async () => {
  const { client, page } = await open()
  await listen(page)
  client.control.windows[0]?.hide()

  const second = await start(built, { userData: client.userData, args: [`xiewen://document/${'d'.repeat(26)}`] })

  expect(await second.exited).toBe(0)
  await until('the page to be told', async () => (await heard(page)).length > 0)
  expect(await heard(page)).toEqual([['navigate', { kind: 'document', id: 'd'.repeat(26) }]])
  expect(client.control.windows[0]?.isVisible()).toBe(true)
})

test.each([
  'xiewen://approve/1',
  `xiewen://document/${'d'.repeat(26)}?then=approve`,
  'xiewen://document/<img>',
  'xiewen://server/https://evil.example',
])('the link %s leads nowhere', async (link) => {
  const { client, page } = await open()
  await listen(page)

  await client.evaluate(({ app }, args) => app.emit('second-instance', {}, args, '/'), ['xiewen', link])
  await client.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))

  await until('the later event', async () => (await heard(page)).length > 0)
  expect(await heard(page)).toEqual([['locked', {}]])
})

test('a start without network shows what was last seen, says how old it is, and notices the server’s return', async () => {
  server.inbox = [anEntry(1, '关于年度工作要点的通知')]
  const first = await open()
  await signIn(first.page)
  await until('the sign-in to be kept', () => tip(first.client)?.includes('待办 1 件'))
  await ask(first.page, '/api/inbox/list?kind=todo')
  await first.client.close()
  await server.stop()

  const { client, page } = await open({ userData: first.client.userData })
  await listen(page)
  const answer = await ask(page, '/api/inbox/list?kind=todo')

  expect(answer.text).toContain('关于年度工作要点的通知')
  expect(Number(answer.cachedAt)).toBeGreaterThan(1_700_000_000_000)
  expect(await ask(page, '/api/inbox/list?kind=to-read')).toEqual({ failed: true })
  await until('the tray to say so', () => tip(client) === '协文 · 未连接服务器')
  expect(await page.evaluate(() => Reflect.get(window, 'xiewen').requests['link.describe']({}))).toMatchObject({
    ok: true,
    value: { kind: 'offline' },
  })
  await server.start()
  expect((await ask(page, '/api/inbox/list?kind=todo')).cachedAt).toBeNull()
  await until('the page to be told', async () =>
    (await heard(page)).some((event) => JSON.stringify(event) === '["link",{"kind":"online"}]'),
  )
})

test('signing out empties the offline copy', async () => {
  server.inbox = [anEntry(1, '关于年度工作要点的通知')]
  const { client, page } = await open()
  await signIn(page)
  await ask(page, '/api/inbox/list?kind=todo')
  await until('the copy', () => copies(client).length > 0)

  await page.evaluate(() => fetch('/api/session/sign-out', { method: 'POST', body: '{}' }))

  await until('the copy to be gone', () => copies(client).length === 0)
})

test('nothing secret lies readable in the profile', async () => {
  server.inbox = [anEntry(1, '关于年度工作要点的通知')]
  const { client, page } = await open()
  await signIn(page)
  await ask(page, '/api/inbox/list?kind=todo')
  await until('the copy', () => copies(client).length > 0)
  await client.close()

  expect(readable(client.userData)).not.toMatch(/secret-of-the-session|年度工作要点/)
  const { page: again } = await open({ userData: client.userData })
  expect((await ask(again, '/api/inbox/list?kind=todo')).text).toContain('年度工作要点')
})

test('on a computer without a keyring nothing is kept, and the page is told', async () => {
  server.inbox = [anEntry(1, '关于年度工作要点的通知')]
  const { client, page } = await open({ storageBackend: 'basic_text' })
  await signIn(page)
  await ask(page, '/api/inbox/list?kind=todo')
  expect(await page.evaluate(() => Reflect.get(window, 'xiewen').requests['shell.describe']({}))).toMatchObject({
    value: { storage: 'memory-only' },
  })
  await client.close()

  expect(readdirSync(client.userData).sort()).toEqual(['settings.json', 'window.json'])
})

test('changing the server forgets what was kept of the old one', async () => {
  const other = await startOfficeServer()
  server.inbox = [anEntry(1, '关于年度工作要点的通知')]
  const { client, page } = await open()
  await signIn(page)
  await ask(page, '/api/inbox/list?kind=todo')
  await until('the copy', () => copies(client).length > 0)

  press(client, 'change-server')
  const setup = await until('the set-up', async () =>
    (await client.windows()).find((window) => window.url().includes('setup.app')),
  )
  await setup.fill('#address', other.origin)
  await setup.click('#save')
  await until('the new office', () => other.arrivals.length > 1)

  expect(copies(client)).toEqual([])
  expect(other.arrivals.map((arrival) => arrival.cookie)).not.toContain('session=secret-of-the-session')
  await client.close()
  await other.stop()
})

/** The person unlocks the screen, at which the client looks at the inbox at once. */
function comeBack(client: StandinApplication): Promise<unknown> {
  return client.evaluate(({ powerMonitor }) => powerMonitor.emit('unlock-screen'))
}

function ask(
  page: Page,
  path: string,
): Promise<{ readonly text?: string; readonly cachedAt?: string | null; readonly failed?: true }> {
  return page.evaluate(
    (to) =>
      fetch(to).then(
        async (answer) => ({ text: await answer.text(), cachedAt: answer.headers.get('x-xiewen-cached-at') }),
        () => ({ failed: true }) as const,
      ),
    path,
  )
}

/** Emptying takes the folder away before it is made again. */
function copies(client: StandinApplication): readonly string[] {
  const folder = join(client.userData, 'offline-copy')
  return (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.startsWith('copy-'))
}

function readable(directory: string): string {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) =>
        readFileSync(join(entry.parentPath, entry.name), 'latin1') +
        readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    )
    .join('\n')
}

/** The interface itself, as built, inside the desktop client, before a real server: a person's first day, and a morning
 * without network. The tests follow one another. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type ApiClient, Cast, draft, editLive } from '@xiewen/server'
import { instant } from '@xiewen/shared/base'
import { bodyOf, documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { meetingsContract } from '@xiewen/shared/meetings'
import { buildInterface } from '../../desktop/bin/build-app.mjs'
import type { StandinApplication } from '../support/electron-standin/launch.ts'
import { anOffice, postOf, type TestOffice } from '../support/office.ts'
import { buildClient, start, until } from './desktop-client.ts'

const [login, name] = ['zhangxiaoyu', '张晓雨']
const meetingTitle = '数据共享工作调度会'
const screenshots = join(import.meta.dirname, '../output/desktop')

let office: TestOffice
let isOfficeOpen = false
let built: string
let client: StandinApplication
let page: Page
let colleague: ApiClient
let documentId: DocumentId

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true })
  built = await buildClient()
  await buildInterface(built)
  office = await anOffice()
  isOfficeOpen = true
  const cast = new Cast(office.server, office.tokens)
  documentId = await draft(cast, 'limingxuan', 'action-plan')
  colleague = await cast.as('limingxuan')
  await colleague.call(documentsContract.share, { documentId, postId: (await postOf(colleague, name)).id, right: 'edit' })
}, 120_000)
afterAll(async () => {
  await client.close()
  if (isOfficeOpen) await office.close()
})

test('a new colleague enters the server’s address, pastes the one-time link and sees the office; the policy stops nothing the interface needs', async () => {
  const complaints: string[] = []
  client = await start(built)
  const setup = await client.firstWindow()
  await setup.fill('#address', office.server.url)
  await setup.screenshot({ path: join(screenshots, 'setup.png') })
  await setup.click('#save')
  page = await until('the office window', async () => (await client.windows()).find((window) => window.url().includes('xiewen.app')))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })

  await page.getByText('首次登录？').click()
  const field = page.getByLabel('一次性链接', { exact: true })
  await field.fill(`http://another.example/link/${office.tokens.get(login)}`)
  await page.getByRole('button', { name: '用链接登录' }).click()
  await page.getByText('这个链接属于另一台服务器').waitFor()
  await field.fill(`${office.server.url}/link/${office.tokens.get(login)}`)
  await page.getByRole('button', { name: '用链接登录' }).click()
  await page.getByRole('button', { name: '以后再说' }).click()

  await page.getByText(name).first().waitFor()
  await until('the tray to count', () => tip()?.includes('待办 0 件'))
  await page.screenshot({ path: join(screenshots, 'signed-in.png') })
  expect(complaints).toEqual([])
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('what comes while the page is open is on screen, in the tray and announced within seconds', async () => {
  await invite()

  await page.getByText(meetingTitle).first().waitFor()
  await until('the tray to count', () => tip()?.includes('待办 1 件'))
  const reminder = await until('the reminder', () => client.control.notifications[0])

  expect([reminder.title, reminder.body]).toEqual(['新的待办', expect.stringContaining(meetingTitle)])
})

test('a document opened by a link is edited together with a colleague elsewhere', async () => {
  await start(built, { userData: client.userData, args: [`xiewen://document/${documentId}`] })
  const text = page.locator('[contenteditable="true"]').first()
  await text.waitFor()
  await text.locator(':scope > *').last().click({ position: { x: 60, y: 8 } })
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('桌面客户端补充')

  await page.getByRole('status').filter({ hasText: '已保存' }).first().waitFor()
  let seen = ''
  await editLive(colleague, documentId, (doc) => {
    const body = bodyOf(doc)
    seen = JSON.stringify(body)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('明轩在别处补充')])
    body.insert(body.length, [paragraph])
  })

  expect(seen).toContain('桌面客户端补充')
  await text.getByText('明轩在别处补充').waitFor()
  await page.screenshot({ path: join(screenshots, 'co-edited.png') })
})

test('个人设置 changes what the client does on this computer', async () => {
  await page.getByRole('button', { name }).click()
  await page.getByRole('menuitem', { name: '个人设置' }).or(page.getByRole('link', { name: '个人设置' })).first().click()
  await page.getByText('关闭窗口后留在系统托盘').click()
  await page.getByText('只提示有新待办').click()

  const preferences = () => JSON.parse(readFileSync(join(client.userData, 'settings.json'), 'utf8')).preferences
  await until('the settings to be kept', () => preferences().notify === 'brief')
  expect(preferences()).toEqual({ closeToTray: false, notify: 'brief' })
  await page.screenshot({ path: join(screenshots, 'settings.png'), fullPage: true })
  await page.getByRole('button', { name: '更换服务器' }).click()
  const setup = await until('the set-up', async () => (await client.windows()).find((window) => window.url().includes('setup.app')))
  await until('the address in use', async () => (await setup.inputValue('#address')) === office.server.url)
  await setup.close()
})

test('the server goes: the page says so and goes on showing what is there', async () => {
  await page.getByRole('link', { name: '待办' }).first().click()
  await page.getByText(meetingTitle).first().waitFor()

  await office.settle()
  isOfficeOpen = false
  await office.close()

  await page.getByText('连接不上服务器，正在自动重试').first().waitFor()
  expect(await page.getByText(meetingTitle).first().isVisible()).toBe(true)
  expect(tip()).toBe('协文 · 未连接服务器')
})

test('the next start without network opens on what was last seen, and says how old that is', async () => {
  await client.close()

  client = await start(built, { userData: client.userData })
  page = await client.firstWindow()

  await page.getByText(meetingTitle).first().waitFor()
  await page.getByText(/所显示的是本机保存的内容，最早的保存于 .*\d\d:\d\d/).waitFor()
  await page.screenshot({ path: join(screenshots, 'offline.png') })
  expect(tip()).toBe('协文 · 未连接服务器')
})

function tip(): string | undefined {
  return client.control.trays[0]?.toolTip
}

/** 罗佳 plans a meeting and invites the person. */
async function invite(): Promise<void> {
  const clerk = await office.as('luojia')
  const from = Date.now() + 86_400_000
  const { roomId } = await clerk.call(meetingsContract.addRoom, { name: '第一会议室', floor: '3楼', capacity: 60, bufferMinutes: 15, equipment: [] })
  const { meetingId } = await clerk.call(meetingsContract.create, {
    title: meetingTitle,
    kind: 'work',
    from: instant(from - (from % 60_000)),
    to: instant(from - (from % 60_000) + 3_600_000),
    roomId,
    hostPostId: (await postOf(clerk, '韩立新')).id,
    contact: '罗佳 0668-3380100',
    agenda: [{ title: '通报进度', presenter: '市政务服务数据管理局', minutes: 30 }],
    attendees: [{ kind: 'post', postId: (await postOf(clerk, name)).id }],
  })
  await clerk.call(meetingsContract.notify, { meetingId })
}

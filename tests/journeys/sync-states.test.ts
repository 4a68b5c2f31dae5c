/** A text under every misfortune, in a real browser against the built server: no network, a killed server, a full disk, a full computer,
 * a right taken away, an opinion without a network. What the page says of it is true each time. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '@xiewen/server'
import { sessionContract } from '@xiewen/shared/directory'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { workflowContract } from '@xiewen/shared/workflow'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltServer, injectFault, killBuilt, startBuilt } from '../faults/built-server.ts'
import { Story } from '../scenarios/workflow/story.ts'
import { anOffice } from '../support/office.ts'
import { pictures } from './support/person.ts'
import { w } from './support/words.ts'

let dataDir: string
let server: BuiltServer
let browser: Browser
let tokens: ReadonlyMap<string, string>
const clients = new Map<string, Promise<ApiClient>>()
let story: Story
let documentId: DocumentId

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'xiewen-states-'))
  // The people are made in this process; the server that is killed later is one of its own over the same directory.
  const office = await anOffice({ dataDir })
  tokens = office.tokens
  await office.close()
  server = await startBuilt('serve', dataDir)
  story = new Story({ as })
  documentId = await story.draft()
  await (await story.as('drafter')).call(documentsContract.share, { documentId, postId: await story.post('colleague'), right: 'edit' })
  browser = await chromium.launch({
    executablePath: process.env['XIEWEN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
})
afterAll(async () => {
  await browser?.close()
  if (server !== undefined) await killBuilt(server)
  await rm(dataDir, { recursive: true, force: true })
})

function as(login: string): Promise<ApiClient> {
  const known = clients.get(login) ?? ApiClient.signIn(server.url, tokens.get(login) ?? '')
  clients.set(login, known)
  return known
}

/** A browser of somebody, signed in. */
async function sit(who: Parameters<Story['as']>[0]): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  context.setDefaultTimeout(30_000)
  const [pair = ''] = (await story.as(who)).cookie.split(';')
  await context.addCookies([{ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), url: server.url }])
  return context
}

async function openText(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/documents/${documentId}`)
  await page.locator('[contenteditable]').first().waitFor()
  return page
}

const stateOf = (page: Page) => page.locator('[data-save-state]').first()
const says = (page: Page, kind: string) => page.locator(`[data-save-state="${kind}"]`).first().waitFor()
const storedText = async () => new TextDecoder().decode((await (await story.as('drafter')).fetch(`/api/documents/plain-text?documentId=${documentId}`, {}).then((answer) => answer.arrayBuffer())))

async function type(page: Page, text: string): Promise<void> {
  await page.locator('[contenteditable] p').last().click()
  await page.keyboard.press('End')
  await page.keyboard.type(text)
}

test('what is typed without a network is counted, survives the closed page, and goes up from any page of the office', async () => {
  const context = await sit('colleague')
  const page = await openText(context)
  await says(page, 'saved')
  await context.setOffline(true)
  await type(page, '断网甲')
  await says(page, 'offline')
  expect(await stateOf(page).innerText()).toMatch(/离线，\d 处未上传，已存本机/)
  await page.screenshot({ path: join(pictures, 'states-1-offline.png') })
  await page.close({ runBeforeUnload: false })
  expect(await storedText()).not.toContain('断网甲')

  await context.setOffline(false)
  const later = await context.newPage()
  await later.goto(`${server.url}/inbox`)
  await expect.poll(storedText, { timeout: 30_000 }).toContain('断网甲')
  await context.close()
})

test('a killed server, a full disk of the server and a full computer are told apart, and nothing typed meanwhile is lost', async () => {
  const context = await sit('colleague')
  const page = await openText(context)
  await says(page, 'saved')
  await killBuilt(server)
  await type(page, '停机乙')
  await says(page, 'offline')
  expect(await stateOf(page).innerText()).toMatch(/离线，\d+ 处未上传/)
  server = await startBuilt('serve', dataDir, new URL(server.url).port)
  await says(page, 'saved')
  expect(await storedText()).toContain('停机乙')

  const free = await injectFault(server, join(dataDir, 'xiewen.db-wal'), 'pwrite64:error=ENOSPC')
  await type(page, '满盘丙')
  await page.getByRole('status').filter({ hasText: '服务器暂时无法保存' }).first().waitFor()
  await page.screenshot({ path: join(pictures, 'states-2-server-full.png') })
  await free()
  await says(page, 'saved')
  expect(await storedText()).toContain('满盘丙')

  await page.evaluate(() => {
    const add = IDBObjectStore.prototype.add
    Reflect.set(window, 'freeDisk', () => (IDBObjectStore.prototype.add = add))
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await context.setOffline(true)
  await type(page, '本机丁')
  await page.getByRole('status').filter({ hasText: '不要关闭此窗口' }).first().waitFor()
  await page.screenshot({ path: join(pictures, 'states-3-computer-full.png') })
  await page.evaluate(() => Reflect.get(window, 'freeDisk')())
  await page.getByRole('status').filter({ hasText: '已存本机' }).first().waitFor()
  await context.setOffline(false)
  await says(page, 'saved')
  expect(await storedText()).toContain('本机丁')
  await context.close()
})

test('a right taken away shows as read-only, and one taken away altogether says so', async () => {
  const context = await sit('colleague')
  const page = await openText(context)
  await says(page, 'saved')
  const [drafter, postId] = [await story.as('drafter'), await story.post('colleague')]
  await drafter.call(documentsContract.share, { documentId, postId, right: 'read' })
  await says(page, 'read-only')
  await drafter.call(documentsContract.unshare, { documentId, postId })
  await page.getByText(w('documents.ui.save.refused.no-right')).or(page.getByText(w('documents.not-found'))).first().waitFor()
  await context.close()
})

test('an opinion given without a network waits, goes out by itself, and one that came too late says why', async () => {
  const [first, second] = [await story.submitted(), await story.submitted()]
  const context = await sit('head')
  const decide = async (page: Page, caseId: typeof first, opinion: string): Promise<void> => {
    const seen = await story.see(caseId)
    const task = await story.task(caseId, 'head')
    await page.goto(`${server.url}/documents/${seen.documentId}?task=${task.taskId}`)
    const bar = page.getByRole('region', { name: w('ui.decision.bar') })
    await bar.getByRole('textbox', { name: w('workflow.ui.opinion') }).fill(opinion)
    await expect.poll(() => bar.getByRole('button').first().isEnabled(), { timeout: 15_000 }).toBe(true)
    await context.setOffline(true)
    await bar.getByRole('button', { name: new RegExp(`^${w('workflow.ui.go.approve')}`) }).first().click()
    await page.locator('[data-unsent-act="waiting"]').first().waitFor()
  }
  const page = await context.newPage()
  await decide(page, first, '离线同意。')
  await page.screenshot({ path: join(pictures, 'states-4-queued.png') })
  await context.setOffline(false)
  await page.locator('[data-unsent-act]').first().waitFor({ state: 'detached' })
  const { case: done } = await (await story.as('drafter')).call(workflowContract.case, { caseId: first })
  expect(JSON.stringify(done)).toContain('离线同意。')

  await decide(page, second, '来得太晚。')
  await story.approve(second, 'head')
  await context.setOffline(false)
  const refused = page.locator('[data-unsent-act="refused"]').first()
  await refused.waitFor()
  await page.screenshot({ path: join(pictures, 'states-5-refused.png') })
  await refused.getByRole('button', { name: w('ui.outbox.put-away') }).click()
  await refused.waitFor({ state: 'detached' })
  await context.close()
})

test('a page whose session has ended asks the server nothing until its person has signed in, there or in another window, and then goes on', async () => {
  const password = 'Yunzhou-2026-river'
  await (await story.as('drafter')).call(documentsContract.share, { documentId, postId: await story.post('colleague'), right: 'edit' })
  await (await story.as('colleague')).call(sessionContract.setPassword, { next: password })
  const context = await sit('colleague')
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(`${server.url}/documents/${documentId}`)
  await says(page, 'saved')
  const other = await context.newPage()
  await other.goto(`${server.url}/inbox`)
  const again = page.getByRole('dialog', { name: w('shell.again.title') })
  const signOutElsewhere = async (): Promise<void> => {
    await other.locator('.account-button').click()
    await other.getByRole('button', { name: w('shell.account.sign-out') }).click()
    await again.waitFor()
    await says(page, 'sign-in-needed')
  }

  await signOutElsewhere()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  // An hour on this page: whatever it does by itself, it has done.
  for (let minute = 0; minute < 60; minute += 1) await page.clock.runFor(60_000)
  expect(asked).toEqual([])

  await other.getByLabel(w('shell.sign-in.login'), { exact: true }).fill('limingxuan')
  await other.getByLabel(w('shell.sign-in.password'), { exact: true }).fill(password)
  await other.locator('button[type=submit]').click()
  await other.locator('.account-button').waitFor()
  // Chromium without a screen gives every window the focus for good; this is what coming back to it says.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await again.waitFor({ state: 'detached' })
  await says(page, 'saved')

  await signOutElsewhere()
  await again.getByLabel(w('shell.sign-in.password'), { exact: true }).fill(password)
  await again.locator('button[type=submit]').click()
  await again.waitFor({ state: 'detached' })
  await says(page, 'saved')
  await type(page, '再登戊')
  await expect.poll(storedText, { timeout: 30_000 }).toContain('再登戊')
  await context.close()
})

/** A 文书 makes a template with its pages before her eyes; a clerk begins a document from it, types, and sees the page. */
import { builtInTemplates, getBuiltIn } from '@xiewen/shared/documents'
import { expect, afterAll, afterEach, beforeAll, test } from 'vitest'
import { DocumentDesk } from './support/document-desk.ts'
import { openStory, type Story } from './support/story.ts'
import { stem, w } from './support/words.ts'

const name = '防汛通知'
const title = '云州市政务服务数据管理局关于做好防汛值守工作的通知'
let story: Story

beforeAll(async () => {
  story = await openStory()
  for (const login of ['zhaomin', 'zhangxiaoyu']) (await story.as(login)).context.setDefaultTimeout(60_000)
})
afterEach(({ task }) => (task.result?.state === 'fail' ? story.picture('templates-failed') : undefined))
afterAll(() => story.end())

test('the 文书 keeps a template and sees its pages while she writes', async () => {
  const keeper = await story.as('zhaomin')
  await keeper.goto('/documents/templates')
  await keeper.at('link', w('documents.ui.templates.adapt')).nth(builtInTemplates.findIndex(({ id }) => id === 'notice')).click()
  await keeper.page.getByRole('heading', { level: 1, name: w('documents.ui.templates.new') }).waitFor()
  await keeper.fill(w('documents.ui.template.name'), name)
  await keeper.choose(w('documents.ui.template.code'), '云政数发')
  // A table with the editor's own commands: words in its head, a column more.
  await keeper.press(w('documents.ui.template.add-table', { place: w('documents.ui.template.line', { line: 3 }) }))
  const sheet = keeper.page.locator('.template-table')
  await sheet.locator('th').first().click()
  await keeper.page.keyboard.type('值守单位')
  await keeper.page.keyboard.press('Tab')
  await keeper.page.keyboard.type('带班领导')
  await sheet.getByRole('button', { name: w('documents.ui.table.tools') }).click()
  await keeper.page.getByRole('menuitem', { name: w('documents.ui.table.column'), exact: true }).click()
  await expect.poll(() => sheet.locator('th').count()).toBe(4)
  const page = keeper.page.locator('.drawn-pages .live-page').first()
  await page.getByText('值守单位').waitFor()
  // The window lays the pages out itself: what is typed stands on the page although the server hears nothing of it.
  await keeper.page.route('**/api/**', (route) => (route.request().url().includes('face') ? route.continue() : route.abort()))
  await keeper.page.getByLabel(w('documents.ui.template.line', { line: 3 }), { exact: true }).fill('为做好主汛期防汛工作，现将有关事项通知如下：')
  await page.getByText('为做好主汛期防汛工作').waitFor()
  await keeper.page.unroute('**/api/**')
  await keeper.shot('templates-1-desk')
  await keeper.press(w('documents.ui.template.keep'))
  await keeper.page.getByRole('heading', { level: 1, name }).waitFor()
  await expect.poll(() => keeper.page.locator('.template-table th').allTextContents()).toEqual(['值守单位', '带班领导', '', ''])
  await keeper.shot('templates-1b-table')
  await keeper.goto('/documents/templates')
  await keeper.sees(name)
  await keeper.shot('templates-2-list')
})

test('she keeps a regulation: its articles number themselves, and a line after one is the next', async () => {
  const keeper = await story.as('zhaomin')
  await keeper.goto('/documents/templates/new?built-in=order-regulation')
  await keeper.fill(w('documents.ui.template.name'), '公布规章')
  const line = (index: number) => w('documents.ui.template.line', { line: index + 1 })
  const { blocks } = getBuiltIn('order-regulation').document
  const last = blocks.length - 1
  const labels = keeper.page.locator('.template-line > .soft')
  await expect.poll(() => labels.allTextContents()).toContain('第七条　')
  await keeper.press(w('documents.ui.template.add', { place: line(last) }))
  await expect.poll(() => labels.allTextContents()).toContain('第八条　')
  await keeper.page.getByLabel(line(last + 1), { exact: true }).fill('本办法由【待填解释机关】负责解释。')
  await keeper.page.locator('.drawn-pages .live-page').nth(2).getByText('解释机关').waitFor()
  await expect.poll(() => keeper.page.locator('.drawn-pages').getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false')
  await keeper.page.getByLabel(line(last + 1), { exact: true }).scrollIntoViewIfNeeded()
  await keeper.shot('templates-5-regulation')
  await keeper.press(w('documents.ui.template.keep'))
  await keeper.page.getByRole('heading', { level: 1, name: '公布规章' }).waitFor()
})

test('a clerk begins a document from it, types, and sees the page', async () => {
  const clerk = await story.as('zhangxiaoyu')
  await clerk.goto('/documents/new')
  await clerk.page.locator('.kind').filter({ hasText: w('documents.ui.kind-use.通知') }).click()
  await clerk.choose(w('documents.ui.begin.template'), name)
  await clerk.fill(w('documents.ui.column.title'), title)
  await clerk.page.locator('.drawn-pages .live-page').first().getByText('做好防汛值守工作').waitFor()
  await expect.poll(() => clerk.page.locator('.drawn-pages').getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false')
  await clerk.shot('templates-3-begin')
  await clerk.press(new RegExp(`^${stem('documents.ui.begin')}`))
  const desk = new DocumentDesk(clerk)
  await desk.text.waitFor()
  await desk.carries(title)
  await desk.carries('为做好主汛期防汛工作，现将有关事项通知如下：')
  await desk.replaceLine('【待填主送机关】', '各科室：')
  await desk.saved()
  await desk.mode('preview')
  await clerk.page.locator('.live-page').first().getByText('各科室：').waitFor()
  await clerk.shot('templates-4-preview')
  expect(story.complaints).toEqual([])
})

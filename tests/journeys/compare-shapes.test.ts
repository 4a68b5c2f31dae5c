/** A clerk works on a table and a figure and then reads in 对比 what was done to them, by name. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pngFile } from '../support/picture-file.ts'
import { para, picture, table, wordFile } from '../support/word-file.ts'
import { DocumentDesk } from './support/document-desk.ts'
import type { Person } from './support/person.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

const dir = mkdtempSync(join(tmpdir(), 'xiewen-shapes-'))
let story: Story
let clerk: Person
let desk: DocumentDesk

beforeAll(async () => {
  story = await openStory()
  clerk = await story.as('zhangxiaoyu')
  clerk.context.setDefaultTimeout(60_000)
  const body = [
    para('关于开展数据质量核查的通知'), para('各科室：'), para('请按下表和图1完成核查。'), para(picture('rImg0', { widthMm: 90 })),
    table([['序号', '任务', '时限'], ['1', '自查', '8月15日'], ['2', '抽查', '8月25日']], (index) => (index === 0 ? '<w:tblHeader/>' : '')),
    para('云州市政务服务数据管理局'), para('2026年8月1日'),
  ].join('')
  writeFileSync(join(dir, 'notice.docx'), wordFile({ pictures: [pngFile({ widthPx: 120, heightPx: 60 })], body }))
  await clerk.goto('/documents/new')
  await clerk.tab(w('documents.ui.new.import'))
  await clerk.page.getByLabel(w('documents.ui.import-drop')).setInputFiles(join(dir, 'notice.docx'))
  await clerk.press(w('documents.ui.desk.begin'))
  desk = new DocumentDesk(clerk)
  await desk.text.waitFor()
  await desk.saved()
  await leftTab()
  await clerk.press(w('documents.ui.versions.keep'))
  await clerk.page.getByRole('dialog').getByRole('button', { name: w('documents.ui.versions.keep') }).click()
  await clerk.page.getByRole('dialog').waitFor({ state: 'hidden' })
})
afterEach(({ task }) => (task.result?.state === 'fail' ? story.picture('compare-shapes-failed') : undefined))
afterAll(async () => {
  await story?.end()
  rmSync(dir, { recursive: true, force: true })
})

const leftTab = () => clerk.page.getByRole('tab', { name: w('documents.ui.left.versions') }).click()

/** Chooses an entry of a menu of the toolbar. */
async function choose(menu: string, entry: string): Promise<void> {
  await clerk.page.getByRole('toolbar', { name: w('documents.ui.toolbar') }).getByRole('button', { name: menu, exact: true }).click()
  await clerk.at('menuitem', entry, true).click()
}

/** Drags the mouse from the middle of the cell with the first words over those with the others. */
async function dragOver(...cells: readonly string[]): Promise<void> {
  for (const [index, words] of cells.entries()) {
    const box = await desk.text.locator('td, th').filter({ hasText: words }).boundingBox()
    if (!box) throw new Error('no cell')
    await clerk.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 })
    if (index === 0) await clerk.page.mouse.down()
  }
  await clerk.page.mouse.up()
}

test('the line of tools stays as high when the cursor enters a table, so that the text does not jump under the mouse', async () => {
  const tools = clerk.page.getByRole('toolbar', { name: w('documents.ui.toolbar') })
  const inTable = tools.getByRole('button', { name: w('documents.ui.table.tools'), exact: true })
  await desk.line('请按下表').click()
  await inTable.waitFor({ state: 'hidden' })
  const before = await tools.boundingBox()
  await desk.text.locator('td').first().click()
  await inTable.waitFor()
  expect((await tools.boundingBox())?.height).toBe(before?.height)
})

test('a chosen cell is never carried off by the mouse: dragging from it chooses anew and moves nothing', async () => {
  const table = desk.text.locator('table')
  const before = await table.locator('td, th').allInnerTexts()
  const chosen = () => table.locator('.selectedCell').allInnerTexts()
  await dragOver('自查', '8月15日', '自查')
  await expect.poll(chosen).toEqual(['自查'])
  await dragOver('自查', '抽查')
  expect(await table.locator('td, th').allInnerTexts()).toEqual(before)
  await expect.poll(chosen).toEqual(['自查', '抽查'])
})

test('cells merged, a table turned and a figure made narrower are named beside the text that stayed', async () => {
  const figure = desk.text.locator('figure')
  await figure.locator('figcaption').click()
  await choose(w('documents.ui.figure.tools'), w('documents.ui.figure.width', { width: 52 }))
  await expect.poll(() => figure.locator('img').evaluate((image: HTMLElement) => Math.round(Number.parseFloat(image.style.width)))).toBe(33)

  await dragOver('自查', '抽查')
  await choose(w('documents.ui.table.tools'), w('documents.ui.table.merge'))
  await desk.text.locator('td[rowspan="2"]').waitFor()
  await choose(w('documents.ui.table.tools'), w('documents.ui.table.landscape'))
  await desk.saved()
  await clerk.shot('compare-shapes-text')

  await clerk.page.getByRole('complementary', { name: w('documents.ui.left') }).getByRole('button', { name: w('documents.ui.versions.compare') }).first().click()
  const sheet = clerk.page.getByRole('dialog')
  for (const words of [
    w('documents.ui.compare.picture-width', { before: 90, after: 52 }),
    w('documents.ui.compare.landscape'),
    w('documents.ui.compare.merged', { row: 2, column: 2, rows: 2, columns: 1 }),
  ]) await sheet.getByText(words).waitFor()
  await clerk.shot('compare-shapes')
})

test('花脸稿 names the same on the screen, with who did it, and shows the table as a table', async () => {
  await clerk.page.keyboard.press('Escape')
  await clerk.at('dialog', /./).waitFor({ state: 'hidden' })
  await desk.line('请按下表').click({ clickCount: 3 })
  await clerk.page.keyboard.press('Control+b')
  await desk.saved()
  await desk.mode('redline')
  const redline = clerk.page.locator('.mode-redline')
  const noted = (key: string, params?: Record<string, number>) => redline.getByText(w('documents.ui.trace.noted', { words: w(`documents.ui.compare.${key}`, params), name: '张晓雨' }))
  for (const note of [
    noted('picture-width', { before: 90, after: 52 }), noted('landscape'), noted('merged', { row: 2, column: 2, rows: 2, columns: 1 }), noted('bold'),
  ]) await note.waitFor()
  await redline.locator('td[rowspan="2"]').filter({ hasText: '自查' }).waitFor()
  await clerk.shot('redline-shapes')
})

test('花脸稿 shows figures themselves: the one that stayed, one put in framed, one taken out crossed through', async () => {
  const redline = clerk.page.locator('.mode-redline')
  const widthOf = (op: string) => redline.locator(`.traced-picture.${op} img`).evaluate((image: HTMLImageElement) => image.naturalWidth)
  await expect.poll(() => widthOf('same')).toBe(120)
  await desk.mode('draft')
  await desk.text.locator('figure figcaption').click()
  await clerk.page.keyboard.press('Delete')
  await desk.text.locator('figure').waitFor({ state: 'detached' })
  await desk.line('请按下表').click()
  await clerk.page.getByLabel(w('documents.block.figure'), { exact: true }).setInputFiles({ name: 'new.png', mimeType: 'image/png', buffer: Buffer.from(pngFile({ widthPx: 200, heightPx: 80 })) })
  await desk.text.locator('figure').waitFor()
  // Enter in its empty caption goes on below, Backspace there comes back, and a caption becomes no other kind of line: the picture stays.
  await desk.text.locator('figure figcaption').click()
  await clerk.page.keyboard.press('Enter')
  await clerk.page.keyboard.type('图下接着写。')
  await desk.text.locator('figure + p').filter({ hasText: '图下接着写。' }).waitFor()
  await clerk.page.keyboard.press('Home')
  await clerk.page.keyboard.press('Backspace')
  await clerk.page.keyboard.press('Control+Alt+0')
  await clerk.page.keyboard.type('图示')
  await desk.text.locator('figure figcaption').filter({ hasText: /^图示$/u }).waitFor()
  await desk.saved()
  await desk.mode('redline')
  await expect.poll(() => widthOf('added')).toBe(200)
  await expect.poll(() => widthOf('removed')).toBe(120)
  for (const op of ['added', 'removed']) await redline.getByText(w('documents.ui.trace.noted', { words: w(`documents.ui.trace.picture-${op}`), name: '张晓雨' })).waitFor()
  await clerk.shot('redline-figures')
  await clerk.page.setViewportSize({ width: 390, height: 844 })
  await redline.locator('.traced-picture.removed').scrollIntoViewIfNeeded()
  await clerk.shot('redline-figures-phone')
  await clerk.page.setViewportSize({ width: 1440, height: 900 })
})

test('nobody’s console complained', () => expect(story.complaints).toEqual([]))

/** Draft → 送审 → 退回 opened and put away → 同意, by keyboard alone: every control is reached, and the focus is never lost. */
import { pathOf } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, type Story } from './support/story.ts'
import { stem, w } from './support/words.ts'

const draft = `关于开展政务数据共享自查工作的通知

各有关单位：

为进一步提升政务数据共享质量，现就有关事项通知如下。

一、自查内容

各单位要对照共享目录，逐项核对数据的完整性和准确性。

云州市政务服务数据管理局
2026年11月20日
`

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story?.end())

/** Where the keys go: the name of the control, `text` in the document, `page` where nothing has the focus. */
function focusOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return 'page'
    return at.isContentEditable ? 'text' : (at.getAttribute('aria-label') ?? at.innerText ?? at.tagName).replaceAll(/\s+/g, ' ').trim()
  })
}

/** Presses Tab until something is reached; throws after a hundred stops. */
async function tabTo(page: Page, isReached: (focus: string) => boolean): Promise<void> {
  for (let stop = 0; stop < 100; stop += 1) {
    await page.keyboard.press('Tab')
    const focus = await focusOf(page)
    if (isReached(focus)) return
    if (focus === 'page') throw new Error('the focus left the page')
  }
  throw new Error('not reached')
}

/** Brings the draft in as the page itself would. */
async function bringIn(page: Page): Promise<string> {
  const path = pathOf(documentsContract.importFile)
  const answer: unknown = await page.evaluate(
    async ([to, text]) => (await fetch(to, { method: 'POST', headers: { 'x-xiewen': '1', 'content-type': 'application/octet-stream' }, body: new TextEncoder().encode(text) })).json(),
    [path, draft] as const,
  )
  return documentsContract.importFile.output.parse(answer).documentId
}

test('a draft is submitted; Escape leads out of the text, where Tab is a level', async () => {
  const drafter = await story.as('zhangxiaoyu')
  await drafter.goto(`/documents/${await bringIn(drafter.page)}`)
  await drafter.at('textbox', w('documents.ui.text')).waitFor()
  await tabTo(drafter.page, (focus) => focus === 'text')
  await drafter.page.keyboard.press('Escape')
  expect(await focusOf(drafter.page)).not.toMatch(/^(page|text)$/)
  await tabTo(drafter.page, (focus) => focus.startsWith(w('workflow.ui.go.submit')))
  await drafter.page.keyboard.press('Enter')
  await drafter.sees(stem('workflow.ui.done.to'))
})

test('R in the inbox opens the return, Escape puts it away without losing the focus, A approves', async () => {
  const head = await story.as('liujianhua')
  const { page } = head
  await head.goto('/inbox')
  await head.at('row', /自查工作/).waitFor()
  await page.keyboard.press('r')
  await head.at('dialog', w('workflow.ui.return')).waitFor()
  expect(page.url()).not.toContain('act=')
  await page.keyboard.press('Escape')
  await head.at('dialog', w('workflow.ui.return')).waitFor({ state: 'detached' })
  expect(await focusOf(page)).not.toBe('page')
  const approve = head.at('region', w('ui.decision.bar')).getByRole('button', { name: stem('workflow.ui.go.approve') })
  await expect.poll(() => approve.isEnabled(), { timeout: 15_000 }).toBe(true)
  await page.keyboard.press('a')
  await head.sees(stem('workflow.ui.done.to'))
})

test('a sheet gives the focus back to the button that opened it', async () => {
  const { page } = await story.as('liujianhua')
  const help = page.getByRole('button', { name: new RegExp(w('shell.help')) }).first()
  await help.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: w('shell.help') }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: w('shell.help') }).waitFor({ state: 'detached' })
  expect(await help.evaluate((element) => element === document.activeElement)).toBe(true)
})

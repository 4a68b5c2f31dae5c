/** Three people revise one document: words, bold and levels, comments, settling by person, three views of the log, versions,
 * comparing, restoring, playing back. */
import { readFile } from 'node:fs/promises'
import { ApiClient, editLive } from '@xiewen/server'
import { directoryContract } from '@xiewen/shared/directory'
import { bodyOf, documentsContract, metaName, ydocVersion } from '@xiewen/shared/documents'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { DocumentDesk } from './support/document-desk.ts'
import type { Person } from './support/person.ts'
import { openStory, type Story } from './support/story.ts'
import { stem, w } from './support/words.ts'

const notice = `关于开展政务数据共享自查工作的通知

各有关单位：

为进一步提升政务数据共享质量，现就开展自查工作有关事项通知如下。

一、自查内容

各单位要对照共享目录，逐项核对数据的完整性和准确性。

自查方式

二、有关要求

请各单位于2026年12月31日前将自查情况报送我局。

云州市政务服务数据管理局
2026年11月20日
`

let story: Story
let path = ''
let hers: DocumentDesk
let his: DocumentDesk
let theirs: DocumentDesk

beforeAll(async () => {
  story = await openStory()
  const drafter = await story.as('zhangxiaoyu')
  // Three browsers and a server on two cores: slow is not wrong.
  for (const login of ['zhangxiaoyu', 'limingxuan', 'liujianhua']) (await story.as(login)).context.setDefaultTimeout(60_000)
  hers = new DocumentDesk(drafter)
  path = await hers.begin(notice)
  await hers.shareWith('李明轩', '刘建华')
  his = await new DocumentDesk(await story.as('limingxuan')).open(path)
  await holdMessages(await story.as('liujianhua'))
  theirs = await new DocumentDesk(await story.as('liujianhua')).open(path)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await story.picture('revision-failed')
})
afterAll(() => story?.end())

/** Lets the page keep what the server says until it is told to take it in, within one turn of the browser's loop. */
async function holdMessages(person: Person): Promise<void> {
  await person.page.addInitScript(() => {
    const held: (() => void)[] = []
    const world = window as unknown as { holding: boolean; release: () => number; held: () => number; WebSocket: typeof WebSocket }
    world.holding = false
    world.held = () => held.length
    world.release = () => {
      world.holding = false
      const count = held.length
      for (const act of held.splice(0)) act()
      return count
    }
    world.WebSocket = class extends WebSocket {
      override set onmessage(act: ((event: MessageEvent) => unknown) | null) {
        super.onmessage = (event) => {
          if (world.holding) held.push(() => act?.call(this, event))
          else act?.call(this, event)
        }
      }
    }
  })
}

function rightZone(desk: DocumentDesk): Locator {
  return desk.person.page.getByRole('complementary', { name: w('documents.ui.right') })
}

test('letters typed right after moving the caret stand where the caret went, although a colleague’s edit came in between', async () => {
  const { page } = theirs.person
  await theirs.line('请各单位于').click({ position: { x: 200, y: 8 } })
  await page.evaluate(() => void ((window as unknown as { holding: boolean }).holding = true))
  await his.typeAfter('现就开展自查工作', '此处为同事所加。')
  await expect.poll(() => page.evaluate(() => (window as unknown as { held: () => number }).held()), { timeout: 15_000 }).toBeGreaterThan(0)
  await theirs.line('各单位要对照').evaluate((element) => {
    // The caret goes elsewhere, and before the browser has told anybody the colleague's letters arrive.
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    if (text) getSelection()?.collapse(text, 3)
    ;(window as unknown as { release: () => number }).release()
  })
  await page.keyboard.type('都')
  await theirs.carries('此处为同事所加。')
  await theirs.carries('各单位都要对照')
  // On others' screens the caret's label stands right behind the letter.
  await hers.carries('各单位都')
})

test('a key pressed right after moving the caret acts where the caret went, although a colleague’s caret was drawn in between', async () => {
  const { page } = theirs.person
  await theirs.line('请各单位于').click({ position: { x: 200, y: 8 } })
  await theirs.line('各单位都要对照').evaluate((element) => {
    // The browser moves the caret and does not tell for a while.
    const hush = (event: Event) => event.stopImmediatePropagation()
    window.addEventListener('selectionchange', hush, { capture: true })
    Object.assign(window, { tellAgain: () => window.removeEventListener('selectionchange', hush, { capture: true }) })
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    if (text) getSelection()?.collapse(text, 3)
  })
  await his.line('有关要求').click()
  await theirs.line('有关要求').locator('.caret').waitFor()
  await page.keyboard.type('也')
  await page.evaluate(() => (window as unknown as { tellAgain: () => void }).tellAgain())
  await theirs.carries('各单位也都要对照')
  await page.keyboard.press('Backspace')
  await theirs.carries('各单位都要对照')
})

test('two colleagues revise words, bold and levels; each mark says whose it is', async () => {
  await his.mode('revise')
  await his.typeAfter('逐项核对数据', '并建立台账')
  await theirs.mode('revise')
  await theirs.line('二、有关要求').or(theirs.line('有关要求')).first().click({ clickCount: 3 })
  await theirs.person.page.keyboard.press('Control+b')
  await theirs.line('自查方式').click()
  await theirs.person.page.keyboard.press('Control+Alt+2')
  await theirs.line('请各单位于').click({ clickCount: 3 })
  await theirs.person.page.keyboard.press('End')
  for (let count = 0; count < 6; count += 1) await theirs.person.page.keyboard.press('Backspace')
  await his.saved()
  await theirs.saved()

  await hers.panel(w('documents.ui.panel.revision'))
  const panel = rightZone(hers)
  await panel.getByText('并建立台账').waitFor()
  await panel.getByText('自查方式').waitFor()
  await panel.getByText(stem('documents.ui.revision.bold')).first().waitFor()
  await panel.getByText('李明轩').first().waitFor()
  await panel.getByText(w('documents.step.drafting')).first().waitFor()
  await hers.person.shot('revision-panel')
})

test('a comment on a stretch of text is seen by all at once, answered and settled', async () => {
  await theirs.line('为进一步提升').click({ clickCount: 3 })
  await theirs.person.page.keyboard.press('Control+Alt+m')
  const box = theirs.person.page.getByRole('textbox', { name: w('documents.ui.comments.words') })
  await box.fill('请补充上级文件依据。')
  await box.press('Control+Enter')
  await theirs.text.locator('.comment-mark').first().waitFor()
  await theirs.person.shot('revision-comment')

  await hers.text.locator('.comment-mark').first().waitFor()
  await hers.text.locator('.comment-mark').first().click()
  const panel = rightZone(hers)
  await panel.getByText('请补充上级文件依据。').waitFor()
  await panel.getByText('刘建华').first().waitFor()
  await panel.getByRole('button', { name: w('documents.ui.comments.reply') }).first().click()
  await panel.getByRole('textbox', { name: w('documents.ui.comments.reply') }).fill('已补充。')
  await panel.getByRole('textbox', { name: w('documents.ui.comments.reply') }).press('Control+Enter')
  await panel.getByText('已补充。').waitFor()
  await hers.person.shot('revision-comment-answered')
  await panel.getByRole('button', { name: w('documents.ui.comments.resolve') }).click()
  await hers.text.locator('.comment-mark').waitFor({ state: 'detached' })
})

test('the drafter accepts one person’s revisions and rejects the other’s', async () => {
  await hers.panel(w('documents.ui.panel.revision'))
  await hers.person.choose(w('documents.ui.revision.person'), '李明轩')
  await hers.person.press(w('documents.ui.revision.accept-shown'))
  await rightZone(hers).getByText('并建立台账').waitFor({ state: 'hidden' })
  await hers.person.press(w('documents.ui.revision.reject-all'))
  await hers.person.sees(w('documents.ui.revision.none'))
  await hers.saved()
  expect(await hers.text.innerText()).toContain('并建立台账')
  expect(await hers.text.innerText()).toContain('报送我局。')
  expect(await hers.text.locator('strong').count()).toBe(0)
  expect(await hers.text.locator('.proposed').count()).toBe(0)
})

test('花脸稿 tells who changed what although all is settled, and one person’s alone; 清稿 shows the text', async () => {
  await hers.mode('redline')
  const added = hers.person.page.locator('.mode-redline ins').filter({ hasText: '并建立台账' })
  await added.waitFor()
  expect(await added.getAttribute('title')).toMatch(/^李明轩 · .*拟稿/)
  await hers.person.shot('revision-redline')
  await hers.mode('clean')
  await hers.person.shot('revision-clean')
  await hers.mode('draft')
})

test('a version is compared, restored as a new one, and the whole way is played back', async () => {
  const { page } = hers.person
  await page.getByRole('tab', { name: w('documents.ui.left.versions') }).click()
  const left = page.getByRole('complementary', { name: w('documents.ui.left') })
  await left.getByRole('button', { name: w('documents.ui.versions.compare') }).first().click()
  await page.getByRole('dialog').getByText('并建立台账').waitFor()
  await hers.person.shot('revision-compare')
  await page.getByRole('dialog').getByRole('button', { name: w('ui.close') }).click()

  await left.getByRole('button', { name: w('documents.ui.versions.restore') }).last().click()
  await page.getByRole('dialog').getByRole('button', { name: w('documents.ui.versions.restore') }).click()
  await left.getByText(stem('documents.ui.versions.before-restore')).waitFor()
  await left.getByText(/^恢复自初稿/).waitFor()
  await his.carries('并建立台账', 0)
  expect(await hers.text.innerText()).not.toContain('此处为同事所加')

  await left.getByRole('button', { name: w('documents.ui.playback') }).click()
  const player = page.getByRole('dialog', { name: w('documents.ui.playback') })
  await player.getByText(/^第 \d+ 步/).waitFor()
  await player.getByRole('button', { name: w('documents.ui.playback.back') }).click()
  await player.locator('ins, del').first().waitFor()
  await hers.person.shot('revision-playback')
  await player.getByText(w('documents.ui.playback.authors'), { exact: true }).click()
  await player.locator('span[title^="张晓雨"]').first().waitFor()
  // A finger cannot point at a word to learn whose it is.
  await player.locator('.redline-maker').filter({ hasText: '李明轩' }).waitFor()
  await hers.person.shot('revision-authors')
})

test('what is pasted from Word and WPS comes in as levels, paragraphs and tables, and the page says what it left out', async () => {
  const { page } = hers.person
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  for (const [file, words] of [['word', '市发展改革委'], ['wps', '各部门要压实责任，按月报送进展。']] as const) {
    await hers.line('请各单位于').click()
    await page.keyboard.press('End')
    const html = await readFile(new URL(`../support/clipboard/${file}.html`, import.meta.url), 'utf8')
    await hers.text.evaluate((element, pasted) => {
      const data = new DataTransfer()
      data.setData('text/html', pasted)
      data.setData('text/plain', 'x')
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, html)
    await hers.person.sees(new RegExp(`^${stem('documents.ui.pasted')}`))
    await hers.carries(words)
  }
  const text = await hers.text.innerText()
  for (const gone of ['此句已删', '隐藏的话', '[A1]']) expect(text).not.toContain(gone)
  expect(await hers.text.locator('.block-heading').filter({ hasText: '健全目录' }).getAttribute('data-level')).toBe('2')
  expect(await hers.text.locator('table').count()).toBe(1)
  expect(await hers.text.locator('[style*="font"]').count()).toBe(0)
  await hers.person.shot('revision-pasted')
})

test('words are found, counted and replaced in the whole text', async () => {
  const { page } = hers.person
  await hers.line('请各单位于').click()
  await page.keyboard.press('Control+h')
  const bar = page.getByRole('search', { name: w('documents.ui.finder') })
  await bar.getByRole('textbox', { name: w('documents.ui.finder.words') }).fill('自查')
  await bar.getByText(/^[3-9] 处/).waitFor()
  await hers.person.shot('revision-find')
  await bar.getByRole('textbox', { name: w('documents.ui.finder.replacement') }).fill('核查')
  await bar.getByRole('button', { name: w('documents.ui.finder.replace-all') }).click()
  await hers.carries('自查', 0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: w('documents.ui.keys') }).waitFor()
  await hers.person.shot('revision-keys')
})

test('a text written by a newer version is only shown, and not a letter of it is touched', async () => {
  const client = await ApiClient.signIn(story.office.server.url, story.office.tokens.get('wangjingyi') ?? '')
  const { documentId } = await client.upload(documentsContract.importFile, { fileName: 'newer.txt' }, new TextEncoder().encode(notice))
  await editLive(client, documentId, (doc) => {
    doc.getMap(metaName).set('version', ydocVersion + 1)
    const strange = new Y.XmlElement('hologram')
    strange.insert(0, [new Y.XmlText('将来的内容')])
    bodyOf(doc).insert(1, [strange])
  })
  const { posts } = await client.call(directoryContract.listPosts, { text: '张晓雨' })
  const post = posts.find((each) => each.personName === '张晓雨')
  if (!post) throw new Error('no post')
  await client.call(documentsContract.share, { documentId, postId: post.id, right: 'edit' })
  await hers.person.page.goto(`${story.office.server.url}/documents/${documentId}`)
  await hers.person.sees(w('documents.ui.newer-text'))
  await expect.poll(() => hers.person.page.getByRole('img', { name: /第 \d+ 页/ }).count(), { timeout: 30_000 }).toBeGreaterThan(0)
  expect(await hers.person.page.locator('[contenteditable=true]').count()).toBe(0)
  await editLive(client, documentId, (doc) => expect((bodyOf(doc).get(1) as Y.XmlElement).nodeName).toBe('hologram'))
})

test('nobody’s console complained', () => expect(story.complaints).toEqual([]))

/** The pages beside the text: laid out in the browser while somebody types, the same as the server's to the last digit. */
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { documentsContract, fontRoles, layoutDocument, openLenders, openMetrics, packedMetricsSchema, recogniseText } from '@xiewen/shared/documents'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { loadFonts } from '../../server/src/platform/fonts/index.ts'
import { formatSamples, generatedDocument } from '../support/sample-documents.ts'
import { DocumentDesk } from './support/document-desk.ts'
import { openStory, type Story } from './support/story.ts'
import { w } from './support/words.ts'

const notice = `关于开展政务数据共享自查工作的通知

各有关单位：

为进一步提升政务数据共享质量，现就开展自查工作有关事项通知如下。

一、自查内容

各单位要对照共享目录，逐项核对数据的完整性和准确性。

二、有关要求

请各单位于2026年12月31日前将自查情况报送我局。

云州市政务服务数据管理局
2026年11月20日
`

let story: Story
let path = ''
let hers: DocumentDesk

beforeAll(async () => {
  story = await openStory()
  const drafter = await story.as('zhangxiaoyu')
  drafter.context.setDefaultTimeout(60_000)
  hers = new DocumentDesk(drafter)
  path = await hers.begin(notice)
  await hers.shareWith('李明轩')
  await drafter.press(w('documents.ui.pages'))
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await story.picture('pages-failed')
})
afterAll(() => story?.end())

function sheets(): Locator {
  return hers.person.page.locator('.live-pages .live-page')
}

/** Waits until a page carries these words on one line. */
async function carries(words: string): Promise<void> {
  await sheets().locator('svg text', { hasText: words }).first().waitFor()
}

/** Where the sign of a line on the page is on screen, and where the layout put it (mm). */
function signAt(words: string): Promise<{ readonly left: number; readonly top: number }> {
  return sheets().locator('svg text', { hasText: words }).first().evaluate((element, wanted) => {
    const text = element as SVGTextElement
    text.scrollIntoView({ block: 'center' })
    const box = text.getExtentOfChar((text.textContent ?? '').indexOf(wanted))
    const point = new DOMPoint(box.x, box.y + box.height / 2).matrixTransform(text.getScreenCTM() ?? undefined)
    return { left: point.x, top: point.y }
  }, words)
}

test('what is typed stands on the page a moment later, drawn in the very faces that print', async () => {
  await carries('逐项核对数据的完整性')
  await hers.typeAfter('逐项核对数据', '𠮷林省㛃要求同步报送。')
  await carries('𠮷林省㛃要求')
  const faces = await hers.person.page.evaluate(async () => {
    await document.fonts.ready
    return [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family)
  })
  expect(new Set(faces)).toContain('xiewen-fangsong')
  await hers.person.shot('pages-beside')
})

test('every sign is drawn where the layout puts it, rare ones of two code units too', async () => {
  const worst = await sheets().locator('svg text').evaluateAll((elements) =>
    elements.reduce((most, element) => {
      const text = element as SVGTextElement
      const told = (text.getAttribute('x') ?? '').split(' ').map(Number)
      let unit = 0
      return [...(text.textContent ?? '')].reduce((far, sign, index) => {
        const drawn = text.getStartPositionOfChar(unit).x
        unit += sign.length
        return Math.max(far, Math.abs(drawn - (told[index] ?? NaN)))
      }, most)
    }, 0),
  )
  expect(worst / 10).toBeLessThan(0.01)
})

test('uncommon signs are named beside the pages: who lends them to which face, which nobody has, and how often', async () => {
  const { page } = hers.person
  // 𪛗 U+2A6D7 is in LXGW WenKai only; U+31350 in no face.
  await hers.typeAfter('要求同步报送。', '联系人：王\u{2A6D7}、李\u{2A6D7}\u{31350}。')
  const [before, after] = w('documents.ui.preview.lent', { role: w('documents.ui.typefaces.role.fangsong'), text: '|', count: '#', family: 'LXGW WenKai' }).split('|')
  // The 㛃 typed above is lent too.
  await page.getByText(new RegExp(`${before}[^”]*\u{2A6D7}${after?.replace('#', '[34]')}`, 'u')).waitFor()
  const place = w('documents.ui.preview.missing-place', { sign: '\u{31350}（U+31350）', pages: '1', count: 1 })
  await page.locator('.live-pages').getByText(place).waitFor()
  await hers.person.shot('pages-signs')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.locator('.live-pages').getByText(place).waitFor({ state: 'detached' })
})

test('a click on the page puts the cursor into the text at that place', async () => {
  const at = await signAt('对照共享')
  await hers.person.page.mouse.click(at.left + 1, at.top)
  await hers.person.page.keyboard.type('认真')
  await hers.carries('各单位要认真对照共享目录')
  await carries('认真对照共享目录')
})

test('the caret of a colleague stands on the page with their name', async () => {
  const his = await new DocumentDesk(await story.as('limingxuan')).open(path)
  await his.text.waitFor()
  await his.typeAfter('报送我局', '联系人另行通知。')
  await carries('另行通知')
  await sheets().locator('.page-caret[data-name="李明轩"]').waitFor()
  await sheets().locator('.page-caret.own').waitFor()
  await hers.person.shot('pages-colleague')
})

test('the page with the caret is kept in view', async () => {
  const { keyboard } = hers.person.page
  await hers.typeAtEnd('附记')
  for (let line = 0; line < 40; line += 1) await keyboard.press('Enter')
  await keyboard.type('末行在此')
  const own = hers.person.page.locator('.page-caret.own')
  await expect.poll(async () => {
    const [caret, box] = [await own.boundingBox(), await hers.person.page.locator('.live-pages').boundingBox()]
    return caret !== null && box !== null && caret.y > box.y && caret.y + caret.height < box.y + box.height
  }).toBe(true)
})

test('版式预览 shows the text as it is on screen, and a click leads back into it', async () => {
  await hers.mode('preview')
  await carries('认真对照共享目录')
  await hers.person.page.setViewportSize({ width: 390, height: 844 })
  await hers.person.shot('pages-phone')
  await hers.person.page.getByRole('checkbox', { name: w('documents.ui.preview.double') }).waitFor({ state: 'hidden' })
  await hers.person.page.setViewportSize({ width: 1440, height: 900 })
  const at = await signAt('目录')
  await hers.person.page.mouse.click(at.left + 1, at.top)
  await hers.text.waitFor()
  await hers.person.page.keyboard.type('统一')
  await hers.carries('对照共享统一目录')
})

test('双页 shows the pages as bound: odd ones on the right, the first alone; a phone has them one under the other', async () => {
  const { page } = hers.person
  await hers.mode('preview')
  await page.getByRole('checkbox', { name: w('documents.ui.preview.double') }).check()
  await sheets().nth(2).waitFor()
  const places = () => sheets().evaluateAll((all) => all.slice(0, 3).map((each) => each.getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top })))
  const [first, second, third] = await places()
  expect(second?.top).toBeGreaterThan(first?.top ?? NaN)
  expect([third?.top, third?.left]).toEqual([second?.top, first?.left])
  expect(second?.right).toBeLessThan(third?.left ?? NaN)
  await hers.person.shot('pages-double')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(new Set((await places()).map(({ left }) => left)).size).toBe(1)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('checkbox', { name: w('documents.ui.preview.double') }).uncheck()
})

test('Chromium lays every real and generated document out as Node does, byte for byte', async () => {
  const real = readdirSync(new URL('../support/real-documents', import.meta.url)).filter((name) => name.endsWith('.txt'))
  const documents = [
    ...real.map((name) => recogniseText(readFileSync(new URL(`../support/real-documents/${name}`, import.meta.url), 'utf8')).document),
    ...Object.values(formatSamples()),
    ...Array.from({ length: 24 }, (_each, seed) => generatedDocument(seed + 300)),
  ]
  // As the office under test has it: nothing in a folder of its own.
  const fonts = await loadFonts({ dataDir: join(tmpdir(), 'xiewen-no-typefaces') })
  const client = await story.office.as('liujianhua')
  const { fingerprint } = await client.call(documentsContract.faces, {})
  expect(fingerprint).toBe(fonts.metrics.fingerprint)
  const { bytes } = await client.download(documentsContract.faceWidths, { fingerprint })
  const packed = packedMetricsSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8')))
  const opened = openMetrics(packed)
  for (const role of ['fangsong', 'heiti'] as const) for (let codePoint = 32; codePoint < 0x20000; codePoint += 7) if (opened.advance(role, codePoint) !== fonts.metrics.advance(role, codePoint)) throw new Error(`${role} ${codePoint}`)
  const lender = openLenders(packed)
  for (const role of fontRoles) for (let codePoint = 0x3400; codePoint < 0x2ceb0; codePoint += 11) if (isHan(codePoint) && lender(role, codePoint) !== fonts.lender(role, codePoint)) throw new Error(`${role} ${codePoint}`)
  const program = await workerAddress()
  const seen = await hers.person.page.evaluate(layInBrowser, { program, packed, documents })
  documents.forEach((document, index) => {
    const layout = layoutDocument(document, fonts.metrics, { showChanges: index % 2 === 1 })
    expect(seen[index] === JSON.stringify(layout.pages.map((page) => page.items)), `document ${index}`).toBe(true)
  })
})

function isHan(codePoint: number): boolean {
  return /\p{Script=Han}/u.test(String.fromCodePoint(codePoint))
}

/** Where the built interface has its layout worker. */
async function workerAddress(): Promise<string> {
  const loaded = await hers.person.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name))
  const found = loaded.find((name) => name.includes('layout-worker'))
  if (found === undefined) throw new Error('the window has loaded no layout worker')
  return new URL(found).pathname
}

/** Runs in the page: the product's own worker lays out each document; all pages come back as JSON. */
async function layInBrowser({ program, packed, documents }: { readonly program: string; readonly packed: unknown; readonly documents: readonly { readonly elements: unknown; readonly blocks: readonly unknown[] }[] }): Promise<readonly string[]> {
  const worker = new Worker(program, { type: 'module' })
  worker.postMessage({ kind: 'metrics', packed })
  const texts: string[] = []
  let removed = 0
  for (const [index, { elements, blocks }] of documents.entries()) {
    const answer = new Promise<{ readonly pages: readonly { readonly items: unknown }[] }>((resolve, reject) => {
      // In a quiet moment the worker tells uncommon signs as well; those are no pages.
      const take = (event: MessageEvent) => {
        if (event.data.kind !== 'laid') return
        worker.removeEventListener('message', take)
        resolve(event.data)
      }
      worker.addEventListener('message', take)
      worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true })
    })
    worker.postMessage({ kind: 'lay', change: { elements, from: 0, removed, blocks }, showChanges: index % 2 === 1, first: 0, last: 5000, spots: [] })
    removed = blocks.length
    texts.push(JSON.stringify((await answer).pages.map((page) => page.items)))
  }
  worker.terminate()
  return texts
}

test('where the widths cannot be had the server’s pages stand in, and it is said', async () => {
  const { page } = hers.person
  hers.person.expectRefusal('face-widths')
  await page.route('**/api/documents/face-widths*', (route) => route.fulfill({ status: 503, body: '' }))
  await page.reload()
  await page.getByText(w('documents.ui.pages.from-server')).waitFor()
  await page.getByRole('img', { name: w('documents.ui.preview.page', { page: 1 }) }).waitFor()
})

test('nothing went wrong in any window', () => {
  expect(story.complaints).toEqual([])
})

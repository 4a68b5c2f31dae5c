/** A clerk brings files in, sets right what was guessed, and takes the document out in every form; what comes down is opened. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { exportFormats } from '@xiewen/shared/documents'
import { ensureDebianPackage } from '../support/debian-packages.ts'
import { pngFile } from '../support/picture-file.ts'
import { para, picture, run, table, wordFile } from '../support/word-file.ts'
import { DocumentDesk } from './support/document-desk.ts'
import type { Person } from './support/person.ts'
import { openStory, type Story } from './support/story.ts'
import { stem, w } from './support/words.ts'

const title = '云州市政务服务数据管理局关于开展数据质量核查的通知'
const dir = mkdtempSync(join(tmpdir(), 'xiewen-import-'))
let story: Story
let clerk: Person

beforeAll(async () => {
  await ensureDebianPackage('poppler-utils', '/usr/bin/pdftotext')
  await ensureDebianPackage('unzip', '/usr/bin/unzip')
  story = await openStory()
  clerk = await story.as('zhangxiaoyu')
  clerk.context.setDefaultTimeout(60_000)
})
afterEach(({ task }) => (task.result?.state === 'fail' ? story.picture('import-export-failed') : undefined))
afterAll(async () => {
  await story.end()
  rmSync(dir, { recursive: true, force: true })
})

/** Hands a file to the import desk. */
async function handIn(name: string, bytes: Uint8Array | string): Promise<void> {
  writeFileSync(join(dir, name), bytes)
  await clerk.page.getByLabel(w('documents.ui.import-drop')).setInputFiles(join(dir, name))
}

const desk = () => clerk.page.locator('.import-desk')
const result = () => desk().locator('.desk-result li')

test('files that cannot be read say why and what to do', async () => {
  await clerk.goto('/documents/new')
  await clerk.tab(w('documents.ui.new.import'))
  clerk.expectRefusal('documents.recognise')
  clerk.expectRefusal('/api/documents')
  await handIn('旧稿.doc', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'))
  await clerk.sees(stem('documents.old-office-file'))
  await clerk.shot('import-1-old-file')
  await handIn('坏.docx', wordFile({ body: para('正文。') }).subarray(0, 200))
  await clerk.sees(stem('documents.damaged-file'))
})

test('a text of an older system (GB18030) and Markdown are read', async () => {
  const text = `${title}\n各科室：\n　　现将有关事项通知如下。\n　　一、核查范围\n　　全部数据目录。\n云州市政务服务数据管理局\n2026年8月1日\n`
  await handIn('通知.txt', execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text }))
  await result().filter({ hasText: title }).waitFor()
  expect(await result().filter({ hasText: '一、核查范围' }).count()).toBe(1)
  await clerk.press(w('documents.ui.desk.again'))
  await clerk.tab(w('documents.ui.new.import'))
  await handIn('通知.md', `# ${title}\n\n各科室：\n\n## 核查范围\n\n全部**数据目录**。\n`)
  await result().filter({ hasText: '一、核查范围' }).waitFor()
  await clerk.press(w('documents.ui.desk.again'))
  await clerk.tab(w('documents.ui.new.import'))
})

test('a Word file is corrected at the desk: a wrong guess set right, words put back, then the draft', async () => {
  const mark = 'w:author="王强" w:date="2026-07-01T00:00:00Z"'
  await handIn('通知.docx', wordFile({
    pictures: [pngFile({ widthPx: 120, heightPx: 60 })],
    styles: '<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/></w:style><w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/></w:style>',
    body: [
      para('特急'), para('云州市政务服务数据管理局文件', '<w:jc w:val="center"/>'), para('云政数发〔2026〕9号'), para(title), para('各科室：'),
      para(`${run('请于')}<w:del w:id="1" ${mark}><w:r><w:delText>七月</w:delText></w:r></w:del><w:ins w:id="2" ${mark}>${run('八月')}</w:ins>${run('底前完成核查。')}${run('内部口径另行通知。', '<w:vanish/>')}`),
      para('核查方法', '<w:pStyle w:val="h1"/>'), para('流程见图1。'), para(picture('rImg0', { widthMm: 90 })), para('图1　核查流程', '<w:pStyle w:val="cap"/>'),
      para(picture('rImg0', { name: '印章', floats: true })),
      table([['序号', '任务', '时限'], ['1', '自查', '8月15日'], ['2', '抽查', '8月25日']], (index) => (index === 0 ? '<w:tblHeader/>' : '')),
      para('云州市政务服务数据管理局'), para('2026年8月1日'),
    ].join(''),
  }))
  await result().filter({ hasText: title }).waitFor()
  for (const words of [w('documents.import.image-floating'), w('documents.import.hidden-text'), w('documents.urgency.extra-urgent'), '王强 +1 −1']) await clerk.sees(words)
  await clerk.shot('import-2-desk')
  await clerk.page.setViewportSize({ width: 390, height: 844 })
  await clerk.shot('import-3-desk-phone')
  expect(await clerk.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await clerk.page.setViewportSize({ width: 1440, height: 900 })
  const guess = desk().locator('.desk-list li').filter({ hasText: '核查方法' })
  await guess.getByRole('combobox').click()
  await clerk.option(w('documents.ui.desk.heading', { level: 2 })).click()
  await result().filter({ hasText: '（一）核查方法' }).waitFor()
  // The pages follow every correction.
  const pages = clerk.page.locator('.drawn-pages .live-page')
  await pages.first().getByText('（一）').waitFor()
  await pages.first().scrollIntoViewIfNeeded()
  await clerk.shot('import-2b-pages')
  await desk().locator('.desk-list li').filter({ hasText: '内部口径另行通知。' }).getByRole('button', { name: w('documents.ui.desk.put-back') }).click()
  await result().last().filter({ hasText: '内部口径另行通知。' }).waitFor()
  await clerk.press(w('documents.ui.desk.begin'))
  const page = new DocumentDesk(clerk)
  await page.text.waitFor()
  await page.saved()
  await page.carries('核查方法')
  await page.carries('内部口径另行通知。')
  const figure = page.text.locator('figure img')
  await expect.poll(() => figure.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 20_000 }).toBe(120)
  await clerk.shot('import-4-document')
  // Who made a revision is the account; whom the file names stands beside it, as what the file says.
  await clerk.tab(w('documents.ui.panel.revision'))
  await clerk.sees(w('documents.ui.revision.from-word', { author: '王强' }))
  await clerk.sees('2026-07-01 00:00')
  await clerk.shot('import-5-word-author')
})

/** Presses an entry of the menu and fetches the address it opens a window with, in the same session: what a headless browser does
 * with a window of a PDF differs from version to version. */
async function fetched(name: string): Promise<Buffer> {
  await clerk.press(w('documents.ui.more-acts'), false)
  await clerk.at('menuitem', name, true).click()
  // While the menu goes, the next press on its button could be taken for the one that closes it.
  await clerk.at('menuitem', name, true).waitFor({ state: 'hidden' })
  await expect.poll(() => clerk.page.evaluate(() => sessionStorage.getItem('opened') ?? ''), { timeout: 15_000 }).not.toBe('')
  const address = await clerk.page.evaluate(() => {
    const opened = sessionStorage.getItem('opened') ?? ''
    sessionStorage.removeItem('opened')
    return new URL(opened, location.href).href
  })
  const answer = await clerk.context.request.get(address)
  expect(answer.status()).toBe(200)
  return answer.body()
}

function textOfPdf(bytes: Buffer): string {
  const file = join(dir, 'x.pdf')
  writeFileSync(file, bytes)
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).replace(/\s+/g, '')
}

/** A part of an archive, read by another program than ours. */
function partOf(bytes: Buffer, name: string): string {
  const file = join(dir, 'x.zip')
  writeFileSync(file, bytes)
  return execFileSync('unzip', ['-p', file, name], { encoding: 'utf8' })
}

test('the document leaves as archive PDF, OFD, Word, text, structured file and metadata', async () => {
  await clerk.page.evaluate(() => {
    window.open = (address) => {
      sessionStorage.setItem('opened', String(address))
      return null
    }
  })
  const pdf = await fetched(w('documents.ui.pdf'))
  expect(textOfPdf(pdf)).toContain('请于八月底前完成核查。')
  expect(pdf.toString('latin1')).toContain('pdfaid:part')
  expect(textOfPdf(await fetched(w('documents.ui.redline-pdf')))).toContain('请于七月八月底前完成核查。')
  for (const name of ['ofd', 'redline-ofd']) {
    const ofd = await fetched(w(`documents.ui.${name}`))
    expect(partOf(ofd, 'OFD.xml')).toContain('ofd')
  }
  expect((await fetched(w('documents.ui.plain-text'))).toString()).toContain('（一）核查方法')
  const files = new Map<string, Buffer>()
  for (const format of exportFormats) files.set(format, await fetched(w(`documents.ui.export.${format}`)))
  const word = (format: string): string => partOf(files.get(format) ?? Buffer.alloc(0), 'word/document.xml')
  expect(word('docx')).toContain('<w:drawing>')
  expect(word('docx')).not.toContain('<w:del ')
  // The author the imported file named, not the account that brought it in.
  expect(word('docx-changes')).toMatch(/<w:del [^>]*w:author="王强"/)
  expect(JSON.parse(files.get('json')?.toString() ?? '')).toMatchObject({ version: 1, elements: { urgency: 'extra-urgent' } })
  expect(files.get('metadata-xml')?.toString()).toContain(`<标题>${title}</标题>`)
  expect(JSON.parse(files.get('metadata-json')?.toString() ?? '')).toMatchObject({ 紧急程度: ['特急'] })
  expect(story.complaints).toEqual([])
})

// `npm run bench:docx`: does LibreOffice show our Word files as our own layout does? Lines a page, and lines that are the same,
// against the PDF of our renderer, on the real documents and the demonstration's. Installs Debian's LibreOffice where it may.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from '../../server/bin/ensure-installed.mjs'

ensureInstalled()
const { ensureBuilt } = await import('../../server/bin/build.mjs')
ensureBuilt()

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = (path) => import(new URL(`../../server/dist/${path}`, import.meta.url).href)
const { recogniseText, layoutDocument } = await import('@xiewen/shared/documents')
const { writeDocx } = await built('documents/export/index.js')
const { renderPdf } = await built('documents/render/index.js')
const { loadFonts } = await built('platform/fonts/index.js')

if (!existsSync('/usr/bin/soffice')) spawnSync('/usr/bin/apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '-q', '--no-install-recommends', 'libreoffice-writer-nogui'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
if (!existsSync('/usr/bin/soffice')) throw new Error('This bench needs LibreOffice: sudo apt-get install libreoffice-writer-nogui')

// `KEEP=DIR` keeps both PDFs of every document, to be looked at side by side.
const dir = process.env.KEEP ?? mkdtempSync(join(tmpdir(), 'xiewen-docx-'))
const sources = [
  ...['zhanjiang-2022-work-points', 'quzhou-2018-action-plan'].map((name) => [name, `tests/support/real-documents/${name}.txt`]),
  ...['notice', 'request', 'report', 'letter'].map((name) => [name, `server/demonstration/${name}.txt`]),
  ['report-with-table', 'server/demonstration/report.txt'],
]

/** A document with what flowing text has not: a figure, a table over pages with joined cells, text after both. */
function withTableAndFigure(document) {
  const at = document.blocks.findIndex((block) => block.kind === 'heading')
  const cell = (text, columns = 1, rows = 1) => ({ columns, ...(rows > 1 ? { rows } : {}), runs: [{ text }] })
  const rows = Array.from({ length: 26 }, (_row, index) => ({
    header: false,
    cells: [cell(String(index + 1)), ...(index % 2 === 0 ? [cell('市财政局、市审计局', 1, 2)] : []), cell(`第${index + 1}项：完善预算管理制度，压减一般性支出，${'盘活存量资金，'.repeat(index % 3)}按月报送进度。`), cell('2026年9月底前')],
  }))
  const head = { header: true, cells: ['序号', '责任单位', '工作任务', '完成时限'].map((text) => cell(text)) }
  const figure = { kind: 'figure', image: { digest, widthPx: 60, heightPx: 30, widthMm: 100 }, runs: [{ text: '图1　工作流程' }] }
  return { ...document, blocks: [...document.blocks.slice(0, at + 2), figure, { kind: 'table', rows: [head, ...rows] }, ...document.blocks.slice(at + 2)] }
}

/** A grey picture of 60 by 30. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAADwAAAAeCAAAAABV8yKTAAAAHElEQVR42mPYQgFgGNU8qnlU86jmUc2jmoezZgCvGvHdT1KvggAAAABJRU5ErkJggg==', 'base64')
const digest = 'ab'.repeat(32)
const pictures = new Map([[digest, picture]])

/** Comments (批注) on a word, over two paragraphs and on the whole, with an answer: what LibreOffice must find in the file again. */
const threads = [
  { range: { from: { block: 1, cell: 0, offset: 0 }, to: { block: 1, cell: 0, offset: 2 } }, isResolved: false, comments: [{ author: '王强', at: '2026-07-01T08:30:00Z', body: '请核对。\n两行。' }, { author: '李明', at: null, body: '已核。' }] },
  { range: { from: { block: 2, cell: 0, offset: 1 }, to: { block: 3, cell: 0, offset: 2 } }, isResolved: true, comments: [{ author: '赵敏', at: null, body: '改好了。' }] },
  { range: null, isResolved: false, comments: [{ author: '王强', at: null, body: '全文再读。' }] },
]

/** What LibreOffice reads of the comments: writer and first words, and how many have a range. */
function commentsIn(file) {
  const xml = readFileSync(file, 'utf8')
  const told = [...xml.matchAll(/<office:annotation [^>]*>.*?<\/office:annotation>/gs)].map(([each]) => `${/<dc:creator>([^<]*)/.exec(each)?.[1]}：${each.replace(/<(?:dc:creator|dc:date|meta:creator-initials)[^>]*>[^<]*<\/[^>]*>/g, '').replace(/<[^>]*>/g, '').replaceAll(/\s+/g, '')}`)
  return { told: told.sort(), ranges: [...xml.matchAll(/<office:annotation-end /g)].length }
}

/** Lines of each page without blanks and page numbers. */
function linesOf(pdf) {
  const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\f').slice(0, -1)
  return pages.map((page) => page.split('\n').map((line) => line.replace(/\s+/g, '')).filter((line) => line !== '' && !/^—\d+—$/.test(line)))
}

try {
  const fonts = await loadFonts({ dataDir: join(dir, 'fonts') })
  for (const [name, path] of sources) {
    const read = recogniseText(readFileSync(join(root, path), 'utf8')).document
    const document = name === 'report-with-table' ? withTableAndFigure(read) : read
    const layout = layoutDocument(document, fonts.metrics)
    writeFileSync(join(dir, `${name}.docx`), writeDocx(document, layout, { title: name, author: '', pictures, metrics: fonts.metrics, makers: null, threads: [] }))
    writeFileSync(join(dir, `${name}-ours.pdf`), await renderPdf(layout, fonts, { title: name, author: '', creationDate: 0 }, pictures))
  }
  const commented = recogniseText(readFileSync(join(root, sources[0][1]), 'utf8')).document
  writeFileSync(join(dir, 'commented.docx'), writeDocx(commented, layoutDocument(commented, fonts.metrics), { title: '', author: '', pictures, metrics: fonts.metrics, makers: new Map(), threads }))
  execFileSync('/usr/bin/soffice', [`-env:UserInstallation=file://${dir}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', dir, ...sources.map(([name]) => join(dir, `${name}.docx`))], { stdio: 'ignore' })
  execFileSync('/usr/bin/soffice', [`-env:UserInstallation=file://${dir}/profile`, '--headless', '--convert-to', 'fodt', '--outdir', dir, join(dir, 'commented.docx')], { stdio: 'ignore' })
  const comments = commentsIn(join(dir, 'commented.fodt'))
  const results = sources.map(([name]) => {
    const [ours, theirs] = [linesOf(join(dir, `${name}-ours.pdf`)), linesOf(join(dir, `${name}.pdf`))]
    const offs = ours.map((page, index) => Math.abs(page.length - (theirs[index]?.length ?? 0)))
    const known = new Set(theirs.flat())
    const all = ours.flat()
    return { document: name, pages: { ours: ours.length, libreOffice: theirs.length }, mostLinesOffOnAPage: Math.max(...offs), sameLines: Math.round((all.filter((line) => known.has(line)).length / all.length) * 1000) / 1000 }
  })
  const within = results.every((result) => result.pages.ours === result.pages.libreOffice && result.mostLinesOffOnAPage <= 1)
  const commentsKept = comments.told.join('|') === ['李明：已核。', '王强：全文再读。', '王强：请核对。两行。', '赵敏：改好了。'].sort().join('|') && comments.ranges === 3
  process.stdout.write(`${JSON.stringify({ bench: 'docx', peer: 'LibreOffice', withinOneLine: within, commentsKept, comments, results }, null, 2)}\n`)
  process.exitCode = within && commentsKept ? 0 : 1
} finally {
  if (process.env.KEEP === undefined) rmSync(dir, { recursive: true, force: true })
}

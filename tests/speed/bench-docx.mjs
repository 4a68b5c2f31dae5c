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

const dir = mkdtempSync(join(tmpdir(), 'xiewen-docx-'))
const sources = [
  ...['zhanjiang-2022-work-points', 'quzhou-2018-action-plan'].map((name) => [name, `tests/support/real-documents/${name}.txt`]),
  ...['notice', 'request', 'report', 'letter'].map((name) => [name, `server/demonstration/${name}.txt`]),
]

/** Lines of each page without blanks and page numbers. */
function linesOf(pdf) {
  const pages = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\f').slice(0, -1)
  return pages.map((page) => page.split('\n').map((line) => line.replace(/\s+/g, '')).filter((line) => line !== '' && !/^—\d+—$/.test(line)))
}

try {
  const fonts = await loadFonts({ dataDir: join(dir, 'fonts') })
  for (const [name, path] of sources) {
    const { document } = recogniseText(readFileSync(join(root, path), 'utf8'))
    const layout = layoutDocument(document, fonts.metrics)
    writeFileSync(join(dir, `${name}.docx`), writeDocx(document, layout, { title: name, author: '', pictures: new Map(), metrics: fonts.metrics, makers: null }))
    writeFileSync(join(dir, `${name}-ours.pdf`), await renderPdf(layout, fonts, { title: name, author: '', creationDate: 0 }))
  }
  execFileSync('/usr/bin/soffice', [`-env:UserInstallation=file://${dir}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', dir, ...sources.map(([name]) => join(dir, `${name}.docx`))], { stdio: 'ignore' })
  const results = sources.map(([name]) => {
    const [ours, theirs] = [linesOf(join(dir, `${name}-ours.pdf`)), linesOf(join(dir, `${name}.pdf`))]
    const offs = ours.map((page, index) => Math.abs(page.length - (theirs[index]?.length ?? 0)))
    const known = new Set(theirs.flat())
    const all = ours.flat()
    return { document: name, pages: { ours: ours.length, libreOffice: theirs.length }, mostLinesOffOnAPage: Math.max(...offs), sameLines: Math.round((all.filter((line) => known.has(line)).length / all.length) * 1000) / 1000 }
  })
  const within = results.every((result) => result.pages.ours === result.pages.libreOffice && result.mostLinesOffOnAPage <= 1)
  process.stdout.write(`${JSON.stringify({ bench: 'docx', peer: 'LibreOffice', withinOneLine: within, results }, null, 2)}\n`)
  process.exitCode = within ? 0 : 1
} finally {
  rmSync(dir, { recursive: true, force: true })
}

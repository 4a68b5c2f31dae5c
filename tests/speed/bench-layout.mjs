// `npm run bench:layout`: how long a 100-page document takes to lay out in Node, one keystroke in Chromium, and a 10-page
// document from text to PDF as a whole process beside LibreOffice and Chromium on the same text. Prints JSON.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../server/bin/build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(join(root, 'desktop/package.json'))
const chromium = process.env.XIEWEN_CHROMIUM ?? '/usr/bin/chromium'
const rounds = Number(process.env.XIEWEN_BENCH_ROUNDS ?? 5)
ensureBuilt()
const { recogniseText, layoutDocument } = await import('../../shared/dist/documents/index.js')
const { loadFonts, sharedFontCache } = await import('../../server/dist/platform/fonts/index.js')

const work = mkdtempSync(join(tmpdir(), 'xiewen-bench-layout-'))
const source = readFileSync(join(root, 'tests/support/real-documents/zhanjiang-2022-work-points.txt'), 'utf8')
const { document } = recogniseText(source)
const bodies = document.blocks.filter((block) => block.kind === 'paragraph' || block.kind === 'heading')

/** The real text repeated until it has that many signs. */
function textOf(signs) {
  const blocks = document.blocks.slice(0, 2)
  let count = 0
  for (let at = 0; count < signs; at += 1) {
    // Each an object of its own, as in any document.
    const block = { ...bodies[at % bodies.length] }
    blocks.push(block)
    count += block.runs.reduce((sum, run) => sum + run.text.length, 0)
  }
  return { document: { ...document, blocks }, signs: count }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]
}

function round(value) {
  return Math.round(value * 10) / 10
}

/** Layout of the long text in a fresh process: modules loaded, nothing warmed up; every page painted. */
function coldLayout() {
  const script = join(work, 'cold.mjs')
  writeFileSync(join(work, 'long.json'), JSON.stringify(textOf(58_000).document))
  writeFileSync(script, `
import { readFileSync } from 'node:fs'
import { layoutDocument } from ${JSON.stringify(join(root, 'shared/dist/documents/index.js'))}
import { loadFonts, sharedFontCache } from ${JSON.stringify(join(root, 'server/dist/platform/fonts/index.js'))}
const document = JSON.parse(readFileSync(${JSON.stringify(join(work, 'long.json'))}, 'utf8'))
const fonts = await loadFonts({ dataDir: sharedFontCache() })
const start = performance.now()
const layout = layoutDocument(document, fonts.metrics)
const laid = performance.now()
let items = 0
for (const page of layout.pages) items += page.items.length
console.log(JSON.stringify({ pages: layout.pages.length, items, layoutMs: laid - start, paintedMs: performance.now() - start }))
`)
  const runs = Array.from({ length: rounds }, () => JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })))
  return { pages: runs[0].pages, layoutMs: round(median(runs.map((run) => run.layoutMs))), withAllPagesPaintedMs: round(median(runs.map((run) => run.paintedMs))), aimMs: 300 }
}

/** One keystroke in the middle of the long text, in the browser. */
async function keystrokes() {
  if (!existsSync(chromium)) return { skipped: `no Chromium at ${chromium}` }
  const { rolldown } = await import(require.resolve('rolldown'))
  const bundle = await rolldown({ input: join(root, 'tests/speed/layout-page.mjs'), logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'iife' })
  const fonts = await loadFonts({ dataDir: sharedFontCache() })
  const { document: long } = textOf(58_000)
  const widths = Object.fromEntries(['fangsong', 'xiaobiaosong', 'heiti', 'kaiti', 'songti'].map((role) => [role, {}]))
  const recording = { fingerprint: 'bench', advance: (role, codePoint) => (widths[role][codePoint] ??= fonts.metrics.advance(role, codePoint)) }
  layoutDocument(long, recording)
  const { chromium: launcher } = await import('playwright-core')
  const browser = await launcher.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] })
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: output[0].code })
    const { pages, times } = await page.evaluate((given) => globalThis.measureKeystrokes(given), { document: long, widths, count: 200 })
    // The first ones warm the engine up, as the first seconds of typing do.
    const warm = times.slice(20)
    return { pages, keystrokes: warm.length, p50Ms: round(quantile(warm, 0.5)), p95Ms: round(quantile(warm, 0.95)), aimMs: 16 }
  } finally {
    await browser.close()
  }
}

function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function timed(program, args, env = {}) {
  const start = performance.now()
  const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 120_000 })
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr || done.error}`)
  return performance.now() - start
}

/** The whole way from a text file to a PDF, each program as a process of its own. */
function processes() {
  const { document: ten } = textOf(5_300)
  const plain = ten.blocks.map((block) => block.runs.map((run) => run.text).join('')).join('\n')
  const [text, html] = [join(work, 'ten.txt'), join(work, 'ten.html')]
  writeFileSync(text, plain)
  writeFileSync(html, `<!doctype html><meta charset="utf-8"><style>@page{size:A4;margin:37mm 26mm 35mm 28mm}p{font:16pt/29.6pt "Noto Serif CJK SC";text-indent:2em;margin:0}</style>${plain.split('\n').map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`)
  const ours = join(work, 'ours.pdf')
  const contestants = {
    xiewen: () => timed(process.execPath, [join(root, 'server/bin/xiewen.mjs'), 'typeset', text, '--pdf', ours]),
    ...(ensureLibreOffice() ? { libreoffice: () => timed('libreoffice', [`-env:UserInstallation=file://${join(work, 'profile')}`, '--headless', '--convert-to', 'pdf', '--outdir', work, text]) } : {}),
    ...(existsSync(chromium) ? { chromium: () => timed(chromium, ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', `--user-data-dir=${join(work, 'chromium')}`, '--no-pdf-header-footer', `--print-to-pdf=${join(work, 'chromium.pdf')}`, html]) } : {}),
  }
  // Everyone once before the clock runs: profiles are made, files are in the cache of the system.
  for (const run of Object.values(contestants)) run()
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]))
  for (let at = 0; at < rounds; at += 1) for (const [name, run] of Object.entries(contestants)) times[name].push(run())
  const medians = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, round(median(values))]))
  const ratio = (name) => (medians[name] === undefined ? null : round(medians[name] / medians.xiewen))
  return {
    medianMs: medians,
    fasterThanLibreOffice: ratio('libreoffice'), aimLibreOffice: 8,
    fasterThanChromium: ratio('chromium'), aimChromium: 3,
    pdfBytes: statSync(ours).size, aimBytes: 250_000,
    distinctSigns: new Set(plain).size,
    libreofficeBytes: existsSync(join(work, 'ten.pdf')) ? statSync(join(work, 'ten.pdf')).size : null,
  }
}

/** LibreOffice is installed when we may; without it the comparison says so. */
function ensureLibreOffice() {
  if (existsSync('/usr/bin/libreoffice')) return true
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', 'libreoffice-writer-nogui'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  return existsSync('/usr/bin/libreoffice')
}

try {
  const result = { bench: 'layout', cold: coldLayout(), keystroke: await keystrokes(), process: processes() }
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

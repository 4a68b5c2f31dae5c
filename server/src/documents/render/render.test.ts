import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyElements, type GlyphRun, layoutDocument, type Layout, type OfficialDocument, recogniseText } from '@xiewen/shared/documents'
import { beforeAll, expect, test } from 'vitest'
import { ensureDebianPackage } from '../../../../tests/support/debian-packages.ts'
import { type Fonts, loadFonts, sharedFontCache } from '../../platform/fonts/index.ts'
import { renderPdf, renderSvg } from './index.ts'

let fonts: Fonts
const info = { title: '关于印发2022年工作要点的通知', creationDate: Date.UTC(2026, 7, 1) }

beforeAll(async () => {
  await ensureDebianPackage('poppler-utils', '/usr/bin/pdftoppm')
  fonts = await loadFonts({ dataDir: sharedFontCache() })
})

function zhanjiang(): OfficialDocument {
  const text = readFileSync(new URL('../../../../tests/support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url), 'utf8')
  return recogniseText(text).document
}

function aText(text: string, change?: { readonly kind: 'insertion' | 'deletion'; readonly id: string; readonly personId: string }): OfficialDocument {
  return { version: 1, elements: emptyElements('通知'), blocks: [{ kind: 'paragraph', runs: [change ? { text, change } : { text }] }] }
}

function textsOf(layout: Layout, page: number): readonly GlyphRun[] {
  return layout.pages[page]?.items.filter((item) => item.kind === 'text') ?? []
}

function write(bytes: Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'xiewen-render-')), 'out.pdf')
  writeFileSync(file, bytes)
  return file
}

interface Picture {
  readonly width: number
  readonly pixels: Uint8Array
}

const dpi = 300
const pxPerMm = dpi / 25.4

/** The page as grey pixels, drawn by poppler. */
function photograph(file: string, page: number): Picture {
  const bytes = execFileSync('pdftoppm', ['-gray', '-r', String(dpi), '-f', String(page), '-l', String(page), file], { maxBuffer: 1 << 28 })
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/u.exec(bytes.subarray(0, 40).toString('latin1'))
  if (!header) throw new Error('pdftoppm gave no picture')
  return { width: Number(header[1]), pixels: bytes.subarray(header[0].length) }
}

/** Ink in a box of the page (mm): 1 is a square millimetre of black. */
function inkIn(picture: Picture, box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }): number {
  let ink = 0
  for (let row = Math.round(box.y * pxPerMm); row < (box.y + box.h) * pxPerMm; row += 1) {
    for (let column = Math.round(box.x * pxPerMm); column < (box.x + box.w) * pxPerMm; column += 1) {
      ink += 1 - (picture.pixels[row * picture.width + column] ?? 255) / 255
    }
  }
  return ink / pxPerMm ** 2
}

/** Area inside an outline: the sum of its signed contours, curves by their corner points and four steps a curve. */
function areaOf(path: string): number {
  let area = 0
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const to = (nextX: number, nextY: number): void => {
    area += (x * nextY - nextX * y) / 2
    ;[x, y] = [nextX, nextY]
  }
  for (const [, command, numbers] of path.matchAll(/([MLQCZ])([^MLQCZ]*)/gu)) {
    const n = (numbers ?? '').split(/[\s,]+/u).filter((each) => each !== '').map(Number)
    const at = (index: number): number => n[index] ?? 0
    if (command === 'M') [x, y, startX, startY] = [at(0), at(1), at(0), at(1)]
    if (command === 'L') to(at(0), at(1))
    if (command === 'Z') to(startX, startY)
    const [fromX, fromY] = [x, y]
    for (let step = 1; step <= 8 && command === 'Q'; step += 1) {
      const t = step / 8
      to((1 - t) ** 2 * fromX + 2 * (1 - t) * t * at(0) + t * t * at(2), (1 - t) ** 2 * fromY + 2 * (1 - t) * t * at(1) + t * t * at(3))
    }
    for (let step = 1; step <= 8 && command === 'C'; step += 1) {
      const t = step / 8
      const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3]
      to(a * fromX + b * at(0) + c * at(2) + d * at(4), a * fromY + b * at(1) + c * at(3) + d * at(5))
    }
  }
  return Math.abs(area)
}

test('the text of the PDF is the text of the document', async () => {
  const layout = layoutDocument(zhanjiang(), fonts.metrics)

  const file = write(renderPdf(layout, fonts, info))

  const extracted = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/gu, '')
  const expected = layout.pages.flatMap((_page, page) => textsOf(layout, page).map((run) => run.text)).join('').replaceAll(/\s/gu, '')
  expect(extracted).toBe(expected)
})

test('every sign on the page has the ink of its own outline: no boxes, no blanks', async () => {
  const signs = '一赢口国鬱三川办〔卫'
  const layout = layoutDocument(aText(signs), fonts.metrics)

  const picture = photograph(write(renderPdf(layout, fonts, info)), 1)

  const run = textsOf(layout, 0).find((each) => each.text === signs)
  const em = (16 * 25.4) / 72
  for (const [index, char] of [...signs].entries()) {
    const outline = fonts.glyphPath('fangsong', char)
    const expected = (areaOf(outline?.path ?? '') / (outline?.unitsPerEm ?? 1) ** 2) * em * em
    const drawn = inkIn(picture, { x: run?.x[index] ?? 0, y: (run?.baseline ?? 0) - 0.9 * em, w: em * 0.985, h: em * 1.1 })
    expect(drawn / expected, `${char}: ${drawn.toFixed(2)} of ${expected.toFixed(2)} mm²`).toBeGreaterThan(0.85)
    expect(drawn / expected, `${char}: ${drawn.toFixed(2)} of ${expected.toFixed(2)} mm²`).toBeLessThan(1.15)
  }
})

test('the same layout gives the same bytes', async () => {
  const layout = layoutDocument(aText('同一份文件'), fonts.metrics)

  expect(Buffer.from(renderPdf(layout, fonts, info)).equals(Buffer.from(await renderPdf(layout, fonts, info)))).toBe(true)
})

test('the file names its title and language and has a classic cross-reference table', async () => {
  const bytes = Buffer.from(renderPdf(layoutDocument(aText('文件'), fonts.metrics), fonts, info)).toString('latin1')

  expect(bytes).toContain('/Lang (zh-CN)')
  expect(bytes).toContain('/DisplayDocTitle true')
  expect(bytes).toMatch(/\nxref\n/u)
  expect(bytes).toMatch(/\/ID \[/u)
  const file = write(Buffer.from(bytes, 'latin1'))
  expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toContain(info.title)
  expect(execFileSync('pdffonts', [file], { encoding: 'utf8' })).toMatch(/CID (?:Type 0C|TrueType) +Identity-H +yes yes yes/u)
})

test('a layout made with other fonts is not rendered', async () => {
  const layout = layoutDocument(aText('文件'), fonts.metrics)

  expect(() => renderPdf({ ...layout, fingerprint: 'other' }, fonts, info)).toThrow('other fonts')
})

test('rules have the place and the colour the layout gives them', async () => {
  const layout: Layout = {
    pages: [{ widthMm: 210, heightMm: 297, items: [{ kind: 'rule', x1: 28, y1: 100, x2: 184, y2: 100, widthMm: 0.5, ink: 'black' }] }],
    blocks: [], findings: [], missing: [], fingerprint: fonts.metrics.fingerprint,
  }

  const picture = photograph(write(renderPdf(layout, fonts, info)), 1)

  const all = inkIn(picture, { x: 20, y: 90, w: 170, h: 20 })
  expect(Math.abs(all / (156 * 0.5) - 1)).toBeLessThan(0.05)
  expect(inkIn(picture, { x: 27.9, y: 99.6, w: 156.2, h: 0.8 })).toBeCloseTo(all, 5)
})

test('revisions are drawn in their author’s colour, insertions and deletions differently', async () => {
  const person = { id: 'p1:1', personId: 'p1' }
  const layoutOf = (kind: 'insertion' | 'deletion') => layoutDocument(aText('修改', { kind, ...person }), fonts.metrics, { showChanges: true })

  const [inserted, deleted] = [renderSvg(layoutOf('insertion'), 0, fonts), renderSvg(layoutOf('deletion'), 0, fonts)]

  const line = (svg: string) => /<line [^>]*y1="([\d.]+)"[^>]*stroke="rgb\((?!219)/u.exec(svg)?.[1]
  expect(Number(line(inserted))).toBeGreaterThan(Number(line(deleted)))
  const clean = layoutDocument(aText('修改', { kind: 'deletion', ...person }), fonts.metrics)
  expect(renderSvg(clean, 0, fonts)).not.toContain('修改')
})

test('the SVG places the outlines of the very glyphs that the PDF prints', () => {
  const layout = layoutDocument(aText('公文公'), fonts.metrics)

  const svg = renderSvg(layout, 0, fonts)

  const run = textsOf(layout, 0).find((each) => each.text === '公文公')
  expect(svg).toContain(`data-block="0" data-offset="0"`)
  expect(svg).toContain(fonts.glyphPath('fangsong', '文')?.path ?? 'none')
  const group = svg.slice(svg.indexOf('data-block="0"'))
  const uses = [...group.matchAll(/<use href="#(g\d+)" transform="matrix\([\d.-]+ 0 0 [\d.-]+ ([\d.]+) ([\d.]+)\)"/gu)].slice(0, 3)
  expect(uses.map((use) => Number(use[2]))).toEqual(run?.x.map((x) => Math.round(x * 1e6) / 1e6))
  expect(uses[0]?.[1]).toBe(uses[2]?.[1])
  expect(() => renderSvg(layout, 7, fonts)).toThrow(RangeError)
})

test('a sign without a face is a crossed red box, never an empty place', () => {
  const svg = renderSvg(layoutDocument(aText('缺\u{F0000}字'), fonts.metrics), 0, fonts)

  expect(svg).toMatch(/<path d="M[^"]+" fill="none" stroke="rgb\(219,20,20\)"/u)
})

/** One layout, three renderers: what a reader sees is the same in SVG, PDF and OFD. */
import { readFileSync } from 'node:fs'
import { glyphPoint, layoutDocument, type Layout, type OfficialDocument, recogniseText, withLegend } from '@xiewen/shared/documents'
import { beforeAll, expect, test } from 'vitest'
import { readOfd, readPdf, readSvg, type SeenGlyph } from '../../../../tests/support/read-pages.ts'
import { formatSamples, generatedDocument } from '../../../../tests/support/sample-documents.ts'
import { type Fonts, loadFonts, sharedFontCache } from '../../platform/fonts/index.ts'
import { renderOfd, renderPdf, renderSvg, warmOutlines } from './index.ts'

let fonts: Fonts
const info = { title: '关于印发工作要点的通知', creationDate: Date.UTC(2026, 7, 1) }
const tolerance = 0.01

beforeAll(async () => {
  fonts = await loadFonts({ dataDir: sharedFontCache() })
})

/** What the layout says, blanks left out. */
function wanted(layout: Layout, page: number): readonly SeenGlyph[] {
  const laid = layout.pages[page]
  if (!laid) return []
  return laid.items.flatMap((item) =>
    item.kind === 'text' ? [...item.text].map((char, index) => ({ char, ...glyphPoint(item, index, laid) })).filter(({ char }) => char.trim() !== '') : [],
  )
}

function farthest(seen: readonly SeenGlyph[], layout: readonly SeenGlyph[]): number {
  return seen.reduce((most, glyph, index) => Math.max(most, Math.hypot(glyph.x - (layout[index]?.x ?? NaN), glyph.y - (layout[index]?.y ?? NaN)) || 0), 0)
}

function textOf(glyphs: readonly SeenGlyph[]): string {
  return glyphs.map((glyph) => glyph.char).join('')
}

function withoutBlanks(glyphs: readonly SeenGlyph[]): readonly SeenGlyph[] {
  return glyphs.filter(({ char }) => char.trim() !== '')
}

/** Lays the documents out and renders all their pages as one file: faces are cut once. */
function expectEqual(documents: readonly OfficialDocument[]): number {
  const legend = { words: '下划线为增加', entries: [{ personId: 'p', name: '张晓雨', detail: '（办公室科员，拟稿）' }] }
  const layouts = documents.map((document, index) => {
    const layout = layoutDocument(document, fonts.metrics, { showChanges: index % 3 === 2 })
    return index % 3 === 2 ? withLegend(layout, fonts.metrics, legend) : layout
  })
  const layout: Layout = { pages: layouts.flatMap((each) => each.pages), blocks: [], findings: [], missing: [], fingerprint: fonts.metrics.fingerprint }
  const [pdf, ofd] = [readPdf(renderPdf(layout, fonts, info)), readOfd(renderOfd(layout, fonts, info))]
  expect([pdf.length, ofd.length]).toEqual([layout.pages.length, layout.pages.length])
  warmOutlines(layout, fonts)
  let count = 0
  for (const page of layout.pages.keys()) {
    const said = wanted(layout, page)
    count += said.length
    for (const seen of [withoutBlanks(pdf[page] ?? []), withoutBlanks(ofd[page] ?? []), readSvg(renderSvg(layout, page, fonts))]) {
      expect(textOf(seen)).toBe(textOf(said))
      expect(farthest(seen, said)).toBeLessThan(tolerance)
    }
  }
  return count
}

test('every sign of 200 generated documents stands within 0.01 mm of one place in SVG, PDF and OFD', { timeout: 240_000 }, () => {
  expect(expectEqual(Array.from({ length: 200 }, (_each, index) => generatedDocument(index + 1)))).toBeGreaterThan(60_000)
})

test('every sign of the samples of each format stands in one place in SVG, PDF and OFD', { timeout: 120_000 }, () => {
  expect(expectEqual(Object.values(formatSamples()))).toBeGreaterThan(2_000)
})

test.each(['zhanjiang-2022-work-points.txt', 'quzhou-2018-action-plan.txt'])('every sign of %s stands in one place in SVG, PDF and OFD', { timeout: 120_000 }, (name) => {
  const text = readFileSync(new URL(`../../../../tests/support/real-documents/${name}`, import.meta.url), 'utf8')

  expect(expectEqual([recogniseText(text).document])).toBeGreaterThan(5_000)
})

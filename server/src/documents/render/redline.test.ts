/** The printed redline (花脸稿): each reviser in his own colour, a legend of them, and not one sign of the text moved. */
import { type Block, emptyElements, type LegendEntry, layoutDocument, type Layout, type OfficialDocument, withLegend } from '@xiewen/shared/documents'
import { beforeAll, describe, expect, test } from 'vitest'
import { readOfd, readPdf, readPdfObjects, readSvg, unzip } from '../../../../tests/support/read-pages.ts'
import { formatSamples } from '../../../../tests/support/sample-documents.ts'
import { type Fonts, loadFonts, sharedFontCache } from '../../platform/fonts/index.ts'
import { renderOfd, renderPdf, renderSvg } from './index.ts'

let fonts: Fonts
const info = { title: '花脸稿', creationDate: Date.UTC(2026, 7, 1) }
const words = '修订标注：下划线为增加，删除线为删去。'
const people = ['zhang', 'li', 'wang']
const entries: readonly LegendEntry[] = people.map((personId, index) => ({ personId, name: ['张晓雨', '李明轩', '王静怡'][index] ?? '', detail: '（云州市政务服务数据管理局科员，拟稿、核稿）' }))

beforeAll(async () => {
  fonts = await loadFonts({ dataDir: sharedFontCache() })
})

/** A text in which each person put words in and the first struck some. */
function revised(document: OfficialDocument, by: readonly string[] = people): OfficialDocument {
  const block: Block = {
    kind: 'paragraph',
    runs: by.flatMap((personId, index) => [{ text: '各单位要' }, { text: '切实', change: { kind: index === 0 ? 'deletion' : 'insertion', id: `${personId}:1`, personId } as const }]),
  }
  const at = document.blocks.findIndex((each) => each.kind === 'paragraph')
  return { ...document, blocks: [...document.blocks.slice(0, at + 1), block, ...document.blocks.slice(at + 1)] }
}

const plain: OfficialDocument = { version: 1, elements: emptyElements('通知'), blocks: [{ kind: 'paragraph', runs: [{ text: '请贯彻执行。' }] }] }

function redlined(document: OfficialDocument, given: readonly LegendEntry[] = entries): { readonly bare: Layout; readonly layout: Layout } {
  const bare = layoutDocument(document, fonts.metrics, { showChanges: true })
  return { bare, layout: withLegend(bare, fonts.metrics, { words, entries: given }) }
}

/** The colours on the first page beside the black and the red of every document. */
function coloursOn(layout: Layout): ReadonlySet<string> {
  const inks = [...renderSvg(layout, 0, fonts).matchAll(/<g fill="(rgb\([\d,]+\))"/gu)].map((found) => found[1] ?? '')
  return new Set(inks.filter((ink) => ink !== 'rgb(0,0,0)' && ink !== 'rgb(219,20,20)'))
}

describe('colours', () => {
  test('each reviser has one of his own, dark enough to read, the same in SVG, PDF and OFD', () => {
    const { layout } = redlined(revised(plain))
    const svg = coloursOn(layout)
    expect(svg.size).toBe(people.length)

    const ofd = [...unzip(renderOfd(layout, fonts, info)).get('Doc_0/Pages/Page_0/Content.xml')?.toString().matchAll(/<ofd:FillColor Value="(\d+) (\d+) (\d+)"/gu) ?? []].map((found) => `rgb(${found[1]},${found[2]},${found[3]})`)
    const pdf = [...streamsOf(renderPdf(layout, fonts, info)).matchAll(/([\d.]+) ([\d.]+) ([\d.]+) rg/gu)].map((found) => `rgb(${[found[1], found[2], found[3]].map((part) => Math.round(Number(part) * 255)).join(',')})`)
    for (const ink of svg) {
      expect(ofd).toContain(ink)
      expect(pdf).toContain(ink)
      expect(contrastOnWhite(ink)).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('ten revisers are ten colours', () => {
    const many = Array.from({ length: 10 }, (_each, index) => `person-${index}`)
    const { bare } = redlined(revised(plain, many))
    expect(coloursOn(bare).size).toBe(many.length)
  })
})

describe('the legend', () => {
  test('stands below every format without moving one sign, inside the sheet, below all that is on the page', () => {
    const oneLetter: OfficialDocument = { ...plain, elements: { ...emptyElements('函'), issuers: ['云州市财政局'] } }
    for (const [name, sample] of [...Object.entries(formatSamples()), ['letter of one page', oneLetter] as const]) {
      const { bare, layout } = redlined(revised(sample))
      const last = bare.pages.length - 1
      expect(layout.pages.slice(0, last), name).toEqual(bare.pages.slice(0, last))
      expect(layout.pages[last]?.items.slice(0, bare.pages[last]?.items.length), name).toEqual(bare.pages[last]?.items)
      const legend = layout.pages.flatMap((page, index) => page.items.slice(bare.pages[index]?.items.length ?? 0)).flatMap((item) => (item.kind === 'text' ? [item] : []))
      expect(legend.map((run) => run.text).join('').replaceAll('\u3000', ''), name).toBe(words + entries.map((entry) => entry.name + entry.detail).join(''))
      const lowest = layout.pages.length > bare.pages.length ? 0 : Math.max(...(bare.pages[last]?.items ?? []).flatMap((item) => (item.kind === 'text' && !item.turned ? [item.baseline] : item.kind === 'rule' ? [item.y1, item.y2] : [])))
      for (const run of legend) {
        expect(run.baseline - run.sizePt * 0.3, name).toBeGreaterThan(lowest)
        expect(run.baseline, name).toBeLessThan(291)
        for (const x of run.x) expect(x >= 28 && x < 184, name).toBe(true)
      }
    }
  })

  test('of more people than the margin holds stands on a page of its own, and wraps', () => {
    const many = Array.from({ length: 60 }, (_each, index) => ({ personId: `p${index}`, name: `第${index}位同志`, detail: '（云州市政务服务数据管理局科员）' }))
    const { bare, layout } = redlined(revised(plain), many)
    expect(layout.pages.length).toBe(bare.pages.length + 1)
    expect(layout.pages.slice(0, -1)).toEqual(bare.pages)
    const endless = redlined(revised(plain), [{ personId: 'zhang', name: '张晓雨'.repeat(120), detail: '' }])
    for (const page of endless.layout.pages) for (const item of page.items) if (item.kind === 'text') for (const x of item.x) expect(x).toBeLessThan(184.01)
  })

  test('nobody revised: the layout is what it was', () => {
    const { bare, layout } = redlined(plain, [])
    expect(layout).toBe(bare)
  })

  test('stands in one place in SVG, PDF and OFD', () => {
    const { layout } = redlined(revised(formatSamples()['letter'] ?? plain))
    const [pdf, ofd] = [readPdf(renderPdf(layout, fonts, info)), readOfd(renderOfd(layout, fonts, info))]
    for (const page of layout.pages.keys()) {
      const svg = readSvg(renderSvg(layout, page, fonts))
      for (const seen of [pdf[page] ?? [], ofd[page] ?? []]) {
        const signs = seen.filter(({ char }) => char.trim() !== '')
        expect(signs.map(({ char }) => char).join('')).toBe(svg.map(({ char }) => char).join(''))
        expect(Math.max(...signs.map((sign, index) => Math.hypot(sign.x - (svg[index]?.x ?? NaN), sign.y - (svg[index]?.y ?? NaN))))).toBeLessThan(0.01)
      }
    }
  })
})

function streamsOf(pdf: Uint8Array): string {
  const objects = readPdfObjects(pdf)
  return objects.all.map((object) => object.stream?.toString('latin1') ?? '').join('\n')
}

/** Source: WCAG 2.2 */
function contrastOnWhite(ink: string): number {
  const [red = 0, green = 0, blue = 0] = (/\d+,\d+,\d+/u.exec(ink)?.[0] ?? '').split(',').map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

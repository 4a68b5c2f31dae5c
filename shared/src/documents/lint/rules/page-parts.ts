/** Rules measured on the pages: title, attachments, seals, imprint, letters, tables. */
import type { Rule } from '../../layout/model.ts'
import type { Hit, LintRule, PageScene } from '../model.ts'
import { allLines, linesOf, pageNumberOf, paper, type PrintLine, rulesOf, sealsOf } from '../page-lines.ts'

const standard = { level: 'national-standard', severity: 'error', scope: 'page' } as const

/** Rules B08 E05 F06 G03 G04 G06 G09 G10. */
export const pagePartRules: readonly LintRule[] = [
  { ...standard, id: 'B08', clause: 'GB/T 9704-2012 7.3.1', severity: 'warning', check: titleBreakHits },
  { ...standard, id: 'E05', clause: 'GB/T 9704-2012 7.3.7', check: annexPageHits },
  { ...standard, id: 'F06', clause: 'GB/T 9704-2012 7.3.5.1', check: sealHits },
  { ...standard, id: 'G03', clause: 'GB/T 9704-2012 7.4.1', check: imprintHits },
  {
    ...standard,
    id: 'G04',
    level: 'standard',
    clause: 'GB/T 33476.2-2016 7.3.1',
    severity: 'hint',
    check({ layout }: PageScene): readonly Hit[] {
      const last = layout.pages.length
      return imprintRules(layout.pages.at(-1)?.items.length ? rulesOf(layout.pages.at(-1)) : []).length > 0 && last % 2 === 1
        ? [{ page: last, params: { page: last }, fix: { kind: 'set-element', name: 'imprintPage', value: 'even' } }]
        : []
    },
  },
  { ...standard, id: 'G06', clause: 'GB/T 9704-2012 10.1', check: letterHits },
  { ...standard, id: 'G09', level: 'practice', clause: '公文排版惯例', severity: 'warning', check: orphanHits },
  { ...standard, id: 'G10', clause: 'GB/T 9704-2012 8', severity: 'warning', check: turnedHeadHits },
]

/** Where a title was broken: not inside a name, not before 的, no single sign alone, neither hourglass nor block. */
function titleBreakHits(scene: PageScene): readonly Hit[] {
  const title = scene.byKind.get('title')?.[0]
  if (!title) return []
  const lines = allLines(scene.layout).filter((line) => line.blocks.has(title.index)).map((line) => line.text.trim())
  if (lines.length < 2) return []
  const hit = (text: string): readonly Hit[] => [{ block: title.index, page: 1, params: { text, page: 1 } }]
  const bad = lines.slice(1).find((line) => /^[的了]/.test(line) || [...line].length === 1)
  if (bad !== undefined) return hit(bad.slice(0, 10))
  const names = [...scene.document.elements.issuers, ...(scene.context.organNames ?? [])].filter((name) => name.length > 2 && name.length <= 20)
  const torn = tornName(lines, names)
  if (torn) return hit(torn)
  const lengths = lines.map((line) => [...line].length)
  const isHourglass = lengths.length > 2 && lengths.some((length, at) => at > 0 && at < lengths.length - 1 && length + 2 <= Math.min(lengths[at - 1] ?? 0, lengths[at + 1] ?? 0))
  return isHourglass ? hit(lines.join('/').slice(0, 60)) : []
}

function tornName(lines: readonly string[], names: readonly string[]): string | null {
  let before = 0
  const whole = lines.join('')
  for (const line of lines.slice(0, -1)) {
    before += line.length
    for (const name of names) {
      const from = whole.lastIndexOf(name, before - 1)
      if (from >= 0 && from < before && before < from + name.length) return name
    }
  }
  return null
}

/** A labelled attachment: a page of its own, its label on line 1, its title on line 3. */
function annexPageHits(scene: PageScene): readonly Hit[] {
  const lines = allLines(scene.layout)
  return (scene.byKind.get('annex-title') ?? []).flatMap((place): readonly Hit[] => {
    const [first] = lines.filter((line) => line.blocks.has(place.index))
    if (!first) return []
    const above = lines.filter((line) => line.page === first.page && line.baseline < first.baseline - 1)
    const [label] = above
    const hasLabel = label !== undefined && label.blocks.size === 0 && /^附件\d{0,2}$/.test(label.text.trim())
    const isNewPage = above.every((line) => line.blocks.size === 0)
    const isAtTop = !hasLabel || (label.baseline < paper.top + 8 && Math.abs(label.left - paper.left) < paper.tolerance)
    const isThird = !hasLabel || (first.baseline > paper.top + 20 && first.baseline < paper.top + 34)
    return isNewPage && isAtTop && isThird ? [] : [{ block: place.index, page: first.page, params: { text: place.text.slice(0, 30), page: first.page } }]
  })
}

/** Seals lie in the type area, neither touch nor cross, are no more than a line below the text, and the last one covers the date. */
function sealHits(scene: PageScene): readonly Hit[] {
  const seals = sealsOf(scene.layout).filter(({ seal }) => seal.shape === 'round')
  const lines = allLines(scene.layout)
  const dates = new Set((scene.byKind.get('date') ?? []).filter(({ part }) => part === 'main').map(({ index }) => index))
  return seals.flatMap(({ page, seal }, at): readonly Hit[] => {
    const radius = seal.widthMm / 2
    const isInside = seal.centreX - radius > paper.left - paper.tolerance && seal.centreX + radius < paper.right + paper.tolerance
    const isFree = seals.every((other, index) => index === at || other.page !== page || apart(seal, other.seal) > radius + other.seal.widthMm / 2)
    const date = lines.find((line) => line.page === page && [...line.blocks].some((block) => dates.has(block)))
    const isLast = at === seals.length - 1
    const covers = !isLast || !date || (seal.centreY - radius < date.baseline && date.baseline < seal.centreY + radius && seal.centreX > date.left && seal.centreX < date.right)
    return isInside && isFree && covers ? [] : [{ page, params: { text: seal.organ, page } }]
  })
}

function apart(a: { readonly centreX: number; readonly centreY: number }, b: { readonly centreX: number; readonly centreY: number }): number {
  return Math.hypot(a.centreX - b.centreX, a.centreY - b.centreY)
}

/** Black lines as wide as the type area: those of the imprint, the table's own are narrower or stand higher. */
function imprintRules(rules: readonly Rule[]): readonly Rule[] {
  const wide = rules.filter((rule) => rule.ink === 'black' && rule.y1 === rule.y2 && rule.x2 - rule.x1 > paper.right - paper.left - 2)
  const lowest = wide.find((rule) => Math.abs(rule.y1 - paper.bottom) < 6)
  return lowest ? wide : []
}

/** The imprint stands on the last page, its last line on the lower edge of the type area; outer lines 0.35 mm, inner ones 0.25 mm. */
function imprintHits({ layout, document }: PageScene): readonly Hit[] {
  const { elements } = document
  const isExpected = elements.format !== 'letter' && (elements.copyTo.some((name) => name !== '') || elements.printedBy !== '' || elements.printedOn !== null) && elements.format !== 'minutes'
  if (!isExpected) return []
  const last = layout.pages.length
  const hit: readonly Hit[] = [{ page: last, params: { page: last } }]
  const rules = imprintRules(rulesOf(layout.pages.at(-1)))
  const [lowest, ...others] = rules.toSorted((a, b) => b.y1 - a.y1)
  if (!lowest || others.length === 0) return hit
  const isPlaced = Math.abs(lowest.y1 - paper.bottom) <= 0.5
  const isThick = Math.abs(lowest.widthMm - 0.35) < 0.06
  const isThin = others.every((rule) => rule.widthMm < 0.41)
  return isPlaced && isThick && isThin ? [] : hit
}

/** A letter: two double lines of 170 mm, no lines and no 印发 in its imprint. */
function letterHits({ layout, document }: PageScene): readonly Hit[] {
  if (document.elements.format !== 'letter') return []
  const red = rulesOf(layout.pages[0]).filter((rule) => rule.ink === 'red')
  const isDouble = red.length === 4 && red.every((rule) => Math.abs(rule.x2 - rule.x1 - 170) <= 1)
  const last = layout.pages.length
  const lines = linesOf(layout.pages.at(-1) ?? { widthMm: 0, heightMm: 0, items: [] }, last)
  const printed = lines.some((line) => line.blocks.size === 0 && /印发$/.test(line.text.trim()))
  const ruled = imprintRules(rulesOf(layout.pages.at(-1))).length > 0
  return isDouble && !printed && !ruled ? [] : [{ page: isDouble ? last : 1, params: { page: isDouble ? last : 1 } }]
}

/** A heading at the foot of a page, parted from what it heads; a table wider than the type area. */
function orphanHits(scene: PageScene): readonly Hit[] {
  const { layout, document } = scene
  const lines = allLines(layout)
  const headings = layout.pages.flatMap((page, index): readonly Hit[] => {
    const own = linesOf(page, index + 1)
    const number = pageNumberOf(own)
    const last = own.filter((line) => line !== number && line.blocks.size > 0).at(-1)
    const [block] = last?.blocks ?? []
    if (!last || block === undefined || index === layout.pages.length - 1) return []
    const kind = document.blocks[block]?.kind
    const goesOn = lines.some((line) => line.page > index + 1 && line.blocks.has(block))
    const isStranded = (kind === 'heading' || kind === 'title') && !goesOn && isAlone(scene, block)
    return isStranded ? [{ block, page: index + 1, params: { text: last.text.slice(0, 20), page: index + 1 } }] : []
  })
  return [...headings, ...wideTables(scene, lines)]
}

/** A heading with a text of its own behind it on the line heads nothing that could be parted from it. */
function isAlone(scene: PageScene, block: number): boolean {
  const text = scene.places[block]?.text ?? ''
  return !/。./.test(text) && block + 1 < scene.places.length && scene.places[block + 1]?.kind !== 'annex-title'
}

function wideTables({ layout, byKind }: PageScene, lines: readonly PrintLine[]): readonly Hit[] {
  const tables = new Map((byKind.get('table') ?? []).map((place) => [place.index, place]))
  const pages = new Set(layout.pages.flatMap((page, index) => (rulesOf(page).some(isTooWide) ? [index + 1] : [])))
  const hit = lines.find((line) => pages.has(line.page) && [...line.blocks].some((block) => tables.has(block)))
  const block = hit ? [...hit.blocks].find((each) => tables.has(each)) : undefined
  return hit && block !== undefined ? [{ block, page: hit.page, params: { text: '', page: hit.page } }] : []
}

function isTooWide(rule: Rule): boolean {
  return rule.ink === 'black' && (rule.x2 > paper.right + paper.tolerance || rule.x1 < paper.left - paper.tolerance)
}

/** A table that lies across has its head on the left edge of every sheet: on odd pages that is the binding edge (订口), on even
 * ones the outer edge (切口). In the turned frame a baseline is the distance from the left edge. */
function turnedHeadHits({ layout }: PageScene): readonly Hit[] {
  return layout.pages.flatMap((page, index): readonly Hit[] => {
    const turned = page.items.filter((item) => item.kind === 'text' && item.turned === true)
    const isHead = (item: (typeof turned)[number]): boolean => item.kind === 'text' && (item.artifact === true || (item.source !== null && isInHead(layout, item.source)))
    const edges = (of: readonly (typeof turned)[number][]): readonly number[] => of.flatMap((item) => (item.kind === 'text' ? [item.baseline] : []))
    const [head, body] = [edges(turned.filter(isHead)), edges(turned.filter((item) => !isHead(item)))]
    if (head.length === 0 || body.length === 0 || Math.max(...head) < Math.min(...body)) return []
    return [{ page: index + 1, params: { page: index + 1 } }]
  })
}

/** Whether an offset of a table lies in its heading rows. */
function isInHead({ blocks }: PageScene['layout'], source: { readonly block: number; readonly offset: number }): boolean {
  const rows = blocks[source.block]?.rows ?? []
  const last = rows.filter((row, at) => row.header && rows.slice(0, at).every((each) => each.header)).at(-1)
  return last !== undefined && source.offset <= (last.ends.at(-1) ?? -1)
}

/** The imprint (版记) at the foot of the last page, and page numbers. Source: GB/T 9704-2012 7.4, 7.5, 10.1 */
import { cleanText } from '../model.ts'
import type { OfficialDocument } from '../model.ts'
import { ascent, baselineAt, emOf, imprintRules, lead, pageNumberDrop, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, widthOf } from './glyphs.ts'
import { chineseDate } from './head.ts'
import { breakLines, solidLine } from './lines.ts'
import type { PageItem } from './model.ts'
import { moveDown, paintGlyphs, paintLine, ruleAt } from './paint.ts'

const small: Style = { role: 'fangsong', sizePt: size.four }
const digits: Style = { role: 'songti', sizePt: size.four }
const em = emOf(size.four)
const rowHeight = em + lead

/** The imprint, or its part on one page, with y from its upper edge. */
export interface ImprintPart {
  readonly items: readonly PageItem[]
  readonly heightMm: number
}

/** Lines with y from their own upper edge. */
interface Row {
  readonly lines: readonly (readonly PageItem[])[]
  /** Whether a thin line parts it from the row above. */
  readonly isParted: boolean
}

/** Lines that one page holds. */
const mostLines = Math.floor(typeArea.height / rowHeight)

/** Lays out 版记: 主送 moved here, 抄送, 印发机关 and 印发日期. Letters have neither lines nor the last row.
 *
 * @returns one part; none when the document has no imprint, several when it is higher than a page
 */
export function layOutImprint(setter: Typesetter, document: OfficialDocument, withRecipients: boolean): readonly ImprintPart[] {
  const { elements } = document
  const isLetter = elements.format === 'letter'
  const copies = elements.copyTo.filter((name) => name !== '')
  const rows = [
    ...(withRecipients ? [listRow(setter, '主送：', recipientsText(document), false)] : []),
    ...(copies.length === 0 ? [] : [listRow(setter, '抄送：', ended(copies.join('，')), false)]),
    ...(isLetter ? [] : printedRow(setter, document)),
  ]
  const thin = { widthMm: imprintRules.thinMm, ink: 'black' as const }
  const lines = rows.flatMap((row, index) =>
    row.lines.map((line, at) => (at === 0 && index > 0 && row.isParted && !isLetter ? [ruleAt(0, typeArea, thin), ...line] : line)),
  )
  const thick = { widthMm: imprintRules.thickMm, ink: 'black' as const }
  const count = Math.ceil(lines.length / mostLines)
  return Array.from({ length: count }, (_each, part): ImprintPart => {
    const own = lines.slice(part * mostLines, (part + 1) * mostLines)
    const heightMm = own.length * rowHeight
    const above = part === 0 && !isLetter ? [ruleAt(0, typeArea, thick)] : []
    const below = part === count - 1 && !isLetter ? [ruleAt(heightMm, typeArea, thick)] : []
    return { items: [...own.flatMap((line, at) => line.map((item) => moveDown(item, at * rowHeight))), ...above, ...below], heightMm }
  })
}

function recipientsText(document: OfficialDocument): string {
  const block = document.blocks.find((each) => each.kind === 'recipients')
  return block?.kind === 'recipients' ? ended(cleanText(block.runs).replace(/[：:]\s*$/u, '')) : ''
}

function ended(text: string): string {
  return /[。.]$/u.test(text) ? text : `${text}。`
}

/** A label and a list, one character from both margins, wrapped lines behind the colon. */
function listRow(setter: Typesetter, label: string, text: string, isParted: boolean): Row {
  const head = derivedGlyphs(setter, label, small)
  const hanging = em + widthOf(head)
  const lines = breakLines(derivedGlyphs(setter, text, small), () => ({ indent: hanging, width: typeArea.width - hanging - em }))
  const beginning = paintLine(solidLine(head, em), typeArea.left, lead / 2)
  return { lines: lines.map((line, index) => [...(index === 0 ? beginning : []), ...paintLine(line, typeArea.left, lead / 2)]), isParted }
}

function printedRow(setter: Typesetter, document: OfficialDocument): readonly Row[] {
  const { printedBy, printedOn } = document.elements
  if (printedBy === '' && printedOn === null) return []
  const organ = derivedGlyphs(setter, printedBy, small)
  const date = derivedGlyphs(setter, printedOn ? `${chineseDate(printedOn)}印发` : '', small)
  const room = typeArea.width - 3 * em - widthOf(date)
  const squeeze = widthOf(organ) > room ? room / widthOf(organ) : 1
  const x = solidLine(organ).x.map((each) => typeArea.left + em + each * squeeze)
  const left = paintGlyphs(organ, { x, baseline: baselineAt(lead / 2, size.four), scale: squeeze })
  const right = paintLine(solidLine(date), typeArea.right - em - widthOf(date), lead / 2)
  return [{ lines: [[...left, ...right]], isParted: true }]
}

/** The page number between its two dashes (一字线), outside: odd pages right, even pages left, one character in. */
export function pageNumber(setter: Typesetter, page: number): readonly PageItem[] {
  const glyphs: readonly Glyph[] = derivedGlyphs(setter, `— ${page} —`, digits)
  const width = widthOf(glyphs)
  const left = page % 2 === 1 ? typeArea.right - em - width : typeArea.left + em
  // A dash is drawn at about two fifths of the em above the baseline; it is the dash that lies 7 mm under the type area.
  const baseline = typeArea.bottom + pageNumberDrop + (ascent - 0.5) * em
  return paintGlyphs(glyphs, { x: solidLine(glyphs, left).x, baseline }).map((run) => ({ ...run, artifact: true }))
}

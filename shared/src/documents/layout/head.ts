/** The heading of the first page (版头), down to where the text begins. Source: GB/T 9704-2012 7.2, 10.1–10.3 */
import type { Elements } from '../model.ts'
import { formatDocumentNumber } from '../model.ts'
import { baselineAt, cell, glyph3, lead, letterRules, markTop, oneLine, pitchOf, redLine, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, widthOf } from './glyphs.ts'
import { solidLine } from './lines.ts'
import type { Mark } from './mark.ts'
import { setMark } from './mark.ts'
import type { GlyphRun, PageItem, Rule } from './model.ts'
import { paintGlyphs, paintLine, ruleAt } from './paint.ts'

/** The laid-out heading. `textTop` is where the line box of what follows begins (mm). */
export interface Head {
  readonly items: readonly PageItem[]
  readonly textTop: number
  readonly isMarkTooLong: boolean
}

const body: Style = { role: 'fangsong', sizePt: size.three }
const black: Style = { role: 'heiti', sizePt: size.three }
const name: Style = { role: 'kaiti', sizePt: size.three }
const urgencyWords = { none: '', urgent: '加急', 'extra-urgent': '特急' } as const
/** Two blank lines between the edges of line boxes, seen from glyph to glyph. */
const twoLines = 2 * oneLine + lead

/** Lays out 版头 in the document's format; `markShare` see `FlowPlan`. */
export function layOutHead(setter: Typesetter, elements: Elements, markShare = 1): Head {
  switch (elements.format) {
    case 'general':
      return layOutGeneral(setter, elements, markShare)
    case 'letter':
      return layOutLetter(setter, elements)
    case 'order':
      return layOutOrder(setter, elements)
    case 'minutes':
      return layOutMinutes(setter, elements)
  }
}

/** What stands before the mark: 份号, 密级和保密期限, 紧急程度, one a line; a missing one closes up. Source: 7.2.1–7.2.3 */
function cornerItems(setter: Typesetter, elements: Elements, top: number): readonly PageItem[] {
  const lines = [
    ...(elements.copyNumber === '' ? [] : [derivedGlyphs(setter, elements.copyNumber, body)]),
    ...(elements.secrecy === '' ? [] : [derivedGlyphs(setter, elements.secrecy, black)]),
    ...(elements.urgency === 'none' ? [] : [derivedGlyphs(setter, urgencyWords[elements.urgency], black)]),
  ]
  return lines.flatMap((glyphs, index) => paintLine(solidLine(glyphs), typeArea.left, top + index * pitchOf(22)))
}

function markOf(setter: Typesetter, elements: Elements, largestPt: number, share = 1): Mark {
  const names = elements.format === 'general' ? elements.issuers : elements.issuers.slice(0, 1)
  return setMark(setter, { names, suffix: elements.markSuffix, top: markTop[elements.format], largestPt, share })
}

function numberText(elements: Elements): string {
  return elements.number ? formatDocumentNumber(elements.number) : ''
}

function layOutGeneral(setter: Typesetter, elements: Elements, markShare: number): Head {
  const mark = markOf(setter, elements, 58, markShare)
  const top = mark.bottom + twoLines
  const isUp = elements.direction === 'up'
  const signers = isUp ? signerItems(setter, elements.signers, top) : { items: [], lines: 1 }
  const numberTop = top + (signers.lines - 1) * pitchOf(22)
  const number = derivedGlyphs(setter, numberText(elements), body)
  const left = isUp ? typeArea.left + cell : typeArea.left + (typeArea.width - widthOf(number)) / 2
  const lineY = numberTop + glyph3 + redLine.below
  const items = [
    ...cornerItems(setter, elements, typeArea.top),
    ...mark.items,
    ...paintLine(solidLine(number), left, numberTop),
    ...signers.items,
    ruleAt(lineY, typeArea, { widthMm: redLine.widthMm, ink: 'red' }),
  ]
  return { items, textTop: lineY + 2 * oneLine + lead / 2, isMarkTooLong: mark.isTooLong }
}

/** 签发人: two names a line, the first of each line under the first name; the block ends one character before the margin. */
function signerItems(setter: Typesetter, signers: readonly string[], top: number): { items: readonly GlyphRun[]; lines: number } {
  if (signers.length === 0) return { items: [], lines: 1 }
  const rows = pairs(signers)
  const label = derivedGlyphs(setter, '签发人：', body)
  const longest = Math.max(...signers.map((each) => [...each].length))
  const column = longest * cell
  const width = widthOf(label) + column + (signers.length > 1 ? column + cell : 0)
  const left = typeArea.right - cell - width
  const namesLeft = left + widthOf(label)
  const items = rows.flatMap((row, rowIndex) =>
    row.flatMap((each, index) => {
      const glyphs = derivedGlyphs(setter, each, name)
      return paintLine(solidLine(glyphs), namesLeft + index * (column + cell), top + rowIndex * pitchOf(22))
    }),
  )
  return { items: [...paintLine(solidLine(label), left, top), ...items], lines: rows.length }
}

function pairs(list: readonly string[]): readonly (readonly string[])[] {
  return list.flatMap((_each, index) => (index % 2 === 0 ? [list.slice(index, index + 2)] : []))
}

/** Two red lines, thick over thin or thin over thick; `y` is the upper edge of the pair. Returns their lower edge too. */
function doubleLine(y: number, order: 'thick-first' | 'thin-first'): { rules: readonly Rule[]; bottom: number } {
  const { thickMm, thinMm, apartMm, left, right } = letterRules
  const [first, second] = order === 'thick-first' ? [thickMm, thinMm] : [thinMm, thickMm]
  const upper = ruleAt(y + first / 2, { left, right }, { widthMm: first, ink: 'red' })
  const lower = ruleAt(y + first + apartMm + second / 2, { left, right }, { widthMm: second, ink: 'red' })
  return { rules: [upper, lower], bottom: y + first + apartMm + second }
}

function layOutLetter(setter: Typesetter, elements: Elements): Head {
  const mark = markOf(setter, elements, 46)
  const upper = doubleLine(mark.bottom + letterRules.belowMark, 'thick-first')
  const { thickMm, thinMm, apartMm } = letterRules
  const lower = doubleLine(letterRules.bottomY - (thickMm + thinMm + apartMm), 'thin-first')
  const top = upper.bottom + lead
  const number = derivedGlyphs(setter, numberText(elements), body)
  const corner = [elements.copyNumber !== '', elements.secrecy !== '', elements.urgency !== 'none'].filter(Boolean).length
  const rows = Math.max(1, corner)
  const items = [
    ...mark.items,
    ...upper.rules,
    ...cornerItems(setter, elements, top),
    ...paintLine(solidLine(number), typeArea.right - widthOf(number), top),
    ...lower.rules,
  ]
  return { items, textTop: top + (rows - 1) * pitchOf(22) + glyph3 + twoLines, isMarkTooLong: mark.isTooLong }
}

/** 令: the number 第×号 two lines under the mark, the text two lines under it; no line, no title. */
function layOutOrder(setter: Typesetter, elements: Elements): Head {
  const mark = markOf(setter, elements, 54)
  const top = mark.bottom + twoLines
  const text = elements.number ? `第${elements.number.serial}号` : ''
  const number = derivedGlyphs(setter, text, body)
  const left = typeArea.left + (typeArea.width - widthOf(number)) / 2
  const items = [...cornerItems(setter, elements, typeArea.top), ...mark.items, ...paintLine(solidLine(number), left, top)]
  return { items, textTop: top + glyph3 + twoLines, isMarkTooLong: mark.isTooLong }
}

/** 纪要: number or issue under the mark, organ left and date right over a red line. Source: 10.3 for the mark, house rule below it. */
function layOutMinutes(setter: Typesetter, elements: Elements): Head {
  const mark = markOf(setter, elements, 54)
  const top = mark.bottom + twoLines
  const number = derivedGlyphs(setter, issueText(elements), body)
  // The row of organ and date closes up when there is neither.
  const rowTop = elements.printedBy === '' && elements.printedOn === null ? top : top + pitchOf(22) * 1.4
  const row = (glyphs: readonly Glyph[], left: number): readonly GlyphRun[] =>
    paintGlyphs(glyphs, { x: solidLine(glyphs, left).x, baseline: baselineAt(rowTop, size.three) })
  const organ = derivedGlyphs(setter, elements.printedBy, body)
  const date = derivedGlyphs(setter, elements.printedOn ? chineseDate(elements.printedOn) : '', body)
  const lineY = rowTop + glyph3 + redLine.below
  const items = [
    ...cornerItems(setter, elements, typeArea.top),
    ...mark.items,
    ...paintLine(solidLine(number), typeArea.left + (typeArea.width - widthOf(number)) / 2, top),
    ...row(organ, typeArea.left + cell),
    ...row(date, typeArea.right - cell - widthOf(date)),
    ruleAt(lineY, typeArea, { widthMm: redLine.widthMm, ink: 'red' }),
  ]
  return { items, textTop: lineY + 2 * oneLine + lead / 2, isMarkTooLong: mark.isTooLong }
}

/** 第5期 when the number has no 代字 of its own, the full number otherwise. */
function issueText(elements: Elements): string {
  if (!elements.number) return ''
  const isBare = /^[第期\s—-]+$/u.test(elements.number.code)
  return isBare ? `第${elements.number.serial}期` : formatDocumentNumber(elements.number)
}

/** 2026年8月1日 from a civil date. Source: GB/T 9704-2012 7.3.5.4 */
export function chineseDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

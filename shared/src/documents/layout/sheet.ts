/** Sheets (稿纸、处理单): a titled frame of labelled fields and boxes of opinions, on as many pages as they need. The same pages
 * as a document's, for the same renderers. House practice; no standard rules their form. */
import { emOf, exact, sheet, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { createTypesetter, derivedGlyphs, widthOf } from './glyphs.ts'
import { pageNumber } from './imprint.ts'
import { breakLines, solidLine } from './lines.ts'
import type { Line } from './lines.ts'
import type { FontMetrics, LaidOutPage, Layout, PageItem, Rule } from './model.ts'
import { moveDown, paintLine, ruleAt } from './paint.ts'

/** A field of a row: a label and what is written beside it. `share` is its part of the row's width. */
export interface SheetField {
  readonly label: string
  readonly text: string
  readonly share: number
}

/** What somebody wrote, and the line that says who, in which post and when. */
export interface SheetEntry {
  readonly text: string
  readonly signed: string
}

/** A column of a list: its head and its part of the width. */
export interface SheetColumn {
  readonly title: string
  readonly share: number
}

/** A row of the frame. A box keeps `blankLines` lines free at least, a list has `blankRows` empty rows at its end, for those who still
 * write on paper. A list's rows have one text for each column; a line feed begins a line. */
export type SheetRow =
  | { readonly kind: 'fields'; readonly fields: readonly SheetField[] }
  | { readonly kind: 'box'; readonly label: string; readonly entries: readonly SheetEntry[]; readonly blankLines: number }
  | { readonly kind: 'list'; readonly label: string; readonly columns: readonly SheetColumn[]; readonly rows: readonly (readonly string[])[]; readonly blankRows: number }

/** A whole sheet. `corner` stands above the frame at the right: a number, a date. */
export interface SheetForm {
  readonly title: string
  readonly corner: string
  readonly rows: readonly SheetRow[]
}

const titleStyle: Style = { role: 'xiaobiaosong', sizePt: size.two, ink: 'red' }
const labelStyle: Style = { role: 'fangsong', sizePt: size.four, ink: 'red' }
const textStyle: Style = { role: 'kaiti', sizePt: size.four }
const signedStyle: Style = { role: 'fangsong', sizePt: size.table }
const listHeadStyle: Style = { role: 'fangsong', sizePt: size.table, ink: 'red' }
const cornerStyle: Style = { role: 'fangsong', sizePt: size.table }
const thick = { widthMm: 0.5, ink: 'red' } as const
const thin = { widthMm: 0.25, ink: 'red' } as const

/** From line to line inside the frame (mm). */
const pitch = emOf(size.four) * 1.45
/** Air between a rule and what stands beside it (mm). */
const pad = 1.8
/** Width of the labels' column (mm). */
const labelWidth = 25
const titleTop = 18
const frameTop = 34
const frameBottom = typeArea.bottom

/** What is never torn: items with y from 0; `ends` names the rule below it. */
interface Band {
  readonly items: readonly PageItem[]
  readonly heightMm: number
  /** Whether a rule parts it from what follows. */
  readonly isLast: boolean
  /** Where upright rules stand beside it (mm). */
  readonly uprights: readonly number[]
  /** The label to repeat where its box goes on over the page; null where it begins, which draws the label itself. */
  readonly label: string | null
}

/** Lays out a sheet on A4 pages.
 *
 * @returns pages as of a document without blocks of text; missing signs are reported
 */
export function layoutSheet(form: SheetForm, metrics: FontMetrics): Layout {
  const setter = createTypesetter(metrics)
  const pages = pour(form.rows.flatMap((row) => bandsOf(setter, row)), setter)
  const laid = pages.map((items, index): LaidOutPage => {
    const head = index === 0 ? headItems(setter, form) : []
    const number = pages.length > 1 ? pageNumber(setter, index + 1) : []
    return { widthMm: sheet.width, heightMm: sheet.height, items: [...head, ...items, ...number] }
  })
  const absent = [...setter.missing].map(([role, signs]) => ({ role, text: [...signs].join('') }))
  return { pages: laid, blocks: [], findings: [], missing: absent, fingerprint: metrics.fingerprint }
}

function headItems(setter: Typesetter, form: SheetForm): readonly PageItem[] {
  const title = solidLine(derivedGlyphs(setter, form.title, titleStyle))
  const squeeze = Math.min(1, typeArea.width / Math.max(1, title.width))
  const left = typeArea.left + (typeArea.width - title.width * squeeze) / 2
  const corner = solidLine(derivedGlyphs(setter, form.corner, cornerStyle))
  return [
    ...paintLine({ ...title, x: title.x.map((x) => x * squeeze) }, left, titleTop).map((run) => ({ ...run, scale: exact(squeeze) })),
    ...paintLine(corner, typeArea.right - corner.width, frameTop - emOf(size.table) - 1.5),
  ]
}

/** Puts the bands into frames, one frame a page. */
function pour(bands: readonly Band[], setter: Typesetter): readonly (readonly PageItem[])[] {
  const pages: PageItem[][] = []
  let items: PageItem[] = []
  let y = frameTop
  const open = (top: number, label: string | null): void => {
    items = [ruleAt(top, typeArea, thick)]
    pages.push(items)
    y = top
    if (label !== null) items.push(...labelItems(setter, label, top, pitch + 2 * pad))
  }
  const close = (): void => {
    items.push(ruleAt(y, typeArea, thick))
    const top = pages.length === 1 ? frameTop : typeArea.top
    items.push(upright(typeArea.left, top, y, thick), upright(typeArea.right, top, y, thick))
  }
  open(frameTop, null)
  bands.forEach((band, index) => {
    if (y + band.heightMm > frameBottom + 0.01) {
      close()
      open(typeArea.top, band.label)
    }
    items.push(...band.items.map((item) => moveDown(item, y)), ...band.uprights.map((x) => upright(x, y, y + band.heightMm, thin)))
    y = exact(y + band.heightMm)
    if (band.isLast && index < bands.length - 1) items.push(ruleAt(y, typeArea, thin))
  })
  close()
  return pages
}

function upright(x: number, top: number, bottom: number, look: { readonly widthMm: number; readonly ink: 'red' }): Rule {
  return { kind: 'rule', x1: exact(x), y1: exact(top), x2: exact(x), y2: exact(bottom), ...look }
}

function bandsOf(setter: Typesetter, row: SheetRow): readonly Band[] {
  switch (row.kind) {
    case 'fields':
      return [fieldsBand(setter, row.fields)]
    case 'box':
      return boxBands(setter, row)
    case 'list':
      return listBands(setter, row)
  }
}

function fieldsBand(setter: Typesetter, fields: readonly SheetField[]): Band {
  const whole = fields.reduce((sum, field) => sum + field.share, 0)
  let left: number = typeArea.left
  const places = fields.map((field) => {
    const width = (typeArea.width * field.share) / whole
    const place = { field, left, width }
    left += width
    return place
  })
  const lines = places.map(({ field, width }) => linesIn(derivedGlyphs(setter, field.text, textStyle), width - labelWidth - 2 * pad))
  const heightMm = Math.max(1, ...lines.map((each) => each.length)) * pitch + 2 * pad
  const items = places.flatMap((place, index) => {
    const own = lines[index] ?? []
    const top = (heightMm - own.length * pitch) / 2 + lead
    const label = derivedGlyphs(setter, place.field.label, labelStyle)
    return [
      ...paintLine(solidLine(label), place.left + (labelWidth - widthOf(label)) / 2, (heightMm - pitch) / 2 + lead),
      ...own.flatMap((line, at) => paintLine(line, place.left + labelWidth + pad, top + at * pitch)),
    ]
  })
  const uprights = places.flatMap((place) => [...(place.left > typeArea.left ? [place.left] : []), place.left + labelWidth])
  return { items, heightMm, isLast: true, uprights, label: null }
}

/** Air above the glyphs of a line inside its pitch (mm). */
const lead = (pitch - emOf(size.four)) / 2

function linesIn(glyphs: readonly Glyph[], width: number): readonly Line[] {
  return glyphs.length === 0 ? [] : breakLines(glyphs, () => ({ indent: 0, width }))
}

/** A box: every line may begin a new page, but a signature stays with the last line it signs. */
function boxBands(setter: Typesetter, row: Extract<SheetRow, { kind: 'box' }>): readonly Band[] {
  const left = typeArea.left + labelWidth + pad
  const width = typeArea.width - labelWidth - 2 * pad
  const uprights = [typeArea.left + labelWidth]
  const strips = row.entries.flatMap((entry): { readonly items: readonly PageItem[]; readonly heightMm: number }[] => {
    const lines = entry.text.split('\n').flatMap((each) => linesIn(derivedGlyphs(setter, each, textStyle), width))
    const signed = linesIn(derivedGlyphs(setter, entry.signed, signedStyle), width)
    const tail = signed.flatMap((line, at) => paintLine(line, left + width - line.width, pitch * at + lead))
    const last = lines.at(-1)
    const foot = { items: [...(last ? paintLine(last, left, lead) : []), ...tail.map((item) => moveDown(item, last ? pitch : 0))], heightMm: (signed.length + (last ? 1 : 0)) * pitch + pad }
    return [...lines.slice(0, -1).map((line) => ({ items: paintLine(line, left, lead), heightMm: pitch })), foot]
  })
  const used = strips.reduce((sum, strip) => sum + strip.heightMm, 0)
  const free = Math.max(0, row.blankLines * pitch - used)
  const bands = [...strips, { items: [], heightMm: free }].filter((strip) => strip.heightMm > 0)
  const heightMm = bands.reduce((sum, band) => sum + band.heightMm, 0) + 2 * pad
  return bands.map((band, index): Band => {
    const isFirst = index === 0
    const isLast = index === bands.length - 1
    const above = isFirst ? pad : 0
    const items = band.items.map((item) => moveDown(item, above))
    const label = isFirst ? labelItems(setter, row.label, 0, Math.min(heightMm, band.heightMm + 2 * pad)) : []
    return { items: [...label, ...items], heightMm: band.heightMm + above + (isLast ? pad : 0), isLast, uprights, label: isFirst ? null : row.label }
  })
}

/** A list: its heads, then a row for each entry; every row may begin a new page. */
function listBands(setter: Typesetter, row: Extract<SheetRow, { kind: 'list' }>): readonly Band[] {
  const whole = row.columns.reduce((sum, column) => sum + column.share, 0)
  let left: number = typeArea.left + labelWidth
  const places = row.columns.map(({ title, share }) => {
    const width = ((typeArea.width - labelWidth) * share) / whole
    const place = { title, left, width }
    left += width
    return place
  })
  const cells = (texts: readonly string[], style: Style): readonly { readonly left: number; readonly lines: readonly Line[] }[] =>
    places.map((place, index) => ({ left: place.left + pad, lines: (texts[index] ?? '').split('\n').flatMap((each) => linesIn(derivedGlyphs(setter, each, style), place.width - 2 * pad)) }))
  const blank = Array.from({ length: row.blankRows }, (): readonly string[] => [])
  const all = [cells(places.map(({ title }) => title), listHeadStyle), ...[...row.rows, ...blank].map((texts) => cells(texts, signedStyle))]
  const uprights = places.map((place) => place.left)
  return all.map((own, index): Band => {
    const heightMm = exact(Math.max(1, ...own.map(({ lines }) => lines.length)) * pitch + pad)
    const items = own.flatMap((cell) => cell.lines.flatMap((line, at) => paintLine(line, cell.left, (heightMm - cell.lines.length * pitch) / 2 + lead + at * pitch)))
    const label = index === 0 ? labelItems(setter, row.label, 0, heightMm) : []
    const isLast = index === all.length - 1
    const below: readonly Rule[] = isLast ? [] : [{ kind: 'rule', x1: exact(typeArea.left + labelWidth), y1: heightMm, x2: exact(typeArea.right), y2: heightMm, ...thin }]
    return { items: [...label, ...items, ...below], heightMm, isLast, uprights, label: index === 0 ? null : row.label }
  })
}

/** A label in its column, on a line of its own after each line feed, centred in `room` mm from `top`. */
function labelItems(setter: Typesetter, label: string, top: number, room: number): readonly PageItem[] {
  const lines = label.split('\n').flatMap((each) => linesIn(derivedGlyphs(setter, each, labelStyle), labelWidth - 2 * pad))
  const first = top + Math.max(pad, (room - lines.length * pitch) / 2)
  return lines.flatMap((line, at) => paintLine(line, typeArea.left + (labelWidth - line.width) / 2, first + at * pitch + lead))
}

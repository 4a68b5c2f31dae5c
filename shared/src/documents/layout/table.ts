/** Tables: 仿宋 in the table size, thin rules, header rows repeated on every page. A row is torn only
 * when it is higher than a page. */
import type { TableRow } from '../model.ts'
import { baselineAt, emOf, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { runGlyphs, widthOf } from './glyphs.ts'
import { breakLines } from './lines.ts'
import type { PageItem } from './model.ts'
import { moveDown, paintGlyphs, ruleAt } from './paint.ts'
import type { Piece } from './pieces.ts'

const padding = { x: 1.2, y: 1.7 } as const
const rule = { widthMm: 0.25, ink: 'black' as const }
const bodyStyle: Style = { role: 'fangsong', sizePt: size.table }
const headStyle: Style = { role: 'heiti', sizePt: size.table }
const linePitch = emOf(size.table) * 1.45

interface Cell {
  readonly columns: number
  readonly glyphs: readonly Glyph[]
}

interface Row {
  readonly header: boolean
  readonly cells: readonly Cell[]
}

/** A table as pieces, one a row. Offsets of its text count through the cells in reading order with one unit between two cells. */
export function tablePieces(setter: Typesetter, rows: readonly TableRow[], block: number): readonly Piece[] {
  const read = readRows(setter, rows, block)
  const edges = columnEdges(read)
  if (edges.length < 2) return []
  const firstBody = read.findIndex((row) => !row.header)
  const heads = (firstBody < 0 ? [] : read.slice(0, firstBody)).flatMap((row) => drawRow(row, edges, typeArea.height))
  const headHeight = heads.reduce((sum, row) => sum + row.heightMm, 0)
  const drawn = [...heads, ...read.slice(Math.max(0, firstBody)).flatMap((row) => drawRow(row, edges, typeArea.height - headHeight))]
  const repeat = stack(heads)
  return drawn.map((each, index): Piece => ({
    kind: 'solid',
    items: each.items,
    heightMm: each.heightMm,
    block,
    isBody: true,
    onGrid: index === 0,
    ...(index >= heads.length && heads.length > 0 ? { repeat } : {}),
  }))
}

function readRows(setter: Typesetter, rows: readonly TableRow[], block: number): readonly Row[] {
  let start = 0
  return rows.map((row) => ({
    header: row.header,
    cells: row.cells.map((each) => {
      const glyphs = runGlyphs(setter, each.runs, { block, start, style: () => (row.header ? headStyle : bodyStyle) })
      start += each.runs.reduce((sum, run) => sum + run.text.length, 0) + 1
      return { columns: Math.max(1, each.columns), glyphs }
    }),
  }))
}

/** Column edges from the left margin: widths follow the longest text of each column, none below three characters. */
function columnEdges(rows: readonly Row[]): readonly number[] {
  const count = Math.max(0, ...rows.map((row) => row.cells.reduce((sum, each) => sum + each.columns, 0)))
  if (count === 0) return []
  const wants = Array.from({ length: count }, () => 3 * emOf(size.table))
  for (const row of rows) {
    let column = 0
    for (const each of row.cells) {
      const want = Math.min(widthOf(each.glyphs), typeArea.width * 0.6) / each.columns + 2 * padding.x
      for (let at = column; at < column + each.columns; at += 1) wants[at] = Math.max(wants[at] ?? 0, want)
      column += each.columns
    }
  }
  const total = wants.reduce((sum, want) => sum + want, 0)
  return wants.reduce<number[]>((edges, want) => [...edges, (edges.at(-1) ?? 0) + (want / total) * typeArea.width], [0])
}

interface DrawnRow {
  readonly items: readonly PageItem[]
  readonly heightMm: number
}

/** A row with its frame; cut into as many as it takes when it is higher than a page. */
function drawRow(row: Row, edges: readonly number[], room: number): readonly DrawnRow[] {
  let column = 0
  const cells = row.cells.map((each) => {
    const [left, right] = [edges[column] ?? 0, edges[Math.min(edges.length - 1, column + each.columns)] ?? typeArea.width]
    column += each.columns
    return { left, right, lines: breakLines(each.glyphs, () => ({ indent: 0, width: right - left - 2 * padding.x })) }
  })
  const tallest = Math.max(1, ...cells.map((each) => each.lines.length))
  const most = Math.max(1, Math.floor((room - 2 * padding.y) / linePitch))
  return Array.from({ length: Math.ceil(tallest / most) }, (_part, part) => {
    const inPart = Math.min(most, tallest - part * most)
    const heightMm = inPart * linePitch + 2 * padding.y
    const items = cells.flatMap((each) => drawCell({ ...each, lines: each.lines.slice(part * most, (part + 1) * most) }, { heightMm, isHead: row.header }))
    return { items: [...items, ...frame([...cells.map((each) => each.left), typeArea.width], heightMm)], heightMm }
  })
}

function drawCell(
  place: { readonly left: number; readonly right: number; readonly lines: ReturnType<typeof breakLines> },
  row: { readonly heightMm: number; readonly isHead: boolean },
): readonly PageItem[] {
  const inner = place.lines.length * linePitch
  const isCentred = row.isHead || place.lines.length === 1
  return place.lines.flatMap((line, index) => {
    const width = place.right - place.left - 2 * padding.x
    const shift = isCentred ? Math.max(0, (width - line.width) / 2) : 0
    const top = (row.heightMm - inner) / 2 + index * linePitch + (linePitch - emOf(size.table)) / 2
    const left = typeArea.left + place.left + padding.x + shift
    return paintGlyphs(line.glyphs, { x: line.x.map((each) => each + left), baseline: baselineAt(top, size.table) })
  })
}

function frame(lefts: readonly number[], heightMm: number): readonly PageItem[] {
  const verticals = lefts.map((x): PageItem => {
    const at = typeArea.left + x
    return { kind: 'rule', x1: at, y1: 0, x2: at, y2: heightMm, ...rule }
  })
  return [ruleAt(0, typeArea, rule), ruleAt(heightMm, typeArea, rule), ...verticals]
}

function stack(rows: readonly { readonly items: readonly PageItem[]; readonly heightMm: number }[]): { items: readonly PageItem[]; heightMm: number } {
  let y = 0
  const items = rows.flatMap((row) => {
    const moved = row.items.map((item) => moveDown(item, y))
    y += row.heightMm
    return moved
  })
  return { items, heightMm: y }
}

/** The grid of a table: which cell lies over which columns and rows, and how wide the columns are. */
import type { TableCell, TableRow } from '../model.ts'
import { emOf, size } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { runGlyphs, widthOf } from './glyphs.ts'

/** Air inside a cell (mm). */
export const cellPadding = { x: 1.2, y: 1.7 } as const
const bodyStyle: Style = { role: 'fangsong', sizePt: size.table }
const headStyle: Style = { role: 'heiti', sizePt: size.table }

/** A cell in its place; `row` counts in its table. */
export interface GridCell {
  readonly row: number
  readonly column: number
  readonly columns: number
  readonly rows: number
  /** Its paragraphs. */
  readonly paragraphs: readonly (readonly Glyph[])[]
}

/** A row: the cells that begin in it. */
export interface GridRow {
  readonly header: boolean
  readonly cells: readonly GridCell[]
}

/** The grid with its number of columns. */
export interface Grid {
  readonly rows: readonly GridRow[]
  readonly columns: number
}

/** Most columns a table is drawn with: more could not be read on any page. Further cells go on in the next row. */
const mostColumns = 60

/** Puts the cells in place: a cell over several rows pushes those of the next rows aside. A span never leaves its part of the
 * table, head or body. Offsets of the text count through the cells in reading order with one unit between two cells. */
export function gridOf(setter: Typesetter, given: readonly TableRow[]): Grid {
  const rows = given.flatMap(narrowed)
  let start = 0
  let columns = 0
  const taken = new Map<number, Set<number>>()
  const heads = headCount(rows)
  const read = rows.map((row, at): GridRow => {
    let column = 0
    const cells = row.cells.map((cell): GridCell => {
      while (taken.get(at)?.has(column)) column += 1
      const last = at < heads ? heads : rows.length
      const spot = { row: at, column: Math.min(column, mostColumns - 1), columns: Math.max(1, Math.min(cell.columns, mostColumns - column)), rows: Math.max(1, Math.min(cell.rows ?? 1, last - at)) }
      for (let below = at + 1; below < at + spot.rows; below += 1) take(taken, below, spot)
      const glyphs = runGlyphs(setter, cell.runs, { start, style: () => (row.header ? headStyle : bodyStyle), keepsBreaks: true })
      start += cell.runs.reduce((sum, run) => sum + run.text.length, 0) + 1
      column = spot.column + spot.columns
      columns = Math.max(columns, column)
      return { ...spot, paragraphs: paragraphsOf(glyphs) }
    })
    return { header: row.header, cells }
  })
  return { rows: read, columns }
}

/** A row cut where it becomes too wide. */
function narrowed(row: TableRow): readonly TableRow[] {
  const wide = row.cells.reduce((sum, cell) => sum + Math.min(mostColumns, cell.columns), 0)
  if (wide <= mostColumns) return [row]
  const rows: TableCell[][] = []
  let column = mostColumns
  for (const cell of row.cells) {
    const columns = Math.min(mostColumns, cell.columns)
    if (column + columns > mostColumns) {
      rows.push([])
      column = 0
    }
    rows.at(-1)?.push({ columns, runs: cell.runs })
    column += columns
  }
  return rows.map((cells) => ({ header: row.header, cells }))
}

/** Header rows stand at the top; a header row further down is drawn like one but not repeated. */
export function headCount(rows: readonly { readonly header: boolean }[]): number {
  const first = rows.findIndex((row) => !row.header)
  return first < 0 ? 0 : first
}

function take(taken: Map<number, Set<number>>, row: number, spot: { readonly column: number; readonly columns: number }): void {
  const set = taken.get(row) ?? new Set<number>()
  for (let at = spot.column; at < spot.column + spot.columns; at += 1) set.add(at)
  taken.set(row, set)
}

function paragraphsOf(glyphs: readonly Glyph[]): readonly (readonly Glyph[])[] {
  const paragraphs: Glyph[][] = [[]]
  for (const glyph of glyphs) {
    if (glyph.sign.char === '\n') paragraphs.push([])
    else paragraphs.at(-1)?.push(glyph)
  }
  return paragraphs
}

/** A column whose texts are no longer than this keeps them on one line (em). */
const shortText = 8

/** Column edges from the left. Columns of short texts get what they need, the others share the rest by their longest text; when
 * the short ones would take more than two thirds, all are made narrower alike. */
export function columnEdges(grid: Grid, width: number): readonly number[] {
  if (grid.columns === 0) return []
  const wants = columnWants(grid, width)
  const limit = shortText * emOf(size.table) + 2 * cellPadding.x
  const short = wants.reduce((sum, want) => sum + (want <= limit ? want : 0), 0)
  const long = wants.reduce((sum, want) => sum + (want > limit ? want : 0), 0)
  const isFair = long > 0 && short <= (width * 2) / 3 && short + long > width
  const widths = wants.map((want) => (isFair ? (want <= limit ? want : (want / long) * (width - short)) : (want / (short + long)) * width))
  const edges = [0]
  for (const each of widths) edges.push((edges.at(-1) ?? 0) + each)
  return edges
}

/** What each column needs for its longest text, none below three characters. */
function columnWants(grid: Grid, width: number): readonly number[] {
  const wants = Array.from({ length: grid.columns }, () => 3 * emOf(size.table))
  for (const cell of grid.rows.flatMap((row) => row.cells)) {
    const longest = Math.max(0, ...cell.paragraphs.map(widthOf))
    const want = Math.min(longest, width * 0.6) / cell.columns + 2 * cellPadding.x + 0.1
    for (let at = cell.column; at < cell.column + cell.columns; at += 1) wants[at] = Math.max(wants[at] ?? 0, want)
  }
  return wants
}

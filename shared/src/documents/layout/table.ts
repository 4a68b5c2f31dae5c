/** Tables: 仿宋 in the table size, thin rules, header rows repeated on every page, merged cells; wide ones on turned pages. A row
 * is torn only when it is higher than a page. Source: GB/T 9704-2012 8 */
import type { Block } from '../model.ts'
import { baselineAt, emOf, exact, sheet, size, typeArea } from './geometry.ts'
import type { Typesetter } from './glyphs.ts'
import { createTypesetter } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines } from './lines.ts'
import type { FontMetrics, GlyphRun, PageItem, Rule } from './model.ts'
import { moveDown, paintGlyphs, ruleAt } from './paint.ts'
import type { Piece } from './pieces.ts'
import type { Grid, GridCell, GridRow } from './table-grid.ts'
import { cellPadding as padding, columnEdges, gridOf, headCount } from './table-grid.ts'

const rule = { widthMm: 0.25, ink: 'black' as const }
const linePitch = emOf(size.table) * 1.45

/** Rows that stand or fall together, with y from 0. */
interface Strip {
  readonly items: readonly PageItem[]
  readonly heightMm: number
}

interface Frame {
  readonly grid: Grid
  readonly edges: readonly number[]
  readonly left: number
  readonly width: number
  readonly block: number
}

/** A table as pieces: one a row or a group of rows with a merged cell, or one a page when it is turned. */
export function tablePieces(setter: Typesetter, table: Extract<Block, { kind: 'table' }>, block: number): readonly Piece[] {
  const grid = gridOf(setter, table.rows)
  if (grid.columns === 0) return []
  return table.landscape ? turnedPieces(grid, block) : uprightPieces(grid, block)
}

/** Edges of a table's columns from its left (mm), as its pages have them: for files of other programs that are to have them too. */
export function tableEdges(table: Extract<Block, { kind: 'table' }>, metrics: FontMetrics): readonly number[] {
  return columnEdges(gridOf(createTypesetter(metrics), table.rows), table.landscape ? turnedArea.width : typeArea.width)
}

function uprightPieces(grid: Grid, block: number): readonly Piece[] {
  const frame = { grid, edges: columnEdges(grid, typeArea.width), left: typeArea.left, width: typeArea.width, block }
  const { heads, bodies } = stripsOf(frame, typeArea.height)
  const repeat = stack(heads)
  return [...heads, ...bodies].map((each, index): Piece => ({
    kind: 'solid',
    ...each,
    block,
    isBody: true,
    onGrid: index === 0,
    ...(index >= heads.length && heads.length > 0 ? { repeat } : {}),
  }))
}

function stripsOf(frame: Frame, room: number): { readonly heads: readonly Strip[]; readonly bodies: readonly Strip[] } {
  const { rows } = frame.grid
  const count = headCount(rows)
  // A head of half a page and more leaves no room for what it heads: it is not repeated but flows like any row.
  const heads = groupsOf(rows.slice(0, count)).flatMap((group) => drawGroup(frame, group, room))
  const height = heads.reduce((sum, strip) => sum + strip.heightMm, 0)
  if (height > room / 2) return { heads: [], bodies: groupsOf(rows).flatMap((group) => drawGroup(frame, group, room)) }
  return { heads, bodies: groupsOf(rows.slice(count)).flatMap((group) => drawGroup(frame, group, room - height)) }
}

/** Rows joined by cells that span them. */
function groupsOf(rows: readonly GridRow[]): readonly (readonly GridRow[])[] {
  const groups: GridRow[][] = []
  let until = 0
  for (const [index, row] of rows.entries()) {
    if (index < until) groups.at(-1)?.push(row)
    else groups.push([row])
    until = Math.max(until, ...row.cells.map((cell) => index + cell.rows))
  }
  return groups
}

interface BrokenCell extends GridCell {
  readonly left: number
  readonly right: number
  readonly lines: readonly Line[]
}

/** A group as one strip; one higher than the room loses its joins and may be torn row by row. */
function drawGroup(frame: Frame, group: readonly GridRow[], room: number): readonly Strip[] {
  const cells = group.map((row) => row.cells.map((cell) => broken(frame, cell)))
  const heights = rowHeights(cells, group[0]?.cells[0]?.row ?? 0)
  const total = heights.reduce((sum, height) => sum + height, 0)
  if (total <= room) return [drawJoined(frame, group, { cells, heights })]
  return group.flatMap((row, index) => drawTorn(frame, { row, cells: cells[index] ?? [], room }))
}

function broken(frame: Frame, cell: GridCell): BrokenCell {
  const left = frame.edges[cell.column] ?? 0
  const right = frame.edges[Math.min(frame.edges.length - 1, cell.column + cell.columns)] ?? frame.width
  const width = Math.max(0.1, right - left - 2 * padding.x)
  const lines = cell.paragraphs.flatMap((glyphs) => breakLines(glyphs, () => ({ indent: 0, width })))
  return { ...cell, left, right, lines }
}

function rowHeights(rows: readonly (readonly BrokenCell[])[], firstRow: number): readonly number[] {
  const heights = rows.map((cells) => heightOf(Math.max(1, ...cells.filter((cell) => cell.rows === 1).map((cell) => cell.lines.length))))
  for (const cell of rows.flat().filter((each) => each.rows > 1)) {
    const [from, to] = [cell.row - firstRow, Math.min(heights.length, cell.row - firstRow + cell.rows)]
    const have = heights.slice(from, to).reduce((sum, height) => sum + height, 0)
    const lacking = heightOf(cell.lines.length) - have
    if (lacking > 0) heights[to - 1] = (heights[to - 1] ?? 0) + lacking
  }
  return heights
}

function heightOf(lines: number): number {
  return lines * linePitch + 2 * padding.y
}

function drawJoined(frame: Frame, group: readonly GridRow[], drawn: { readonly cells: readonly (readonly BrokenCell[])[]; readonly heights: readonly number[] }): Strip {
  const tops = [0]
  for (const height of drawn.heights) tops.push((tops.at(-1) ?? 0) + height)
  const total = tops.at(-1) ?? 0
  const items = drawn.cells.flatMap((cells, index) =>
    cells.flatMap((cell) => {
      const top = tops[index] ?? 0
      const bottom = tops[Math.min(tops.length - 1, index + cell.rows)] ?? total
      return [...drawText(frame, cell, { lines: cell.lines, top, bottom, isHead: group[index]?.header ?? false }), ...edgesOf(frame, cell, { top, bottom })]
    }),
  )
  return { items: [...items, ...outline(frame, total)], heightMm: total }
}

/** A row by itself, cut into as many strips as it takes. */
function drawTorn(frame: Frame, given: { readonly row: GridRow; readonly cells: readonly BrokenCell[]; readonly room: number }): readonly Strip[] {
  const tallest = Math.max(1, ...given.cells.map((each) => each.lines.length))
  const most = Math.max(1, Math.floor((given.room - 2 * padding.y) / linePitch))
  return Array.from({ length: Math.ceil(tallest / most) }, (_part, part) => {
    const heightMm = heightOf(Math.min(most, tallest - part * most))
    const items = given.cells.flatMap((cell) => {
      const lines = cell.lines.slice(part * most, (part + 1) * most)
      return [...drawText(frame, cell, { lines, top: 0, bottom: heightMm, isHead: given.row.header }), ...edgesOf(frame, cell, { top: 0, bottom: heightMm })]
    })
    return { items: [...items, ...outline(frame, heightMm)], heightMm }
  })
}

function drawText(
  frame: Frame,
  cell: BrokenCell,
  box: { readonly lines: readonly Line[]; readonly top: number; readonly bottom: number; readonly isHead: boolean },
): readonly PageItem[] {
  const inner = box.lines.length * linePitch
  const isCentred = box.isHead || box.lines.length === 1
  return box.lines.flatMap((line, index) => {
    const width = cell.right - cell.left - 2 * padding.x
    const shift = isCentred ? Math.max(0, (width - line.width) / 2) : 0
    const top = box.top + (box.bottom - box.top - inner) / 2 + index * linePitch + (linePitch - emOf(size.table)) / 2
    const left = frame.left + cell.left + padding.x + shift
    return paintGlyphs(line.glyphs, { x: line.x, left, baseline: baselineAt(top, size.table), block: frame.block })
  })
}

/** Left and upper edge of a cell; the outline closes the rest. */
function edgesOf(frame: Frame, cell: BrokenCell, box: { readonly top: number; readonly bottom: number }): readonly Rule[] {
  const [left, right] = [frame.left + cell.left, frame.left + cell.right]
  return [vertical(left, box.top, box.bottom), ruleAt(box.top, { left, right }, rule)]
}

function outline(frame: Frame, heightMm: number): readonly Rule[] {
  const right = frame.left + frame.width
  return [ruleAt(0, { left: frame.left, right }, rule), ruleAt(heightMm, { left: frame.left, right }, rule), vertical(frame.left, 0, heightMm), vertical(right, 0, heightMm)]
}

function vertical(x: number, top: number, bottom: number): Rule {
  return { kind: 'rule', x1: exact(x), y1: exact(top), x2: exact(x), y2: exact(bottom), ...rule }
}

function stack(strips: readonly Strip[]): Strip {
  let y = 0
  const items = strips.flatMap((strip) => {
    const moved = strip.items.map((item) => moveDown(item, y))
    y += strip.heightMm
    return moved
  })
  return { items, heightMm: y }
}

/** The type area seen from the left edge of the sheet: x counts from the sheet's foot upwards, y from its left edge. */
const turnedArea = { left: sheet.height - typeArea.bottom, top: typeArea.left, width: typeArea.height, height: typeArea.width } as const

/** One solid a page, the head of the table on the left edge of the sheet: that is the binding edge of odd pages and the fore
 * edge of even ones. Source: GB/T 9704-2012 8 */
function turnedPieces(grid: Grid, block: number): readonly Piece[] {
  const frame = { grid, edges: columnEdges(grid, turnedArea.width), left: turnedArea.left, width: turnedArea.width, block }
  const { heads, bodies } = stripsOf(frame, turnedArea.height)
  const head = stack(heads)
  const pages: Strip[][] = []
  let y = Infinity
  for (const strip of bodies.length > 0 ? bodies : [{ items: [], heightMm: 0 }]) {
    if (y + strip.heightMm > turnedArea.height + 0.01) {
      pages.push(heads.length === 0 ? [] : [pages.length === 0 ? head : asRepeated(head)])
      y = head.heightMm
    }
    pages.at(-1)?.push(strip)
    y += strip.heightMm
  }
  const solids = pages.map((strips): Piece => {
    const items = stack(strips).items.map((item) => turn(moveDown(item, turnedArea.top)))
    return { kind: 'solid', items, heightMm: typeArea.height, block, isBody: true, onGrid: true, turned: true }
  })
  return [...solids.flatMap((solid): readonly Piece[] => [{ kind: 'break', isSoft: true }, solid]), { kind: 'break', isSoft: true }]
}

function asRepeated(strip: Strip): Strip {
  return { ...strip, items: strip.items.map((item) => (item.kind === 'text' ? { ...item, artifact: true } : item)) }
}

function turn(item: PageItem): GlyphRun | Rule {
  if (item.kind === 'text') return { ...item, turned: true }
  if (item.kind !== 'rule') throw new Error('Bug: a table has text and rules only')
  return { ...item, x1: item.y1, y1: exact(sheet.height - item.x1), x2: item.y2, y2: exact(sheet.height - item.x2) }
}

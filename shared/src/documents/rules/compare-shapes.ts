/** Comparing what a block is beside its letters: the cells and the position of a table, the picture of a figure, footnotes, how it
 * is counted. Each change has a name, so that whoever compares two versions reads what was done and need not look for it. */
import type { Block, FigureImage, TableRow } from '../model.ts'
import { cleanText } from '../model.ts'
import { runsOf } from '../text/runs.ts'
import { commonSteps, isAlike } from './common-steps.ts'

/** What may change in a block beside its letters: a table turned `landscape` (横排) or back `upright`, cells `merged` (合并) or
 * `split` (拆分), its numbers of rows, columns and repeated head rows; a picture that has another width or is another; a footnote
 * added or removed; a number that goes on (`continued`) or begins anew (`restarted`). */
export const shapeChangeCodes = [
  'landscape', 'upright', 'merged', 'split', 'rows', 'columns', 'head-rows', 'picture-width', 'picture', 'footnote-added', 'footnote-removed',
  'continued', 'restarted',
] as const

/** One change of a block beside its letters. Params: of cells `row` and `column` of the first one, counted from 1 in the newer
 * table, and how many `columns` by `rows` are or were one; `before` and `after` of numbers and of a width (mm); `text` of a footnote. */
export interface ShapeChange {
  readonly code: (typeof shapeChangeCodes)[number]
  readonly params: Readonly<Record<string, string | number>>
}

/** What changed in a block beside its letters; empty where the two are of different kinds. */
export function shapeChanges(before: Block, after: Block): readonly ShapeChange[] {
  const notes = footnoteChanges(before, after)
  if (before.kind === 'table' && after.kind === 'table') return [...tableChanges(before, after), ...notes]
  if (before.kind === 'figure' && after.kind === 'figure') return [...pictureChanges(before.image, after.image), ...notes]
  return before.kind === after.kind ? [...countChanges(before, after), ...notes] : notes
}

function footnoteChanges(before: Block, after: Block): readonly ShapeChange[] {
  const [old, next] = [footnotesOf(before), footnotesOf(after)]
  return commonSteps(old, next).flatMap((step): readonly ShapeChange[] => {
    if (step.op === 'same') return []
    return [step.op === 'added' ? { code: 'footnote-added', params: { text: next[step.index] ?? '' } } : { code: 'footnote-removed', params: { text: old[step.index] ?? '' } }]
  })
}

function footnotesOf(block: Block): readonly string[] {
  return runsOf(block).flatMap((run) => (run.footnote === undefined || run.change?.kind === 'deletion' ? [] : [run.footnote]))
}

function pictureChanges(before: FigureImage, after: FigureImage): readonly ShapeChange[] {
  return [
    ...(before.digest === after.digest ? [] : [{ code: 'picture', params: {} } as const]),
    ...differing('picture-width', Math.round(before.widthMm * 10) / 10, Math.round(after.widthMm * 10) / 10),
  ]
}

function countChanges(before: Block, after: Block): readonly ShapeChange[] {
  const goesOn = (block: Block): boolean => 'continues' in block && block.continues === true
  return goesOn(before) === goesOn(after) ? [] : [{ code: goesOn(after) ? 'continued' : 'restarted', params: {} }]
}

function differing(code: 'rows' | 'columns' | 'head-rows' | 'picture-width', before: number, after: number): readonly ShapeChange[] {
  return before === after ? [] : [{ code, params: { before, after } }]
}

type Table = Extract<Block, { readonly kind: 'table' }>

function tableChanges(before: Table, after: Table): readonly ShapeChange[] {
  const [old, next] = [squaresOf(before.rows), squaresOf(after.rows)]
  const headRows = (table: Table): number => table.rows.filter((row) => row.header).length
  const turned: readonly ShapeChange[] = (before.landscape ?? false) === (after.landscape ?? false) ? [] : [{ code: after.landscape ? 'landscape' : 'upright', params: {} }]
  return [
    ...turned,
    ...differing('rows', old.rows.length, next.rows.length),
    ...differing('columns', old.columns.length, next.columns.length),
    ...differing('head-rows', headRows(before), headRows(after)),
    ...cellChanges(old, next),
  ]
}

/** The squares of a table: for each the number of the cell over it, -1 where none is; and the words of each row and column. */
interface Squares {
  readonly cells: readonly (readonly number[])[]
  readonly rows: readonly string[]
  readonly columns: readonly string[]
}

/** Wider than this no table is drawn; what a hostile file claims beyond is not counted out. */
const mostColumns = 200

function squaresOf(rows: readonly TableRow[]): Squares {
  const cells: number[][] = rows.map(() => [])
  const columns: string[] = []
  let count = 0
  for (const [at, row] of rows.entries()) {
    let column = 0
    for (const cell of row.cells) {
      while (cells[at]?.[column] !== undefined) column += 1
      const [width, height] = [Math.max(1, Math.min(cell.columns, mostColumns - column)), Math.max(1, cell.rows ?? 1)]
      for (const line of cells.slice(at, at + height)) for (let x = column; x < column + width; x += 1) line[x] ??= count
      columns[column] = (columns[column] ?? '') + cleanText(cell.runs)
      count += 1
      column += width
    }
  }
  const width = Math.max(0, ...cells.map((line) => line.length))
  return {
    cells: cells.map((line) => Array.from({ length: width }, (_each, x) => line[x] ?? -1)),
    rows: rows.map((row) => row.cells.map((cell) => cleanText(cell.runs)).join('')),
    columns: Array.from({ length: width }, (_each, x) => columns[x] ?? ''),
  }
}

/** Cells that are one now and were several, and the other way round, on the rows and columns both tables have. */
function cellChanges(old: Squares, next: Squares): readonly ShapeChange[] {
  const [rows, columns] = [sharedPlaces(old.rows, next.rows), sharedPlaces(old.columns, next.columns)]
  const [joined, parted] = [new Map<number, Area>(), new Map<number, Area>()]
  for (const [oldRow, row] of rows) {
    for (const [oldColumn, column] of columns) {
      const [was, is] = [old.cells[oldRow]?.[oldColumn] ?? -1, next.cells[row]?.[column] ?? -1]
      if (was < 0 || is < 0) continue
      widen(joined, is, { row, column, other: was })
      widen(parted, was, { row, column, other: is })
    }
  }
  return [...named('merged', joined), ...named('split', parted)]
}

/** Where a cell lies in the newer table, from 0, with the cells of the other table that lie there. */
interface Area {
  readonly row: number
  readonly column: number
  lastRow: number
  lastColumn: number
  readonly others: Set<number>
}

function widen(areas: Map<number, Area>, cell: number, at: { readonly row: number; readonly column: number; readonly other: number }): void {
  const area = areas.get(cell) ?? { row: at.row, column: at.column, lastRow: at.row, lastColumn: at.column, others: new Set() }
  areas.set(cell, area)
  area.lastRow = Math.max(area.lastRow, at.row)
  area.lastColumn = Math.max(area.lastColumn, at.column)
  area.others.add(at.other)
}

function named(code: 'merged' | 'split', areas: ReadonlyMap<number, Area>): readonly ShapeChange[] {
  return [...areas.values()]
    .filter((area) => area.others.size > 1)
    .map((area) => ({ code, params: { row: area.row + 1, column: area.column + 1, columns: area.lastColumn - area.column + 1, rows: area.lastRow - area.row + 1 } }))
}

/** Pairs of places in two lists: place by place where they are as long, else what they have in common and, between, what is alike. */
function sharedPlaces(old: readonly string[], next: readonly string[]): readonly (readonly [old: number, next: number])[] {
  if (old.length === next.length) return old.map((_each, at) => [at, at])
  const pairs: [number, number][] = []
  let [gone, come]: [number[], number[]] = [[], []]
  const closeGap = (): void => {
    let taken = 0
    for (const place of come) {
      const found = gone.findIndex((at, index) => index >= taken && isAlike(old[at] ?? '', next[place] ?? ''))
      if (found >= 0) pairs.push([gone[found] ?? place, place])
      if (found >= 0) taken = found + 1
    }
    gone = []
    come = []
  }
  for (const step of commonSteps(old, next)) {
    if (step.op === 'removed') gone.push(step.index)
    else if (step.op === 'added') come.push(step.index)
    else {
      closeGap()
      pairs.push([step.index, step.other])
    }
  }
  closeGap()
  return pairs
}

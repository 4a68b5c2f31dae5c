/** Rows and cells of a traced table: those that stand, those that are gone with their words, and which parts each holds. */
import type { Origin } from './history.ts'
import type { LetterRow, Letters } from './letters.ts'

/** A cell of a traced table; `parts` is how many of the block's parts are its own, in order. */
export interface TraceCell {
  readonly op: 'same' | 'added' | 'removed'
  readonly isHeader: boolean
  readonly columns: number
  readonly rows: number
  readonly parts: number
}

/** A row of a traced table. */
export interface TraceRow {
  readonly op: 'same' | 'added' | 'removed'
  readonly cells: readonly TraceCell[]
}

/** The rows a reader sees, and all their parts in order. Words of a cell that is gone from a standing row stand struck in the cell
 * before it, so that the rows stay as wide as they are.
 *
 * @param from row of the log the trace begins after
 */
export function traceRows<Part>(rows: readonly LetterRow[], from: number, partsIn: (letters: readonly Letters[]) => readonly Part[]): { readonly rows: readonly TraceRow[]; readonly parts: readonly Part[] } {
  const told = rows.flatMap((row) => traceRow(row, from, partsIn))
  return { rows: told.map(({ row }) => row), parts: told.flatMap(({ parts }) => parts) }
}

function traceRow<Part>(row: LetterRow, from: number, partsIn: (letters: readonly Letters[]) => readonly Part[]): readonly { readonly row: TraceRow; readonly parts: readonly Part[] }[] {
  const op = fateOf(row, from)
  const cells = row.cells.map((cell) => ({ cell, op: fateOf(cell, from), parts: partsIn(cell.letters) }))
  const parts = cells.flatMap((each) => each.parts)
  // Nobody misses a row that came and went, nor one whose words were only carried elsewhere.
  if (op === null || (op === 'removed' && parts.length === 0)) return []
  const shown = op === 'removed' ? cells.filter((each) => each.op !== null) : cells.filter((each) => each.op === 'same' || each.op === 'added')
  const firstShown = shown[0]
  if (firstShown === undefined) return []
  const counts = new Map(shown.map((each) => [each, 0]))
  let holder = firstShown
  for (const each of cells) {
    if (counts.has(each)) holder = each
    counts.set(holder, (counts.get(holder) ?? 0) + each.parts.length)
  }
  return [{ row: { op, cells: shown.map((each) => ({ op: each.op ?? op, isHeader: each.cell.isHeader, columns: each.cell.columns, rows: each.cell.rows, parts: counts.get(each) ?? 0 })) }, parts }]
}

function fateOf({ placed, removed }: { readonly placed: Origin; readonly removed: Origin | null }, from: number): TraceRow['op'] | null {
  const wasThere = placed.seq <= from && (removed === null || removed.seq > from)
  if (removed === null) return wasThere ? 'same' : 'added'
  return wasThere ? 'removed' : null
}

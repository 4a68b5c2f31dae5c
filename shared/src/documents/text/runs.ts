/** Making, merging and reading stretches of text. */
import type { Block, TextRun } from '../model.ts'
import { cleanText } from '../model.ts'

/** Runs of plain text; none for an empty string. */
export function plainRuns(text: string): readonly TextRun[] {
  return text === '' ? [] : [{ text }]
}

/** Whether two runs are of one format and may be one run. */
export function isSameFormat(a: TextRun, b: TextRun): boolean {
  return (a.bold === true) === (b.bold === true) && a.footnote === undefined && b.footnote === undefined && a.change?.kind === b.change?.kind && a.change?.id === b.change?.id
}

/** Runs with empty ones dropped and neighbours of equal format joined. */
export function mergeRuns(runs: readonly TextRun[]): readonly TextRun[] {
  const merged: TextRun[] = []
  for (const run of runs) {
    if (run.text === '') continue
    const last = merged.at(-1)
    if (last && isSameFormat(last, run)) merged[merged.length - 1] = { ...last, text: last.text + run.text }
    else merged.push(run)
  }
  return merged
}

/** All runs of a block; of a table, those of its cells in reading order. */
export function runsOf(block: Block): readonly TextRun[] {
  return block.kind === 'table' ? block.rows.flatMap((row) => row.cells.flatMap((cell) => cell.runs)) : block.runs
}

/** The clean text of a block (清稿); cells of a table are set apart by a tab, rows by a line feed. */
export function blockText(block: Block): string {
  if (block.kind !== 'table') return cleanText(block.runs)
  return block.rows.map((row) => row.cells.map((cell) => cleanText(cell.runs)).join('\t')).join('\n')
}

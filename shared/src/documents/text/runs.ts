/** Making, merging and reading stretches of text. */
import type { Block, OfficialDocument, TextRun } from '../model.ts'
import { cleanText } from '../model.ts'

/** Runs of plain text; none for an empty string. */
export function plainRuns(text: string): readonly TextRun[] {
  return text === '' ? [] : [{ text }]
}

/** Whether two runs are of one format and may be one run. */
export function isSameFormat(a: TextRun, b: TextRun): boolean {
  return (a.bold === true) === (b.bold === true) && a.footnote === undefined && b.footnote === undefined && a.change?.kind === b.change?.kind && a.change?.id === b.change?.id && a.reformatted?.id === b.reformatted?.id && a.reformatted?.bold === b.reformatted?.bold
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

/** The document with every pending revision of a file taken over by a person: whoever imports answers for it, since what a file
 * says of its authors proves nothing. Serials are kept. */
export function ownRevisions(document: OfficialDocument, personId: string): OfficialDocument {
  const ownId = (id: string): string => `${personId}:${id.slice(id.lastIndexOf(':') + 1)}`
  const own = (runs: readonly TextRun[]): readonly TextRun[] =>
    runs.map((run) => {
      const change = run.change ? { change: { kind: run.change.kind, id: ownId(run.change.id), personId } } : {}
      const reformatted = run.reformatted ? { reformatted: { ...run.reformatted, id: ownId(run.reformatted.id), personId } } : {}
      return { ...run, ...change, ...reformatted }
    })
  const blocks = document.blocks.map((block): Block => {
    if (block.kind !== 'table') return { ...block, runs: own(block.runs), ...(block.reshaped ? { reshaped: { ...block.reshaped, id: ownId(block.reshaped.id), personId } } : {}) }
    return { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, runs: own(cell.runs) })) })) }
  })
  return { ...document, blocks }
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

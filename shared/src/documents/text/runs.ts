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
  return mapRevisions(document, (change) => ({ ...change, id: `${personId}:${change.id.slice(change.id.lastIndexOf(':') + 1)}`, personId }))
}

/** The document with each pending revision under who made it, whatever the text claims.
 *
 * @param makers by the id of the change; one that is not in it was made by nobody known (an empty id)
 */
export function attributeRevisions(document: OfficialDocument, makers: ReadonlyMap<string, string>): OfficialDocument {
  return mapRevisions(document, (change) => ({ ...change, personId: makers.get(change.id) ?? '' }))
}

/** Changes of a document with what is done to each of them. */
function mapRevisions(document: OfficialDocument, act: <C extends { readonly id: string; readonly personId: string }>(change: C) => C): OfficialDocument {
  const each = (runs: readonly TextRun[]): readonly TextRun[] =>
    runs.map((run) => ({ ...run, ...(run.change ? { change: act(run.change) } : {}), ...(run.reformatted ? { reformatted: act(run.reformatted) } : {}) }))
  const blocks = document.blocks.map((block): Block => {
    if (block.kind !== 'table') return { ...block, runs: each(block.runs), ...(block.reshaped ? { reshaped: act(block.reshaped) } : {}) }
    return { ...block, rows: block.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, runs: each(cell.runs) })) })) }
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

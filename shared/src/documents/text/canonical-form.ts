/** The canonical form of a document: the text whose SM3 digest is signed at 签发 and that a permit to seal is bound to. */
import { canonicalJson } from '../../base/canonical.ts'
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'
import type { Block, OfficialDocument, TextRun } from '../model.ts'
import { mergeRuns, runsOf } from './runs.ts'

/** Refusals of the text with the HTTP status they travel under. */
export const textRefusals = { 'documents.pending-changes': 409, 'documents.newer-content': 409, 'documents.damaged-content': 409 } as const

/** Ids of the revisions (修订) that still wait to be accepted or rejected: of words, of format, of level. */
export function pendingChangeIds(document: OfficialDocument): ReadonlySet<string> {
  const ids = document.blocks.flatMap((block) => [
    ...(block.reshaped ? [block.reshaped.id] : []),
    ...runsOf(block).flatMap((run) => (run.text === '' ? [] : [...(run.change ? [run.change.id] : []), ...(run.reformatted ? [run.reformatted.id] : [])])),
  ])
  return new Set(ids)
}

/** Whether a revision still waits to be accepted or rejected. */
export function hasPendingChanges(document: OfficialDocument): boolean {
  return pendingChangeIds(document).size > 0
}

/** The canonical JSON of a document. Equal text gives equal bytes, however it was typed: neighbouring runs are joined and
 * empty ones dropped.
 *
 * @returns the string, or `documents.pending-changes` while a revision is pending: nobody signs what is not decided
 * Source: RFC 8785 by `canonicalJson`; 条例 第22条 (what is signed is the final text)
 */
export function canonicalForm(document: OfficialDocument): Result<string> {
  if (hasPendingChanges(document)) return refuse('documents.pending-changes')
  const blocks = document.blocks.map(canonicalBlock)
  return accept(canonicalJson({ version: document.version, elements: document.elements, blocks }))
}

function canonicalBlock(block: Block): unknown {
  if (block.kind !== 'table') return { ...block, runs: mergeRuns(block.runs).map(canonicalRun) }
  const rows = block.rows.map((row) => ({
    header: row.header,
    cells: row.cells.map((cell) => ({
      columns: cell.columns,
      ...(cell.rows === undefined ? {} : { rows: cell.rows }),
      runs: mergeRuns(cell.runs).map(canonicalRun),
    })),
  }))
  return { kind: block.kind, ...(block.landscape ? { landscape: true } : {}), rows }
}

function canonicalRun(run: TextRun): unknown {
  return { text: run.text, ...(run.bold === true ? { bold: true } : {}), ...(run.footnote === undefined ? {} : { footnote: run.footnote }) }
}

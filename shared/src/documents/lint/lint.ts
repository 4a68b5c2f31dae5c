/** The checker (公文校验): runs the rules over a document and applies their repairs. */
import type { Block, OfficialDocument, TextRun } from '../model.ts'
import { mergeRuns, blockText } from '../text/runs.ts'
import type { Finding, Fix, Hit, LintContext, LintRule, LintScene, TextEdit } from './model.ts'
import { bodyRules } from './rules-body.ts'
import { closingRules } from './rules-closing.ts'
import { headRules } from './rules-head.ts'
import { markRules } from './rules-marks.ts'
import { noteRules } from './rules-notes.ts'
import { relationRules } from './rules-relations.ts'
import { titleRules } from './rules-title.ts'

/** All rules, in the order of the catalogue. */
export const lintRules: readonly LintRule[] = [
  ...headRules,
  ...titleRules,
  ...relationRules,
  ...bodyRules,
  ...closingRules,
  ...noteRules,
  ...markRules,
]

const order = { error: 0, warning: 1, hint: 2 } as const

/** Checks a whole document. Pure and fast enough to run after every keystroke.
 *
 * @param context what the office knows; rules that lack their knowledge stay silent
 * @returns findings in reading order (elements first); within a block by severity
 */
export function lintDocument(document: OfficialDocument, context: LintContext = {}): readonly Finding[] {
  const texts = document.blocks.map(blockText)
  const firstAnnex = document.blocks.findIndex((block) => block.kind === 'annex-title')
  const scene: LintScene = { document, context, texts, mainEnd: firstAnnex < 0 ? document.blocks.length : firstAnnex }
  const findings = lintRules.flatMap((rule) => rule.check(scene).map((hit) => findingOf(rule, hit)))
  return findings.sort(
    (a, b) => (a.block ?? -1) - (b.block ?? -1) || order[a.severity] - order[b.severity] || a.from - b.from,
  )
}

/** Whether a document with these findings must not be submitted (送审). */
export function blocksSubmission(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

function findingOf(rule: LintRule, hit: Hit): Finding {
  const spots = hit.spots ?? []
  const finding = {
    rule: rule.id,
    level: rule.level,
    clause: rule.clause,
    severity: hit.severity ?? rule.severity,
    block: hit.block ?? null,
    element: hit.element ?? null,
    from: spots[0]?.from ?? 0,
    to: spots[0]?.to ?? 0,
    spots,
    params: { text: '', fix: '', ...hit.params, clause: rule.clause },
  }
  return hit.fix ? { ...finding, fix: hit.fix } : finding
}

/** The document after a repair. Offsets count clean text; pending deletions are left where they are. */
export function applyFix(document: OfficialDocument, fix: Fix): OfficialDocument {
  if (fix.kind === 'set-element') return { ...document, elements: { ...document.elements, [fix.name]: fix.value } }
  const blocks = document.blocks.map((block, index) =>
    index === fix.block && block.kind !== 'table' ? repaired(block, fix) : block,
  )
  return { ...document, blocks }
}

function repaired(block: Exclude<Block, { kind: 'table' }>, fix: Exclude<Fix, { kind: 'set-element' }>): Block {
  const runs = editRuns(block.runs, fix.edits)
  if (fix.kind === 'edit-text') return { ...block, runs }
  return fix.to === 'attachment-note'
    ? { kind: 'attachment-note', runs }
    : { kind: 'heading', level: fix.to.level, runs }
}

/** Runs after edits at offsets of the clean text; new text takes the format of what it replaces. */
export function editRuns(runs: readonly TextRun[], edits: readonly TextEdit[]): readonly TextRun[] {
  const result: TextRun[] = []
  let start = 0
  let next = 0
  for (const run of runs) {
    if (run.change?.kind === 'deletion') {
      result.push(run)
      continue
    }
    const end = start + run.text.length
    let position = start
    let text = ''
    for (let edit = edits[next]; edit && edit.from < end; edit = edits[next]) {
      text +=
        run.text.slice(position - start, Math.max(position, edit.from) - start) + (edit.from >= start ? edit.text : '')
      position = Math.max(position, Math.min(edit.to, end))
      if (edit.to > end) break
      next += 1
    }
    result.push({ ...run, text: text + run.text.slice(position - start) })
    start = end
  }
  const appended = edits
    .slice(next)
    .filter((edit) => edit.from >= start)
    .map((edit) => ({ text: edit.text }))
  return mergeRuns([...result, ...appended])
}

/** Where an offset of a block's clean text lies in its whole text with pending deletions, as the editor counts. */
export function offsetInFullText(runs: readonly TextRun[], cleanOffset: number): number {
  let clean = 0
  let full = 0
  for (const run of runs) {
    const isDeleted = run.change?.kind === 'deletion'
    if (!isDeleted && cleanOffset < clean + run.text.length) return full + cleanOffset - clean
    if (!isDeleted) clean += run.text.length
    full += run.text.length
  }
  return full
}

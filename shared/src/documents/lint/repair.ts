/** Repairs of the checker, applied to a document. */
import type { Block, OfficialDocument, TextRun } from '../model.ts'
import { mergeRuns } from '../text/runs.ts'
import type { Finding, Fix, TextEdit } from './model.ts'

/** The document after a repair. Offsets count clean text; pending deletions are left where they are. */
export function applyFix(document: OfficialDocument, fix: Fix): OfficialDocument {
  if (fix.kind === 'set-element') return { ...document, elements: { ...document.elements, [fix.name]: fix.value } }
  if (fix.kind === 'remove-block')
    return { ...document, blocks: document.blocks.filter((_block, index) => index !== fix.block) }
  const blocks = document.blocks.map((block, index) =>
    index === fix.block && block.kind !== 'table' ? repaired(block, fix) : block,
  )
  return { ...document, blocks }
}

/** Repairs that can be made together: one kind of change a block, edits that do not overlap; removals come last and from the end,
 * so that indexes stay true.
 *
 * @returns the repairs to make, in the order to make them; what is left out shows up again at the next check
 */
export function planRepairs(findings: readonly Finding[]): readonly Finding[] {
  const taken = new Map<number | string, TextEdit[]>()
  const chosen: Finding[] = []
  for (const finding of findings) {
    const { fix } = finding
    if (!fix) continue
    if (fix.kind === 'set-element') {
      if (!taken.has(fix.name)) chosen.push(finding)
      taken.set(fix.name, [])
      continue
    }
    const others = taken.get(fix.block)
    const edits = fix.kind === 'remove-block' ? [] : fix.edits
    // Offsets of a second repair count the text before the first: one a block is made from the end backwards.
    if (others && (fix.kind !== 'edit-text' || overlaps(others, edits))) continue
    taken.set(fix.block, [...(others ?? []), ...edits])
    chosen.push(finding)
  }
  return chosen.sort((a, b) => rank(a) - rank(b) || (b.block ?? -1) - (a.block ?? -1) || b.from - a.from)
}

function rank(finding: Finding): number {
  return finding.fix?.kind === 'remove-block' ? 1 : 0
}

function overlaps(taken: readonly TextEdit[], edits: readonly TextEdit[]): boolean {
  const first = Math.min(...edits.map((edit) => edit.from))
  const last = Math.max(...edits.map((edit) => edit.to))
  // Whole spans are compared: repairs that interleave would shift each other's later edits.
  return taken.some((edit) => edit.from <= last && first <= edit.to) || spans(taken, first, last)
}

function spans(taken: readonly TextEdit[], first: number, last: number): boolean {
  return taken.some((edit) => edit.from < first) && taken.some((edit) => edit.to > last)
}

/** The document with every safe repair made, and the findings they were for. Ends because each round must leave fewer repairs.
 *
 * @param check the checker in use, with its context
 */
export function repairDocument(
  document: OfficialDocument,
  check: (document: OfficialDocument) => readonly Finding[],
): { readonly document: OfficialDocument; readonly repaired: readonly Finding[] } {
  const repaired: Finding[] = []
  let current = document
  let left = Number.POSITIVE_INFINITY
  for (let plan = planRepairs(check(current)); plan.length > 0 && plan.length < left; plan = planRepairs(check(current))) {
    left = plan.length
    for (const finding of plan) if (finding.fix) current = applyFix(current, finding.fix)
    repaired.push(...plan)
  }
  return { document: current, repaired }
}

function repaired(
  block: Exclude<Block, { kind: 'table' }>,
  fix: Extract<Fix, { kind: 'edit-text' | 'change-block' }>,
): Block {
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

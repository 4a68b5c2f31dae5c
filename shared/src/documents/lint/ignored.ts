/** Findings a drafter has looked at and left as they are (忽略此处), each with a reason. */
import type { OfficialDocument } from '../model.ts'
import { blockText } from '../text/runs.ts'
import type { Finding } from './model.ts'

/** A finding put aside. It comes back when what it stood on changes. */
export interface IgnoredFinding {
  readonly rule: string
  /** What the finding stood on, see `anchorOf`. */
  readonly anchor: string
  readonly reason: string
}

/** How much is taken along on either side of what is marked. */
const context = 12

/** What a finding stands on, in words: the marked stretch with what is around it, the element and its value. Two findings of a rule
 * with one anchor are one; an edit far away leaves it, an edit here makes it another. */
export function anchorOf(document: OfficialDocument, finding: Finding): string {
  if (finding.element !== null) return `${finding.element}|${String(finding.params['text'])}`.slice(0, 200)
  const block = finding.block === null ? undefined : document.blocks[finding.block]
  if (!block) return `whole|${String(finding.params['text'])}`.slice(0, 200)
  const text = blockText(block)
  const isWhole = finding.from === finding.to
  const stretch = isWhole ? text.slice(0, 60) : text.slice(Math.max(0, finding.from - context), finding.to + context)
  return `${block.kind}|${stretch}`.slice(0, 200)
}

/** Whether a finding may be put aside: an error may not, it has to be set right. */
export function mayIgnore(finding: Pick<Finding, 'severity'>): boolean {
  return finding.severity !== 'error'
}

/** Findings apart: those that stand and those that were put aside. */
export function splitIgnored<T extends IgnoredFinding>(
  document: OfficialDocument,
  findings: readonly Finding[],
  ignored: readonly T[],
): { readonly open: readonly Finding[]; readonly aside: readonly { readonly finding: Finding; readonly by: T }[] } {
  if (ignored.length === 0) return { open: findings, aside: [] }
  const byKey = new Map(ignored.map((each) => [`${each.rule} ${each.anchor}`, each]))
  const open: Finding[] = []
  const aside: { finding: Finding; by: T }[] = []
  for (const finding of findings) {
    const by = mayIgnore(finding) ? byKey.get(`${finding.rule} ${anchorOf(document, finding)}`) : undefined
    if (by) aside.push({ finding, by })
    else open.push(finding)
  }
  return { open, aside }
}

/** Finds in a plan what can be supervised (督办): each item that ends by naming its lead unit, （市财政局牵头，市审计局配合）. */
import type { OfficialDocument } from '../model.ts'
import { deriveLabels } from '../gongwen/numbering.ts'
import { splitOutsideBrackets, trailingBracket } from './brackets.ts'
import { blockText } from './runs.ts'

/** One item proposed for supervision. */
export interface ProposedAssignment {
  /** Index of the block that ends in the note. */
  readonly block: number
  /** Its number as printed, e.g. `1.`; empty before the first heading. */
  readonly label: string
  /** The numbers down to it, e.g. `三、（九）1.` */
  readonly path: string
  /** The heading's words without number and stop. */
  readonly heading: string
  /** The item's text without the note; for a heading that runs on, without the heading too. */
  readonly text: string
  /** 牵头单位, the first is the principal one. */
  readonly leads: readonly string[]
  /** 配合单位. */
  readonly supports: readonly string[]
}

/** The units a note names, or null when it names none.
 *
 * @param note what stands between the brackets, e.g. `市A局、市B局牵头，市C局配合` or `牵头单位：市A局；配合单位：市C局`
 */
export function parseUnits(
  note: string,
): { readonly leads: readonly string[]; readonly supports: readonly string[] } | null {
  if (note.length > 2000 || !/牵头|负责|责任单位|主办/.test(note)) return null
  const leads: string[] = []
  const supports: string[] = []
  let waiting: string[] = []
  for (const clause of splitOutsideBrackets(note, /[，,；;。]/)) {
    const { role, names } = readClause(clause)
    const units = [...waiting, ...splitOutsideBrackets(names, /、/)]
    waiting = role === null ? units : []
    if (role === 'lead') leads.push(...units)
    if (role === 'support') supports.push(...units)
  }
  supports.push(...waiting)
  return leads.length > 0
    ? { leads: distinct(leads), supports: distinct(supports).filter((unit) => !leads.includes(unit)) }
    : null
}

function distinct(units: readonly string[]): readonly string[] {
  return [...new Set(units)]
}

const labelled =
  /^(牵头单位|责任单位|主办单位|主办|牵头|责任部门|牵头部门|配合单位|参加单位|协办单位|协办|配合部门|配合)\s?[:：](.*)$/
const leadVerb = /(?:共同)?(?:牵头(?:负责|办理|落实|推进)?|(?:按照?职责)?(?:分工)?(?:分别)?负责(?:落实|推进)?|主办)$/
const supportVerb = /(?:等)?(?:(?:按照?职责)?(?:分工)?(?:配合|参与|参加|协助|协办|协同)(?:落实|推进|办理)?)$/

function readClause(clause: string): { readonly role: 'lead' | 'support' | null; readonly names: string } {
  const prefix = labelled.exec(clause)
  if (prefix) return { role: /配合|参加|协办/.test(prefix[1] ?? '') ? 'support' : 'lead', names: prefix[2] ?? '' }
  if (supportVerb.test(clause)) return { role: 'support', names: clause.replace(supportVerb, '') }
  if (leadVerb.test(clause)) return { role: 'lead', names: clause.replace(leadVerb, '').replace(/^由/, '') }
  return { role: null, names: clause }
}

/** Proposes an assignment for every item that ends in a note naming its lead unit, in the order of the text. */
export function findAssignments(document: OfficialDocument): readonly ProposedAssignment[] {
  const labels = deriveLabels(document.blocks)
  const trail: { label: string; heading: string }[] = []
  const found: ProposedAssignment[] = []
  document.blocks.forEach((block, index) => {
    const text = block.kind === 'heading' || block.kind === 'paragraph' ? blockText(block) : ''
    if (block.kind === 'annex-title') trail.length = 0
    if (block.kind === 'heading') {
      trail.length = Math.min(trail.length, block.level - 1)
      while (trail.length < block.level - 1) trail.push({ label: '', heading: '' })
      trail.push({ label: labels[index] ?? '', heading: firstSentence(text) })
    }
    const bracket = trailingBracket(text)
    const units = bracket ? parseUnits(bracket.inner) : null
    if (!bracket || !units) return
    const own = trail.at(-1) ?? { label: '', heading: '' }
    const matter = text.slice(block.kind === 'heading' ? lengthOfHeading(text) : 0, bracket.start)
    const path = trail.map((step) => step.label).join('')
    found.push({
      block: index,
      label: own.label,
      path,
      heading: own.heading || firstSentence(matter),
      text: matter.trim(),
      ...units,
    })
  })
  return found
}

/** UTF-16 length of a heading's first sentence with its stop; the whole text when it does not run on. */
function lengthOfHeading(text: string): number {
  const stop = text.indexOf('。')
  return stop < 0 ? 0 : stop + 1
}

function firstSentence(text: string): string {
  const stop = text.indexOf('。')
  const sentence = stop < 0 ? text : text.slice(0, stop)
  const note = trailingBracket(sentence)
  return (note && parseUnits(note.inner) ? sentence.slice(0, note.start) : sentence).slice(0, 120)
}

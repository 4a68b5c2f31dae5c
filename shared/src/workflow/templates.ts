/** Route templates (流程模板) as data: which steps a document passes, who may be asked at each, in how many days.
 * Source: 党政机关公文处理工作条例 2012 第18–27条; the order of steps is house practice */
import type { Duty } from '../base/access.ts'
import type { CaseUrgency, DecisiveAct, OpinionCode, StepKey, TemplateName } from './model.ts'

/** Who may be asked at a step. starter: the post that started the case. unit-duty: posts with the duty in the starter's unit or
 * the nearest unit above it up to the organ. organ-duty: posts with one of the duties in the starter's organ. any-duty: posts
 * with one of the duties anywhere, chosen by a person. did: whoever did that earlier step. */
export type Selection =
  | { readonly kind: 'starter' }
  | { readonly kind: 'unit-duty'; readonly duty: Duty }
  | { readonly kind: 'organ-duty'; readonly duties: readonly Duty[] }
  | { readonly kind: 'any-duty'; readonly duties: readonly Duty[] }
  | { readonly kind: 'did'; readonly step: StepKey }

/** One step of a route. */
export interface RouteStep {
  readonly key: StepKey
  readonly selection: Selection
  /** single: one post. all: every chosen post in parallel, the step ends when all have acted (并行会签). */
  readonly mode: 'single' | 'all'
  /** What happens when nobody is chosen: `ask` refuses the act and asks for a choice, `skip` passes the step over. */
  readonly whenEmpty: 'ask' | 'skip'
  /** The act that ends a regular task here, and further ones allowed instead. */
  readonly acts: readonly [DecisiveAct, ...DecisiveAct[]]
  /** What 加签 at this step is asked to do; null where nobody can be added. */
  readonly addedAct: DecisiveAct | null
  /** Working days to act by urgency: normal, 加急, 特急; 0 is the same day. */
  readonly workDays: readonly [normal: number, urgent: number, extraUrgent: number]
  /** What the holder may do with the text meanwhile. */
  readonly right: 'edit' | 'suggest' | 'read'
}

const contributors = ['section-head', 'office-director', 'deputy-leader', 'principal-leader'] as const satisfies readonly Duty[]

const outgoing: readonly RouteStep[] = [
  { key: 'draft', selection: { kind: 'starter' }, mode: 'single', whenEmpty: 'ask', acts: ['submit'], addedAct: null, workDays: [3, 1, 0], right: 'edit' },
  { key: 'check', selection: { kind: 'unit-duty', duty: 'section-head' }, mode: 'single', whenEmpty: 'skip', acts: ['approve'], addedAct: 'approve', workDays: [2, 1, 0], right: 'edit' },
  { key: 'countersign', selection: { kind: 'any-duty', duties: contributors }, mode: 'all', whenEmpty: 'skip', acts: ['countersign'], addedAct: 'countersign', workDays: [7, 2, 0], right: 'suggest' },
  { key: 'office-check', selection: { kind: 'organ-duty', duties: ['office-checker'] }, mode: 'single', whenEmpty: 'ask', acts: ['approve'], addedAct: 'approve', workDays: [2, 1, 0], right: 'edit' },
  { key: 'office-director', selection: { kind: 'organ-duty', duties: ['office-director'] }, mode: 'single', whenEmpty: 'ask', acts: ['approve'], addedAct: 'approve', workDays: [1, 1, 0], right: 'suggest' },
  { key: 'deputy-leader', selection: { kind: 'organ-duty', duties: ['deputy-leader'] }, mode: 'single', whenEmpty: 'skip', acts: ['approve'], addedAct: 'approve', workDays: [2, 1, 0], right: 'suggest' },
  { key: 'sign', selection: { kind: 'organ-duty', duties: ['principal-leader'] }, mode: 'single', whenEmpty: 'ask', acts: ['sign'], addedAct: 'approve', workDays: [2, 1, 0], right: 'suggest' },
]

const incoming: readonly RouteStep[] = [
  { key: 'propose', selection: { kind: 'organ-duty', duties: ['office-checker', 'office-director', 'receiver'] }, mode: 'single', whenEmpty: 'ask', acts: ['propose', 'finish'], addedAct: null, workDays: [1, 1, 0], right: 'read' },
  { key: 'instruct', selection: { kind: 'organ-duty', duties: ['office-director', 'deputy-leader', 'principal-leader'] }, mode: 'all', whenEmpty: 'ask', acts: ['instruct'], addedAct: 'instruct', workDays: [2, 1, 0], right: 'read' },
  { key: 'assign', selection: { kind: 'did', step: 'propose' }, mode: 'single', whenEmpty: 'ask', acts: ['assign', 'finish'], addedAct: null, workDays: [1, 1, 0], right: 'read' },
  { key: 'handle', selection: { kind: 'any-duty', duties: ['section-head', 'drafter', 'office-director', 'deputy-leader', 'principal-leader', 'receiver'] }, mode: 'all', whenEmpty: 'ask', acts: ['handle'], addedAct: 'handle', workDays: [10, 3, 0], right: 'read' },
  { key: 'finish', selection: { kind: 'did', step: 'propose' }, mode: 'single', whenEmpty: 'ask', acts: ['finish'], addedAct: null, workDays: [2, 1, 0], right: 'read' },
]

const templates: Readonly<Record<TemplateName, readonly RouteStep[]>> = { outgoing, incoming }

/** The steps of a case in order, with switched-off ones left out. */
export function routeOf(template: TemplateName, options: { readonly officeDirector: boolean }): readonly RouteStep[] {
  return templates[template].filter((step) => step.key !== 'office-director' || options.officeDirector)
}

/** The step of that name, from whichever template has it. Every key stands in one template: a miss is a Bug. */
export function stepOf(key: StepKey): RouteStep {
  const found = [...outgoing, ...incoming].find((step) => step.key === key)
  if (!found) throw new TypeError(`no such step: ${key}`)
  return found
}

/** Steps where agreeing is the whole act and changes neither text nor route. 核稿 reads and corrects the text, 办公室主任 chooses the
 * leader, 签发 freezes and has legal effect: none of them is done unseen. */
const stepsTogether: ReadonlySet<string> = new Set<StepKey>(['countersign', 'deputy-leader'])

/** Whether tasks of a step may be agreed to several at a time (批量同意). Takes a step key or the string key an inbox entry
 * carries (`workflow.step.countersign`). */
export function canApproveTogether(step: string): boolean {
  return stepsTogether.has(step.replace(/^workflow\.step\./, ''))
}

/** Opinion codes an act may carry, the usual one first. 圈阅 (CIRCLE) counts as consent where a leader decides. */
export const codesOfAct: Readonly<Record<DecisiveAct | 'return' | 'forward' | 'add-signer' | 'cancel' | 'circulate', readonly [OpinionCode, ...OpinionCode[]]>> = {
  submit: ['SUBMIT'],
  approve: ['AGREE', 'AGREE_WITH', 'CIRCLE'],
  countersign: ['AGREE', 'AGREE_WITH', 'OBJECT'],
  sign: ['SIGN', 'CIRCLE'],
  propose: ['PROPOSE'],
  instruct: ['INSTRUCT', 'CIRCLE'],
  assign: ['ASSIGN'],
  handle: ['HANDLE'],
  finish: ['FINISH'],
  return: ['REJECT'],
  forward: ['NOTE'],
  'add-signer': ['NOTE'],
  cancel: ['NOTE'],
  circulate: ['NOTE'],
}

/** Codes that say something and so need words. */
export const codesNeedingText: ReadonlySet<OpinionCode> = new Set(['AGREE_WITH', 'OBJECT', 'REJECT', 'PROPOSE', 'INSTRUCT', 'HANDLE'])

/** Working days a step allows. */
export function workDaysOf(key: StepKey, urgency: CaseUrgency): number {
  const [normal, urgent, extraUrgent] = stepOf(key).workDays
  return urgency === 'none' ? normal : urgency === 'urgent' ? urgent : extraUrgent
}

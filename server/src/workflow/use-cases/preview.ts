/** 按下之前: says what an act would lead to, and whom the caller may or must choose first. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import {
  type ActKind, type CaseState, type Choice, choiceOf, codesOfAct, findTask, type Order, type PreviewView, preview, routeOf, type RouteStep,
  stepKeys, type StepKey, workflowContract as contract,
} from '@xiewen/shared/workflow'
import type { PostId, PostView } from '@xiewen/shared/directory'
import { getPosts } from '../../directory/index.ts'
import { newId } from '../../platform/clock/new-id.ts'
import { findReplacedDate } from '@xiewen/shared/documents'
import { readLiveDocument } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onQuery } from '../../platform/slice.ts'
import { findCaseFor, namedPosts } from '../acting.ts'
import { holderOf, loadHolders } from '../present.ts'
import { actorOf, type LoadedScene, loadScene } from '../scene.ts'
import { decideNewCase } from '../start-case.ts'
import { checkSubmission, newCaseOf } from './start.ts'

interface PreviewInput {
  readonly caseId?: string | undefined
  readonly documentId?: string | undefined
  readonly postId?: PostId | undefined
  readonly officeDirector: boolean
  readonly taskId?: string | undefined
  readonly act: ActKind
  readonly choose: readonly string[]
  readonly to?: StepKey | undefined
  readonly then: 'run-again' | 'back-to-me'
  readonly place: 'before' | 'after'
  readonly postIds: readonly PostId[]
}

type Opened = { readonly step: StepKey; readonly postId: PostId; readonly role: 'main' | 'added' | 'lead' | 'support'; readonly dueAt: number | null }
interface Foreseen {
  readonly opens: readonly Opened[]
  readonly waitsFor: readonly { readonly postId: PostId }[]
  readonly closes: PreviewView['closes']
  readonly canWithdraw: PreviewView['canWithdraw']
}

const operation = onQuery(contract.preview, async (ctx, input) => (input.caseId === undefined ? previewStart(ctx, input) : previewAct(ctx, input, input.caseId)))

async function previewStart(ctx: QueryContext, input: PreviewInput): Promise<Result<PreviewView>> {
  if (input.documentId === undefined) return refuse('base.not-found')
  const found = await checkSubmission(ctx, { documentId: input.documentId, postId: input.postId })
  if (!found.ok) return found.refusal.code === 'base.not-found' ? found : accept(await presentPreview(ctx, found, []))
  const choice = choiceOf(input.choose)
  const given = newCaseOf(ctx, { documentId: input.documentId, opinion: '', choice, officeDirector: input.officeDirector }, found.value)
  const decided = await decideNewCase(ctx, newId<'CaseId'>(ctx.now), given)
  const frame = { template: given.template, options: { officeDirector: input.officeDirector }, starter: given.starter }
  const scene = await loadScene(ctx, actorOf(ctx.actor), frame, Object.values(choice).flat())
  const foreseen: Result<Foreseen> = decided.ok
    ? accept({ opens: decided.value.state.tasks.filter((task) => task.state === 'open'), waitsFor: [], closes: null, canWithdraw: 'until-next-acts' })
    : decided
  const picks = await picksFrom(ctx, routeOf(given.template, frame.options), 0, { choice, plan: {}, scene, refusal: decided.ok ? null : decided.refusal })
  return accept(await presentPreview(ctx, foreseen, picks))
}

async function previewAct(ctx: QueryContext, input: PreviewInput, caseId: string): Promise<Result<PreviewView>> {
  const seen = await findCaseFor(ctx, caseId)
  if (!seen) return refuse('base.not-found')
  const order = orderOf(input)
  if (!order) return refuse('base.invalid-input', { detail: 'act' })
  const { state } = seen
  const scene = await loadScene(ctx, actorOf(ctx.actor), state, namedPosts(state, order))
  const foreseen = preview(state, order, scene)
  const presented = await presentPreview(ctx, foreseen, await picksOf(ctx, state, order, scene, foreseen))
  const replaced = order.kind === 'sign' ? findReplacedDate(await readLiveDocument(ctx.db, seen.row.document_id), ctx.today) : null
  return accept(replaced === null ? presented : { ...presented, replacesDate: replaced })
}

function orderOf(input: PreviewInput): Order | null {
  if (input.act === 'cancel') return { kind: 'cancel', text: '' }
  const { taskId } = input
  if (taskId === undefined) return null
  switch (input.act) {
    case 'return':
      return input.to === undefined ? null : { kind: 'return', taskId, to: input.to, then: input.then, text: '' }
    case 'forward':
      return input.postIds[0] === undefined ? null : { kind: 'forward', taskId, toPostId: input.postIds[0], text: '' }
    case 'add-signer':
      return { kind: 'add-signer', taskId, place: input.place, postIds: input.postIds, text: '' }
    case 'withdraw':
      return { kind: 'withdraw', taskId }
    case 'urge':
    case 'circulate':
      return null
    default:
      return { kind: input.act, taskId, choice: choiceOf(input.choose), code: codesOfAct[input.act][0], text: '', confirmed: true }
  }
}

/** Decisive acts let the caller name people for the next step; at 拟稿 and 核稿 also the departments of 会签. */
async function picksOf(ctx: QueryContext, state: CaseState, order: Order, scene: LoadedScene, foreseen: Result<unknown>): Promise<PreviewView['picks']> {
  if (!('choice' in order) || order.kind === 'sign' || order.kind === 'finish') return []
  const task = findTask(state, order.taskId)
  const route = routeOf(state.template, state.options)
  const at = route.findIndex((step) => step.key === task?.step)
  if (!task || task.role === 'added' || at < 0) return []
  return picksFrom(ctx, route, at, { choice: order.choice, plan: state.plan, scene, refusal: foreseen.ok ? null : foreseen.refusal })
}

interface PickScene {
  readonly choice: Choice
  readonly plan: Choice
  readonly scene: LoadedScene
  readonly refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> } | null
}

async function picksFrom(ctx: QueryContext, route: readonly RouteStep[], at: number, given: PickScene): Promise<PreviewView['picks']> {
  const asked = given.refusal?.code === 'workflow.choose-next' ? stepKeys.find((key) => key === given.refusal?.params?.['step']) : undefined
  const picks: PreviewView['picks'] = []
  for (const step of route.slice(at + 1)) {
    const candidates = given.scene.candidateViews[step.key] ?? null
    const place = placeOf(step, candidates, at)
    if (place === 'choose' || step.key === asked) {
      picks.push(await presentPick(ctx, step, candidates, step.key === asked, given.choice[step.key] ?? given.plan[step.key] ?? []))
    }
    // Whoever comes later is the business of whoever is asked next.
    if (place === 'fixed' || (place === 'choose' && step.key !== 'countersign')) break
  }
  return picks
}

/** choose: somebody must or may be chosen here. pass: this step may be left out, the next one counts. fixed: no choice. */
function placeOf(step: RouteStep, candidates: readonly PostView[] | null, at: number): 'choose' | 'pass' | 'fixed' {
  // 拟稿 and 核稿 choose the departments of 会签; a leader who instructs may name the handlers himself.
  if (step.key === 'countersign') return at <= 1 ? 'choose' : 'pass'
  if (step.key === 'assign') return 'pass'
  if (step.selection.kind === 'any-duty') return 'choose'
  const count = candidates?.length ?? 0
  return count > 1 ? 'choose' : count === 0 && step.whenEmpty === 'skip' ? 'pass' : 'fixed'
}

async function presentPick(ctx: QueryContext, step: RouteStep, candidates: readonly PostView[] | null, required: boolean, chosen: readonly PostId[]): Promise<PreviewView['picks'][number]> {
  return {
    step: step.key,
    required,
    many: step.mode === 'all',
    candidates: candidates && step.selection.kind !== 'any-duty' ? candidates.map((post) => holderOf(post)) : null,
    duties: step.selection.kind === 'any-duty' ? [...step.selection.duties] : [],
    chosen: (await getPosts(ctx.db, chosen)).map((post) => holderOf(post)),
  }
}

async function presentPreview(ctx: QueryContext, foreseen: Result<Foreseen>, picks: PreviewView['picks']): Promise<PreviewView> {
  if (!foreseen.ok) {
    const { code, params } = foreseen.refusal
    return { next: [], waitsFor: [], closes: null, canWithdraw: 'never', refusal: { code, params: { ...params } }, picks }
  }
  const { opens, waitsFor, closes, canWithdraw } = foreseen.value
  const holders = await loadHolders(ctx.db, [...opens, ...waitsFor].map((task) => task.postId), ctx.now)
  const steps = [...new Set(opens.map((task) => task.step))]
  return {
    next: steps.map((step) => ({
      step,
      holders: opens.filter((task) => task.step === step).map((task) => ({ ...holders(task.postId), role: task.role, dueAt: task.dueAt })),
    })),
    waitsFor: waitsFor.map((task) => holders(task.postId)),
    closes,
    canWithdraw,
    refusal: null,
    picks,
  }
}

/** Operations of this file. */
export const previewOperations: readonly Operation[] = [operation]

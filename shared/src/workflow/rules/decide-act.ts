/** One door for every act that changes a case, and the preview that says beforehand what an act leads to. */
import { accept, type Result } from '../../base/result.ts'
import type { CaseState, StepKey, Task } from '../model.ts'
import { codesOfAct, stepOf } from '../templates.ts'
import { actsOf, type DecisiveOrder, decideDecisive } from './decide-decisive.ts'
import { type AddSignerOrder, decideAddSigner, decideForward, type ForwardOrder } from './decide-passing.ts'
import { decideReturn, type ReturnOrder, returnTargets } from './decide-return.ts'
import { type CancelOrder, decideCancel, decideUrge, takesPart } from './decide-side.ts'
import { decideWithdraw, type WithdrawOrder } from './decide-withdraw.ts'
import { findTask } from './evolve.ts'
import type { Outcome, Scene } from './scene.ts'

/** Every act that changes a case. */
export type Order = DecisiveOrder | ReturnOrder | ForwardOrder | AddSignerOrder | WithdrawOrder | CancelOrder

/** Decides any act; the refusals are those of the single decisions. */
export function decideAct(state: CaseState, order: Order, scene: Scene): Result<Outcome> {
  switch (order.kind) {
    case 'return':
      return decideReturn(state, order, scene)
    case 'forward':
      return decideForward(state, order, scene)
    case 'add-signer':
      return decideAddSigner(state, order, scene)
    case 'withdraw':
      return decideWithdraw(state, order, scene)
    case 'cancel':
      return decideCancel(state, order, scene)
    default:
      return decideDecisive(state, order, scene)
  }
}

/** Whether the caller's view of what they act on is still true. A colleague's act in the same parallel step changes the case
 * but not this task, and so does not stand in the way.
 *
 * @param expectedVersion case version the caller looked at
 */
export function isStale(state: CaseState, order: Pick<Order, 'kind'> & { readonly taskId?: string }, expectedVersion: number): boolean {
  if (expectedVersion > state.version) return true
  const task = order.taskId === undefined ? null : findTask(state, order.taskId)
  return task ? task.changedAt > expectedVersion : state.version !== expectedVersion
}

/** What pressing a button leads to. */
export interface Preview {
  /** Tasks that would newly be open, i.e. who gets it next. */
  readonly opens: readonly Pick<Task, 'step' | 'postId' | 'role' | 'dueAt'>[]
  /** Colleagues of the same step it still waits for when nothing opens yet. */
  readonly waitsFor: readonly Pick<Task, 'step' | 'postId'>[]
  /** The case would end so. */
  readonly closes: CaseState['status'] | null
  /** Until when it can be taken back. */
  readonly canWithdraw: 'until-next-acts' | 'never'
}

/** Says what an act leads to without doing it. An opinion is not needed yet.
 *
 * @returns the preview, or the refusal that would come, e.g. `workflow.choose-next`
 */
export function preview(state: CaseState, order: Order, scene: Scene): Result<Preview> {
  const outcome = decideAct(state, withNeutralOpinion(order), scene)
  if (!outcome.ok) return outcome
  const after = outcome.value.state
  const wasOpen = new Map(state.tasks.filter((task) => task.state === 'open').map((task) => [task.id, task.postId]))
  const open = after.tasks.filter((task) => task.state === 'open')
  const opens = open.filter((task) => wasOpen.get(task.id) !== task.postId)
  return accept({
    opens: opens.map(({ step, postId, role, dueAt }) => ({ step, postId, role, dueAt })),
    waitsFor: opens.length > 0 ? [] : open.map(({ step, postId }) => ({ step, postId })),
    closes: after.status === 'running' ? null : after.status,
    canWithdraw: after.status === 'running' && order.kind !== 'withdraw' ? 'until-next-acts' : 'never',
  })
}

function withNeutralOpinion(order: Order): Order {
  switch (order.kind) {
    case 'withdraw':
      return order
    case 'return':
    case 'forward':
    case 'add-signer':
    case 'cancel':
      return { ...order, text: order.text || '—' }
    default:
      return { ...order, code: codesOfAct[order.kind][0], text: order.text || '—', confirmed: true }
  }
}

/** What the actor may do in a case now; a reason (refusal code) where not. */
export interface Abilities {
  /** The actor's open task that comes first, and what ends it. */
  readonly task: { readonly task: Task; readonly acts: readonly DecisiveOrder['kind'][] } | null
  readonly returnTo: readonly StepKey[]
  readonly forward: string | null
  readonly addSigner: string | null
  /** The actor's tasks whose last move can be taken back now. */
  readonly withdraw: readonly string[]
  readonly urge: string | null
  readonly circulate: string | null
  readonly cancel: string | null
}

/** Lists what the actor may do. For `forward`, `addSigner`, `urge`, `circulate`, `cancel` null means allowed.
 *
 * @param taskId the task the page was opened for; otherwise the actor's first open one
 */
export function abilitiesOf(state: CaseState, scene: Scene, taskId?: string): Abilities {
  const isMine = (task: Task) => scene.actor.posts.some((post) => post.postId === task.postId)
  const open = state.status === 'running' ? state.tasks.filter((task) => task.state === 'open' && isMine(task)) : []
  const task = open.find((each) => each.id === taskId) ?? open[0] ?? null
  const notMine = state.status === 'running' ? 'workflow.not-yours' : 'workflow.closed'
  const notHere = 'workflow.not-at-this-step'
  return {
    task: task && { task, acts: actsOf(task) },
    returnTo: task ? returnTargets(state, task) : [],
    forward: task ? (task.step === 'draft' ? notHere : null) : notMine,
    addSigner: task ? (stepOf(task.step).addedAct === null ? notHere : null) : notMine,
    withdraw: state.tasks.filter((each) => decideWithdraw(state, { kind: 'withdraw', taskId: each.id }, scene).ok).map((each) => each.id),
    urge: reasonOf(decideUrge(state, scene)),
    circulate: takesPart(state, scene) ? null : 'workflow.not-taking-part',
    cancel: reasonOf(decideCancel(state, { kind: 'cancel', text: '—' }, scene)),
  }
}

function reasonOf(result: Result<unknown>): string | null {
  return result.ok ? null : result.refusal.code
}

/** Passing work to others without ending the step: 转办 and 加签; and handing everything of an ended post to its successor. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { PostId } from '../../directory/index.ts'
import type { CaseState, Task, TaskMove } from '../model.ts'
import { stepOf } from '../templates.ts'
import { tasksOf } from './evolve.ts'
import { beginAct, newTask, type Outcome, type Scene, takeTask, write } from './scene.ts'

/** 转办: the task goes to another post, with words. */
export interface ForwardOrder {
  readonly kind: 'forward'
  readonly taskId: string
  readonly toPostId: PostId
  readonly text: string
}

/** 加签: others give their opinion before or after me, in parallel with each other. */
export interface AddSignerOrder {
  readonly kind: 'add-signer'
  readonly taskId: string
  readonly place: 'before' | 'after'
  readonly postIds: readonly PostId[]
  readonly text: string
}

const signingDuties: ReadonlySet<string> = new Set(['principal-leader', 'deputy-leader', 'office-director'])

/** Decides 转办. A draft stays with its drafter; 签发 goes to leaders only.
 *
 * @returns events; refuses `workflow.not-at-this-step`, `workflow.unknown-post`, `workflow.cannot-sign`, `workflow.already-asked`
 */
export function decideForward(state: CaseState, order: ForwardOrder, scene: Scene): Result<Outcome> {
  const taken = takeTask(state, order.taskId, scene)
  if (!taken.ok) return taken
  const { task, by } = taken.value
  if (task.step === 'draft') return refuse('workflow.not-at-this-step')
  const duties = scene.posts.get(order.toPostId)
  if (!duties) return refuse('workflow.unknown-post')
  if (task.step === 'sign' && task.role !== 'added' && !duties.some((duty) => signingDuties.has(duty))) return refuse('workflow.cannot-sign')
  if (isAsked(state, task, order.toPostId)) return refuse('workflow.already-asked')
  const begun = beginAct(state, 'forward', scene.now)
  const move: TaskMove = { kind: 'forwarded', by, from: task.postId, to: order.toPostId, version: begun.state.version, at: scene.now }
  return accept(write(begun, { kind: 'task-changed', task: task.id, change: { postId: order.toPostId, moves: [...task.moves, move] } }))
}

/** Decides 加签, also inside a parallel step. Nobody signs after 签发, so there only `before` exists.
 *
 * @returns events; refuses `workflow.not-at-this-step`, `workflow.nothing-after-signing`, `workflow.choose-next`,
 * `workflow.unknown-post`, `workflow.already-asked`
 */
export function decideAddSigner(state: CaseState, order: AddSignerOrder, scene: Scene): Result<Outcome> {
  const taken = takeTask(state, order.taskId, scene)
  if (!taken.ok) return taken
  const { task, by } = taken.value
  if (stepOf(task.step).addedAct === null) return refuse('workflow.not-at-this-step')
  if (task.step === 'sign' && task.role !== 'added' && order.place === 'after') return refuse('workflow.nothing-after-signing')
  const posts = [...new Set(order.postIds)]
  if (posts.length === 0) return refuse('workflow.choose-next', { step: task.step })
  if (posts.some((id) => !scene.posts.has(id))) return refuse('workflow.unknown-post')
  if (posts.some((id) => isAsked(state, task, id))) return refuse('workflow.already-asked')
  return accept(addTasks(state, task, { ...order, postIds: posts }, by, scene))
}

function addTasks(state: CaseState, task: Task, order: AddSignerOrder, by: TaskMove['by'], scene: Scene): Outcome {
  const begun = beginAct(state, 'add-signer', scene.now)
  const wait = order.place === 'after' ? ({ state: 'waiting', waitsFor: [task.id] } as const) : {}
  const added = order.postIds.reduce((so, postId) => {
    const given = { step: task.step, visit: task.visit, postId, role: 'added', ...wait } as const
    return write(so, { kind: 'task-opened', task: newTask(so.state, given, scene) })
  }, begun)
  const ids = added.state.tasks.slice(state.tasks.length).map((each) => each.id)
  const move: TaskMove = { kind: 'signers-added', by, place: order.place, tasks: ids, version: begun.state.version, at: scene.now }
  const mine = order.place === 'before' ? ({ state: 'waiting', waitsFor: [...task.waitsFor, ...ids] } as const) : {}
  return write(added, { kind: 'task-changed', task: task.id, change: { ...mine, moves: [...task.moves, move] } })
}

function isAsked(state: CaseState, task: Task, postId: PostId): boolean {
  return tasksOf(state, task.visit).some((each) => each.postId === postId && (each.state === 'open' || each.state === 'waiting'))
}

/** Hands what an ended post still has to do to its successor, so that no task waits for nobody. */
export function decideHandOver(state: CaseState, from: PostId, to: PostId, scene: Pick<Scene, 'now'>): Outcome {
  return write(beginAct(state, 'hand-over', scene.now), { kind: 'post-replaced', from, to })
}

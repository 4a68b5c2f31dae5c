/** 退回: back to a passed step, then the normal way again or straight back to whoever returned it. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { PostId } from '../../directory/index.ts'
import type { CaseState, StepKey, Task, TaskMove } from '../model.ts'
import { routeOf, stepOf } from '../templates.ts'
import { enterStep, holdersOf, pickPosts } from './advance.ts'
import { liveStates } from './evolve.ts'
import { beginAct, type Ledger, type Outcome, type Scene, takeTask, write } from './scene.ts'

/** A return. `then`: run-again 重新逐级办理, back-to-me 改好后直接回到我. The reason is the opinion. */
export interface ReturnOrder {
  readonly kind: 'return'
  readonly taskId: string
  readonly to: StepKey
  readonly then: 'run-again' | 'back-to-me'
  readonly text: string
}

/** Steps a task can be returned to: earlier on the route and really passed, nearest first. */
export function returnTargets(state: CaseState, task: Pick<Task, 'step'>): readonly StepKey[] {
  const route = routeOf(state.template, state.options).map((step) => step.key)
  return route.slice(0, Math.max(0, route.indexOf(task.step))).filter((key) => holdersOf(state, key).length > 0).toReversed()
}

/** Decides a return, also out of a parallel step: colleagues there are put aside (直接回到我) or taken back (重新办理).
 *
 * @returns events; refuses `workflow.not-passed`, `workflow.opinion-needed` and as `takeTask` does
 */
export function decideReturn(state: CaseState, order: ReturnOrder, scene: Scene): Result<Outcome> {
  const taken = takeTask(state, order.taskId, scene)
  if (!taken.ok) return taken
  const { task, by } = taken.value
  if (!returnTargets(state, task).includes(order.to)) return refuse('workflow.not-passed')
  if (order.text.trim() === '') return refuse('workflow.opinion-needed')
  const posts = postsFor(order.to, state, scene)
  if (!posts.ok) return posts
  const begun = beginAct(state, 'return', scene.now)
  const again = order.then === 'run-again'
  const aside = begun.state.tasks.filter((each) => each.id !== task.id && (again ? liveStates.has(each.state) : isActiveIn(task.visit, each)))
  const move: TaskMove = { kind: 'returned', by, version: begun.state.version, at: scene.now }
  const left = putAside(begun, aside, again ? 'void' : 'suspended')
  const returned = write(
    left,
    { kind: 'task-changed', task: task.id, change: { state: again ? 'returned' : 'suspended', moves: [...task.moves, move] } },
    { kind: 'visit-changed', no: task.visit, change: { leftAt: scene.now } },
  )
  const displaced = aside.map((each) => ({ task: each.id, was: each.state }))
  const entry = { kind: 'return', from: task.visit, task: task.id, then: order.then, displaced } as const
  return accept(enterStep(returned, stepOf(order.to), posts.value, { entry, resumes: again ? null : task.visit }, scene))
}

function postsFor(step: StepKey, state: CaseState, scene: Scene): Result<readonly PostId[]> {
  if (step === 'draft') return accept([state.starter.postId])
  const live = holdersOf(state, step).filter((id) => scene.posts.has(id))
  if (live.length > 0) return accept([...new Set(live)])
  const picked = pickPosts(stepOf(step), state, {}, scene)
  return picked.ok && picked.value.length === 0 ? refuse('workflow.no-handler', { step }) : picked
}

function isActiveIn(visit: number, task: Task): boolean {
  return task.visit === visit && (task.state === 'open' || task.state === 'waiting')
}

function putAside(ledger: Ledger, tasks: readonly Task[], state: 'void' | 'suspended'): Ledger {
  return tasks.reduce((so, task) => write(so, { kind: 'task-changed', task: task.id, change: { state } }), ledger)
}

/** Acts beside the route: 终止 and 催办. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { CaseState, Task } from '../model.ts'
import { close } from './decide-decisive.ts'
import { openTasks } from './evolve.ts'
import { actedByFor, beginAct, type Outcome, type Scene } from './scene.ts'

/** 终止: the starter ends the case while nobody has signed. */
export interface CancelOrder {
  readonly kind: 'cancel'
  readonly text: string
}

/** Decides 终止.
 *
 * @returns events; refuses `workflow.closed`, `workflow.not-starter`, `workflow.opinion-needed`
 */
export function decideCancel(state: CaseState, order: CancelOrder, scene: Scene): Result<Outcome> {
  if (state.status !== 'running') return refuse('workflow.closed')
  if (!actedByFor(scene, state.starter.postId)) return refuse('workflow.not-starter')
  if (order.text.trim() === '') return refuse('workflow.opinion-needed')
  return accept(close(beginAct(state, 'cancel', scene.now), 'cancelled', scene))
}

/** Decides 催办: whoever took part may urge those the case waits for, but not themselves.
 *
 * @returns the open tasks to urge; refuses `workflow.closed`, `workflow.not-taking-part`, `workflow.nobody-to-urge`
 */
export function decideUrge(state: CaseState, scene: Pick<Scene, 'actor'>): Result<readonly Task[]> {
  if (state.status !== 'running') return refuse('workflow.closed')
  if (!takesPart(state, scene)) return refuse('workflow.not-taking-part')
  const others = openTasks(state).filter((task) => !actedByFor(scene, task.postId))
  return others.length > 0 ? accept(others) : refuse('workflow.nobody-to-urge')
}

/** Whether the actor started the case, has a task in it that was not taken back, or has acted in it. */
export function takesPart(state: CaseState, scene: Pick<Scene, 'actor'>): boolean {
  if (actedByFor(scene, state.starter.postId)) return true
  return state.tasks.some((task) => {
    const acted = task.moves.some((move) => actedByFor(scene, move.by.postId) !== null)
    return acted || (task.state !== 'void' && actedByFor(scene, task.postId) !== null)
  })
}

/** The acts that end a task regularly: 送审、同意、会签、签发、拟办、批示、交办、承办、办结. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { CaseState, Choice, DecisiveAct, OpinionCode, Task } from '../model.ts'
import { codesNeedingText, codesOfAct, stepOf } from '../templates.ts'
import { advance } from './advance.ts'
import { liveStates } from './evolve.ts'
import { beginAct, type Ledger, type Outcome, type Scene, takeTask, write } from './scene.ts'

/** One decisive act with its opinion. `confirmed` is the explicit yes that 圈阅 needs when it means 签发. */
export interface DecisiveOrder {
  readonly kind: DecisiveAct
  readonly taskId: string
  readonly choice: Choice
  readonly code: OpinionCode
  readonly text: string
  readonly confirmed: boolean
}

/** Which decisive acts a task allows: 加签 is asked for an opinion only, never for the signature itself. */
export function actsOf(task: Pick<Task, 'step' | 'role'>): readonly DecisiveAct[] {
  const step = stepOf(task.step)
  if (task.role !== 'added') return step.acts
  return step.addedAct === null ? [] : [step.addedAct]
}

/** Decides a decisive act.
 *
 * @returns events; refuses `workflow.not-yours`, `workflow.already-acted`, `workflow.not-at-this-step`,
 * `workflow.opinion-needed`, `workflow.wrong-opinion`, `workflow.confirm-circle`, and as `pickPosts`
 * Source: 党政机关公文处理工作条例 2012 第22条
 */
export function decideDecisive(state: CaseState, order: DecisiveOrder, scene: Scene): Result<Outcome> {
  const taken = takeTask(state, order.taskId, scene)
  if (!taken.ok) return taken
  const { task, by } = taken.value
  if (!actsOf(task).includes(order.kind)) return refuse('workflow.not-at-this-step')
  const said = checkOpinion(order)
  if (!said.ok) return said
  const begun = beginAct(state, order.kind, scene.now)
  const planned = write(begun, { kind: 'plan-set', plan: { ...state.plan, ...order.choice } })
  const move = { kind: 'done', act: order.kind, by, version: begun.state.version, at: scene.now } as const
  const done = write(planned, { kind: 'task-changed', task: task.id, change: { state: 'done', moves: [...task.moves, move] } })
  if (order.kind === 'sign' || order.kind === 'finish') return accept(close(done, order.kind === 'sign' ? 'signed' : 'finished', scene))
  return advance(done, task.visit, order.choice, scene)
}

function checkOpinion(order: DecisiveOrder): Result<null> {
  if (!codesOfAct[order.kind].includes(order.code)) return refuse('workflow.wrong-opinion')
  if (codesNeedingText.has(order.code) && order.text.trim() === '') return refuse('workflow.opinion-needed')
  if (order.kind === 'sign' && order.code === 'CIRCLE' && !order.confirmed) return refuse('workflow.confirm-circle')
  return accept(null)
}

/** Closes the case: whatever is still alive is taken back. */
export function close(ledger: Ledger, status: 'signed' | 'finished' | 'cancelled', scene: Pick<Scene, 'now'>): Ledger {
  const ended = voidTasks(ledger, ledger.state.tasks.filter((task) => liveStates.has(task.state)))
  return write(
    ended,
    { kind: 'visit-changed', no: ended.state.current, change: { leftAt: scene.now } },
    { kind: 'closed', status, at: scene.now },
  )
}

/** Takes tasks back. */
export function voidTasks(ledger: Ledger, tasks: readonly Task[]): Ledger {
  return tasks.reduce((so, task) => write(so, { kind: 'task-changed', task: task.id, change: { state: 'void' } }), ledger)
}

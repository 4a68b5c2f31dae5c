/** 撤回: taking back one's own last move while whoever got the work next has not acted. Opening it is not acting. */
import { accept, type Result, refuse } from '../../base/result.ts'
import type { CaseState, Task, TaskMove, Visit } from '../model.ts'
import { voidTasks } from './decide-decisive.ts'
import { findTask, getVisit, tasksOf } from './evolve.ts'
import { actedByFor, beginAct, type Ledger, type Outcome, type Scene, write } from './scene.ts'

/** Takes back the last move the actor made on this task. */
export interface WithdrawOrder {
  readonly kind: 'withdraw'
  readonly taskId: string
}

/** Decides a withdrawal.
 *
 * @returns events that restore what was; refuses `workflow.not-yours`, `workflow.closed`, `workflow.nothing-to-withdraw`,
 * `workflow.next-has-acted`
 */
export function decideWithdraw(state: CaseState, order: WithdrawOrder, scene: Scene): Result<Outcome> {
  const task = findTask(state, order.taskId)
  if (!task) return refuse('base.not-found')
  const move = task.moves.at(-1)
  if (!move || !actedByFor(scene, move.by.postId)) return refuse('workflow.not-yours')
  if (state.status !== 'running') return refuse('workflow.closed')
  const begun = beginAct(state, 'withdraw', scene.now)
  const current = getVisit(state, state.current)
  switch (move.kind) {
    case 'forwarded':
      return takeBackForward(begun, task, move)
    case 'signers-added':
      return takeBackSigners(begun, task, move)
    case 'returned':
      return takeBackReturn(begun, task, current)
    case 'done':
      return takeBackDone(begun, task, current)
    default:
      return move satisfies never
  }
}

const tooLate = refuse('workflow.next-has-acted')

function takeBackForward(ledger: Ledger, task: Task, move: Extract<TaskMove, { kind: 'forwarded' }>): Result<Outcome> {
  if (task.visit !== ledger.state.current || task.state !== 'open') return tooLate
  return accept(write(ledger, { kind: 'task-changed', task: task.id, change: { postId: move.from, moves: task.moves.slice(0, -1) } }))
}

function takeBackSigners(ledger: Ledger, task: Task, move: Extract<TaskMove, { kind: 'signers-added' }>): Result<Outcome> {
  if (task.visit !== ledger.state.current || (task.state !== 'open' && task.state !== 'waiting')) return tooLate
  const added = ledger.state.tasks.filter((each) => move.tasks.includes(each.id))
  if (added.some((each) => each.moves.length > 0)) return tooLate
  const gone = voidTasks(ledger, added)
  const waitsFor = task.waitsFor.filter((id) => !move.tasks.includes(id))
  const state = move.place === 'before' ? ({ state: 'open' } as const) : {}
  return accept(write(gone, { kind: 'task-changed', task: task.id, change: { ...state, waitsFor, moves: task.moves.slice(0, -1) } }))
}

function takeBackReturn(ledger: Ledger, task: Task, current: Visit): Result<Outcome> {
  const { entry } = current
  if (entry.kind !== 'return' || entry.task !== task.id || hasMoves(ledger.state, current.no)) return tooLate
  const back = leaveBackwards(ledger, current, task.visit)
  const restored = entry.displaced.reduce(
    (so, { task: id, was }) => write(so, { kind: 'task-changed', task: id, change: { state: was } }),
    back,
  )
  return accept(write(restored, { kind: 'task-changed', task: task.id, change: { state: 'open', moves: task.moves.slice(0, -1) } }))
}

function takeBackDone(ledger: Ledger, task: Task, current: Visit): Result<Outcome> {
  if (current.no === task.visit) return reopen(ledger, task)
  if (current.entry.kind === 'advance' && current.entry.from === task.visit && !hasMoves(ledger.state, current.no)) {
    return reopen(leaveBackwards(ledger, current, task.visit), task)
  }
  if (current.resumedBy === task.visit && !hasMoves(ledger.state, current.no, current.sinceVersion)) {
    return reopen(suspendAgain(ledger, current, task.visit), task)
  }
  return tooLate
}

/** Opens a done task again; what it had let begin (加签 after me) waits again. */
function reopen(ledger: Ledger, task: Task): Result<Outcome> {
  const followers = tasksOf(ledger.state, task.visit).filter((each) => each.waitsFor.includes(task.id) && each.state !== 'void')
  const since = task.moves.at(-1)?.version ?? 0
  if (followers.some((each) => each.moves.some((move) => move.version > since))) return tooLate
  const waiting = followers.reduce((so, each) => write(so, { kind: 'task-changed', task: each.id, change: { state: 'waiting' } }), ledger)
  return accept(write(waiting, { kind: 'task-changed', task: task.id, change: { state: 'open', moves: task.moves.slice(0, -1) } }))
}

function leaveBackwards(ledger: Ledger, from: Visit, to: number): Ledger {
  const alive = tasksOf(ledger.state, from.no).filter((task) => task.state !== 'void')
  return write(
    voidTasks(ledger, alive),
    { kind: 'visit-changed', no: from.no, change: { withdrawn: true, leftAt: from.enteredAt } },
    { kind: 'visit-changed', no: to, change: { leftAt: null } },
    { kind: 'moved-to', visit: to },
  )
}

function suspendAgain(ledger: Ledger, resumed: Visit, to: number): Ledger {
  const active = tasksOf(ledger.state, resumed.no).filter((task) => task.state === 'open' || task.state === 'waiting')
  const suspended = active.reduce((so, task) => write(so, { kind: 'task-changed', task: task.id, change: { state: 'suspended' } }), ledger)
  return write(
    suspended,
    { kind: 'visit-changed', no: resumed.no, change: { resumedBy: null, leftAt: resumed.enteredAt } },
    { kind: 'visit-changed', no: to, change: { leftAt: null } },
    { kind: 'moved-to', visit: to },
  )
}

function hasMoves(state: CaseState, visit: number, after = 0): boolean {
  return tasksOf(state, visit).some((task) => task.moves.some((move) => move.version > after))
}

/** Folds events into the state of a case. Total and pure: every event of a well-formed history applies. */
import type { PostId } from '../../directory/index.ts'
import type { CaseEvent, CaseState, Choice, Task, TaskState, Visit } from '../model.ts'
import { stepKeys } from '../model.ts'

/** Task states that are still alive. */
export const liveStates: ReadonlySet<TaskState> = new Set(['open', 'waiting', 'suspended'])

/** The state after one event. */
export function evolve(state: CaseState, event: CaseEvent): CaseState {
  switch (event.kind) {
    case 'started':
      return event.state
    case 'acted':
      return { ...state, version: state.version + 1 }
    case 'plan-set':
      return { ...state, plan: event.plan }
    case 'visit-entered':
      return { ...state, visits: [...state.visits, event.visit], current: event.visit.no }
    case 'visit-changed':
      return { ...state, visits: state.visits.map((visit) => (visit.no === event.no ? { ...visit, ...event.change } : visit)) }
    case 'moved-to':
      return { ...state, current: event.visit }
    case 'task-opened':
      return { ...state, tasks: [...state.tasks, event.task] }
    case 'task-changed':
      return {
        ...state,
        tasks: state.tasks.map((task) => (task.id === event.task ? { ...task, ...event.change, changedAt: state.version } : task)),
      }
    case 'post-replaced':
      return replacePost(state, event.from, event.to)
    case 'closed':
      return { ...state, status: event.status, closedAt: event.at }
    default:
      return event satisfies never
  }
}

/** The state after a whole history; the first event must be `started`. */
export function evolveAll(events: readonly CaseEvent[]): CaseState {
  const [first, ...rest] = events
  if (first?.kind !== 'started') throw new TypeError('a history begins with "started"')
  return rest.reduce(evolve, first.state)
}

function replacePost(state: CaseState, from: PostId, to: PostId): CaseState {
  const swap = (id: PostId) => (id === from ? to : id)
  const plan: { -readonly [K in keyof Choice]: Choice[K] } = {}
  for (const key of stepKeys) {
    const planned = state.plan[key]
    if (planned) plan[key] = [...new Set(planned.map(swap))]
  }
  return {
    ...state,
    plan,
    starter: { ...state.starter, postId: swap(state.starter.postId) },
    tasks: state.tasks.map((task) =>
      // What was taken back may be restored by 撤回, so it passes on too; what was done stays with who did it.
      task.postId === from && task.state !== 'done' && task.state !== 'returned' ? { ...task, postId: to, changedAt: state.version } : task,
    ),
  }
}

/** The task of that id, or null. */
export function findTask(state: CaseState, id: string): Task | null {
  return state.tasks.find((task) => task.id === id) ?? null
}

/** The visit of that number; a miss is a Bug. */
export function getVisit(state: CaseState, no: number): Visit {
  const visit = state.visits.find((each) => each.no === no)
  if (!visit) throw new TypeError(`no visit ${no}`)
  return visit
}

/** Tasks of one visit. */
export function tasksOf(state: CaseState, visit: number): readonly Task[] {
  return state.tasks.filter((task) => task.visit === visit)
}

/** Tasks somebody can act on now. */
export function openTasks(state: CaseState): readonly Task[] {
  return state.tasks.filter((task) => task.state === 'open')
}

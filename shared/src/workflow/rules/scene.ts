/** What a decision may look at besides the case, and the small ledger decisions write their events into. */
import type { Duty } from '../../base/access.ts'
import { addWorkDays, type WorkCalendar } from '../../base/calendar/index.ts'
import { civilDateAt, endOfDay, type Instant } from '../../base/instant.ts'
import { accept, type Result, refuse } from '../../base/result.ts'
import type { PersonId, PostId } from '../../directory/index.ts'
import type { ActedBy, ActKind, CaseEvent, CaseState, CaseUrgency, Choice, StepKey, Task, TaskId } from '../model.ts'
import { workDaysOf } from '../templates.ts'
import { evolve, findTask } from './evolve.ts'

/** The world around one act. Loaded by the caller; the kernel asks nobody. */
export interface Scene {
  readonly actor: {
    readonly personId: PersonId
    /** Posts the actor may act through; `onBehalfOf` is the principal's name for delegated ones. */
    readonly posts: readonly { readonly postId: PostId; readonly onBehalfOf: string | null }[]
  }
  readonly now: Instant
  readonly calendar: WorkCalendar
  /** Posts that may be asked at steps whose selection looks in the starter's unit or organ. */
  readonly candidates: Choice
  /** Duties of live posts among those the act or the plan names and those who acted before; a post not in here has ended. */
  readonly posts: ReadonlyMap<PostId, readonly Duty[]>
}

/** State and the events that led to it, while a decision is being made. */
export interface Ledger {
  readonly state: CaseState
  readonly events: readonly CaseEvent[]
}

/** What an act leads to: the events to store and the state after them. */
export type Outcome = Ledger

/** Begins an act: one more version. */
export function beginAct(state: CaseState, act: ActKind | 'hand-over', now: Instant): Ledger {
  return write({ state, events: [] }, { kind: 'acted', act, at: now })
}

/** Adds events to a ledger. */
export function write(ledger: Ledger, ...events: readonly CaseEvent[]): Ledger {
  return { state: events.reduce(evolve, ledger.state), events: [...ledger.events, ...events] }
}

/** When a task opened now must be done: the end of a working day. */
export function dueAtOf(step: StepKey, urgency: CaseUrgency, scene: Pick<Scene, 'now' | 'calendar'>): Instant {
  return endOfDay(addWorkDays(scene.calendar, civilDateAt(scene.now), workDaysOf(step, urgency)))
}

/** A task that does not exist yet. */
export function newTask(
  state: CaseState,
  given: Pick<Task, 'step' | 'visit' | 'postId' | 'role'> & Partial<Pick<Task, 'state' | 'waitsFor'>>,
  scene: Pick<Scene, 'now' | 'calendar'>,
): Task {
  return {
    state: 'open',
    waitsFor: [],
    ...given,
    // Safe because ids of tasks are made here and nowhere else.
    id: `${state.id}.${state.tasks.length + 1}` as TaskId,
    openedAt: scene.now,
    dueAt: dueAtOf(given.step, state.urgency, scene),
    changedAt: state.version,
    moves: [],
  }
}

/** Through which of the actor's posts a task of `postId` can be acted on; own posts come before delegated ones. */
export function actedByFor(scene: Pick<Scene, 'actor'>, postId: PostId): ActedBy | null {
  const mine = scene.actor.posts.filter((post) => post.postId === postId)
  const post = mine.find((each) => each.onBehalfOf === null) ?? mine[0]
  return post ? { personId: scene.actor.personId, postId, onBehalfOf: post.onBehalfOf } : null
}

/** An open task of the actor, and who they are in it; or the plain reason why not. */
export function takeTask(state: CaseState, taskId: string, scene: Scene): Result<{ readonly task: Task; readonly by: ActedBy }> {
  const task = findTask(state, taskId)
  if (!task) return refuse('base.not-found')
  const by = actedByFor(scene, task.postId)
  if (!by) return refuse('workflow.not-yours')
  if (state.status !== 'running') return refuse('workflow.closed')
  switch (task.state) {
    case 'open':
      return accept({ task, by })
    case 'waiting':
      return refuse('workflow.waits-for-others')
    case 'suspended':
      return refuse('workflow.suspended')
    case 'done':
    case 'returned':
    case 'void':
      return refuse('workflow.already-acted')
    default:
      return task.state satisfies never
  }
}

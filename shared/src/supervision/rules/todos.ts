/** What waits for whom: derived from the assignment, so that inboxes can never disagree with it. */
import type { WorkCalendar } from '../../base/calendar/index.ts'
import { type CivilDate, endOfDay } from '../../base/instant.ts'
import type { UnitId } from '../../directory/index.ts'
import type { Assignment } from '../model.ts'
import { hasPendingExtension, isEnded, leadOf } from '../policy.ts'
import { nextFeedback } from './feedback.ts'

/** Steps as shown in the inbox; keys `supervision.step.<step>`. */
export const todoSteps = ['accept', 'report', 'report-again', 'review', 'close', 'extension'] as const
/** One of `todoSteps`. */
export type TodoStep = (typeof todoSteps)[number]

/** One thing to do. `key` is unique within the assignment and stays the same while the thing is the same. */
export interface Todo {
  readonly key: string
  readonly step: TodoStep
  readonly audience: { readonly kind: 'unit'; readonly unitId: UnitId } | { readonly kind: 'supervisors' }
  /** UTC ms, or null. */
  readonly dueAt: number | null
}

/** Everything that waits now. */
export function todosOf(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): readonly Todo[] {
  if (isEnded(assignment.state) || assignment.state === 'proposed' || assignment.state === 'suspended') return []
  return [...toAccept(assignment), ...toReport(assignment, today, calendar), ...toSupervise(assignment)]
}

function toAccept(assignment: Assignment): readonly Todo[] {
  return assignment.parts
    .filter((part) => part.acceptedAt === null)
    .map((part) => ({ key: `accept.${part.unitId}`, step: 'accept', audience: { kind: 'unit', unitId: part.unitId }, dueAt: assignment.signBy && endOfDay(assignment.signBy) }))
}

function toReport(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): readonly Todo[] {
  const lead = leadOf(assignment)
  const part = assignment.parts.find((each) => each.unitId === lead)
  if (lead === null || part?.acceptedAt === null || assignment.state === 'completion-claimed') return []
  const audience = { kind: 'unit', unitId: lead } as const
  const round = assignment.reports.filter((report) => report.unitId === lead).length + 1
  if (assignment.state === 'returned') return [{ key: `report.${round}`, step: 'report-again', audience, dueAt: assignment.dueOn && endOfDay(assignment.dueOn) }]
  const due = nextFeedback(assignment, today, calendar)
  return [{ key: `report.${round}`, step: 'report', audience, dueAt: due && endOfDay(due) }]
}

function toSupervise(assignment: Assignment): readonly Todo[] {
  const audience = { kind: 'supervisors' } as const
  const reports: Todo[] = assignment.reports
    .filter((report) => report.review === null)
    .map((report) => ({ key: `review.${report.serial}`, step: report.kind === 'completion' ? 'close' : 'review', audience, dueAt: null }))
  const last = assignment.extensions.at(-1)
  return hasPendingExtension(assignment) && last ? [...reports, { key: `extension.${last.serial}`, step: 'extension', audience, dueAt: endOfDay(last.from) }] : reports
}

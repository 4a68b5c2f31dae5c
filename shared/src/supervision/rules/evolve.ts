/** Folds events into the assignment. Nothing here refuses: what has happened has happened. */
import type { AssignmentEvent } from '../events.ts'
import type { Assignment, AssignmentState, Report } from '../model.ts'
import { leadOf } from '../policy.ts'

/** The assignment after an event. */
export function evolveAssignment(before: Assignment, event: AssignmentEvent): Assignment {
  return { ...before, ...changeOf(before, event), version: before.version + 1 }
}

function changeOf(before: Assignment, event: AssignmentEvent): Partial<Assignment> {
  switch (event.kind) {
    case 'assigned':
      return {
        state: 'assigned',
        number: event.number,
        parts: [...event.parts],
        assignedAt: event.at,
        assignedOn: event.on,
        signBy: event.signBy,
        dueOn: event.dueOn,
        feedback: event.feedback,
      }
    case 'accepted': {
      const parts = before.parts.map((part) => (part.unitId === event.unitId ? { ...part, acceptedAt: event.at, acceptedBy: event.by } : part))
      return { parts, state: event.unitId === leadOf(before) && before.state === 'assigned' ? 'accepted' : before.state }
    }
    case 'reported':
      return { reports: [...before.reports, event.report], state: event.report.unitId === leadOf(before) ? 'reporting' : before.state }
    case 'completion-claimed':
      return { reports: [...before.reports, event.report], state: 'completion-claimed' }
    case 'reviewed':
      return { reports: reviewed(before.reports, event.serial, { outcome: 'accepted', reason: event.reason, at: event.at, by: event.by }) }
    case 'returned':
      return {
        reports: reviewed(before.reports, event.serial, { outcome: 'returned', reason: event.reason, at: event.at, by: event.by }),
        state: stateAfterReturn(before, event.serial),
      }
    case 'closed':
      return {
        state: 'closed',
        finishedOn: event.finishedOn,
        remark: event.opinion,
        endedAt: event.at,
        reports: before.reports.map((report) =>
          report.kind === 'completion' && report.review === null
            ? { ...report, review: { outcome: 'accepted', reason: event.opinion, at: event.at, by: event.by } }
            : report,
        ),
      }
    case 'extension-requested': {
      const { from, to, reason, at, by } = event
      return { extensions: [...before.extensions, { serial: before.extensions.length + 1, from, to, reason, at, by, decision: null }] }
    }
    case 'extension-decided': {
      const { approved, opinion, at, by } = event
      const pending = before.extensions.find((extension) => extension.decision === null)
      return {
        extensions: before.extensions.map((each) => (each === pending ? { ...each, decision: { approved, opinion, at, by } } : each)),
        dueOn: approved && pending ? pending.to : before.dueOn,
      }
    }
    case 'urged':
      return { urges: [...before.urges, { at: event.at, by: event.by, note: event.note, daysLeft: event.daysLeft }] }
    case 'suspended':
      return { state: 'suspended', resumesTo: event.from, remark: event.reason }
    case 'resumed':
      return { state: before.resumesTo ?? before.state, resumesTo: null, remark: '', dueOn: event.dueOn ?? before.dueOn }
    case 'cancelled':
      return { state: 'cancelled', resumesTo: null, remark: event.reason, endedAt: event.at }
  }
}

function reviewed(reports: readonly Report[], serial: number, review: NonNullable<Report['review']>): Report[] {
  return reports.map((report) => (report.serial === serial && report.review === null ? { ...report, review } : report))
}

/** Only the lead's report sends the matter back; a claim that is standing is not undone by an older report. */
function stateAfterReturn(before: Assignment, serial: number): AssignmentState {
  const report = before.reports.find((each) => each.serial === serial)
  if (!report || report.unitId !== leadOf(before)) return before.state
  return before.state === 'completion-claimed' && report.kind === 'progress' ? before.state : 'returned'
}

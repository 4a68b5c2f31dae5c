/** What leaves about assignments. */
import { civilDateAt, type WorkCalendar } from '@xiewen/shared/base'
import type { DocumentId } from '@xiewen/shared/documents'
import { formatDocumentNumber } from '@xiewen/shared/documents'
import {
  abilitiesOf, type Assignment, type AssignmentEvent, type AssignmentView, feedbackDates, feedbackRounds, lampOf, type LedgerRow, nextFeedback, plannedProgress, progressOf,
  sourceKinds, type StreamEntry,
} from '@xiewen/shared/supervision'
import { getPost } from '../directory/index.ts'
import { getDocumentFor } from '../documents/index.ts'
import type { QueryContext } from '../platform/context.ts'
import { relationOf } from './relation.ts'
import { assignmentOf, listEvents, type StoredAssignment } from './repository.ts'
import type { AssignmentRecord, EventRecord } from './tables.ts'

/** One line of the ledger. */
export function presentRow(row: AssignmentRecord, today: ReturnType<typeof civilDateAt>, calendar: WorkCalendar): LedgerRow {
  const assignment = assignmentOf(row)
  const last = assignment.reports.at(-1)
  const units = (role: 'lead' | 'support') => assignment.parts.filter((part) => part.role === role).map(({ unitId, unitName }) => ({ unitId, unitName }))
  return {
    id: assignment.id,
    number: assignment.number,
    title: assignment.title,
    state: assignment.state,
    urgency: assignment.urgency,
    sourceKind: sourceKinds.find((kind) => kind === row.source_kind) ?? 'document',
    // Safe because the id comes from the documents room.
    sourceId: row.source_id as DocumentId | null,
    sourceTitle: row.source_title,
    sourceLabel: assignment.source.label,
    lead: units('lead')[0] ?? null,
    supports: units('support'),
    assignedOn: assignment.assignedOn,
    dueOn: assignment.dueOn,
    percent: progressOf(assignment),
    lastReport: last ? { at: last.at, unitName: last.unitName, progress: last.progress.slice(0, 200) } : null,
    lamp: lampAnswer(assignment, today, calendar),
  }
}

function lampAnswer(assignment: Assignment, today: ReturnType<typeof civilDateAt>, calendar: WorkCalendar): LedgerRow['lamp'] {
  const lamp = lampOf(assignment, today, calendar)
  return { ...lamp, reasons: [...lamp.reasons] }
}

/** One assignment with everything its page shows. */
export async function presentAssignment(ctx: QueryContext, { assignment, sourceTitle }: StoredAssignment): Promise<AssignmentView> {
  const calendar = ctx.services.calendar.current()
  const relation = relationOf(ctx.actor, assignment)
  const document = assignment.source.documentId === null ? null : await getDocumentFor(ctx.db, ctx.actor, assignment.source.documentId)
  const given = new Map(feedbackRounds(assignment, ctx.today, calendar).map((round) => [round.dueOn, round.givenOn]))
  return {
    assignment,
    lamp: lampAnswer(assignment, ctx.today, calendar),
    percent: progressOf(assignment),
    planned: plannedProgress(assignment, ctx.today, calendar),
    feedbackDates: feedbackDates(assignment, calendar).map((dueOn) => ({ dueOn, givenOn: given.get(dueOn) ?? null })),
    nextFeedbackOn: nextFeedback(assignment, ctx.today, calendar),
    source: { title: document?.title ?? sourceTitle, number: document?.number ? formatDocumentNumber(document.number) : '', mayOpen: document !== null },
    leaderName: assignment.leaderPostId === null ? '' : ((await getPost(ctx.db, assignment.leaderPostId))?.personName ?? ''),
    stream: (await listEvents(ctx.db, assignment.id)).map((row) => presentEvent(row, assignment)),
    abilities: abilitiesOf({ assignment, relation, today: ctx.today }),
    handles: assignment.parts
      .filter((part) => relation.handles.includes(part.unitId))
      .map(({ unitId, unitName, role, acceptedAt }) => ({ unitId, unitName, role, accepted: acceptedAt !== null })),
    isSupervisor: relation.isSupervisor,
  }
}

function presentEvent(row: EventRecord, assignment: Assignment): StreamEntry {
  // Safe because `saveAssignment` is the only writer of the column.
  const event = JSON.parse(row.body) as AssignmentEvent
  const common = { seq: Number(row.seq), kind: event.kind, at: event.at, by: event.by }
  const unitOf = (unitId: string): string => assignment.parts.find((part) => part.unitId === unitId)?.unitName ?? ''
  switch (event.kind) {
    case 'assigned':
      return { ...common, unitName: event.parts.map((part) => part.unitName).join('、'), text: event.dueOn }
    case 'accepted':
      return { ...common, unitName: unitOf(event.unitId), text: '' }
    case 'reported':
    case 'completion-claimed':
      return { ...common, unitName: event.report.unitName, text: event.report.progress }
    case 'reviewed':
    case 'returned':
      return { ...common, unitName: assignment.reports.find((report) => report.serial === event.serial)?.unitName ?? '', text: event.reason }
    case 'closed':
      return { ...common, unitName: '', text: event.opinion }
    case 'extension-requested':
      return { ...common, unitName: '', text: `${event.from} → ${event.to}\n${event.reason}` }
    case 'extension-decided':
      return { ...common, unitName: '', text: event.opinion }
    case 'urged':
      return { ...common, unitName: '', text: event.note }
    case 'suspended':
    case 'cancelled':
      return { ...common, unitName: '', text: event.reason }
    case 'resumed':
      return { ...common, unitName: '', text: event.dueOn ?? '' }
  }
}

/** Decides an order on an assignment: an event, or the refusal its author reads. */
import { addWorkDays, type WorkCalendar } from '../../base/calendar/index.ts'
import { civilDateAt, instant } from '../../base/instant.ts'
import { accept, type Result, refuse } from '../../base/result.ts'
import type { UnitId } from '../../directory/index.ts'
import type { AssignmentEvent, Order, ReportWords } from '../events.ts'
import type { Assignment, By, Report } from '../model.ts'
import { leadOf, type PolicyScene, type Relation, supervisionPolicy } from '../policy.ts'
import { daysLeftOf } from './lamp.ts'

/** The world an order is decided in. */
export interface DecisionScene {
  readonly relation: Relation
  readonly by: By
  /** UTC ms. */
  readonly now: number
  readonly calendar: WorkCalendar
}

/** Manual urging repeats at most hourly. */
const hourMs = 3_600_000

/** Decides an order.
 *
 * @returns the event to fold, or a refusal: first who may and when (`policy.ts`), then what the order says
 */
export function decideAssignment(assignment: Assignment, order: Order, scene: DecisionScene): Result<AssignmentEvent> {
  const today = civilDateAt(instant(scene.now))
  const policyScene: PolicyScene = { assignment, relation: scene.relation, today }
  const verdict = supervisionPolicy[order.kind](policyScene)
  if (!verdict.allowed) return refuse(verdict.because)
  const stamp = { at: scene.now, by: scene.by }
  switch (order.kind) {
    case 'assign':
      return decideAssign(assignment, order, scene)
    case 'accept':
      return decideAccept(assignment, order.unitId, scene)
    case 'report':
      return decideReport(assignment, order.unitId, order.words, scene)
    case 'claimCompletion':
      return decideClaim(assignment, order.words, scene)
    case 'review':
      return decideReview(assignment, order, scene)
    case 'close': {
      const claim = assignment.reports.findLast((report) => report.kind === 'completion')
      if (!claim) return refuse('supervision.not-claimed')
      return accept({ kind: 'closed', opinion: order.opinion, finishedOn: civilDateAt(instant(claim.at)), ...stamp })
    }
    case 'requestExtension':
      if (assignment.dueOn === null || order.to <= assignment.dueOn) return refuse('supervision.extension-not-later')
      return accept({ kind: 'extension-requested', from: assignment.dueOn, to: order.to, reason: order.reason, ...stamp })
    case 'decideExtension':
      if (!order.approved && order.opinion === '') return refuse('supervision.reason-needed')
      return accept({ kind: 'extension-decided', approved: order.approved, opinion: order.opinion, ...stamp })
    case 'urge': {
      const last = assignment.urges.findLast((urge) => urge.by !== null)
      if (last && scene.now - last.at < hourMs) return refuse('supervision.urged-recently')
      return accept({ kind: 'urged', note: order.note, daysLeft: daysLeftOf(assignment, today, scene.calendar) ?? 0, ...stamp })
    }
    case 'suspend':
      return accept({ kind: 'suspended', reason: order.reason, from: assignment.state, ...stamp })
    case 'resume':
      if (order.dueOn !== null && order.dueOn < today) return refuse('supervision.due-in-the-past')
      return accept({ kind: 'resumed', dueOn: order.dueOn, ...stamp })
    case 'cancel':
      return accept({ kind: 'cancelled', reason: order.reason, ...stamp })
  }
}

/** Working days a unit has for accepting (签收): two, one when urgent. */
function decideAssign(assignment: Assignment, order: Extract<Order, { kind: 'assign' }>, scene: DecisionScene): Result<AssignmentEvent> {
  const on = civilDateAt(instant(scene.now))
  if (order.parts.filter((part) => part.role === 'lead').length !== 1) return refuse('supervision.no-lead')
  if (new Set(order.parts.map((part) => part.unitId)).size !== order.parts.length) return refuse('supervision.unit-twice')
  if (order.dueOn < on) return refuse('supervision.due-in-the-past')
  const signBy = addWorkDays(scene.calendar, on, assignment.urgency === 'none' ? 2 : 1)
  return accept({
    kind: 'assigned',
    number: order.number,
    parts: order.parts.map((part) => ({ ...part, acceptedAt: null, acceptedBy: null })),
    on,
    signBy,
    dueOn: order.dueOn,
    feedback: order.feedback,
    at: scene.now,
    by: scene.by,
  })
}

function decideAccept(assignment: Assignment, unitId: UnitId, scene: DecisionScene): Result<AssignmentEvent> {
  if (!scene.relation.handles.includes(unitId)) return refuse('supervision.not-your-unit')
  if (partOf(assignment, unitId)?.acceptedAt !== null) return refuse('supervision.already-accepted')
  return accept({ kind: 'accepted', unitId, at: scene.now, by: scene.by })
}

function decideReport(assignment: Assignment, unitId: UnitId, words: ReportWords, scene: DecisionScene): Result<AssignmentEvent> {
  if (!scene.relation.handles.includes(unitId)) return refuse('supervision.not-your-unit')
  if (partOf(assignment, unitId)?.acceptedAt === null) return refuse('supervision.not-accepted')
  return accept({ kind: 'reported', report: reportOf(assignment, 'progress', unitId, words, scene), at: scene.now, by: scene.by })
}

function decideClaim(assignment: Assignment, words: ReportWords, scene: DecisionScene): Result<AssignmentEvent> {
  const lead = leadOf(assignment)
  if (lead === null) return refuse('supervision.not-lead')
  const report = reportOf(assignment, 'completion', lead, { ...words, percent: 100 }, scene)
  return accept({ kind: 'completion-claimed', report, at: scene.now, by: scene.by })
}

function decideReview(assignment: Assignment, order: Extract<Order, { kind: 'review' }>, scene: DecisionScene): Result<AssignmentEvent> {
  const report = assignment.reports.find((each) => each.serial === order.serial)
  if (!report) return refuse('supervision.nothing-to-review')
  if (report.review !== null) return refuse('supervision.already-reviewed')
  if (report.kind === 'completion' && order.outcome === 'accepted') return refuse('supervision.close-instead')
  if (order.outcome === 'returned' && order.reason === '') return refuse('supervision.reason-needed')
  return accept({ kind: order.outcome === 'returned' ? 'returned' : 'reviewed', serial: order.serial, reason: order.reason, at: scene.now, by: scene.by })
}

function partOf(assignment: Assignment, unitId: UnitId) {
  return assignment.parts.find((part) => part.unitId === unitId)
}

function reportOf(assignment: Assignment, kind: Report['kind'], unitId: UnitId, words: ReportWords, scene: DecisionScene): Report {
  const { progress, percent, problems, nextSteps, evidence } = words
  return {
    serial: assignment.reports.length + 1,
    kind,
    unitId,
    unitName: partOf(assignment, unitId)?.unitName ?? '',
    round: assignment.reports.filter((report) => report.unitId === unitId).length + 1,
    at: scene.now,
    by: scene.by,
    progress,
    percent,
    problems,
    nextSteps,
    evidence: [...evidence],
    review: null,
  }
}

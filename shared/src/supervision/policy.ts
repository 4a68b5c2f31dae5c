/** Who may do what with an assignment, and when. One table for the decision, the audit record and the button's hint. */
import { allowed, denied, type Verdict } from '../base/access.ts'
import type { CivilDate } from '../base/instant.ts'
import type { UnitId } from '../directory/index.ts'
import type { Assignment, AssignmentState } from './model.ts'

/** How the caller stands to the assignment. */
export interface Relation {
  /** Holds the duty supervisor (督查员) in the supervising organ. */
  readonly isSupervisor: boolean
  /** Follows it without a hand in it: the leader named in it, the supervising organ's office director. */
  readonly isWatcher: boolean
  /** Units with a part for which the caller may sign and report. */
  readonly handles: readonly UnitId[]
  /** Those of them the caller heads: the unit's word on completion and time is its head's. */
  readonly heads: readonly UnitId[]
}

/** Acts on an assignment, the keys of the abilities map. */
export const assignmentAbilities = [
  'assign', 'accept', 'report', 'claimCompletion', 'review', 'close', 'requestExtension', 'decideExtension', 'urge', 'suspend', 'resume', 'cancel',
] as const
/** One of the acts. */
export type AssignmentAbility = (typeof assignmentAbilities)[number]

/** What the table reads. */
export interface PolicyScene {
  readonly assignment: Assignment
  readonly relation: Relation
  readonly today: CivilDate
}

/** Whether the caller may see it at all. Proposals are the supervisors' own. */
export function mayView(assignment: Assignment, relation: Relation): boolean {
  if (relation.isSupervisor) return true
  return assignment.state !== 'proposed' && (relation.isWatcher || relation.handles.length > 0)
}

/** The lead's unit id, or null before 交办. */
export function leadOf(assignment: Assignment): UnitId | null {
  return assignment.parts.find((part) => part.role === 'lead')?.unitId ?? null
}

/** Whether an assignment has ended for good. */
export function isEnded(state: AssignmentState): boolean {
  return state === 'closed' || state === 'cancelled'
}

type Rule = (scene: PolicyScene) => Verdict

const all = (...rules: readonly Rule[]): Rule => (scene) => {
  for (const rule of rules) {
    const verdict = rule(scene)
    if (!verdict.allowed) return verdict
  }
  return allowed
}
const when = (test: (scene: PolicyScene) => boolean, otherwise: string): Rule => (scene) => (test(scene) ? allowed : denied(otherwise))

const supervises = when(({ relation }) => relation.isSupervisor, 'supervision.not-supervisor')
const handles = when(({ relation }) => relation.handles.length > 0, 'supervision.not-your-unit')
const leads = when(({ relation, assignment }) => relation.handles.some((unit) => unit === leadOf(assignment)), 'supervision.not-lead')
const headsLead = when(({ relation, assignment }) => relation.heads.some((unit) => unit === leadOf(assignment)), 'supervision.needs-head')
const notEnded = when(({ assignment }) => !isEnded(assignment.state), 'supervision.ended')
const notResting = when(({ assignment }) => assignment.state !== 'suspended', 'supervision.suspended')
const isAssigned = when(({ assignment }) => assignment.state !== 'proposed', 'supervision.not-assigned')
const isLive = all(notEnded, notResting, isAssigned)
const notClaimed = when(({ assignment }) => assignment.state !== 'completion-claimed', 'supervision.already-claimed')
const leadAccepted = when(({ assignment }) => hasAccepted(assignment, leadOf(assignment)), 'supervision.not-accepted')

function hasAccepted(assignment: Assignment, unitId: UnitId | null): boolean {
  return assignment.parts.some((part) => part.unitId === unitId && part.acceptedAt !== null)
}

/** The permission table of the room. */
export const supervisionPolicy: Readonly<Record<AssignmentAbility, Rule>> = {
  assign: all(supervises, notEnded, when(({ assignment }) => assignment.state === 'proposed', 'supervision.not-proposed')),
  accept: all(handles, isLive, when(({ assignment, relation }) => relation.handles.some((unit) => !hasAccepted(assignment, unit)), 'supervision.already-accepted')),
  report: all(handles, isLive, notClaimed, when(({ assignment, relation }) => relation.handles.some((unit) => hasAccepted(assignment, unit)), 'supervision.not-accepted')),
  claimCompletion: all(handles, leads, headsLead, isLive, notClaimed, leadAccepted),
  review: all(supervises, isLive, when(({ assignment }) => assignment.reports.some((report) => report.review === null), 'supervision.nothing-to-review')),
  close: all(supervises, isLive, when(({ assignment }) => assignment.state === 'completion-claimed', 'supervision.not-claimed')),
  requestExtension: all(
    handles, leads, headsLead, isLive, notClaimed,
    when(({ assignment, today }) => assignment.dueOn !== null && today <= assignment.dueOn, 'supervision.extension-too-late'),
    when(({ assignment }) => !hasPendingExtension(assignment), 'supervision.extension-pending'),
  ),
  decideExtension: all(supervises, isLive, when(({ assignment }) => hasPendingExtension(assignment), 'supervision.no-extension')),
  urge: all(supervises, isLive, notClaimed),
  suspend: all(supervises, isLive),
  resume: all(supervises, notEnded, when(({ assignment }) => assignment.state === 'suspended', 'supervision.not-suspended')),
  cancel: all(supervises, notEnded),
}

/** Whether a request for more time waits for its answer. */
export function hasPendingExtension(assignment: Assignment): boolean {
  return assignment.extensions.some((extension) => extension.decision === null)
}

/** All verdicts at once, for the page. */
export function abilitiesOf(scene: PolicyScene): Readonly<Record<AssignmentAbility, Verdict>> {
  // Safe because the table is walked by its own keys.
  return Object.fromEntries(assignmentAbilities.map((act) => [act, supervisionPolicy[act](scene)])) as Record<AssignmentAbility, Verdict>
}

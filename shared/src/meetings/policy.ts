/** Who may do what with a meeting, and when. One table for the decision, the audit record and the button's hint. */
import { allowed, denied, type Verdict } from '../base/access.ts'
import type { MeetingState } from './model.ts'

/** How the caller stands to a meeting. */
export interface MeetingRelation {
  /** Holds the organising post, or is a clerk (会务员) of the organising organ. */
  readonly organises: boolean
  readonly hosts: boolean
  /** Is invited, comes instead of somebody, or answers for an invited unit. */
  readonly attends: boolean
  /** Holds the duty supervisor (督查员) in the organising organ. */
  readonly supervises: boolean
}

/** Acts on a meeting, the keys of the abilities map. */
export const meetingAbilities = [
  'change', 'notify', 'cancel', 'decideLeave', 'showCode', 'signInFor', 'start', 'end', 'startMinutes', 'mark',
] as const
/** One of the acts. */
export type MeetingAbility = (typeof meetingAbilities)[number]

/** What the table reads. */
export interface MeetingPolicyScene {
  readonly state: MeetingState
  readonly hasAttendees: boolean
  readonly hasMinutes: boolean
  readonly relation: MeetingRelation
}

/** Whether the caller may see it at all. Those invited see it once they have been told. */
export function mayViewMeeting(state: MeetingState, relation: MeetingRelation, wasNotified: boolean): boolean {
  if (relation.organises || relation.hosts) return true
  return wasNotified && (relation.attends || (relation.supervises && (state === 'ended' || state === 'minutes-issued')))
}

type Rule = (scene: MeetingPolicyScene) => Verdict
const all = (...rules: readonly Rule[]): Rule => (scene) => rules.map((rule) => rule(scene)).find((verdict) => !verdict.allowed) ?? allowed
const when = (test: (scene: MeetingPolicyScene) => boolean, because: string): Rule => (scene) => (test(scene) ? allowed : denied(because))
const inState = (because: string, ...states: readonly MeetingState[]): Rule => when(({ state }) => states.includes(state), because)

const organises = when(({ relation }) => relation.organises, 'meetings.not-organiser')
const leads = when(({ relation }) => relation.organises || relation.hosts, 'meetings.not-organiser')
const takesUp = when(({ relation }) => relation.organises || relation.hosts || relation.supervises, 'meetings.not-organiser')
const hasAttendees = when((scene) => scene.hasAttendees, 'meetings.nobody-invited')
const hasMinutes = when((scene) => scene.hasMinutes, 'meetings.no-minutes')
const hasNoMinutes = when((scene) => !scene.hasMinutes, 'meetings.minutes-exist')

const rules: Readonly<Record<MeetingAbility, Rule>> = {
  change: all(organises, inState('meetings.settled', 'planned', 'notified')),
  notify: all(organises, inState('meetings.already-notified', 'planned'), hasAttendees),
  cancel: all(organises, inState('meetings.settled', 'planned', 'notified')),
  decideLeave: all(organises, inState('meetings.not-answerable', 'notified', 'under-way')),
  showCode: all(leads, inState('meetings.not-open-for-sign-in', 'notified', 'under-way')),
  signInFor: all(organises, inState('meetings.not-open-for-sign-in', 'notified', 'under-way')),
  start: all(leads, inState('meetings.not-startable', 'notified')),
  end: all(leads, inState('meetings.not-under-way', 'under-way')),
  startMinutes: all(organises, inState('meetings.not-begun', 'under-way', 'ended'), hasNoMinutes),
  mark: all(takesUp, hasMinutes),
}

/** Whether the caller may do it now, with the refusal the user will read. */
export function mayActOnMeeting(ability: MeetingAbility, scene: MeetingPolicyScene): Verdict {
  return rules[ability](scene)
}

/** Receipts (回执) and sign-in (签到): what an answer means, and the counts made of them. */
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'
import type { Attendee, MeetingState, ReplyKind } from '../model.ts'

/** 未回复 · 已报名 · 请假待批 · 准假 · 不准假 · 替会待批 · 同意替会 · 不同意替会 · 已签到 · 迟到 · 缺席. */
export const receiptStates = [
  'no-reply', 'attending', 'leave-pending', 'leave-granted', 'leave-refused', 'substitute-pending', 'substitute-granted', 'substitute-refused',
  'signed-in', 'late', 'absent',
] as const
/** One of `receiptStates`. */
export type ReceiptState = (typeof receiptStates)[number]

/** What receipts are read against. */
export interface ReceiptScene {
  readonly state: MeetingState
  readonly from: number
}

/** Earliest sign-in before the meeting begins (ms). */
export const signInOpensMs = 60 * 60_000
/** How long a sign-in code holds (ms). */
export const signInCodeMs = 60_000

type Answer = Pick<Attendee, 'reply' | 'decision' | 'signedInAt'>

/** Where an invitation stands. */
export function receiptState(attendee: Answer, meeting: ReceiptScene): ReceiptState {
  if (attendee.signedInAt !== null) return attendee.signedInAt > meeting.from ? 'late' : 'signed-in'
  const excused = attendee.reply === 'leave' && attendee.decision === 'approved'
  const over = meeting.state === 'ended' || meeting.state === 'minutes-issued'
  if (over && !excused) return 'absent'
  return answered(attendee)
}

function answered(attendee: Answer): ReceiptState {
  switch (attendee.reply) {
    case null:
      return 'no-reply'
    case 'attend':
      return 'attending'
    case 'leave':
      return attendee.decision === 'approved' ? 'leave-granted' : attendee.decision === 'refused' ? 'leave-refused' : 'leave-pending'
    case 'substitute':
      return attendee.decision === 'approved' ? 'substitute-granted' : attendee.decision === 'refused' ? 'substitute-refused' : 'substitute-pending'
  }
}

/** An answer to an invitation. */
export interface Reply {
  readonly kind: ReplyKind
  readonly reason: string
  readonly name: string
  readonly title: string
  readonly postId: Attendee['comesPostId']
}

/** What an answer changes. 请假 and 替会 wait for the clerk. */
export function decideReply(
  attendee: Pick<Attendee, 'kind' | 'signedInAt'>,
  meeting: Pick<ReceiptScene, 'state'>,
  reply: Reply,
): Result<Pick<Attendee, 'reply' | 'decision' | 'reason' | 'comesName' | 'comesTitle' | 'comesPostId'>> {
  if (meeting.state !== 'notified') return refuse('meetings.not-answerable')
  if (attendee.signedInAt !== null) return refuse('meetings.already-signed-in')
  if (reply.kind !== 'attend' && reply.reason === '') return refuse('meetings.reason-needed')
  const needsName = reply.kind === 'substitute' || (reply.kind === 'attend' && attendee.kind === 'unit')
  if (needsName && reply.name === '') return refuse('meetings.name-needed')
  return accept({
    reply: reply.kind,
    decision: reply.kind === 'attend' ? null : 'pending',
    reason: reply.kind === 'attend' ? '' : reply.reason,
    comesName: needsName ? reply.name : '',
    comesTitle: needsName ? reply.title : '',
    comesPostId: needsName ? reply.postId : null,
  })
}

/** Whether 请假 or 替会 may be decided now. A refused one may be granted later and the other way round, until the meeting. */
export function decideLeave(attendee: Pick<Attendee, 'reply' | 'signedInAt'>, meeting: Pick<ReceiptScene, 'state'>): Result<null> {
  if (meeting.state !== 'notified' && meeting.state !== 'under-way') return refuse('meetings.not-answerable')
  if (attendee.signedInAt !== null) return refuse('meetings.already-signed-in')
  return attendee.reply === 'leave' || attendee.reply === 'substitute' ? accept(null) : refuse('meetings.nothing-to-decide')
}

/** Whether somebody may be signed in now. A substitute comes only after the clerk has agreed. */
export function decideSignIn(attendee: Answer, meeting: ReceiptScene, now: number): Result<null> {
  if (meeting.state !== 'notified' && meeting.state !== 'under-way') return refuse('meetings.not-open-for-sign-in')
  if (meeting.state === 'notified' && now < meeting.from - signInOpensMs) return refuse('meetings.too-early')
  if (attendee.signedInAt !== null) return refuse('meetings.already-signed-in')
  return attendee.reply === 'substitute' && attendee.decision !== 'approved' ? refuse('meetings.substitute-not-granted') : accept(null)
}

/** How many invitations stand where. `expected` counts those who have not been excused; `present` those who signed in. */
export interface Attendance {
  readonly invited: number
  readonly expected: number
  readonly present: number
  readonly states: Readonly<Record<ReceiptState, number>>
}

/** Counts invitations. */
export function countAttendance(attendees: readonly Answer[], meeting: ReceiptScene): Attendance {
  const found = attendees.map((attendee) => receiptState(attendee, meeting))
  const count = (state: ReceiptState): number => found.filter((each) => each === state).length
  // Safe because every key of the list is given.
  const states = Object.fromEntries(receiptStates.map((state) => [state, count(state)])) as Record<ReceiptState, number>
  return { invited: found.length, expected: found.length - states['leave-granted'], present: states['signed-in'] + states.late, states }
}

/** The attendance of each unit, in the order units first appear on the list. */
export function attendanceByUnit<A extends Answer & Pick<Attendee, 'unitId' | 'unitName'>>(
  attendees: readonly A[],
  meeting: ReceiptScene,
): readonly { readonly unitId: A['unitId']; readonly unitName: string; readonly attendance: Attendance }[] {
  const byUnit = new Map<A['unitId'], A[]>()
  for (const attendee of attendees) byUnit.set(attendee.unitId, [...(byUnit.get(attendee.unitId) ?? []), attendee])
  return [...byUnit].map(([unitId, own]) => ({ unitId, unitName: own[0]?.unitName ?? '', attendance: countAttendance(own, meeting) }))
}

/** The form of a meeting: what it starts with, and the command made of it. */
import { type CivilDate, civilDateAt, endOfDay, instant, startOfDay } from '@xiewen/shared/base'
import type { PostView, UnitId } from '@xiewen/shared/directory'
import type { DocumentId } from '@xiewen/shared/documents'
import { type Invitation, type MeetingKind, type MeetingRoomId, type MeetingView, minuteOfDay, type NewMeeting } from '@xiewen/shared/meetings'

/** An agenda line in the form. */
export interface AgendaLine {
  readonly title: string
  readonly presenter: string
  readonly minutes: number
  readonly documentId: DocumentId | null
  readonly documentTitle: string
}

/** The form. Times are minutes since midnight in China. */
export interface PlanForm {
  readonly title: string
  readonly kind: MeetingKind
  readonly date: CivilDate
  readonly from: number
  readonly to: number
  readonly roomId: MeetingRoomId | null
  readonly place: string
  readonly host: readonly PostView[]
  readonly replyBy: CivilDate | null
  readonly notes: string
  readonly contact: string
  readonly attendPosts: readonly PostView[]
  readonly observePosts: readonly PostView[]
  readonly attendUnits: readonly UnitId[]
  readonly observeUnits: readonly UnitId[]
  readonly agenda: readonly AgendaLine[]
}

/** A new meeting: tomorrow at nine for an hour. */
export function emptyForm(tomorrow: CivilDate): PlanForm {
  return {
    title: '', kind: 'special', date: tomorrow, from: 540, to: 600, roomId: null, place: '', host: [], replyBy: null, notes: '', contact: '',
    attendPosts: [], observePosts: [], attendUnits: [], observeUnits: [], agenda: [],
  }
}

/** The form of a meeting that exists. `posts` are those of everybody invited and of the host. */
export function formOf(meeting: MeetingView, posts: readonly PostView[]): PlanForm {
  const people = (role: 'attend' | 'observe') => meeting.attendees.flatMap((each) => (each.role === role ? (posts.find((post) => post.id === each.postId) ?? []) : []))
  const units = (role: 'attend' | 'observe') => meeting.attendees.filter((each) => each.kind === 'unit' && each.role === role).map((each) => each.unitId)
  return {
    title: meeting.title,
    kind: meeting.kind,
    date: civilDateAt(instant(meeting.from)),
    from: minuteOfDay(meeting.from),
    to: minuteOfDay(meeting.to),
    roomId: meeting.roomId,
    place: meeting.roomId === null ? meeting.place : '',
    host: posts.filter((post) => post.id === meeting.hostPostId),
    replyBy: meeting.replyBy === null ? null : civilDateAt(instant(meeting.replyBy)),
    notes: meeting.notes,
    contact: meeting.contact,
    attendPosts: people('attend'),
    observePosts: people('observe'),
    attendUnits: units('attend'),
    observeUnits: units('observe'),
    agenda: meeting.agenda.map(({ title, presenter, minutes, documentId, documentTitle }) => ({ title, presenter, minutes, documentId, documentTitle })),
  }
}

/** The command's input. Replies are due by the end of their day, but not after the meeting begins. */
export function planOf(form: PlanForm): NewMeeting {
  const from = instant(startOfDay(form.date) + form.from * 60_000)
  const invite = (posts: readonly PostView[], units: readonly UnitId[], role: 'attend' | 'observe'): readonly Invitation[] => [
    ...posts.map((post) => ({ kind: 'post' as const, postId: post.id, role })),
    ...units.map((unitId) => ({ kind: 'unit' as const, unitId, role })),
  ]
  return {
    title: form.title,
    kind: form.kind,
    from,
    to: instant(startOfDay(form.date) + form.to * 60_000),
    roomId: form.roomId,
    place: form.roomId === null ? form.place : '',
    hostPostId: form.host[0]?.id ?? null,
    replyBy: form.replyBy === null ? null : instant(Math.min(endOfDay(form.replyBy), from)),
    notes: form.notes,
    contact: form.contact,
    agenda: form.agenda.filter((line) => line.title.trim() !== '').map(({ title, presenter, minutes, documentId }) => ({ title, presenter, minutes, documentId })),
    attendees: [...invite(form.attendPosts, form.attendUnits, 'attend'), ...invite(form.observePosts, form.observeUnits, 'observe')],
  }
}

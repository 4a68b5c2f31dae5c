/** Meetings as their page and the list show them. */
import type { PostId, UnitId } from '@xiewen/shared/directory'
import type { DocumentId } from '@xiewen/shared/documents'
import {
  type Attendee, type AttendeeView, attendanceByUnit, type BookingId, countAttendance, mayActOnMeeting, meetingAbilities, type MeetingId, type MeetingRoomId, type MeetingRow,
  type MeetingView, receiptState,
} from '@xiewen/shared/meetings'
import { findDocument, getDocumentFor } from '../documents/index.ts'
import type { Actor, QueryContext } from '../platform/context.ts'
import { listAgenda, listMarks } from './repository.ts'
import { answeringPost, comingPost, policySceneOf, type Scene } from './scene.ts'
import { listClashes } from './search.ts'
import type { MeetingRecord } from './tables.ts'

function receiptScene(meeting: MeetingRecord) {
  return { state: meeting.state, from: meeting.from_at }
}

/** Reasons and who answered are for organisers and those concerned. */
function presentAttendee(actor: Actor, scene: Scene, attendee: Attendee): AttendeeView {
  const mine = answeringPost(actor, attendee) !== null || comingPost(actor, attendee) !== null
  const open = mine || scene.relation.organises || scene.relation.hosts
  return { ...attendee, reason: open ? attendee.reason : '', state: receiptState(attendee, receiptScene(scene.meeting)), mine }
}

/** The whole page. */
export async function presentMeeting(ctx: QueryContext, scene: Scene): Promise<MeetingView> {
  const { meeting, attendees } = scene
  const policy = policySceneOf(scene)
  const abilities = Object.fromEntries(meetingAbilities.map((ability) => [ability, mayActOnMeeting(ability, policy)]))
  return {
    ...headOf(meeting),
    agenda: [...(await listAgenda(ctx.db, meeting.id))],
    attendees: attendees.map((attendee) => presentAttendee(ctx.actor, scene, attendee)),
    attendance: countAttendance(attendees, receiptScene(meeting)),
    units: [...attendanceByUnit(attendees, receiptScene(meeting))],
    minutes: await minutesOf(ctx, meeting),
    marks: [...(await listMarks(ctx.db, meeting.id))],
    clashes: scene.relation.organises ? [...(await listClashes(ctx.db, meeting, attendees))] : [],
    // Safe because every ability of the list is given.
    abilities: abilities as MeetingView['abilities'],
  }
}

function headOf(meeting: MeetingRecord) {
  // Safe because ids come from `newId` and the directory.
  return {
    id: meeting.id as MeetingId,
    title: meeting.title,
    kind: meeting.kind,
    state: meeting.state,
    from: meeting.from_at,
    to: meeting.to_at,
    roomId: meeting.room_id as MeetingRoomId | null,
    bookingId: meeting.booking_id as BookingId | null,
    place: meeting.place,
    hostPostId: meeting.host_post_id as PostId | null,
    hostName: meeting.host_name,
    organiserName: meeting.person_name,
    organiserUnit: meeting.unit_name,
    organId: meeting.organ_id as UnitId,
    organName: meeting.organ_name,
    notes: meeting.notes,
    contact: meeting.contact,
    replyBy: meeting.reply_by,
    round: meeting.round,
    changeNote: meeting.change_note,
  }
}

async function minutesOf(ctx: QueryContext, meeting: MeetingRecord): Promise<MeetingView['minutes']> {
  const row = meeting.minutes_id === null ? null : await findDocument(ctx.db, meeting.minutes_id)
  if (!row) return null
  const seen = await getDocumentFor(ctx.db, ctx.actor, row.id)
  // Safe because the id comes from `newId`.
  return { documentId: row.id as DocumentId, title: row.title, state: row.state, mayOpen: seen !== null }
}

/** One line of the list. */
export function presentRow(actor: Actor, meeting: MeetingRecord, attendees: readonly Attendee[]): MeetingRow {
  const own = attendees.find((attendee) => comingPost(actor, attendee) !== null) ?? attendees.find((attendee) => answeringPost(actor, attendee) !== null)
  const { invited, states } = countAttendance(attendees, receiptScene(meeting))
  return {
    // Safe because the id comes from `newId`.
    id: meeting.id as MeetingId,
    title: meeting.title,
    kind: meeting.kind,
    state: meeting.state,
    from: meeting.from_at,
    to: meeting.to_at,
    place: meeting.place,
    hostName: meeting.host_name,
    organName: meeting.organ_name,
    receipt: own ? receiptState(own, receiptScene(meeting)) : null,
    invited,
    attending: states.attending + states['substitute-granted'] + states['signed-in'] + states.late,
  }
}

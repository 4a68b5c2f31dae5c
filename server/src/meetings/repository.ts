/** The SQL of meetings, invitations, agendas and marks. */
import type { CivilDate } from '@xiewen/shared/base'
import type { PostId, UnitId } from '@xiewen/shared/directory'
import type { DocumentId } from '@xiewen/shared/documents'
import type { AgendaItem, AgendaItemId, Attendee, AttendeeId, Mark, MarkId, MeetingId } from '@xiewen/shared/meetings'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { AgendaRecord, AttendeeRecord, MarkRecord, MeetingRecord, MeetingsTables } from './tables.ts'

/** A meeting's row, or null. */
export async function findMeeting(db: ReadDb, meetingId: string): Promise<MeetingRecord | null> {
  return numbered(await tables<MeetingsTables>(db).selectFrom('meeting').selectAll().where('id', '=', meetingId).executeTakeFirst())
}

/** The meeting whose minutes a document is, or null. */
export async function findMeetingOfMinutes(db: ReadDb, documentId: string): Promise<MeetingRecord | null> {
  return numbered(await tables<MeetingsTables>(db).selectFrom('meeting').selectAll().where('minutes_id', '=', documentId).executeTakeFirst())
}

/** PostgreSQL hands out bigint columns as text where its driver is not told otherwise. */
function numbered(row: MeetingRecord | undefined): MeetingRecord | null {
  if (!row) return null
  return { ...row, from_at: Number(row.from_at), to_at: Number(row.to_at), reply_by: row.reply_by === null ? null : Number(row.reply_by), created_at: Number(row.created_at) }
}

/** Stores a meeting. */
export async function saveMeeting(db: WriteDb, row: MeetingRecord): Promise<void> {
  const { id: _id, ...rest } = row
  await tables<MeetingsTables>(db).insertInto('meeting').values(row).onConflict((conflict) => conflict.column('id').doUpdateSet(rest)).execute()
}

/** Changes fields of a meeting. */
export async function changeMeeting(db: WriteDb, meetingId: string, change: Partial<MeetingRecord>): Promise<void> {
  await tables<MeetingsTables>(db).updateTable('meeting').set(change).where('id', '=', meetingId).execute()
}

/** Invitations of a meeting in their order. */
export async function listAttendees(db: ReadDb, meetingId: string): Promise<readonly Attendee[]> {
  const rows = await tables<MeetingsTables>(db).selectFrom('meeting_attendee').selectAll().where('meeting_id', '=', meetingId).orderBy('place').execute()
  return rows.map(presentAttendee)
}

/** Invitations of several meetings, by meeting. */
export async function attendeesOf(db: ReadDb, meetingIds: readonly string[]): Promise<ReadonlyMap<string, readonly Attendee[]>> {
  const byMeeting = new Map<string, Attendee[]>()
  if (meetingIds.length === 0) return byMeeting
  const rows = await tables<MeetingsTables>(db).selectFrom('meeting_attendee').selectAll().where('meeting_id', 'in', meetingIds).orderBy('place').execute()
  for (const row of rows) byMeeting.set(row.meeting_id, [...(byMeeting.get(row.meeting_id) ?? []), presentAttendee(row)])
  return byMeeting
}

function presentAttendee(row: AttendeeRecord): Attendee {
  return {
    // Safe because ids come from `newId` and the directory.
    id: row.id as AttendeeId,
    kind: row.kind,
    role: row.role,
    postId: row.post_id as PostId | null,
    unitId: row.unit_id as UnitId,
    unitName: row.unit_name,
    personName: row.person_name,
    personTitle: row.person_title,
    reply: row.reply,
    decision: row.decision,
    reason: row.reason,
    comesName: row.comes_name,
    comesTitle: row.comes_title,
    comesPostId: row.comes_post_id as PostId | null,
    repliedAt: row.replied_at === null ? null : Number(row.replied_at),
    signedInAt: row.signed_in_at === null ? null : Number(row.signed_in_at),
    signedInName: row.signed_in_name,
  }
}

/** Stores the invitations of a meeting as they are now, in order; those left out are dropped. */
export async function saveAttendees(db: WriteDb, meetingId: string, attendees: readonly Attendee[]): Promise<void> {
  await tables<MeetingsTables>(db).deleteFrom('meeting_attendee').where('meeting_id', '=', meetingId).execute()
  const rows = attendees.map((attendee, place) => attendeeRow(meetingId, attendee, place))
  // Few enough values per statement for every engine.
  for (let at = 0; at < rows.length; at += 40) await tables<MeetingsTables>(db).insertInto('meeting_attendee').values(rows.slice(at, at + 40)).execute()
}

function attendeeRow(meetingId: string, attendee: Attendee, place: number): AttendeeRecord {
  return {
    id: attendee.id,
    meeting_id: meetingId,
    place,
    kind: attendee.kind,
    role: attendee.role,
    post_id: attendee.postId,
    unit_id: attendee.unitId,
    unit_name: attendee.unitName,
    person_name: attendee.personName,
    person_title: attendee.personTitle,
    ...answerColumns(attendee),
  }
}

function answerColumns(attendee: Attendee) {
  return {
    reply: attendee.reply,
    decision: attendee.decision,
    reason: attendee.reason,
    comes_name: attendee.comesName,
    comes_title: attendee.comesTitle,
    comes_post_id: attendee.comesPostId,
    replied_at: attendee.repliedAt,
    signed_in_at: attendee.signedInAt,
    signed_in_name: attendee.signedInName,
  }
}

/** Stores what has become of one invitation. */
export async function saveAnswer(db: WriteDb, attendee: Attendee): Promise<void> {
  await tables<MeetingsTables>(db).updateTable('meeting_attendee').set(answerColumns(attendee)).where('id', '=', attendee.id).execute()
}

/** The agenda in order. */
export async function listAgenda(db: ReadDb, meetingId: string): Promise<readonly AgendaItem[]> {
  const rows = await tables<MeetingsTables>(db).selectFrom('meeting_agenda').selectAll().where('meeting_id', '=', meetingId).orderBy('place').execute()
  return rows.map((row) => ({
    // Safe because ids come from `newId`.
    id: row.id as AgendaItemId,
    title: row.title,
    presenter: row.presenter,
    minutes: row.minutes,
    documentId: row.document_id as DocumentId | null,
    documentTitle: row.document_title,
  }))
}

/** Replaces the agenda. */
export async function saveAgenda(db: WriteDb, meetingId: string, items: readonly AgendaItem[]): Promise<void> {
  await tables<MeetingsTables>(db).deleteFrom('meeting_agenda').where('meeting_id', '=', meetingId).execute()
  const rows: AgendaRecord[] = items.map((item, place) => ({
    id: item.id, meeting_id: meetingId, place, title: item.title, presenter: item.presenter, minutes: item.minutes, document_id: item.documentId, document_title: item.documentTitle,
  }))
  if (rows.length > 0) await tables<MeetingsTables>(db).insertInto('meeting_agenda').values(rows).execute()
}

function presentMark(row: MarkRecord): Mark {
  return {
    // Safe because ids come from `newId`, dates from the parser, and names were written as JSON.
    id: row.id as MarkId,
    meetingId: row.meeting_id as MeetingId,
    documentId: row.document_id as DocumentId,
    block: row.block,
    quote: row.quote,
    leadUnitId: row.lead_unit_id as UnitId | null,
    leadUnitName: row.lead_unit_name,
    supportNames: JSON.parse(row.support_names) as string[],
    dueOn: row.due_on as CivilDate | null,
    markedBy: row.person_name,
    at: Number(row.at),
    assignmentId: row.assignment_id,
    assignmentState: row.assignment_state,
  }
}

/** Marks of a meeting's minutes, in the order of the text. */
export async function listMarks(db: ReadDb, meetingId: string): Promise<readonly Mark[]> {
  const rows = await tables<MeetingsTables>(db).selectFrom('meeting_mark').selectAll().where('meeting_id', '=', meetingId).orderBy('block').orderBy('at').execute()
  return rows.map(presentMark)
}

/** One mark, or null. */
export async function findMark(db: ReadDb, markId: string): Promise<Mark | null> {
  const row = await tables<MeetingsTables>(db).selectFrom('meeting_mark').selectAll().where('id', '=', markId).executeTakeFirst()
  return row ? presentMark(row) : null
}

/** Stores a mark. */
export async function addMark(db: WriteDb, mark: Mark): Promise<void> {
  const row: MarkRecord = {
    id: mark.id, meeting_id: mark.meetingId, document_id: mark.documentId, block: mark.block, quote: mark.quote, lead_unit_id: mark.leadUnitId, lead_unit_name: mark.leadUnitName,
    support_names: JSON.stringify(mark.supportNames), due_on: mark.dueOn, person_name: mark.markedBy, at: mark.at, assignment_id: mark.assignmentId, assignment_state: mark.assignmentState,
  }
  await tables<MeetingsTables>(db).insertInto('meeting_mark').values(row).execute()
}

/** Ties a mark to its assignment. */
export async function tieMark(db: WriteDb, markId: string, assignmentId: string, state: string): Promise<void> {
  await tables<MeetingsTables>(db).updateTable('meeting_mark').set({ assignment_id: assignmentId, assignment_state: state }).where('id', '=', markId).execute()
}

/** Notes the state of an assignment at its mark; answers with the mark, or null when it comes from elsewhere. */
export async function noteMarkState(db: WriteDb, assignmentId: string, state: string): Promise<Mark | null> {
  const own = tables<MeetingsTables>(db)
  const row = await own.selectFrom('meeting_mark').selectAll().where('assignment_id', '=', assignmentId).executeTakeFirst()
  if (!row) return null
  await own.updateTable('meeting_mark').set({ assignment_state: state }).where('id', '=', row.id).execute()
  return presentMark({ ...row, assignment_state: state })
}

/** Tables of the meetings room as Kysely sees them. */
import type { MeetingKind, MeetingState, ReplyKind } from '@xiewen/shared/meetings'

/** A room. `touched` counts changes to its bookings: raising it locks the room for the transaction on every engine. */
export interface RoomRecord {
  id: string
  name: string
  floor: string
  capacity: number
  /** JSON array. */
  equipment: string
  buffer_minutes: number
  retired: number
  touched: number
}

/** A booking; gone when given back, the ledger remembers it. */
export interface BookingRecord {
  id: string
  room_id: string
  from_at: number
  to_at: number
  title: string
  post_id: string
  person_id: string
  person_name: string
  unit_name: string
  organ_id: string
  meeting_id: string | null
  created_at: number
}

/** A meeting. */
export interface MeetingRecord {
  id: string
  title: string
  kind: MeetingKind
  state: MeetingState
  from_at: number
  to_at: number
  room_id: string | null
  booking_id: string | null
  place: string
  host_post_id: string | null
  /** Name with title in front, as minutes write it. */
  host_name: string
  post_id: string
  person_name: string
  unit_id: string
  unit_name: string
  organ_id: string
  organ_name: string
  notes: string
  contact: string
  reply_by: number | null
  round: number
  change_note: string
  minutes_id: string | null
  /** Protected key of the sign-in codes. */
  code_key: string
  created_at: number
}

/** An invitation. */
export interface AttendeeRecord {
  id: string
  meeting_id: string
  place: number
  kind: 'post' | 'unit'
  role: 'attend' | 'observe'
  post_id: string | null
  unit_id: string
  unit_name: string
  person_name: string
  person_title: string
  reply: ReplyKind | null
  decision: 'pending' | 'approved' | 'refused' | null
  reason: string
  comes_name: string
  comes_title: string
  comes_post_id: string | null
  replied_at: number | null
  signed_in_at: number | null
  signed_in_name: string
}

/** An item of an agenda. */
export interface AgendaRecord {
  id: string
  meeting_id: string
  place: number
  title: string
  presenter: string
  minutes: number
  document_id: string | null
  document_title: string
}

/** A marked sentence. */
export interface MarkRecord {
  id: string
  meeting_id: string
  document_id: string
  block: number
  quote: string
  lead_unit_id: string | null
  lead_unit_name: string
  /** JSON array. */
  support_names: string
  due_on: string | null
  person_name: string
  at: number
  assignment_id: string | null
  assignment_state: string | null
}

/** The room's own tables. */
export interface MeetingsTables {
  meeting_room: RoomRecord
  meeting_booking: BookingRecord
  meeting: MeetingRecord
  meeting_attendee: AttendeeRecord
  meeting_agenda: AgendaRecord
  meeting_mark: MarkRecord
}

/** What leaves the server about meetings. */
import { z } from 'zod'
import { civilDateSchema } from '../base/instant.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema, documentStates } from '../documents/index.ts'
import {
  agendaItemSchema, attendeeSchema, bookingIdSchema, markSchema, meetingIdSchema, meetingKinds, meetingRoomIdSchema, meetingRoomSchema, meetingStates,
} from './model.ts'
import { meetingAbilities } from './policy.ts'
import { receiptStates } from './rules/receipts.ts'

/** A booking as colleagues see it: who has the room is open to all, what for only to the same organ. */
export const bookingViewSchema = z.object({
  id: bookingIdSchema,
  roomId: meetingRoomIdSchema,
  roomName: z.string(),
  from: z.number(),
  to: z.number(),
  /** Empty when the viewer belongs to another organ. */
  title: z.string(),
  personName: z.string(),
  unitName: z.string(),
  meetingId: meetingIdSchema.nullable(),
  /** Null when the caller may cancel it, otherwise the refusal. */
  cancel: z.string().nullable(),
})
/** A booking as colleagues see it. */
export type BookingView = z.output<typeof bookingViewSchema>

/** What stands in the way of a wish, and what is free instead. */
export const suggestionSchema = z.object({
  conflict: bookingViewSchema.nullable(),
  /** Rooms free at the wished time with enough seats, the smallest first. */
  freeRooms: z.array(meetingRoomSchema),
  /** Next start at which the wished room is free for as long, within a week. */
  nextFrom: z.number().nullable(),
})
/** What stands in the way of a wish, and what is free instead. */
export type Suggestion = z.output<typeof suggestionSchema>

/** Counts of invitations. */
export const attendanceSchema = z.object({
  invited: z.number(),
  expected: z.number(),
  present: z.number(),
  states: z.record(z.enum(receiptStates), z.number()),
})

/** One invitation with where it stands. Reasons are shown to organisers and to those concerned. */
export const attendeeViewSchema = attendeeSchema.extend({
  state: z.enum(receiptStates),
  /** Whether the caller answers for it. */
  mine: z.boolean(),
})
/** One invitation with where it stands. */
export type AttendeeView = z.output<typeof attendeeViewSchema>

/** One line of the list of meetings. */
export const meetingRowSchema = z.object({
  id: meetingIdSchema,
  title: z.string(),
  kind: z.enum(meetingKinds),
  state: z.enum(meetingStates),
  from: z.number(),
  to: z.number(),
  place: z.string(),
  hostName: z.string(),
  organName: z.string(),
  /** The caller's own receipt, or null when only organising. */
  receipt: z.enum(receiptStates).nullable(),
  invited: z.number(),
  attending: z.number(),
})
/** One line of the list of meetings. */
export type MeetingRow = z.output<typeof meetingRowSchema>

/** A meeting with everything its page shows. */
export const meetingViewSchema = z.object({
  id: meetingIdSchema,
  title: z.string(),
  kind: z.enum(meetingKinds),
  state: z.enum(meetingStates),
  from: z.number(),
  to: z.number(),
  roomId: meetingRoomIdSchema.nullable(),
  bookingId: bookingIdSchema.nullable(),
  /** Room and floor, or the place outside. */
  place: z.string(),
  hostPostId: postIdSchema.nullable(),
  hostName: z.string(),
  organiserName: z.string(),
  organiserUnit: z.string(),
  organId: unitIdSchema,
  organName: z.string(),
  /** Requirements: materials, dress, contact. */
  notes: z.string(),
  contact: z.string(),
  replyBy: z.number().nullable(),
  /** Counts notices: 1 after the first, more after changes that asked everybody again. */
  round: z.number(),
  /** What was changed last, or why it was cancelled. */
  changeNote: z.string(),
  agenda: z.array(agendaItemSchema),
  attendees: z.array(attendeeViewSchema),
  attendance: attendanceSchema,
  units: z.array(z.object({ unitId: unitIdSchema, unitName: z.string(), attendance: attendanceSchema })),
  minutes: z.object({ documentId: documentIdSchema, title: z.string(), state: z.enum(documentStates), mayOpen: z.boolean() }).nullable(),
  marks: z.array(markSchema),
  /** People (host, invited posts) who are expected elsewhere at the same time. */
  clashes: z.array(z.object({ personName: z.string(), title: z.string(), from: z.number(), to: z.number() })),
  abilities: z.record(z.enum(meetingAbilities), z.object({ allowed: z.boolean(), because: z.string().optional() })),
})
/** A meeting with everything its page shows. */
export type MeetingView = z.output<typeof meetingViewSchema>

/** A sentence of minutes with what it says and whether it has been marked. */
export const sentenceViewSchema = z.object({
  block: z.number().int(),
  text: z.string(),
  leads: z.array(z.string()),
  supports: z.array(z.string()),
  dueOn: civilDateSchema.nullable(),
  mark: markSchema.nullable(),
})
/** A sentence of minutes. */
export type SentenceView = z.output<typeof sentenceViewSchema>

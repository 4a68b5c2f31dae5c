/** Commands and queries of the meetings room. */
import { z } from 'zod'
import { type Duty, forDuties, forStaff } from '../base/access.ts'
import { command, pageOf, pageRequest, query } from '../base/contract.ts'
import { civilDateSchema, instantSchema } from '../base/instant.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'
import {
  attendeeIdSchema, attendeeRoles, bookingIdSchema, equipmentKinds, markIdSchema, meetingIdSchema, meetingKinds, meetingRoomIdSchema, meetingRoomSchema,
  meetingStates, replyKinds,
} from './model.ts'
import { bookingViewSchema, meetingRowSchema, meetingViewSchema, sentenceViewSchema, suggestionSchema } from './views.ts'

/** Duties that may call meetings: 会务员, 办公室主任, 处室负责人. */
export const organiserDuties = ['meeting-clerk', 'office-director', 'section-head'] as const satisfies readonly Duty[]

const organisers = forDuties(...organiserDuties)
const id = { meetingId: meetingIdSchema }
const done = z.object({ ...id, state: z.enum(meetingStates) })
const line = (most: number) => z.string().trim().max(most)
const needed = (most: number) => z.string().trim().min(1).max(most)

const roomFields = {
  name: needed(40),
  floor: line(40).default(''),
  capacity: z.number().int().min(1).max(5000),
  equipment: z.array(z.enum(equipmentKinds)).max(equipmentKinds.length).default([]),
  bufferMinutes: z.number().int().min(0).max(240).default(15),
}

const agendaItem = z.strictObject({
  title: needed(200),
  presenter: line(100).default(''),
  minutes: z.number().int().min(0).max(600).default(0),
  documentId: documentIdSchema.nullable().default(null),
})

const invitation = z.union([
  z.strictObject({ kind: z.literal('post'), postId: postIdSchema, role: z.enum(attendeeRoles).default('attend') }),
  z.strictObject({ kind: z.literal('unit'), unitId: unitIdSchema, role: z.enum(attendeeRoles).default('attend') }),
])
/** Somebody to invite. */
export type Invitation = z.output<typeof invitation>

const meetingFields = {
  title: needed(120),
  kind: z.enum(meetingKinds),
  from: instantSchema,
  to: instantSchema,
  /** A room of the house (booked with it), or a place outside. */
  roomId: meetingRoomIdSchema.nullable().default(null),
  place: line(100).default(''),
  hostPostId: postIdSchema.nullable().default(null),
  replyBy: instantSchema.nullable().default(null),
  notes: line(2000).default(''),
  contact: line(100).default(''),
  agenda: z.array(agendaItem).max(40).default([]),
  attendees: z.array(invitation).max(500).default([]),
}
/** A meeting yet to be made. */
export const newMeetingSchema = z.strictObject(meetingFields)
/** A meeting yet to be made. */
export type NewMeeting = z.output<typeof newMeetingSchema>

const wish = { from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(0), seats: z.coerce.number().int().min(1).default(1) }

/** Meetings (会议): from the room to the tasks of the minutes. */
export const meetingsContract = {
  rooms: query({
    name: 'meetings.rooms',
    summary: 'Meeting rooms with floor, seats, equipment and buffer.',
    access: forStaff,
    input: z.strictObject({}),
    output: z.object({ rooms: z.array(meetingRoomSchema) }),
  }),
  addRoom: command({
    name: 'meetings.add-room',
    summary: 'Adds a meeting room.',
    access: forDuties('meeting-clerk', 'system-admin'),
    input: z.strictObject(roomFields),
    output: z.object({ roomId: meetingRoomIdSchema }),
  }),
  changeRoom: command({
    name: 'meetings.change-room',
    summary: 'Changes a meeting room, or takes it out of use; bookings that stand are kept.',
    access: forDuties('meeting-clerk', 'system-admin'),
    input: z.strictObject({ roomId: meetingRoomIdSchema, ...roomFields, retired: z.boolean().default(false) }),
    output: z.object({}),
  }),
  timeline: query({
    name: 'meetings.timeline',
    summary: 'All rooms and their bookings of one day (China).',
    access: forStaff,
    input: z.strictObject({ date: civilDateSchema }),
    output: z.object({ date: civilDateSchema, rooms: z.array(meetingRoomSchema), bookings: z.array(bookingViewSchema) }),
  }),
  suggest: query({
    name: 'meetings.suggest',
    summary: 'Whether a room is free for a time, who has it otherwise, and which rooms and times are free instead.',
    access: forStaff,
    input: z.strictObject({ ...wish, roomId: meetingRoomIdSchema.optional() }),
    output: suggestionSchema,
  }),
  book: command({
    name: 'meetings.book',
    summary: 'Books a room for a time; exactly one of colliding bookings is accepted.',
    access: forStaff,
    input: z.strictObject({ roomId: meetingRoomIdSchema, from: instantSchema, to: instantSchema, title: needed(120), seats: z.number().int().min(1).max(5000).default(1) }),
    output: z.object({ bookingId: bookingIdSchema }),
  }),
  cancelBooking: command({
    name: 'meetings.cancel-booking',
    summary: 'Gives a booked room back. Bookings of meetings go with the meeting.',
    access: forStaff,
    input: z.strictObject({ bookingId: bookingIdSchema }),
    output: z.object({}),
  }),
  create: command({
    name: 'meetings.create',
    summary: 'Plans a meeting with agenda and list of those to invite, and books its room.',
    access: organisers,
    input: newMeetingSchema,
    output: done,
  }),
  change: command({
    name: 'meetings.change',
    summary: 'Replaces the plan of a meeting. Another time or place asks everybody again; those added are invited, those dropped are told.',
    access: organisers,
    input: z.strictObject({ ...id, ...meetingFields, note: line(300).default('') }),
    output: done,
  }),
  notify: command({
    name: 'meetings.notify',
    summary: 'Sends the notice (会议通知) and asks for receipts; materials are opened to those invited.',
    access: organisers,
    input: z.strictObject(id),
    output: done,
  }),
  cancel: command({
    name: 'meetings.cancel',
    summary: 'Cancels a meeting, gives its room back and tells everybody who was invited.',
    access: organisers,
    input: z.strictObject({ ...id, reason: needed(300) }),
    output: done,
  }),
  reply: command({
    name: 'meetings.reply',
    summary: 'Answers an invitation: 参加, 请假 or 替会.',
    access: forStaff,
    input: z.strictObject({
      ...id,
      attendeeId: attendeeIdSchema,
      reply: z.enum(replyKinds),
      reason: line(300).default(''),
      /** Who comes, for a unit or instead of the invited. */
      name: line(40).default(''),
      title: line(60).default(''),
      postId: postIdSchema.nullable().default(null),
    }),
    output: done,
  }),
  decideLeave: command({
    name: 'meetings.decide-leave',
    summary: 'Grants or refuses 请假 or 替会.',
    access: forStaff,
    input: z.strictObject({ ...id, attendeeId: attendeeIdSchema, approved: z.boolean() }),
    output: done,
  }),
  readNotice: command({
    name: 'meetings.read-notice',
    summary: 'Takes notices of a meeting (change, cancellation, reminder) out of the caller’s inbox.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({}),
  }),
  signInCode: query({
    name: 'meetings.sign-in-code',
    summary: 'The sign-in code of this moment for the QR picture; it holds for sixty seconds.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ code: z.string(), path: z.string(), validUntil: z.number() }),
  }),
  signIn: command({
    name: 'meetings.sign-in',
    summary: 'Signs the caller in with the code on the screen.',
    access: forStaff,
    input: z.strictObject({ ...id, code: z.string().max(80) }),
    output: z.object({ ...id, attendeeId: attendeeIdSchema, at: z.number(), late: z.boolean() }),
  }),
  signInFor: command({
    name: 'meetings.sign-in-for',
    summary: 'Signs somebody in at the desk, without a code.',
    access: forStaff,
    input: z.strictObject({ ...id, attendeeId: attendeeIdSchema }),
    output: z.object({ ...id, attendeeId: attendeeIdSchema, at: z.number(), late: z.boolean() }),
  }),
  start: command({ name: 'meetings.start', summary: 'Opens a meeting.', access: forStaff, input: z.strictObject(id), output: done }),
  end: command({ name: 'meetings.end', summary: 'Ends a meeting and settles attendance.', access: forStaff, input: z.strictObject(id), output: done }),
  startMinutes: command({
    name: 'meetings.start-minutes',
    summary: 'Makes the minutes (纪要) as a document from agenda and attendance, to be written together.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ documentId: documentIdSchema }),
  }),
  sentences: query({
    name: 'meetings.sentences',
    summary: 'The sentences of minutes with the owner and date they name and the tasks made of them.',
    access: forStaff,
    input: z.strictObject({ documentId: documentIdSchema }),
    output: z.object({ ...id, title: z.string(), sentences: z.array(sentenceViewSchema), mark: z.object({ allowed: z.boolean(), because: z.string().optional() }) }),
  }),
  markSentence: command({
    name: 'meetings.mark-sentence',
    summary: 'Marks a sentence of minutes as a task; it becomes a supervision assignment that links back.',
    access: forStaff,
    input: z.strictObject({
      documentId: documentIdSchema,
      quote: z.string().trim().min(4).max(2000),
      leadUnitId: unitIdSchema.optional(),
      dueOn: civilDateSchema.optional(),
    }),
    output: z.object({ markId: markIdSchema, leadUnitName: z.string(), dueOn: civilDateSchema.nullable() }),
  }),
  view: query({
    name: 'meetings.view',
    summary: 'One meeting: agenda, receipts, sign-in, minutes, tasks, and what the caller may do with reasons.',
    access: forStaff,
    input: z.strictObject(id),
    output: meetingViewSchema,
  }),
  list: query({
    name: 'meetings.list',
    summary: 'Meetings the caller is invited to or organises, coming or past.',
    access: forStaff,
    input: z.strictObject({ scope: z.enum(['invited', 'organised', 'all']).default('all'), when: z.enum(['upcoming', 'past']).default('upcoming'), ...pageRequest }),
    output: pageOf(meetingRowSchema),
  }),
} as const

/** Kinds of fact this room records; their subject is `{ kind: 'meeting', id }`, of the first four the booking or room. */
export const meetingsFacts = [
  'meetings.room-added', 'meetings.room-changed', 'meetings.booked', 'meetings.booking-cancelled', 'meetings.created', 'meetings.changed', 'meetings.invited',
  'meetings.cancelled', 'meetings.replied', 'meetings.leave-decided', 'meetings.reminded', 'meetings.signed-in', 'meetings.started', 'meetings.ended',
  'meetings.minutes-started', 'meetings.minutes-issued', 'meetings.sentence-marked',
] as const

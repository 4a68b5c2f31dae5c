/** Meetings (会议), rooms and bookings as plain data. Times are UTC ms; spans are half-open: `from` belongs to them, `to` not. */
import { z } from 'zod'
import type { Brand } from '../base/brand.ts'
import { idSchema } from '../base/ids.ts'
import { civilDateSchema } from '../base/instant.ts'
import { postIdSchema, unitIdSchema } from '../directory/index.ts'
import { documentIdSchema } from '../documents/index.ts'

/** One meeting. */
export type MeetingId = Brand<string, 'MeetingId'>
/** A room meetings are held in (会议室). */
export type MeetingRoomId = Brand<string, 'MeetingRoomId'>
/** A booked span of a room (预订). */
export type BookingId = Brand<string, 'BookingId'>
/** One place on the list of those invited. */
export type AttendeeId = Brand<string, 'AttendeeId'>
/** One item of the agenda (议题). */
export type AgendaItemId = Brand<string, 'AgendaItemId'>
/** A sentence of minutes marked as a task (议定事项). */
export type MarkId = Brand<string, 'MarkId'>

/** Schema of a `MeetingId`. */
export const meetingIdSchema = idSchema<'MeetingId'>()
/** Schema of a `MeetingRoomId`. */
export const meetingRoomIdSchema = idSchema<'MeetingRoomId'>()
/** Schema of a `BookingId`. */
export const bookingIdSchema = idSchema<'BookingId'>()
/** Schema of an `AttendeeId`. */
export const attendeeIdSchema = idSchema<'AttendeeId'>()
/** Schema of an `AgendaItemId`. */
export const agendaItemIdSchema = idSchema<'AgendaItemId'>()
/** Schema of a `MarkId`. */
export const markIdSchema = idSchema<'MarkId'>()

/** Equipment of a room: 投影 · 显示屏 · 视频会议 · 话筒 · 录音 · 白板. */
export const equipmentKinds = ['projector', 'screen', 'video', 'microphones', 'recording', 'whiteboard'] as const

/** A meeting room. */
export const meetingRoomSchema = z.object({
  id: meetingRoomIdSchema,
  name: z.string(),
  /** Where it is, e.g. 3楼东侧. */
  floor: z.string(),
  /** Seats. */
  capacity: z.number().int(),
  equipment: z.array(z.enum(equipmentKinds)),
  /** Time kept free between two bookings, for clearing and laying out. */
  bufferMinutes: z.number().int(),
})
/** A meeting room. */
export type MeetingRoom = z.output<typeof meetingRoomSchema>

/** A stretch of time, half-open. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A booked span as the rules see it. */
export interface BookedSpan extends Span {
  readonly id: string
  readonly roomId: string
}

/** Kinds of meeting: 政府全体会议 · 常务会议 · 办公会议 · 专题会议 · 工作会议 · 其他会议. */
export const meetingKinds = ['plenary', 'executive', 'office', 'special', 'work', 'other'] as const
/** One of `meetingKinds`. */
export type MeetingKind = (typeof meetingKinds)[number]

/** planned 筹备 → notified 已通知 → under-way 进行中 → ended 已结束 → minutes-issued 纪要已印发; cancelled 已取消. */
export const meetingStates = ['planned', 'notified', 'under-way', 'ended', 'minutes-issued', 'cancelled'] as const
/** One of `meetingStates`. */
export type MeetingState = (typeof meetingStates)[number]

/** 出席 or 列席. */
export const attendeeRoles = ['attend', 'observe'] as const
/** Answers to an invitation (回执): 参加 · 请假 · 替会 (somebody else comes). */
export const replyKinds = ['attend', 'leave', 'substitute'] as const
/** One of `replyKinds`. */
export type ReplyKind = (typeof replyKinds)[number]
/** What the clerk said to 请假 and 替会. */
export const leaveDecisions = ['pending', 'approved', 'refused'] as const

/** One place on the list of those invited: a post, or a unit that names who comes. */
export const attendeeSchema = z.object({
  id: attendeeIdSchema,
  kind: z.enum(['post', 'unit']),
  role: z.enum(attendeeRoles),
  /** Null for units. */
  postId: postIdSchema.nullable(),
  unitId: unitIdSchema,
  unitName: z.string(),
  /** Holder and title of the invited post; empty for units. */
  personName: z.string(),
  personTitle: z.string(),
  reply: z.enum(replyKinds).nullable(),
  decision: z.enum(leaveDecisions).nullable(),
  /** Reason of 请假 or 替会. */
  reason: z.string(),
  /** Who comes for a unit, or instead of the invited. */
  comesName: z.string(),
  comesTitle: z.string(),
  comesPostId: postIdSchema.nullable(),
  repliedAt: z.number().nullable(),
  signedInAt: z.number().nullable(),
  signedInName: z.string(),
})
/** One place on the list of those invited. */
export type Attendee = z.output<typeof attendeeSchema>

/** One item of the agenda. */
export const agendaItemSchema = z.object({
  id: agendaItemIdSchema,
  title: z.string(),
  /** 汇报单位或汇报人 */
  presenter: z.string(),
  minutes: z.number().int(),
  documentId: documentIdSchema.nullable(),
  documentTitle: z.string(),
})
/** One item of the agenda. */
export type AgendaItem = z.output<typeof agendaItemSchema>

/** A sentence of minutes marked as a task, with what has become of it. */
export const markSchema = z.object({
  id: markIdSchema,
  meetingId: meetingIdSchema,
  documentId: documentIdSchema,
  block: z.number().int(),
  /** The words as they were when marked. */
  quote: z.string(),
  leadUnitId: unitIdSchema.nullable(),
  leadUnitName: z.string(),
  supportNames: z.array(z.string()),
  dueOn: civilDateSchema.nullable(),
  markedBy: z.string(),
  at: z.number(),
  /** The assignment (督办事项) made of it and its present state; null until it exists. */
  assignmentId: z.string().nullable(),
  assignmentState: z.string().nullable(),
})
/** A sentence of minutes marked as a task. */
export type Mark = z.output<typeof markSchema>

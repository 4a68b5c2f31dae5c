/** Rooms and their bookings: the only place where a room is given to somebody. */
import { accept, instant, type Result, refuse } from '@xiewen/shared/base'
import {
  type BookingId, type BookingView, collide, dayAndTime, findCollision, freeRooms, longestBookingMs, type MeetingId, type MeetingRoom, type MeetingRoomId, nextFreeStart,
  type Span, type Suggestion,
} from '@xiewen/shared/meetings'
import type { Actor, ActorPost, CommandContext } from '../platform/context.ts'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { BookingRecord, MeetingsTables, RoomRecord } from './tables.ts'

const lookAheadMs = 9 * 86_400_000

function presentRoom(row: RoomRecord): MeetingRoom {
  return {
    // Safe because ids come from `newId` and equipment was written as JSON from the contract's enum.
    id: row.id as MeetingRoomId,
    name: row.name,
    floor: row.floor,
    capacity: row.capacity,
    equipment: JSON.parse(row.equipment) as MeetingRoom['equipment'],
    bufferMinutes: row.buffer_minutes,
  }
}

/** Rooms in use, by name. */
export async function listRooms(db: ReadDb): Promise<readonly MeetingRoom[]> {
  return (await tables<MeetingsTables>(db).selectFrom('meeting_room').selectAll().where('retired', '=', 0).orderBy('name').execute()).map(presentRoom)
}

/** A room, in use or not, or null. */
export async function findRoom(db: ReadDb, roomId: string): Promise<MeetingRoom | null> {
  const row = await tables<MeetingsTables>(db).selectFrom('meeting_room').selectAll().where('id', '=', roomId).executeTakeFirst()
  return row ? presentRoom(row) : null
}

/** Whether another room has that name. */
export async function isNameTaken(db: ReadDb, name: string, except: string | null): Promise<boolean> {
  const row = await tables<MeetingsTables>(db).selectFrom('meeting_room').select('id').where('name', '=', name).executeTakeFirst()
  return row !== undefined && row.id !== except
}

/** Stores a room. */
export async function saveRoom(db: WriteDb, room: MeetingRoom, retired: boolean): Promise<void> {
  const fields = {
    name: room.name, floor: room.floor, capacity: room.capacity, equipment: JSON.stringify(room.equipment), buffer_minutes: room.bufferMinutes, retired: retired ? 1 : 0,
  }
  await tables<MeetingsTables>(db)
    .insertInto('meeting_room')
    .values({ id: room.id, touched: 0, ...fields })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fields))
    .execute()
}

/** A stored booking as the rules see it. */
interface StoredBooking extends Span {
  readonly id: string
  readonly roomId: string
  readonly row: BookingRecord
}

async function bookingsWithin(db: ReadDb, span: Span, roomId?: string): Promise<readonly StoredBooking[]> {
  let query = tables<MeetingsTables>(db).selectFrom('meeting_booking').selectAll().where('to_at', '>', span.from).where('from_at', '<', span.to)
  if (roomId !== undefined) query = query.where('room_id', '=', roomId)
  const rows = await query.orderBy('from_at').orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, roomId: row.room_id, from: Number(row.from_at), to: Number(row.to_at), row }))
}

function presentBooking(found: StoredBooking, roomName: string, actor: Actor): BookingView {
  const isColleague = [...actor.posts, ...actor.actingFor].some((post) => post.organId === found.row.organ_id)
  return {
    // Safe because ids come from `newId`.
    id: found.id as BookingId,
    roomId: found.roomId as MeetingRoomId,
    roomName,
    from: found.from,
    to: found.to,
    title: isColleague ? found.row.title : '',
    personName: found.row.person_name,
    unitName: found.row.unit_name,
    meetingId: isColleague ? (found.row.meeting_id as MeetingId | null) : null,
    cancel: whyNotCancel(found.row, actor),
  }
}

/** Why the actor may not give a booking back, or null. */
export function whyNotCancel(row: BookingRecord, actor: Actor): string | null {
  if (row.meeting_id !== null) return 'meetings.booking-of-meeting'
  const own = row.person_id === actor.personId || actor.posts.some((post) => post.id === row.post_id)
  const clerk = actor.posts.some((post) => post.organId === row.organ_id && post.duties.includes('meeting-clerk'))
  return own || clerk ? null : 'meetings.booking-not-yours'
}

/** Bookings that touch a span, of all rooms. */
export async function listBookings(db: ReadDb, span: Span, actor: Actor): Promise<readonly BookingView[]> {
  const names = new Map((await tables<MeetingsTables>(db).selectFrom('meeting_room').select(['id', 'name']).execute()).map((room) => [room.id, room.name]))
  return (await bookingsWithin(db, span)).map((booking) => presentBooking(booking, names.get(booking.roomId) ?? '', actor))
}

/** Whether a wish is free, who stands in its way, and what is free instead. */
export async function suggest(db: ReadDb, wish: Span & { readonly seats: number; readonly roomId?: string | undefined }, actor: Actor, except?: string): Promise<Suggestion> {
  const rooms = await listRooms(db)
  const around = await bookingsWithin(db, { from: wish.from - lookAheadMs / 9, to: wish.to + lookAheadMs })
  const others = around.filter((booking) => booking.id !== except)
  const room = rooms.find((candidate) => candidate.id === wish.roomId)
  const own = room ? others.filter((booking) => booking.roomId === room.id) : []
  const conflict = room ? findCollision(own, wish, room.bufferMinutes) : null
  return {
    conflict: conflict && room ? presentBooking(conflict, room.name, actor) : null,
    freeRooms: [...freeRooms(rooms, others, wish, wish.seats)],
    nextFrom: room && conflict ? nextFreeStart(own, wish, room.bufferMinutes) : null,
  }
}

/** A booking to make. */
export interface NewBooking extends Span {
  readonly roomId: string
  readonly title: string
  readonly seats: number
  readonly meetingId: string | null
  /** A booking that this one takes the place of. */
  readonly replaces?: string
}

/** Gives a room to the caller for a time. The room's row is written first, so that two transactions on one room never look at
 * its bookings at once, whatever the engine.
 *
 * @returns the booking's id; refuses `meetings.room-taken` (names who has it and what is free instead), `meetings.room-not-found`,
 * `meetings.room-too-small`, `meetings.span-invalid`, `meetings.in-the-past`
 */
export async function bookRoom(ctx: CommandContext, wanted: NewBooking, post: ActorPost): Promise<Result<BookingId>> {
  const own = tables<MeetingsTables>(ctx.db)
  if (wanted.to <= wanted.from || wanted.to - wanted.from > longestBookingMs) return refuse('meetings.span-invalid')
  if (wanted.from < ctx.now) return refuse('meetings.in-the-past')
  await own.updateTable('meeting_room').set((eb) => ({ touched: eb('touched', '+', 1) })).where('id', '=', wanted.roomId).execute()
  const room = (await listRooms(ctx.db)).find((candidate) => candidate.id === wanted.roomId)
  if (!room) return refuse('meetings.room-not-found')
  if (room.capacity < wanted.seats) return refuse('meetings.room-too-small', { room: room.name, capacity: room.capacity, seats: wanted.seats })
  const buffer = room.bufferMinutes * 60_000
  const near = await bookingsWithin(ctx.db, { from: wanted.from - buffer, to: wanted.to + buffer }, room.id)
  const taken = near.find((booking) => booking.id !== wanted.replaces && collide(booking, wanted, buffer))
  if (taken) return refuse('meetings.room-taken', await describeTaken(ctx, wanted, room, taken))
  if (wanted.replaces !== undefined) await own.deleteFrom('meeting_booking').where('id', '=', wanted.replaces).execute()
  const id = ctx.newId<'BookingId'>()
  await own.insertInto('meeting_booking').values(rowOf(ctx, id, wanted, post)).execute()
  await ctx.record(
    { kind: 'meetings.booked', subject: { kind: 'booking', id }, data: { roomId: room.id, room: room.name, from: wanted.from, to: wanted.to, title: wanted.title, meetingId: wanted.meetingId } },
    post,
  )
  ctx.touch('meetings')
  return accept(id)
}

function rowOf(ctx: CommandContext, id: string, wanted: NewBooking, post: ActorPost): BookingRecord {
  return {
    id,
    room_id: wanted.roomId,
    from_at: wanted.from,
    to_at: wanted.to,
    title: wanted.title,
    post_id: post.id,
    person_id: ctx.actor.personId,
    person_name: ctx.actor.name,
    unit_name: post.unitName,
    organ_id: post.organId,
    meeting_id: wanted.meetingId,
    created_at: ctx.now,
  }
}

async function describeTaken(ctx: CommandContext, wanted: NewBooking, room: MeetingRoom, taken: StoredBooking): Promise<Record<string, string | number>> {
  const instead = await suggest(ctx.db, wanted, ctx.actor, wanted.replaces)
  const free = instead.freeRooms[0]
  return {
    room: room.name,
    from: dayAndTime(taken.from),
    to: dayAndTime(taken.to),
    person: taken.row.person_name,
    unit: taken.row.unit_name,
    freeRoom: free?.name ?? '—',
    freeRoomId: free?.id ?? '',
    nextTime: instead.nextFrom === null ? '—' : dayAndTime(instant(instead.nextFrom)),
    nextFrom: instead.nextFrom ?? 0,
  }
}

/** A booking, or null. */
export async function findBooking(db: ReadDb, bookingId: string): Promise<BookingRecord | null> {
  return (await tables<MeetingsTables>(db).selectFrom('meeting_booking').selectAll().where('id', '=', bookingId).executeTakeFirst()) ?? null
}

/** Gives a booked span back. */
export async function releaseBooking(ctx: CommandContext, row: BookingRecord): Promise<void> {
  await tables<MeetingsTables>(ctx.db).deleteFrom('meeting_booking').where('id', '=', row.id).execute()
  await ctx.record({
    kind: 'meetings.booking-cancelled',
    subject: { kind: 'booking', id: row.id },
    data: { roomId: row.room_id, from: Number(row.from_at), to: Number(row.to_at), title: row.title, meetingId: row.meeting_id },
  })
  ctx.touch('meetings')
}

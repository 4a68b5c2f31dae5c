/** Rooms: the list, the day, booking and giving back. */
import { accept, addDays, refuse, startOfDay } from '@xiewen/shared/base'
import { meetingsContract as contract } from '@xiewen/shared/meetings'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { bookRoom, findBooking, findRoom, isNameTaken, listBookings, listRooms, releaseBooking, saveRoom, suggest, whyNotCancel } from '../rooms.ts'

const rooms = onQuery(contract.rooms, async (ctx) => accept({ rooms: [...(await listRooms(ctx.db))] }))

const addRoom = onCommand(contract.addRoom, async (ctx, input) => {
  if (await isNameTaken(ctx.db, input.name, null)) return refuse('meetings.room-name-taken')
  const roomId = ctx.newId<'MeetingRoomId'>()
  await saveRoom(ctx.db, { id: roomId, ...input }, false)
  await ctx.record({ kind: 'meetings.room-added', subject: { kind: 'meeting-room', id: roomId }, data: { ...input } })
  ctx.touch('meetings')
  return accept({ roomId })
})

const changeRoom = onCommand(contract.changeRoom, async (ctx, input) => {
  const { roomId, retired, ...fields } = input
  if (!(await findRoom(ctx.db, roomId))) return refuse('meetings.room-not-found')
  if (await isNameTaken(ctx.db, fields.name, roomId)) return refuse('meetings.room-name-taken')
  await saveRoom(ctx.db, { id: roomId, ...fields }, retired)
  await ctx.record({ kind: 'meetings.room-changed', subject: { kind: 'meeting-room', id: roomId }, data: { ...fields, retired } })
  ctx.touch('meetings')
  return accept({})
})

const timeline = onQuery(contract.timeline, async (ctx, { date }) => {
  const day = { from: startOfDay(date), to: startOfDay(addDays(date, 1)) }
  return accept({ date, rooms: [...(await listRooms(ctx.db))], bookings: [...(await listBookings(ctx.db, day, ctx.actor))] })
})

const suggestRooms = onQuery(contract.suggest, async (ctx, input) => {
  if (input.to <= input.from) return refuse('meetings.span-invalid')
  return accept(await suggest(ctx.db, input, ctx.actor))
})

const book = onCommand(contract.book, async (ctx, input) => {
  const post = ctx.actor.posts[0]
  if (!post) return refuse('base.not-allowed')
  const booked = await bookRoom(ctx, { ...input, meetingId: null }, post)
  return booked.ok ? accept({ bookingId: booked.value }) : booked
})

const cancelBooking = onCommand(contract.cancelBooking, async (ctx, { bookingId }) => {
  const row = await findBooking(ctx.db, bookingId)
  if (!row) return refuse('meetings.booking-not-found')
  const why = whyNotCancel(row, ctx.actor)
  if (why !== null) return refuse(why)
  await releaseBooking(ctx, row)
  return accept({})
})

/** Operations on rooms and bookings. */
export const roomOperations = [rooms, addRoom, changeRoom, timeline, suggestRooms, book, cancelBooking]

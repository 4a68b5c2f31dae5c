/** Rooms through the public API: conflicts, offers, giving back, and one winner among many. */
import { addDays, civilDateAt } from '@xiewen/shared/base'
import { dayAndTime, meetingsContract as contract } from '@xiewen/shared/meetings'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, Hall, refusalOf } from './hall.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.office.close())

describe('booking a room', () => {
  test('of 200 overlapping bookings at once exactly one is accepted', async () => {
    const roomId = await hall.room('大会议室')
    const callers = await Promise.all((['clerk', 'organiser', 'financeHead', 'drafter'] as const).map((who) => hall.as(who)))
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        const from = hall.inMinutes(300 + (index % 50))
        const caller = callers[index % callers.length]
        if (!caller) throw new Error('no caller')
        return codeOf(caller.call(contract.book, { roomId, from, to: hall.inMinutes(420 - (index % 7)), title: `第${index}场` }))
      }),
    )
    expect(outcomes.filter((outcome) => outcome === 'nothing refused')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['nothing refused', 'meetings.room-taken']))
    const { bookings } = await (await hall.as('clerk')).call(contract.timeline, { date: civilDateAt(hall.inMinutes(300)) })
    expect(bookings.filter((booking) => booking.roomId === roomId)).toHaveLength(1)
  })

  test('a refusal names who has the room and offers the next free room and time', async () => {
    const [roomId, otherId] = [await hall.room('甲会议室'), await hall.room('乙会议室', { capacity: 20 })]
    const wish = { roomId, from: hall.inMinutes(600), to: hall.inMinutes(660), title: '预算会商', seats: 15 }
    await (await hall.as('financeHead')).call(contract.book, wish)
    const clerk = await hall.as('clerk')
    const refused = await refusalOf(clerk.call(contract.book, { ...wish, from: hall.inMinutes(630), to: hall.inMinutes(690) }))
    expect(refused).toMatchObject({
      code: 'meetings.room-taken',
      params: { room: '甲会议室', person: '彭丽华', unit: '市财政局预算科', freeRoom: '乙会议室', freeRoomId: otherId, nextFrom: hall.inMinutes(675), nextTime: dayAndTime(hall.inMinutes(675)) },
    })
    const offer = await clerk.call(contract.suggest, { roomId, from: hall.inMinutes(630), to: hall.inMinutes(690), seats: 15 })
    expect(offer.conflict).toMatchObject({ personName: '彭丽华', title: '', cancel: 'meetings.booking-not-yours' })
    expect(offer.nextFrom).toBe(hall.inMinutes(675))
    await clerk.call(contract.book, { ...wish, from: hall.inMinutes(675), to: hall.inMinutes(700) })
  })

  test('rooms too small, times gone by and spans turned round are refused', async () => {
    const roomId = await hall.room('小会议室', { capacity: 6 })
    const clerk = await hall.as('clerk')
    const from = hall.inMinutes(900)
    expect(await codeOf(clerk.call(contract.book, { roomId, from, to: hall.inMinutes(960), title: '会商', seats: 7 }))).toBe('meetings.room-too-small')
    expect(await codeOf(clerk.call(contract.book, { roomId, from, to: from, title: '会商' }))).toBe('meetings.span-invalid')
    expect(await codeOf(clerk.call(contract.book, { roomId, from: hall.inMinutes(-1), to: from, title: '会商' }))).toBe('meetings.in-the-past')
    expect(await codeOf(clerk.call(contract.addRoom, { name: '小会议室', capacity: 3 }))).toBe('meetings.room-name-taken')
  })

  test('a room taken out of use cannot be booked, and only its booker or a clerk gives a span back', async () => {
    const roomId = await hall.room('旧会议室')
    const drafter = await hall.as('drafter')
    const { bookingId } = await drafter.call(contract.book, { roomId, from: hall.inMinutes(2000), to: hall.inMinutes(2030), title: '讨论' })
    expect(await codeOf((await hall.as('finance')).call(contract.cancelBooking, { bookingId }))).toBe('meetings.booking-not-yours')
    await drafter.call(contract.cancelBooking, { bookingId })
    expect(await codeOf(drafter.call(contract.cancelBooking, { bookingId }))).toBe('meetings.booking-not-found')
    await (await hall.as('clerk')).call(contract.changeRoom, { roomId, name: '旧会议室', capacity: 30, retired: true })
    expect(await codeOf(drafter.call(contract.book, { roomId, from: hall.inMinutes(2000), to: hall.inMinutes(2030), title: '讨论' }))).toBe('meetings.room-not-found')
  })

  test('a meeting holds its room, moves with it, and gives it back when cancelled', async () => {
    const roomId = await hall.room('常务会议室')
    const clerk = await hall.as('clerk')
    const plan = await hall.plan(3000, { roomId, place: '' })
    const { meetingId } = await clerk.call(contract.create, plan)
    const held = (await hall.see(meetingId)).bookingId
    if (held === null) throw new Error('no room was booked')
    expect(await codeOf(clerk.call(contract.cancelBooking, { bookingId: held }))).toBe('meetings.booking-of-meeting')
    await clerk.call(contract.change, { meetingId, ...plan, from: hall.inMinutes(3030), to: hall.inMinutes(3090) })
    const day = civilDateAt(hall.inMinutes(3000))
    const spans = async () => (await clerk.call(contract.timeline, { date: day })).bookings.filter((each) => each.roomId === roomId).map((each) => each.from)
    const nextDay = addDays(day, 1)
    expect([...(await spans()), ...(await clerk.call(contract.timeline, { date: nextDay })).bookings.map((each) => each.from)]).toEqual([hall.inMinutes(3030)])
    await clerk.call(contract.cancel, { meetingId, reason: '议题并入下次会议' })
    expect(await spans()).toEqual([])
  })
})

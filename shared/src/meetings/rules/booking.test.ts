import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collide, findCollision, freeRooms, nextFreeStart } from './booking.ts'

const minute = 60_000
const span = fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 300 })).map(([from, length]) => ({ from: from * minute, to: (from + length) * minute }))
const bookings = fc.array(span, { maxLength: 25 }).map((spans) => spans.map((each, index) => ({ ...each, id: String(index), roomId: index % 2 === 0 ? 'a' : 'b' })))
const buffer = fc.integer({ min: 0, max: 60 })

describe('bookings of one room', () => {
  test('spans that touch do not collide without a buffer, and do with one', () => {
    const [first, second] = [{ from: 0, to: 60 * minute }, { from: 60 * minute, to: 120 * minute }]
    expect(collide(first, second, 0)).toBe(false)
    expect(collide(first, second, 1)).toBe(true)
    expect(collide(first, { from: 75 * minute, to: 80 * minute }, 15 * minute)).toBe(false)
  })

  test('colliding is mutual, and without a buffer it means sharing a moment', () => {
    fc.assert(
      fc.property(span, span, buffer, (a, b, gap) => {
        expect(collide(a, b, gap * minute)).toBe(collide(b, a, gap * minute))
        expect(collide(a, b, 0)).toBe(Math.max(a.from, b.from) < Math.min(a.to, b.to))
      }),
    )
  })

  test('the offered time is free, as long as wished, and no earlier one is', () => {
    fc.assert(
      fc.property(bookings, span, buffer, (all, wanted, gap) => {
        const start = nextFreeStart(all, wanted, gap)
        expect(start).not.toBeNull()
        if (start === null) return
        const length = wanted.to - wanted.from
        expect(start).toBeGreaterThanOrEqual(wanted.from)
        expect(findCollision(all, { from: start, to: start + length }, gap)).toBeNull()
        for (let earlier = wanted.from; earlier < start; earlier += minute) {
          expect(findCollision(all, { from: earlier, to: earlier + length }, gap)).not.toBeNull()
        }
      }),
      { numRuns: 60 },
    )
  })

  test('rooms offered have the seats and nothing in the way, the smallest first', () => {
    const rooms = [{ id: 'a', capacity: 60, bufferMinutes: 15 }, { id: 'b', capacity: 20, bufferMinutes: 0 }, { id: 'c', capacity: 12, bufferMinutes: 0 }]
    fc.assert(
      fc.property(bookings, span, fc.integer({ min: 1, max: 80 }), (all, wanted, seats) => {
        const free = freeRooms(rooms, all, wanted, seats)
        for (const room of rooms) {
          const taken = findCollision(all.filter((booking) => booking.roomId === room.id), wanted, room.bufferMinutes) !== null
          expect(free.includes(room)).toBe(room.capacity >= seats && !taken)
        }
        expect(free.map((room) => room.capacity)).toEqual(free.map((room) => room.capacity).toSorted((a, b) => a - b))
      }),
    )
  })

  test('a booking that is being moved does not stand in its own way', () => {
    const own = { id: 'x', roomId: 'a', from: 0, to: 60 * minute }
    expect(findCollision([own], { from: 30 * minute, to: 90 * minute }, 0)).toBe(own)
    expect(findCollision([own], { from: 30 * minute, to: 90 * minute }, 0, 'x')).toBeNull()
  })
})

/** Booking rooms: what collides, and what is free instead. */
import type { BookedSpan, Span } from '../model.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** Longest booking (ms): longer meetings are booked by the day. */
export const longestBookingMs = 24 * 3_600_000

/** Whether two spans of one room collide when `bufferMs` has to stay free between them. */
export function collide(a: Span, b: Span, bufferMs: number): boolean {
  return a.from < b.to + bufferMs && b.from < a.to + bufferMs
}

/** The earliest booking a wanted span collides with, or null.
 *
 * @param bookings of the room; `except` names one that is being moved
 */
export function findCollision<B extends BookedSpan>(bookings: readonly B[], wanted: Span, bufferMinutes: number, except?: string): B | null {
  const buffer = bufferMinutes * minuteMs
  const hits = bookings.filter((booking) => booking.id !== except && collide(booking, wanted, buffer))
  return hits.reduce<B | null>((first, booking) => (first === null || booking.from < first.from ? booking : first), null)
}

/** The next start at or after `wanted.from` at which a span of the same length is free, within `horizonDays`; null when none is.
 * Always free where it points to; never later than needed. */
export function nextFreeStart(bookings: readonly BookedSpan[], wanted: Span, bufferMinutes: number, horizonDays = 7): number | null {
  const buffer = bufferMinutes * minuteMs
  const length = wanted.to - wanted.from
  const starts = [wanted.from, ...bookings.map((booking) => booking.to + buffer)]
    .filter((start) => start >= wanted.from && start <= wanted.from + horizonDays * dayMs)
    .sort((a, b) => a - b)
  return starts.find((from) => !bookings.some((booking) => collide(booking, { from, to: from + length }, buffer))) ?? null
}

/** A room as far as choosing one goes. */
export interface RoomChoice {
  readonly id: string
  readonly capacity: number
  readonly bufferMinutes: number
}

/** Rooms free for a span with enough seats, the smallest that fits first. */
export function freeRooms<R extends RoomChoice>(rooms: readonly R[], bookings: readonly BookedSpan[], wanted: Span, seats: number): readonly R[] {
  return rooms
    .filter((room) => room.capacity >= seats)
    .filter((room) => findCollision(bookings.filter((booking) => booking.roomId === room.id), wanted, room.bufferMinutes) === null)
    .toSorted((a, b) => a.capacity - b.capacity)
}

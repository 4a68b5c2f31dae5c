import { civilDate, startOfDay } from '@xiewen/shared/base'
import { expect, test } from 'vitest'
import { placeOnDay, rangeOf, slotCount, slotStart } from './grid-model.ts'

const day = civilDate('2026-11-25')
const hour = 3_600_000

test('the day begins at 07:00 and ends at 21:00 in China', () => {
  expect(slotStart(day, 0)).toBe(startOfDay(day) + 7 * hour)
  expect(slotStart(day, slotCount)).toBe(startOfDay(day) + 21 * hour)
})

test('bookings are cut at the edges of the day and left out beyond them', () => {
  expect(placeOnDay(day, slotStart(day, 0), slotStart(day, 14))).toEqual({ left: 0, width: 50 })
  expect(placeOnDay(day, startOfDay(day), slotStart(day, 7))).toEqual({ left: 0, width: 25 })
  expect(placeOnDay(day, startOfDay(day), slotStart(day, 0))).toBeNull()
})

test('dragging backwards chooses the same half hours', () => {
  expect(rangeOf(5, 2)).toEqual(rangeOf(2, 5))
})

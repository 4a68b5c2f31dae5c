import { expect, test } from 'vitest'
import { presentTimeLeft } from './time-left.ts'

const noon = Date.UTC(2026, 7, 3, 4) // 12:00 in Shanghai
const hour = 3_600_000
const day = 24 * hour

test.each([
  ['a far deadline is told in days, calmly', noon + 5 * day, 'ui.time.days', 5, 'grey'],
  ['two days before, the colour warns', noon + 2 * day, 'ui.time.days', 2, 'amber'],
  ['the day before has its own word', noon + 13 * hour, 'ui.time.tomorrow', 1, 'amber'],
  ['the last day is told in hours, rounded up', noon + 2.5 * hour, 'ui.time.hours', 3, 'amber'],
  ['lateness on the same day is told in hours', noon - 1.5 * hour, 'ui.time.late-hours', 2, 'red'],
  ['lateness over midnight is told in days', noon - 3 * day, 'ui.time.late-days', 3, 'red'],
] as const)('%s', (_rule, due, key, count, tone) => {
  expect(presentTimeLeft(due, noon)).toMatchObject({ key, params: { count }, tone, late: tone === 'red' })
})

test('the very moment of the deadline is not late', () => {
  expect(presentTimeLeft(noon, noon).late).toBe(false)
})

import { civilDate } from '@xiewen/shared/base'
import { expect, test } from 'vitest'
import { isAdministrator, periodOf } from './settings-model.ts'

test('a delegation runs from the first minute of the first day to the last of the last, in China', () => {
  const period = periodOf(civilDate('2026-08-03'), civilDate('2026-08-03'))
  expect(period).toEqual({ from: Date.UTC(2026, 7, 2, 16), until: Date.UTC(2026, 7, 3, 16) - 1 })
})

test('an incomplete or reversed period is none', () => {
  expect(periodOf(civilDate('2026-08-03'), null)).toBeNull()
  expect(periodOf(civilDate('2026-08-03'), civilDate('2026-08-02'))).toBeNull()
})

test('the three administrators are known by their duties', () => {
  expect(isAdministrator({ duties: ['audit-admin'] })).toBe(true)
  expect(isAdministrator({ duties: ['drafter'] })).toBe(false)
})

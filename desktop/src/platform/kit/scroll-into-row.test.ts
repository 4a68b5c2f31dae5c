import { expect, test } from 'vitest'
import { scrollIntoRow } from './scroll-into-row.ts'

const row = { seen: 300, width: 80 }

test('a tab that is seen moves nothing', () => {
  expect(scrollIntoRow({ ...row, scrolled: 100, left: 150 })).toBe(100)
  expect(scrollIntoRow({ ...row, scrolled: 0, left: 0 })).toBe(0)
})

test('a tab beyond the right edge is brought to that edge', () => {
  expect(scrollIntoRow({ ...row, scrolled: 0, left: 400 })).toBe(180)
  expect(scrollIntoRow({ ...row, scrolled: 0, left: 250 })).toBe(30)
})

test('a tab before the left edge is brought to that edge', () => {
  expect(scrollIntoRow({ ...row, scrolled: 200, left: 90 })).toBe(90)
})

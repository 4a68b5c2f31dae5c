import { idPattern, instant } from '@xiewen/shared/base'
import { expect, test } from 'vitest'
import { newId } from './new-id.ts'

test('ids sort by birth, also within one millisecond, and never repeat', () => {
  const now = instant(1_795_000_000_000)
  const ids = [...Array.from({ length: 500 }, () => newId(now)), newId(instant(now + 1))]
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(idPattern)
})

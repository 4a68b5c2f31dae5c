import { sealsContract } from '@xiewen/shared/seals'
import { expect, test } from 'vitest'
import { sealsUiEn } from './strings.en.ts'
import { sealsUiZh } from './strings.zh-CN.ts'

test('every act on seals has a name in the list of refused attempts', () => {
  const acts = Object.values(sealsContract).filter(({ kind }) => kind === 'command' || kind === 'upload').map(({ name }) => `seals.attempt.${name.replace('seals.', '')}`)
  expect(acts.length).toBeGreaterThan(30)
  expect(acts.filter((key) => !(key in sealsUiZh) || !(key in sealsUiEn))).toEqual([])
})

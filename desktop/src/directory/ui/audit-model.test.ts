import { expect, test } from 'vitest'
import { wordsOfData } from './audit-model.ts'

test('an act is told by the words in it, not by ids and digests', () => {
  expect(wordsOfData('{"title":"关于开展检查的通知","id":"01hq3k","to":[{"name":"赵敏","postId":"9f"}],"again":"赵敏"}')).toBe('关于开展检查的通知 · 赵敏')
})

test('an act without words shows none', () => {
  expect(wordsOfData('{"by":"link"}')).toBe('')
})

test('a record that is no JSON is shown as it is', () => {
  expect(wordsOfData('{"half')).toBe('{"half')
})

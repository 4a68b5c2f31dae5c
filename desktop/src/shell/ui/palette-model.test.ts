import { expect, test } from 'vitest'
import { rankCandidates } from './palette-model.ts'

const candidates = [
  { id: 'todo', label: '待办', spellings: ['db', 'daiban'] },
  { id: 'supervise', label: '督办', spellings: ['db', 'duban'] },
  { id: 'directory', label: '通讯录', spellings: ['txl', 'tongxunlu'] },
  { id: 'large', label: '切换为大字显示', spellings: ['qhwdzxs', 'qiehuanweidazixianshi'] },
]
const found = (typed: string) => rankCandidates(candidates, typed).map((candidate) => candidate.id)

test('nothing typed offers everything in order', () => {
  expect(found('  ')).toEqual(['todo', 'supervise', 'directory', 'large'])
})

test('pinyin initials find what they spell', () => {
  expect(found('db')).toEqual(['todo', 'supervise'])
  expect(found('TX')).toEqual(['directory'])
})

test('full pinyin and words inside a label are found too', () => {
  expect(found('duban')).toEqual(['supervise'])
  expect(found('大字')).toEqual(['large'])
})

test('full-width letters count as plain ones, and nonsense finds nothing', () => {
  expect(found('ｄｂ')).toEqual(['todo', 'supervise'])
  expect(found('zzz')).toEqual([])
})

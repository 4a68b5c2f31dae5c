import { expect, test } from 'vitest'
import { findMiswritten } from './miswritten.ts'

test('a set phrase or a word with a wrong sign is found where it stands, with the right one', () => {
  expect(findMiswritten('对此既往不究，要举一返三。')).toEqual([
    { from: 2, wrong: '既往不究', right: '既往不咎' },
    { from: 8, wrong: '举一返三', right: '举一反三' },
  ])
})

test('two signs that belong to different words are left alone', () => {
  for (const text of ['路面出现像波浪一样的起伏', '毕竟选择不多', '工程严峻工作繁重', '已经厉行节约', '建立既有利于企业又有利于群众的机制', '答辩认真', '复印像素', '取消毁约金']) expect(findMiswritten(text), text).toEqual([])
})

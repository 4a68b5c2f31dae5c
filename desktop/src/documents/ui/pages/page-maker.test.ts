import { type Block, emptyElements } from '@xiewen/shared/documents'
import { expect, test } from 'vitest'
import { changeBetween } from './page-maker.ts'

const elements = emptyElements('通知')
const block = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const [a, b, c, d] = [block('一'), block('二'), block('三'), block('四')]

test('only the blocks that differ are sent', () => {
  expect(changeBetween(null, { elements, blocks: [a, b] })).toEqual({ elements, from: 0, removed: 0, blocks: [a, b] })
  expect(changeBetween({ elements, blocks: [a, b, c] }, { elements, blocks: [a, d, c] })).toEqual({ from: 1, removed: 1, blocks: [d] })
  expect(changeBetween({ elements, blocks: [a, b] }, { elements, blocks: [a, b, c] })).toEqual({ from: 2, removed: 0, blocks: [c] })
  expect(changeBetween({ elements, blocks: [a, b, c] }, { elements, blocks: [a, c] })).toEqual({ from: 1, removed: 1, blocks: [] })
})

test('the same block twice in a row is told apart by its number, not lost', () => {
  const change = changeBetween({ elements, blocks: [a, a] }, { elements, blocks: [a, a, a] })
  expect([a, a].toSpliced(change?.from ?? 0, change?.removed ?? 0, ...(change?.blocks ?? []))).toEqual([a, a, a])
})

test('nothing is sent when nothing changed, and new elements alone are', () => {
  expect(changeBetween({ elements, blocks: [a] }, { elements, blocks: [a] })).toBeNull()
  const other = emptyElements('函')
  expect(changeBetween({ elements, blocks: [a] }, { elements: other, blocks: [a] })).toEqual({ elements: other, from: 1, removed: 0, blocks: [] })
})

import { describe, expect, test } from 'vitest'
import type { Block } from '../model.ts'
import { deriveLabels, headingLabel } from './numbering.ts'
import { chineseNumeral, parseChineseNumeral } from './numerals.ts'

const heading = (level: 1 | 2 | 3 | 4, continues?: true): Block => ({
  kind: 'heading',
  level,
  runs: [],
  ...(continues ? { continues } : {}),
})
const note: Block = { kind: 'attachment-note', runs: [{ text: '甲' }] }
const annex: Block = { kind: 'annex-title', runs: [{ text: '甲' }] }
const body: Block = { kind: 'paragraph', runs: [] }

describe('Chinese numerals', () => {
  test('read back as written from 1 to 999', () => {
    for (let count = 1; count <= 999; count += 1) expect(parseChineseNumeral(chineseNumeral(count))).toBe(count)
  })

  test.each([
    [1, '一'],
    [10, '十'],
    [12, '十二'],
    [20, '二十'],
    [21, '二十一'],
    [100, '一百'],
    [105, '一百零五'],
    [110, '一百一十'],
    [999, '九百九十九'],
  ])('%i is %s', (count, text) => expect(chineseNumeral(count)).toBe(text))

  test('nothing else is a numeral', () => {
    for (const text of ['', '零', '十十', '百', '一二', '2', '一般', '两']) expect(parseChineseNumeral(text)).toBeNull()
  })
})

describe('derived numbers', () => {
  test('each level counts under its parent and restarts under the next', () => {
    const labels = deriveLabels([
      heading(1),
      heading(2),
      heading(2),
      heading(3),
      heading(4),
      heading(4),
      heading(1),
      heading(2),
    ])
    expect(labels).toEqual(['一、', '（一）', '（二）', '1.', '（1）', '（2）', '二、', '（一）'])
  })

  test('a heading that continues goes on from the last of its level, and its followers with it', () => {
    const labels = deriveLabels([heading(1), heading(2), heading(2), heading(1), heading(2, true), heading(2)])
    expect(labels).toEqual(['一、', '（一）', '（二）', '二、', '（三）', '（四）'])
  })

  test('an attachment counts for itself', () => {
    expect(deriveLabels([heading(1), heading(2), note, annex, heading(1), heading(2, true)])).toEqual([
      '一、',
      '（一）',
      '附件：',
      '附件',
      '一、',
      '（一）',
    ])
  })

  test('several attachments are numbered in the list and on their own pages', () => {
    expect(deriveLabels([body, note, note, annex, body, annex])).toEqual([
      null,
      '附件：1. ',
      '2. ',
      '附件1',
      null,
      '附件2',
    ])
  })

  test('a text that a notice issues has no label, and its own attachments are labelled', () => {
    expect(deriveLabels([body, annex, body, note, annex])).toEqual([null, null, null, '附件：', '附件'])
  })

  test('numbers beyond what the form can write stay readable', () => {
    expect(headingLabel(1, 1000)).toBe('1000、')
    expect(headingLabel(5, 3)).toBe('③')
    expect(headingLabel(5, 21)).toBe('21')
  })
})

import { describe, expect, test } from 'vitest'
import { documentKinds } from '../model.ts'
import { changeOfKind, firstElements, textElements, useOfElement } from './elements-of-kind.ts'

describe('elements of a kind', () => {
  test.each([
    ['通知', 'general', 'down', 'required', 'required'],
    ['请示', 'general', 'up', 'required', 'required'],
    ['函', 'letter', 'flat', 'required', 'required'],
    ['命令', 'order', 'public', 'unused', 'required'],
    ['公告', 'general', 'public', 'unused', 'required'],
    ['纪要', 'minutes', 'down', 'unused', 'optional'],
    ['决议', 'general', 'public', 'unused', 'unused'],
    ['决定', 'general', 'down', 'required', 'required'],
  ] as const)('%s begins in the format %s, goes %s, names 主送 %s and is signed %s', (kind, format, direction, recipients, signature) => {
    const elements = firstElements(kind)
    expect(elements).toMatchObject({ kind, format, direction })
    expect(useOfElement('recipients', elements)).toBe(recipients)
    expect(useOfElement('signature', elements)).toBe(signature)
  })

  test('a 题注 that tells of the adoption stands for 署名 and date: always in a 决议, where there is one in a 决定 or 公报', () => {
    expect(useOfElement('title-note', firstElements('决议'))).toBe('required')
    for (const kind of ['决定', '公报'] as const) {
      expect(useOfElement('title-note', firstElements(kind))).toBe('optional')
      for (const element of ['signature', 'date'] as const) expect(useOfElement(element, { ...firstElements(kind), isAdopted: true })).toBe('unused')
    }
    expect(useOfElement('signature', { ...firstElements('通知'), isAdopted: true })).toBe('required')
    expect(useOfElement('title-note', firstElements('通知'))).toBe('unused')
  })

  test('every kind says of every element whether it is used', () => {
    for (const kind of documentKinds) for (const element of textElements) expect(['required', 'optional', 'unused']).toContain(useOfElement(element, firstElements(kind)))
  })

  test('another kind brings its format, direction and mark along, but keeps what was chosen by hand', () => {
    expect(changeOfKind(firstElements('通知'), '函')).toEqual({ kind: '函', format: 'letter', direction: 'flat', markSuffix: '' })
    expect(changeOfKind({ ...firstElements('通知'), markSuffix: '政务公开' }, '请示')).toEqual({ kind: '请示', format: 'general', direction: 'up' })
  })
})

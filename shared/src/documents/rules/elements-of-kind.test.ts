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
  ] as const)('%s begins in the format %s, goes %s, names 主送 %s and is signed %s', (kind, format, direction, recipients, signature) => {
    const elements = firstElements(kind)
    expect(elements).toMatchObject({ kind, format, direction })
    expect(useOfElement('recipients', elements)).toBe(recipients)
    expect(useOfElement('signature', elements)).toBe(signature)
  })

  test('every kind says of every element whether it is used', () => {
    for (const kind of documentKinds) for (const element of textElements) expect(['required', 'optional', 'unused']).toContain(useOfElement(element, firstElements(kind)))
  })

  test('another kind brings its format, direction and mark along, but keeps what was chosen by hand', () => {
    expect(changeOfKind(firstElements('通知'), '函')).toEqual({ kind: '函', format: 'letter', direction: 'flat', markSuffix: '' })
    expect(changeOfKind({ ...firstElements('通知'), markSuffix: '政务公开' }, '请示')).toEqual({ kind: '请示', format: 'general', direction: 'up' })
  })
})

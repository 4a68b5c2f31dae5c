import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findAssignments, parseUnits } from './assignments.ts'
import { recogniseText } from './recognise.ts'

const zhanjiang = readFileSync(
  new URL('../../../../tests/support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url),
  'utf8',
)

describe('lead-unit notes', () => {
  test.each([
    ['市财政局牵头', ['市财政局'], []],
    ['市A局、市B局牵头，市C局配合', ['市A局', '市B局'], ['市C局']],
    ['市A局、各县(市、区)人民政府(管委会)牵头', ['市A局', '各县(市、区)人民政府(管委会)'], []],
    ['市A局，各县（市、区）人民政府（管委会）牵头', ['市A局', '各县（市、区）人民政府（管委会）'], []],
    ['市A局牵头,市B局、市C局按职责分工配合', ['市A局'], ['市B局', '市C局']],
    ['牵头单位：市A局；配合单位：市B局、市C局', ['市A局'], ['市B局', '市C局']],
    ['责任单位：市A局、市B局', ['市A局', '市B局'], []],
    ['由市A局牵头负责，市A局、市B局参与', ['市A局'], ['市B局']],
  ])('%s', (note, leads, supports) => expect(parseUnits(note)).toEqual({ leads, supports }))

  test('a bracket that names no lead unit proposes nothing', () => {
    for (const note of ['二期', '以下简称方案', '', '牵头', '市A局配合']) expect(parseUnits(note)).toBeNull()
  })
})

describe('items of a plan', () => {
  test('every line of the real work points that ends in a lead note is proposed, and no other', () => {
    const expected = zhanjiang.split('\n').filter((line) => /牵头\)\s*$/.test(line)).length

    const found = findAssignments(recogniseText(zhanjiang).document)

    expect(expected).toBeGreaterThan(50)
    expect(found).toHaveLength(expected)
  })

  test('an item carries its number, its heading and its matter', () => {
    const found = findAssignments(recogniseText(zhanjiang).document)

    expect(found.find((item) => item.path === '三、（九）6.')).toMatchObject({
      label: '6.',
      heading: '强化财政智能化管理能力',
      text: expect.stringMatching(/^依托省数字政府.*智能应用。$/),
      leads: ['市财政局'],
      supports: [],
    })
    expect(found.find((item) => item.label === '（八）')?.leads).toEqual([
      '市政务服务数据管理局',
      '各县(市、区)人民政府(管委会)',
    ])
    expect(found.every((item) => item.leads.every((unit) => !/牵头|[，,]/.test(unit)))).toBe(true)
  })

  test('a paragraph under its heading is proposed with the heading’s number', () => {
    const text =
      '关于印发《要点》的通知\n\n各县：\n\n一、总则\n\n（一）加强组织领导。\n\n各级要落实责任。（市A局牵头，市B局配合）\n'

    const found = findAssignments(recogniseText(text).document)

    expect(found).toEqual([
      {
        block: 4,
        label: '（一）',
        path: '一、（一）',
        heading: '加强组织领导',
        text: '各级要落实责任。',
        leads: ['市A局'],
        supports: ['市B局'],
      },
    ])
  })
})

import { expect, test } from 'vitest'
import { firstPanel } from './workbench-model.ts'

const may = { allowed: true } as const
const document = { state: 'draft' } as const

test('who was sent a task finds the opinions, everybody else the elements', () => {
  expect(firstPanel({ document, abilities: {} }, 'task')).toBe('opinions')
  expect(firstPanel({ document, abilities: {} }, null)).toBe('elements')
})

test('who may number or typeset finds 登记, whether sent a task or not', () => {
  expect(firstPanel({ document: { state: 'signed' }, abilities: { allocateNumber: may } }, 'task')).toBe('issue')
  expect(firstPanel({ document: { state: 'numbered' }, abilities: { typeset: may } }, null)).toBe('issue')
})

test('typesetting is offered first only once the document has its number', () => {
  expect(firstPanel({ document: { state: 'signed' }, abilities: { typeset: may } }, null)).toBe('elements')
})

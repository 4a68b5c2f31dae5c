import type { DocumentPanel } from '../../platform/rooms/document-slots.ts'
import { expect, test } from 'vitest'
import { firstPanel } from './workbench-model.ts'

const may = { allowed: true } as const
const load: DocumentPanel['load'] = () => Promise.reject(new Error('not looked at'))
/** As the rooms of exchange, seals and archive register them. */
const panels: readonly DocumentPanel[] = [
  { key: 'tracking', labelKey: 'exchange.ui.tracking', order: 70, states: ['sealed', 'issued'], unsealedStates: ['typeset', 'issued'], nextIn: ['typeset', 'sealed'], load },
  { key: 'seals', labelKey: 'seals.ui.panel', order: 60, states: ['numbered', 'typeset', 'sealed', 'issued'], unsealedStates: [], nextIn: ['typeset'], load },
  { key: 'evidence', labelKey: 'archive.ui.evidence', order: 80, load },
]
const opened = (state: Parameters<typeof firstPanel>[0]['document']['state'], kind: '通知' | '纪要' = '通知') =>
  ({ document: { state, kind, origin: 'draft' }, rendition: null, abilities: {}, duties: [], panels }) as const
const typesetPages = (sealPlaces: number) => ({ stage: 'typeset', sealPlaces }) as const

test('who was sent a task finds the opinions, everybody else the elements', () => {
  expect(firstPanel(opened('draft'), 'task')).toBe('opinions')
  expect(firstPanel(opened('draft'), null)).toBe('elements')
})

test('who may number or typeset finds 登记, whether sent a task or not', () => {
  expect(firstPanel({ ...opened('signed'), abilities: { allocateNumber: may } }, 'task')).toBe('issue')
  expect(firstPanel({ ...opened('numbered'), abilities: { typeset: may } }, null)).toBe('issue')
})

test('typesetting is offered first only once the document has its number', () => {
  expect(firstPanel({ ...opened('signed'), abilities: { typeset: may } }, null)).toBe('elements')
})

test('once its pages are laid out who typesets finds what comes next: 用印, or 分发 where nobody seals', () => {
  expect(firstPanel({ ...opened('typeset'), rendition: typesetPages(1), abilities: { typeset: may } }, 'task')).toBe('seals')
  expect(firstPanel({ ...opened('typeset', '纪要'), rendition: typesetPages(0), abilities: { typeset: may } }, null)).toBe('tracking')
  expect(firstPanel({ ...opened('typeset'), rendition: typesetPages(1) }, null)).toBe('elements')
})

test('a sealed document opens with 分发 for those who send it', () => {
  expect(firstPanel({ ...opened('sealed'), duties: ['registrar'] }, null)).toBe('tracking')
  expect(firstPanel(opened('sealed'), null)).toBe('elements')
})

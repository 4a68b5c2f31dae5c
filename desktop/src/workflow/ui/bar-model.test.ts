/** What the bar says. */
import type { PreviewView } from '@xiewen/shared/workflow'
import { workflowZh } from '@xiewen/shared/workflow'
import { describe, expect, test } from 'vitest'
import { codeFor, flatChoice, nextNames, offBecause, phraseKeys, stancesOf } from './bar-model.ts'
import { workflowUiZh } from './strings.zh-CN.ts'

const words: Readonly<Record<string, string>> = { ...workflowZh, ...workflowUiZh }
const t = (key: string): string => words[key] ?? key
const nothing: PreviewView = { next: [], waitsFor: [], closes: null, canWithdraw: 'never', refusal: null, picks: [] }

describe('the code an opinion goes out under', () => {
  test.each([
    ['countersign', 'AGREE', '', 'AGREE'],
    ['countersign', 'AGREE', '请补充经费来源', 'AGREE_WITH'],
    ['countersign', 'OBJECT', '没有依据', 'OBJECT'],
    ['sign', null, '', 'CIRCLE'],
    ['sign', null, '同意印发', 'SIGN'],
    ['instruct', null, '', 'CIRCLE'],
    ['approve', null, '', 'AGREE'],
  ] as const)('%s with stance %s and words “%s” is %s', (act, stance, text, code) => {
    expect(codeFor(act, stance, text)).toBe(code)
  })
})

test('only 会签 asks for a position; a bare circle is never offered as one', () => {
  expect(stancesOf('countersign')).toEqual(['AGREE', 'AGREE_WITH', 'OBJECT'])
  expect(stancesOf('sign')).toEqual([])
})

test('a refused preview switches the button off with its reason; one still loading switches it off without', () => {
  // Safe because these functions use the translator only.
  const speech = { t } as Parameters<typeof offBecause>[1]
  expect(offBecause({ ...nothing, refusal: { code: 'workflow.choose-next', params: {} } }, speech)).toBe('请先选择下一环节的办理人。')
  expect(offBecause(null, speech)).toBe('')
  expect(offBecause(nothing, speech)).toBeNull()
})

test('choosing nobody for a step is said, not left out', () => {
  expect(flatChoice({ countersign: [], handle: ['a', 'b'] })).toEqual(['countersign:', 'handle:a', 'handle:b'])
})

test('every act that is signed with words has phrases, and nobody is named when nobody is next', () => {
  for (const act of ['approve', 'sign', 'countersign', 'propose', 'instruct', 'handle', 'finish', 'submit'] as const) expect(phraseKeys(act, t).length).toBeGreaterThan(0)
  expect(nextNames(nothing)).toEqual([])
})

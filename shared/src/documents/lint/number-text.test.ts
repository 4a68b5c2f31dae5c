import { describe, expect, test } from 'vitest'
import { findNumberFaults } from './number-text.ts'

describe('typed document numbers', () => {
  test.each([
    ['国办发〔2026〕3号', []],
    ['国办发[2026]03号', ['A02', 'A03']],
    ['国办发（2026）第3号', ['A02', 'A03']],
    ['国办发〔26〕3号', ['A01']],
    ['国办发〔2026〕3', ['A01']],
    ['国办发2026第3号', ['A01', 'A03']],
    ['国办发 〔2026〕 3号', ['A03']],
    ['云政规〔2025〕十二号', ['A01']],
    ['胡说', ['A01']],
    ['云政令 第12号', ['A01']],
  ])('%s', (text, expected) => expect(findNumberFaults(text).map((fault) => fault.rule)).toEqual(expected))

  test('an order may carry 第N号', () => expect(findNumberFaults('云政令 第12号', 'order')).toEqual([]))

  test('a repair is itself without fault', () => {
    for (const text of ['国办发[2026]03号', '国办发（2026）第3号', '国办发 〔2026〕 3号', '国办发【2026】3', '云政规〔2025〕第十二号']) {
      const fix = findNumberFaults(text)[0]?.fix ?? ''
      expect([text, findNumberFaults(fix)]).toEqual([text, []])
    }
  })
})

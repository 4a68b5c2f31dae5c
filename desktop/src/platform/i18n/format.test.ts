import { describe, expect, test } from 'vitest'
import { daysUntil, formatsFor } from './format.ts'

const at = Date.UTC(2026, 7, 1, 16, 30) // 2 August 2026, 00:30 in Shanghai

describe('formats', () => {
  test('a date is that of Shanghai, written as official documents write it', () => {
    expect(formatsFor('zh-CN').date(at)).toBe('2026年8月2日')
    expect(formatsFor('en').date(at)).toBe('2 August 2026')
  })

  test('a moment leaves out the year when it is this year', () => {
    expect(formatsFor('zh-CN').moment(at, at)).toBe('8月2日 00:30')
    expect(formatsFor('zh-CN').moment(at, at + 366 * 86_400_000)).toBe('2026年8月2日 00:30')
    expect(formatsFor('en').moment(at, at)).toBe('2 August 00:30')
  })

  test('days are counted by midnights in China, not by hours', () => {
    expect(daysUntil(at, at - 60 * 60_000)).toBe(1)
    expect(daysUntil(at, at + 60_000)).toBe(0)
    expect(daysUntil(at, at + 24 * 3_600_000)).toBe(-1)
  })

  test('sizes are told in the unit that keeps them short', () => {
    const { size } = formatsFor('zh-CN')
    expect([size(900), size(2048), size(20_480), size(5 * 1024 * 1024)]).toEqual(['900 B', '2.0 KB', '20 KB', '5.0 MB'])
  })
})

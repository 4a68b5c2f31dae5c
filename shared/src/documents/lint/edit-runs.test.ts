import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editRuns, offsetInFullText } from './repair.ts'

describe('edits over runs', () => {
  const runs = [
    { text: '加强' },
    { text: '旧', change: { kind: 'deletion' as const, id: 'w:1', personId: 'w' } },
    { text: '领导,', bold: true },
    { text: '落实' },
  ]

  test('pending deletions are kept and not counted', () => {
    expect(editRuns(runs, [{ from: 4, to: 5, text: '，' }])).toEqual([
      runs[0],
      runs[1],
      { text: '领导，', bold: true },
      { text: '落实' },
    ])
    expect(offsetInFullText(runs, 2)).toBe(3)
    expect(offsetInFullText(runs, 4)).toBe(5)
    expect(offsetInFullText(runs, 7)).toBe(8)
  })

  test('an edit across runs and one at the end', () => {
    expect(
      editRuns(runs, [{ from: 1, to: 6, text: '大' }])
        .filter((run) => !('change' in run))
        .map((run) => run.text)
        .join(''),
    ).toBe('加大实')
    expect(editRuns(runs, [{ from: 7, to: 7, text: '。' }]).at(-1)).toEqual({ text: '落实。' })
    expect(editRuns([], [{ from: 0, to: 0, text: '。' }])).toEqual([{ text: '。' }])
  })

  test('equal what a plain string edit gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 4 }),
        fc.nat(20),
        fc.nat(20),
        fc.string({ maxLength: 3 }),
        (parts, a, b, text) => {
          const whole = parts.join('')
          const [from, to] = [Math.min(a, b, whole.length), Math.min(Math.max(a, b), whole.length)]
          expect(
            editRuns(
              parts.map((part, index) => (index % 2 ? { text: part, bold: true } : { text: part })),
              [{ from, to, text }],
            )
              .map((run) => run.text)
              .join(''),
          ).toBe(whole.slice(0, from) + text + whole.slice(to))
        },
      ),
    )
  })
})

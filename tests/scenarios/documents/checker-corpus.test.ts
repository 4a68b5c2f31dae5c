import { describe, expect, test } from 'vitest'
import { measure } from '../../corpus/checker/measure.ts'
import { readClean } from '../../corpus/checker/read-clean.ts'
import { readPlanted } from '../../corpus/checker/read-planted.ts'

const at = (name: string): URL => new URL(`../../corpus/checker/${name}/`, import.meta.url)

describe('the corpus', () => {
  const score = measure(readPlanted(at('planted')), readClean(at('clean')))

  test('finds at least 98 of 100 planted mistakes, and at least 95 of 100 findings are right', () => {
    if (process.env['SHOW']) console.log(score.missed.join('\n'), '\n-----\n', score.wrong.join('\n'))
    expect(score.missed).toEqual([])
    expect(score.recall).toBeGreaterThanOrEqual(0.98)
    expect(score.precision).toBeGreaterThanOrEqual(0.95)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineageOf } from './lineage.ts'
import { reconcileBooks } from './reconcile.ts'

/** Step by step, as one would read it. */
function walk(next: ReadonlyMap<string, string>, from: string, to: string): boolean {
  let current: string | undefined = from
  for (let step = 0; step <= next.size && current !== undefined && current !== to; step++) current = next.get(current)
  return current === to
}

describe('which file became which', () => {
  test('is what walking every chain step by step says, for any chains that run together', () => {
    // Every file becomes one with a higher number: chains run together and never in a circle.
    const steps = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 40 }).map((pairs) => new Map(pairs.flatMap(([a, b]) => (a === b ? [] : [[String(Math.min(a, b)), String(Math.max(a, b))] as const]))))
    fc.assert(
      fc.property(steps, (next) => {
        const leadsTo = lineageOf(next)
        for (let a = 0; a <= 30; a++) for (let b = 0; b <= 30; b++) expect(leadsTo(String(a), String(b))).toBe(walk(next, String(a), String(b)))
      }),
      { numRuns: 200 },
    )
  })

  test('of files that are said to have become each other in a circle is only that each is itself', () => {
    const leadsTo = lineageOf(new Map([['a', 'b'], ['b', 'c'], ['c', 'a'], ['x', 'a']]))
    expect([leadsTo('a', 'a'), leadsTo('a', 'c'), leadsTo('x', 'b')]).toEqual([true, false, false])
  })

  test('is answered at once where a hundred thousand seals stand one after the other on one file', () => {
    const count = 100_000
    const numbers = Array.from({ length: count }, (_, i) => i)
    const reckoning = reconcileBooks(
      {
        // Every permit is for the first file: each impression asks for the whole chain before it.
        permits: numbers.map((i) => ({ id: `p${i}`, applicationId: `a${i}`, sealId: 's', digest: 'd0', usedAt: 1, endedAt: null, validUntil: 9 })),
        impressions: numbers.map((i) => ({ id: `i${i}`, permitId: `p${i}`, applicationId: `a${i}`, sealId: 's', digest: `d${i}`, sealedDigest: `d${i + 1}` })),
        acts: numbers.flatMap((i) => (['permitted', 'impressed'] as const).map((kind) => ({ kind, applicationId: `a${i}`, sealId: 's' }))),
      },
      5,
    )
    expect([reckoning.impressions, reckoning.findings]).toEqual([count, []])
  })
})

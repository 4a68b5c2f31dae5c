import { describe, expect, test } from 'vitest'
import { readInPages } from './take-out.ts'

/** Reads `count` records numbered from 1 in pages; answers the places read, the end, and how many were asked for at a time. */
async function taken(count: number, span: { readonly fromSeq: number; readonly most: number; readonly page: number }) {
  const limits: number[] = []
  const read = async (fromSeq: number, limit: number) => {
    limits.push(limit)
    return Array.from({ length: Math.max(0, Math.min(limit, count - fromSeq + 1)) }, (_, i) => ({ seq: fromSeq + i, record: 'x' }))
  }
  const progress = { rows: 0, untilSeq: 0, nextSeq: null }
  const seen: number[] = []
  for await (const rows of readInPages(read, span, progress)) seen.push(...rows.map(({ seq }) => seq))
  return { seen, progress, mostAtOnce: Math.max(...limits) }
}

describe('the ledger taken out', () => {
  test('has every record once and in order, however the pages fall, with a page in memory at most', async () => {
    for (const count of [0, 1, 9, 10, 11, 20, 25]) {
      const { seen, progress, mostAtOnce } = await taken(count, { fromSeq: 1, most: 1000, page: 10 })
      expect([seen, progress.rows, progress.untilSeq, progress.nextSeq], String(count)).toEqual([Array.from({ length: count }, (_, i) => i + 1), count, count, null])
      expect(mostAtOnce).toBeLessThanOrEqual(10)
    }
  })

  test('ends where a file is full and says where the next one begins', async () => {
    for (const most of [1, 9, 10, 20, 24]) {
      const { seen, progress } = await taken(30, { fromSeq: 3, most, page: 10 })
      expect([seen.length, seen[0], progress], String(most)).toEqual([most, 3, { rows: most, untilSeq: most + 2, nextSeq: most + 3 }])
    }
    expect((await taken(30, { fromSeq: 3, most: 28, page: 10 })).progress).toEqual({ rows: 28, untilSeq: 30, nextSeq: null })
  })
})

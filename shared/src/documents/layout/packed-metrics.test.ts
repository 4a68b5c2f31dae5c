import { expect, test } from 'vitest'
import type { FontMetrics } from './model.ts'
import { fontRoles, openLenders, openMetrics, packedMetricsSchema, packLent, packWidths, type RoleWidths } from './packed-metrics.ts'

const signs: readonly (readonly [number, number])[] = [
  [0x20, 0.25], [0x30, 0.5], [0x31, 0.5], [0x32, 0.555], [0x4e00, 1], [0x4e01, 1], [0x4e03, 1], [0xffff, 1], [0x10000, 1], [0x10001, 0.1 + 0.2], [0x20bb7, 1],
]

const lent = { fangsong: [], xiaobiaosong: [], heiti: [], kaiti: [], songti: [] }

function metricsOf(widths: RoleWidths): FontMetrics {
  const [fangsong, xiaobiaosong, heiti, kaiti, songti] = fontRoles.map(() => widths)
  return openMetrics(packedMetricsSchema.parse(JSON.parse(JSON.stringify({ fingerprint: 'f', families: [], lent, roles: { fangsong, xiaobiaosong, heiti, kaiti, songti } }))))
}

test('widths come out of their package as the very numbers that went in, beyond the basic plane too', () => {
  const metrics = metricsOf(packWidths(signs))
  const known = new Map(signs)
  for (const codePoint of [0, 0x1f, ...signs.map(([sign]) => sign), 0x33, 0x4e02, 0x10002, 0x20bb6, 0x10ffff]) {
    expect(metrics.advance('kaiti', codePoint), codePoint.toString(16)).toBe(known.get(codePoint) ?? null)
  }
})

test('neighbours of equal width take one run', () => {
  const { runs, widths } = packWidths(Array.from({ length: 20_000 }, (_each, index) => [0x4e00 + index, 1] as const))
  expect({ runs, widths }).toEqual({ runs: [0x4e00, 20_000, 0], widths: [1] })
})

test('who lends a sign comes out of the package as it went in', () => {
  const signs: readonly (readonly [number, string])[] = [[0x4e02, '甲'], [0x4e03, '甲'], [0x4e04, '乙'], [0x9fa6, '甲'], [0x20bb7, '乙']]
  const families: string[] = []
  const kaiti = packLent(signs, families)
  expect(kaiti).toEqual([0x4e02, 2, 0, 0, 1, 1, 0x9fa6 - 0x4e05, 1, 0, 0x20bb7 - 0x9fa7, 1, 1])
  const roles = { fangsong: packWidths([]), xiaobiaosong: packWidths([]), heiti: packWidths([]), kaiti: packWidths([]), songti: packWidths([]) }
  const lender = openLenders(packedMetricsSchema.parse({ fingerprint: 'f', families, lent: { ...lent, kaiti }, roles }))
  const known = new Map(signs)
  for (const codePoint of [0, 0x4e01, ...known.keys(), 0x4e05, 0x9fa5, 0x9fa7, 0x20bb6, 0x20bb8]) expect(lender('kaiti', codePoint), codePoint.toString(16)).toBe(known.get(codePoint) ?? null)
  expect(lender('heiti', 0x4e02)).toBeNull()
})

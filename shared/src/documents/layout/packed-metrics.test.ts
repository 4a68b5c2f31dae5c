import { expect, test } from 'vitest'
import type { FontMetrics } from './model.ts'
import { fontRoles, openMetrics, packedMetricsSchema, packWidths, type RoleWidths } from './packed-metrics.ts'

const signs: readonly (readonly [number, number])[] = [
  [0x20, 0.25], [0x30, 0.5], [0x31, 0.5], [0x32, 0.555], [0x4e00, 1], [0x4e01, 1], [0x4e03, 1], [0xffff, 1], [0x10000, 1], [0x10001, 0.1 + 0.2], [0x20bb7, 1],
]

function metricsOf(widths: RoleWidths): FontMetrics {
  const [fangsong, xiaobiaosong, heiti, kaiti, songti] = fontRoles.map(() => widths)
  return openMetrics(packedMetricsSchema.parse(JSON.parse(JSON.stringify({ fingerprint: 'f', roles: { fangsong, xiaobiaosong, heiti, kaiti, songti } }))))
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

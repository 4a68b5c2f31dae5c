/** Fewer segments, and no point of the drawing further than promised from where it was. */
import { expect, test } from 'vitest'
import { FaceFinder } from '../find-faces.ts'
import { cffSourceOf, sharedFontCache } from '../index.ts'
import { openCff } from './cff-file.ts'
import { type Contour, readOutline, type Segment } from './read-outline.ts'
import { simplifyContour } from './simplify-outline.ts'

type Point = readonly [x: number, y: number]

/** Points of a contour, close together. */
function pointsOf(contour: Contour, each: number): readonly Point[] {
  const points: Point[] = [[contour.x, contour.y]]
  let [x, y] = [contour.x, contour.y]
  for (const segment of contour.segments) {
    for (let step = 1; step <= each; step += 1) points.push(along(segment, step / each, [x, y]))
    ;[x, y] = points.at(-1) ?? [x, y]
  }
  return points
}

function along(segment: Segment, t: number, [x, y]: Point): Point {
  if (segment.length === 2) return [x + segment[0] * t, y + segment[1] * t]
  const [a, b, c, d, e, f] = segment
  const [p, q, r] = [3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3]
  return [x + p * a + q * (a + c) + r * (a + c + e), y + p * b + q * (b + d) + r * (b + d + f)]
}

/** How far the points of one contour stand from another at most. */
function furthest(from: Contour, to: Contour): number {
  const there = pointsOf(to, 24)
  return Math.max(...pointsOf(from, 6).map(([x, y]) => Math.min(...there.slice(1).map((end, at) => fromLine([x, y], there[at] ?? end, end)))))
}

function fromLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

test('a circle of many short lines keeps its shape: deviations do not add up along the way', () => {
  const at = (step: number): Point => [Math.round(400 * Math.cos((step * Math.PI) / 90)), Math.round(400 * Math.sin((step * Math.PI) / 90))]
  const segments = Array.from({ length: 180 }, (_each, step): Segment => [at(step + 1)[0] - at(step)[0], at(step + 1)[1] - at(step)[1]])
  const circle = { x: 400, y: 0, segments }
  const simple = simplifyContour(circle, 1)
  expect(simple.segments.length).toBeLessThan(100)
  expect(furthest(circle, simple)).toBeLessThanOrEqual(1)
  expect(furthest(simple, circle)).toBeLessThanOrEqual(1)
})

test('corners and spikes stay, however small the tolerance makes them look', () => {
  const spike: Contour = { x: 0, y: 0, segments: [[100, 0], [0.5, 40], [0.5, -40], [100, 0], [0, 200]] }
  expect(simplifyContour(spike, 1).segments).toEqual(spike.segments)
  expect(simplifyContour(spike, 0)).toBe(spike)
})

test('no sign of the 仿宋 that is installed is drawn further from its outline than a unit of its grid', async () => {
  const [candidate] = await new FaceFinder({ dataDir: '/nonexistent', cacheDir: sharedFontCache() }).find('fangsong', [{ file: 'FandolFang-Regular.otf', genuine: true }])
  const drawn = candidate?.faces[0]
  // Without the package source of the system there is no such face.
  if (!drawn) return
  cffSourceOf(drawn, (source) => {
    const cff = openCff(source.table('CFF ')?.read ?? (() => new Uint8Array()))
    let [before, after] = [0, 0]
    for (const char of '关政数通麟曦〇：！') {
      const glyph = source.glyphOf(char.codePointAt(0) ?? 0)
      for (const contour of readOutline(cff.charString(glyph), { local: cff.localSubrs(glyph), global: cff.globalSubrs })) {
        const simple = simplifyContour(contour, 1)
        before += contour.segments.length
        after += simple.segments.length
        expect(Math.max(furthest(contour, simple), furthest(simple, contour)), char).toBeLessThanOrEqual(1.05)
      }
    }
    expect(after).toBeLessThan(before)
  })
})

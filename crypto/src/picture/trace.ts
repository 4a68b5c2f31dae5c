/** Outlines of what is red in a picture: the way from a scanned or received seal picture to a drawing that prints sharply at any size. */
import { CryptoError } from '../errors.ts'
import type { PathCommand } from './path.ts'
import type { Pixels } from './read-png.ts'
import type { SealDrawing } from './seal-drawing.ts'

/** Most points of all outlines together: a seal needs a few thousand, dust and noise many more. */
const mostPoints = 24_000
/** Outlines smaller than this part of the picture's longer side across are dust. */
const dustShare = 1 / 220
/** How far an outline may be simplified, pixels. */
const tolerance = 0.4
/** The least redness that counts as ink, whatever the picture: below it lies tinted paper. */
const leastInk = 28

/** What is red, cropped. Sides in pixels of the impression itself; `paths` are outlines with holes turned the other way. */
interface Traced {
  readonly rings: readonly (readonly Point[])[]
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
}

interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Takes the ground away, keeps the red, crops, and scales to a size on paper: `heightMm` follows from the picture unless it is given.
 * @throws CryptoError picture.no-seal when there is no red, nothing but red, or too little of it; picture.too-noisy
 */
export function traceSealPicture(pixels: Pixels, size: { readonly widthMm: number; readonly heightMm?: number }): SealDrawing {
  const field = rednessOf(pixels)
  const { rings, box } = trace(field, pixels, inkThreshold(field))
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  const scaleX = size.widthMm / width
  const heightMm = size.heightMm ?? height * scaleX
  const scaleY = heightMm / height
  const at = ({ x, y }: Point): Point => ({ x: round((x - box.left) * scaleX), y: round((y - box.top) * scaleY) })
  return { widthMm: size.widthMm, heightMm: round(heightMm), paths: [rings.flatMap((ring) => commandsOf(ring.map(at)))] }
}

/** How many pixels the impression is across: whoever scans needs at least 300 for a sharp one. */
export function measureSealPicture(pixels: Pixels): { readonly width: number; readonly height: number } {
  const field = rednessOf(pixels)
  const { box } = trace(field, pixels, inkThreshold(field))
  return { width: box.right - box.left, height: box.bottom - box.top }
}

const round = (value: number): number => Math.round(value * 1000) / 1000

function commandsOf(ring: readonly Point[]): readonly PathCommand[] {
  return [...ring.map(({ x, y }, i): PathCommand => ({ kind: i === 0 ? 'move' : 'line', x, y })), { kind: 'close' }]
}

/** Redness over white paper, 0–255: how much more red than anything else. */
function rednessOf({ width, height, rgba }: Pixels): Uint8Array {
  const field = new Uint8Array(width * height)
  for (let i = 0; i < field.length; i++) {
    const alpha = (rgba[i * 4 + 3] ?? 0) / 255
    const over = (part: number): number => 255 - (255 - (rgba[i * 4 + part] ?? 0)) * alpha
    field[i] = Math.max(0, over(0) - Math.max(over(1), over(2)))
  }
  return field
}

/** The redness that parts ink from paper best (Otsu: greatest variance between the two). */
function inkThreshold(field: Uint8Array): number {
  const counts = new Float64Array(256)
  for (const value of field) counts[value] = (counts[value] ?? 0) + 1
  const total = counts.reduce((sum, count, value) => sum + count * value, 0)
  let [below, sumBelow, best, threshold] = [0, 0, 0, leastInk]
  for (let value = 0; value < 255; value++) {
    below += counts[value] ?? 0
    sumBelow += (counts[value] ?? 0) * value
    const above = field.length - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2
    if (between > best) [best, threshold] = [between, value + 1]
  }
  return Math.max(leastInk, threshold)
}

function trace(field: Uint8Array, { width, height }: Pixels, threshold: number): Traced {
  const ink = field.reduce((count, value) => count + (value >= threshold ? 1 : 0), 0)
  if (ink < field.length * 0.002 || ink > field.length * 0.7) throw new CryptoError('picture.no-seal', 'there is no red seal in the picture', { share: round(ink / field.length) })
  const dust = Math.max(2, Math.max(width, height) * dustShare)
  const rings: (readonly Point[])[] = []
  let points = 0
  for (const ring of followContours(field, width, height, threshold)) {
    const box = boxOf(ring)
    if (Math.max(box.right - box.left, box.bottom - box.top) < dust) continue
    const simple = simplify(ring)
    points += simple.length
    if (points > mostPoints) throw new CryptoError('picture.too-noisy', 'the picture is too noisy', { points })
    rings.push(simple)
  }
  if (rings.length === 0) throw new CryptoError('picture.no-seal', 'there is no red seal in the picture')
  return { rings, box: boxOf(rings.flat()) }
}

function boxOf(points: readonly Point[]): Traced['box'] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]
  return { left, top, right, bottom }
}

/** Ways through a cell by which of its corners are ink (top left 1, top right 2, bottom right 4, bottom left 8), with the ink on the left hand. Edges: 0 top, 1 right,
 * 2 bottom, 3 left. */
const ways: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [[3, 0], [1, 2]], [[0, 2]], [[3, 2]], [[2, 3]], [[2, 0]], [[0, 1], [2, 3]], [[2, 1]], [[1, 3]], [[1, 0]], [[0, 3]], [],
]

/** Contours of the ink, closed (marching squares); the picture is taken to have one pixel of paper all round. */
function* followContours(field: Uint8Array, width: number, height: number, threshold: number): Iterable<readonly Point[]> {
  const columns = width + 2
  const valueAt = (x: number, y: number): number => (x < 1 || y < 1 || x > width || y > height ? 0 : (field[(y - 1) * width + x - 1] ?? 0))
  /** Edge of the grid: to the right of a corner (even), or downwards (odd). */
  const edgeOf = (x: number, y: number, side: number): number => {
    if (side === 0) return 2 * (y * columns + x)
    if (side === 1) return 2 * (y * columns + x + 1) + 1
    return side === 2 ? 2 * ((y + 1) * columns + x) : 2 * (y * columns + x) + 1
  }
  const next = new Int32Array(2 * columns * (height + 2)).fill(-1)
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      const ink = (dx: number, dy: number): number => (valueAt(x + dx, y + dy) >= threshold ? 1 : 0)
      for (const [from, to] of ways[ink(0, 0) + 2 * ink(1, 0) + 4 * ink(1, 1) + 8 * ink(0, 1)] ?? []) next[edgeOf(x, y, from)] = edgeOf(x, y, to)
    }
  }
  const pointOf = (edge: number): Point => {
    const corner = edge >> 1
    const [x, y] = [corner % columns, Math.floor(corner / columns)]
    const [dx, dy] = edge % 2 === 0 ? [1, 0] : [0, 1]
    const [from, to] = [valueAt(x, y), valueAt(x + dx, y + dy)]
    const share = (threshold - 0.5 - from) / (to - from)
    return { x: x + dx * share, y: y + dy * share }
  }
  for (let start = 0; start < next.length; start++) {
    if ((next[start] ?? -1) < 0) continue
    const ring: Point[] = []
    for (let edge = start; edge >= 0; ) {
      ring.push(pointOf(edge))
      const following: number = next[edge] ?? -1
      next[edge] = -1
      edge = following
      if (edge === start) break
    }
    if (ring.length > 2) yield ring
  }
}

/** Leaves out points that change an outline by less than the tolerance (Douglas and Peucker), without recursion. */
function simplify(ring: readonly Point[]): readonly Point[] {
  const middle = ring.length >> 1
  const kept = new Uint8Array(ring.length)
  kept[0] = kept[middle] = kept[ring.length - 1] = 1
  const waiting: [number, number][] = [[0, middle], [middle, ring.length - 1]]
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const [from, to] = span
    const [a, b] = [ring[from], ring[to]]
    if (a === undefined || b === undefined) continue
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    let [farthest, distance] = [-1, tolerance]
    for (let i = from + 1; i < to; i++) {
      const { x, y } = ring[i] ?? a
      const away = length < 1e-9 ? Math.hypot(x - a.x, y - a.y) : Math.abs((b.x - a.x) * (a.y - y) - (a.x - x) * (b.y - a.y)) / length
      if (away > distance) [farthest, distance] = [i, away]
    }
    if (farthest < 0) continue
    kept[farthest] = 1
    waiting.push([from, farthest], [farthest, to])
  }
  return ring.filter((_, i) => kept[i] === 1)
}

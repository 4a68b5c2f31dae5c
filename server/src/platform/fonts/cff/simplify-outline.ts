/** Drawing an outline with fewer segments. Some faces are traced so finely that a stroke's edge is a chain of short curves bent by
 * less than their own grid can show; such a chain is drawn as one segment. Every decision is measured against the segments as they
 * were drawn, so deviations do not add up. */
import type { Contour, Segment } from './read-outline.ts'

type Curve = Extract<Segment, { readonly length: 6 }>

/** A drawn segment a new one stands for: sampled points seen from the new one's beginning, and its stretch of the new one's parameter. */
interface Part {
  /** x and y at each of `samples`. */
  readonly points: Float64Array
  readonly from: number
  readonly to: number
}

interface Piece {
  readonly segment: Segment
  readonly parts: readonly Part[]
}

/** No more drawn segments than this become one: keeps the work linear. */
const mostParts = 8
/** Where along a drawn segment its distance is measured. */
const samples = [0.25, 0.5, 0.75, 1] as const
/** A turn sharper than this (cosine) is a corner, and stays. */
const smoothest = 0.9

/** The contour with fewer segments.
 *
 * @param tolerance how far (font units) a point may stand from where it was drawn; 0 changes nothing
 */
export function simplifyContour(contour: Contour, tolerance: number): Contour {
  if (tolerance === 0) return contour
  const pieces: Piece[] = []
  for (const drawn of contour.segments) {
    let piece = straightened({ segment: drawn, parts: [{ points: sampled(drawn), from: 0, to: 1 }] }, tolerance)
    for (let last = pieces.at(-1); last; last = pieces.at(-1)) {
      const both = join(last, piece, tolerance)
      if (!both) break
      pieces.pop()
      piece = both
    }
    pieces.push(piece)
  }
  return { ...contour, segments: pieces.map(({ segment }) => segment) }
}

/** A piece whose parts all lie along its chord becomes a line. */
function straightened(piece: Piece, tolerance: number): Piece {
  const { segment, parts } = piece
  if (segment.length === 2) return piece
  const [dx, dy] = [endX(segment), endY(segment)]
  return liesAlong(parts, dx, dy, tolerance) ? { segment: [dx, dy], parts } : piece
}

function join(first: Piece, second: Piece, tolerance: number): Piece | null {
  const [a, b] = [first.segment, second.segment]
  if (first.parts.length + second.parts.length > mostParts) return null
  if (a.length === 2 && b.length === 2) return joinLines(first, second, tolerance)
  return a.length === 6 && b.length === 6 ? joinCurves(first, second, { a, b, tolerance }) : null
}

function joinLines(first: Piece, second: Piece, tolerance: number): Piece | null {
  const [dx, dy] = [endX(first.segment) + endX(second.segment), endY(first.segment) + endY(second.segment)]
  const parts = partsOf(first, second, 0.5)
  return liesAlong(parts, dx, dy, tolerance) ? { segment: [dx, dy], parts } : null
}

/** Whether all parts run along a chord from its beginning to its end, within the tolerance and never backwards. */
function liesAlong(parts: readonly Part[], dx: number, dy: number, tolerance: number): boolean {
  const length = Math.sqrt(dx * dx + dy * dy)
  if (length === 0) return false
  let reached = 0
  for (const { points } of parts) {
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = [points[at] ?? 0, points[at + 1] ?? 0]
      const along = (x * dx + y * dy) / length
      if (along < reached - tolerance || along > length + tolerance || Math.abs(x * dy - y * dx) > tolerance * length) return false
      if (along > reached) reached = along
    }
  }
  return true
}

/** Two curves that leave and arrive in one direction are two halves of one: the way back from dividing a curve at a parameter,
 * which the lengths of the tangents, or of the chords, tell. */
function joinCurves(first: Piece, second: Piece, { a, b, tolerance }: { readonly a: Curve; readonly b: Curve; readonly tolerance: number }): Piece | null {
  const [arriving, leaving] = [lengthOf(a[4], a[5]), lengthOf(b[0], b[1])]
  if (a[4] * b[0] + a[5] * b[1] <= smoothest * arriving * leaving) return null
  const [chordA, chordB] = [lengthOf(endX(a), endY(a)), lengthOf(endX(b), endY(b))]
  for (const at of [arriving / (arriving + leaving), chordA / (chordA + chordB)]) {
    if (!(at > 0.08 && at < 0.92)) continue
    const segment = undivided(a, b, at)
    const parts = partsOf(first, second, at)
    if (follows(segment, parts, tolerance)) return straightened({ segment, parts }, tolerance)
  }
  return null
}

/** The curve whose division at `at` gives the tangents of both. */
function undivided(a: Curve, b: Curve, at: number): Curve {
  const [x, y] = [endX(a) + endX(b), endY(a) + endY(b)]
  const [x1, y1] = [Math.round(a[0] / at), Math.round(a[1] / at)]
  const [x2, y2] = [Math.round(x - b[4] / (1 - at)), Math.round(y - b[5] / (1 - at))]
  return [x1, y1, x2 - x1, y2 - y1, x - x2, y - y2]
}

function follows(curve: Curve, parts: readonly Part[], tolerance: number): boolean {
  const most = tolerance * tolerance
  for (const { points, from, to } of parts) {
    for (const [at, t] of samples.entries()) {
      const along = from + t * (to - from)
      const [x, y] = [(points[2 * at] ?? 0) - xAt(curve, along), (points[2 * at + 1] ?? 0) - yAt(curve, along)]
      if (x * x + y * y > most) return false
    }
  }
  return true
}

/** The parts of two pieces seen from the first one's beginning; the first takes the stretch up to `at`. */
function partsOf(first: Piece, second: Piece, at: number): readonly Part[] {
  const [dx, dy] = [endX(first.segment), endY(first.segment)]
  const parts: Part[] = []
  for (const { points, from, to } of first.parts) parts.push({ points, from: from * at, to: to * at })
  for (const { points, from, to } of second.parts) {
    parts.push({ points: points.map((value, place) => value + (place % 2 === 0 ? dx : dy)), from: at + from * (1 - at), to: at + to * (1 - at) })
  }
  return parts
}

function sampled(segment: Segment): Float64Array {
  const points = new Float64Array(2 * samples.length)
  for (const [at, t] of samples.entries()) {
    points[2 * at] = segment.length === 2 ? segment[0] * t : xAt(segment, t)
    points[2 * at + 1] = segment.length === 2 ? segment[1] * t : yAt(segment, t)
  }
  return points
}

function endX(segment: Segment): number {
  return segment.length === 2 ? segment[0] : segment[0] + segment[2] + segment[4]
}

function endY(segment: Segment): number {
  return segment.length === 2 ? segment[1] : segment[1] + segment[3] + segment[5]
}

function xAt(curve: Curve, t: number): number {
  return bezier(curve[0], curve[2], curve[4], t)
}

function yAt(curve: Curve, t: number): number {
  return bezier(curve[1], curve[3], curve[5], t)
}

/** One coordinate of a curve that begins at 0, by the steps between its points. */
function bezier(step1: number, step2: number, step3: number, t: number): number {
  const s = 1 - t
  return 3 * s * s * t * step1 + 3 * s * t * t * (step1 + step2) + t * t * t * (step1 + step2 + step3)
}

function lengthOf(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}

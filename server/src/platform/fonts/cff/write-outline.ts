/** Writing an outline as a short charstring: no hints, no subroutines, each stretch by the operator that needs fewest operands.
 * Source: Adobe Technical Note 5177 */
import type { Contour, Segment } from './read-outline.ts'

/** Operands an interpreter must take at once. */
const mostOperands = 48

const op = { rmove: 21, hmove: 22, vmove: 4, rline: 5, hline: 6, vline: 7, rrcurve: 8, endchar: 14, rcurveline: 24, rlinecurve: 25, vvcurve: 26, hhcurve: 27, vhcurve: 30, hvcurve: 31 } as const

type Line = Extract<Segment, { readonly length: 2 }>
type Curve = Extract<Segment, { readonly length: 6 }>

/** The charstring of an outline.
 *
 * @param width set where it is not the default of the face
 */
export function writeOutline(contours: readonly Contour[], width: number | null): Uint8Array {
  const bytes: number[] = []
  let [x, y] = [0, 0]
  if (width !== null) pushNumber(bytes, width)
  for (const contour of contours) {
    writeMove(bytes, contour.x - x, contour.y - y)
    writeSegments(bytes, contour.segments)
    x = contour.segments.reduce((sum, segment) => sum + stepX(segment), contour.x)
    y = contour.segments.reduce((sum, segment) => sum + stepY(segment), contour.y)
  }
  bytes.push(op.endchar)
  return Uint8Array.from(bytes)
}

function stepX(segment: Segment): number {
  return segment.length === 2 ? segment[0] : segment[0] + segment[2] + segment[4]
}

function stepY(segment: Segment): number {
  return segment.length === 2 ? segment[1] : segment[1] + segment[3] + segment[5]
}

function writeMove(bytes: number[], dx: number, dy: number): void {
  if (dy === 0) emit(bytes, [dx], op.hmove)
  else if (dx === 0) emit(bytes, [dy], op.vmove)
  else emit(bytes, [dx, dy], op.rmove)
}

function emit(bytes: number[], operands: readonly number[], operator: number): void {
  for (const operand of operands) pushNumber(bytes, operand)
  bytes.push(operator)
}

function pushNumber(bytes: number[], value: number): void {
  if (!Number.isInteger(value)) {
    const fixed = Math.round(value * 65536)
    bytes.push(255, (fixed >> 24) & 255, (fixed >> 16) & 255, (fixed >> 8) & 255, fixed & 255)
  } else if (value >= -107 && value <= 107) bytes.push(value + 139)
  else if (value >= 108 && value <= 1131) bytes.push(247 + ((value - 108) >> 8), (value - 108) & 255)
  else if (value >= -1131 && value <= -108) bytes.push(251 + ((-value - 108) >> 8), (-value - 108) & 255)
  else bytes.push(28, (value >> 8) & 255, value & 255)
}

function writeSegments(bytes: number[], segments: readonly Segment[]): void {
  for (let at = 0; at < segments.length; ) at += writeStretch(bytes, segments, at)
}

/** Writes what one operator can say from `at` on; returns how many segments that were. */
function writeStretch(bytes: number[], segments: readonly Segment[], at: number): number {
  const first = segments[at]
  if (!first) return 1
  return first.length === 2 ? writeLines(bytes, segments, at) : writeCurves(bytes, segments, at)
}

function isLine(segment: Segment | undefined): segment is Line {
  return segment?.length === 2
}

function isCurve(segment: Segment | undefined): segment is Curve {
  return segment?.length === 6
}

function isStraight(segment: Segment | undefined): boolean {
  return isLine(segment) && (segment[0] === 0 || segment[1] === 0)
}

function isLevel(segment: Segment | undefined): boolean {
  return isLine(segment) && segment[1] === 0
}

function writeLines(bytes: number[], segments: readonly Segment[], at: number): number {
  const turns = countTurns(segments, at)
  if (turns > 0) {
    const operands = segments.slice(at, at + turns).map((segment) => (isLevel(segment) ? segment[0] : segment[1]))
    emit(bytes, operands, isLevel(segments[at]) ? op.hline : op.vline)
    return turns
  }
  const operands: number[] = []
  let end = at
  for (let each = segments[end]; isLine(each) && operands.length < mostOperands - 7; end += 1, each = segments[end]) {
    // A single level line among others costs less as one of them.
    if (end > at && isStraight(each) && (isStraight(segments[end + 1]) || !isLine(segments[end + 1]))) break
    operands.push(each[0], each[1])
  }
  const next = segments[end]
  if (isCurve(next) && shapeOf(next) === 'free') {
    emit(bytes, [...operands, ...next], op.rlinecurve)
    return end - at + 1
  }
  emit(bytes, operands, op.rline)
  return end - at
}

/** How many lines from `at` on are level and upright by turns. */
function countTurns(segments: readonly Segment[], at: number): number {
  let count = 0
  while (count < mostOperands && isStraight(segments[at + count]) && (count === 0 || isLevel(segments[at + count]) !== isLevel(segments[at + count - 1]))) count += 1
  return count
}

/** By the tangents at its ends: both level, both upright, level then upright, upright then level, or free. */
type Shape = 'hh' | 'vv' | 'hv' | 'vh' | 'free'

function shapeOf([dx1, dy1, , , dx3, dy3]: Curve): Shape {
  if (dy1 === 0) return dy3 === 0 ? 'hh' : dx3 === 0 ? 'hv' : 'free'
  if (dx1 === 0) return dx3 === 0 ? 'vv' : dy3 === 0 ? 'vh' : 'free'
  return 'free'
}

function writeCurves(bytes: number[], segments: readonly Segment[], at: number): number {
  const first = segments[at]
  if (!isCurve(first)) return 1
  const next = segments[at + 1]
  const shape = shapeOf(first)
  if (shape === 'hh' || shape === 'vv') return writeParallel(bytes, segments, { at, shape })
  if (shape === 'hv' || shape === 'vh') return writeAlternating(bytes, segments, { at, shape })
  // A curve that only ends level or upright may begin a row of its kind.
  if (first[5] === 0 && isCurve(next) && shapeOf(next) === 'hh') return writeParallel(bytes, segments, { at, shape: 'hh' })
  if (first[4] === 0 && isCurve(next) && shapeOf(next) === 'vv') return writeParallel(bytes, segments, { at, shape: 'vv' })
  if (first[1] === 0 || first[0] === 0) return writeAlternating(bytes, segments, { at, shape: first[1] === 0 ? 'hv' : 'vh' })
  if (first[5] === 0 || first[4] === 0) return writeParallel(bytes, segments, { at, shape: first[5] === 0 ? 'hh' : 'vv' })
  return writeFree(bytes, segments, at)
}

function writeFree(bytes: number[], segments: readonly Segment[], at: number): number {
  const operands: number[] = []
  let end = at
  for (let each = segments[end]; isCurve(each) && isFree(each) && operands.length <= mostOperands - 8; end += 1, each = segments[end]) operands.push(...each)
  const next = segments[end]
  if (isLine(next) && !isStraight(next)) {
    emit(bytes, [...operands, ...next], op.rcurveline)
    return end - at + 1
  }
  emit(bytes, operands, op.rrcurve)
  return end - at
}

/** Whether no end of the curve is level or upright. */
function isFree([dx1, dy1, , , dx3, dy3]: Curve): boolean {
  return dx1 !== 0 && dy1 !== 0 && dx3 !== 0 && dy3 !== 0
}

function writeParallel(bytes: number[], segments: readonly Segment[], { at, shape }: { readonly at: number; readonly shape: 'hh' | 'vv' }): number {
  const operands: number[] = []
  let end = at
  for (let each = segments[end]; isCurve(each) && operands.length <= mostOperands - 5 && (end === at || shapeOf(each) === shape); end += 1, each = segments[end]) {
    const [dx1, dy1, dx2, dy2, dx3, dy3] = each
    const aside = shape === 'hh' ? dy1 : dx1
    if (end === at && aside !== 0) operands.push(aside)
    operands.push(shape === 'hh' ? dx1 : dy1, dx2, dy2, shape === 'hh' ? dx3 : dy3)
  }
  emit(bytes, operands, shape === 'hh' ? op.hhcurve : op.vvcurve)
  return end - at
}

function writeAlternating(bytes: number[], segments: readonly Segment[], { at, shape }: { readonly at: number; readonly shape: 'hv' | 'vh' }): number {
  const operands: number[] = []
  let wanted: 'hv' | 'vh' = shape
  let end = at
  for (let each = segments[end]; isCurve(each) && operands.length <= mostOperands - 5; end += 1, each = segments[end]) {
    const [dx1, dy1, dx2, dy2, dx3, dy3] = each
    if ((wanted === 'hv' ? dy1 : dx1) !== 0) break
    operands.push(wanted === 'hv' ? dx1 : dy1, dx2, dy2, wanted === 'hv' ? dy3 : dx3)
    const aside = wanted === 'hv' ? dx3 : dy3
    wanted = wanted === 'hv' ? 'vh' : 'hv'
    if (aside === 0) continue
    // The last one may end as it likes.
    operands.push(aside)
    end += 1
    break
  }
  emit(bytes, operands, shape === 'hv' ? op.hvcurve : op.vhcurve)
  return end - at
}

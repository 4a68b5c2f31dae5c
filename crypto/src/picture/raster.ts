import { CryptoError } from '../errors.ts'
import type { PathCommand } from './path.ts'
import type { SealDrawing } from './seal-drawing.ts'

/** Coverage of every pixel, 0 (outside) to 255 (inside), rows from the top. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly coverage: Uint8Array
}

interface Edge {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly winding: number
}

const subRows = 4

/** Fills the drawing by the non-zero rule. @throws CryptoError picture.too-large above 4096 pixels a side */
export function rasterise(drawing: SealDrawing, pixelsPerMm: number): Raster {
  const width = Math.ceil(drawing.widthMm * pixelsPerMm)
  const height = Math.ceil(drawing.heightMm * pixelsPerMm)
  if (!(width >= 1 && height >= 1 && width <= 4096 && height <= 4096)) {
    throw new CryptoError('picture.too-large', 'picture must have 1 to 4096 pixels a side', { width, height })
  }
  const sums = new Float32Array(width * height)
  for (const path of drawing.paths) fillPath(flatten(path, pixelsPerMm), sums, width, height)
  return { width, height, coverage: Uint8Array.from(sums, (sum) => Math.round(Math.min(1, sum) * 255)) }
}

function flatten(path: readonly PathCommand[], scale: number): readonly Edge[] {
  const edges: Edge[] = []
  let [x, y, startX, startY] = [0, 0, 0, 0]
  const lineTo = (toX: number, toY: number): void => {
    if (y !== toY) {
      const down = y < toY
      const [top, bottom] = down
        ? [
            [x, y],
            [toX, toY],
          ]
        : [
            [toX, toY],
            [x, y],
          ]
      const [x0 = 0, y0 = 0] = top ?? []
      const [x1 = 0, y1 = 0] = bottom ?? []
      edges.push({ x0: x0 * scale, y0: y0 * scale, x1: x1 * scale, y1: y1 * scale, winding: down ? 1 : -1 })
    }
    ;[x, y] = [toX, toY]
  }
  for (const command of path) {
    switch (command.kind) {
      case 'move':
        lineTo(startX, startY)
        ;[x, y, startX, startY] = [command.x, command.y, command.x, command.y]
        break
      case 'line':
        lineTo(command.x, command.y)
        break
      case 'close':
        lineTo(startX, startY)
        break
      default:
        for (const corner of curvePoints(command, x, y, scale)) lineTo(corner.x, corner.y)
    }
  }
  lineTo(startX, startY)
  return edges
}

type Curve = Extract<PathCommand, { readonly kind: 'quadratic' | 'cubic' }>

/** Points along a curve, the closer together the longer it is, so that large circles show no corners. */
function curvePoints(
  curve: Curve,
  x: number,
  y: number,
  scale: number,
): readonly { readonly x: number; readonly y: number }[] {
  const reach = Math.hypot(curve.x1 - x, curve.y1 - y) + Math.hypot(curve.x - curve.x1, curve.y - curve.y1)
  const steps = Math.min(96, 4 + Math.ceil(2 * Math.sqrt(reach * scale)))
  return Array.from({ length: steps }, (_, i) => {
    const t = (i + 1) / steps
    const u = 1 - t
    if (curve.kind === 'quadratic') {
      return {
        x: u * u * x + 2 * u * t * curve.x1 + t * t * curve.x,
        y: u * u * y + 2 * u * t * curve.y1 + t * t * curve.y,
      }
    }
    const [c0, c1, c2, c3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    return {
      x: c0 * x + c1 * curve.x1 + c2 * curve.x2 + c3 * curve.x,
      y: c0 * y + c1 * curve.y1 + c2 * curve.y2 + c3 * curve.y,
    }
  })
}

/** Adds the coverage of one path, scan line by scan line, exact in x and in quarters in y. */
function fillPath(edges: readonly Edge[], sums: Float32Array, width: number, height: number): void {
  const rows = new Map<number, { readonly x: number; readonly winding: number }[]>()
  for (const edge of edges) {
    const first = Math.max(0, Math.ceil(edge.y0 * subRows - 0.5))
    const last = Math.min(height * subRows - 1, Math.ceil(edge.y1 * subRows - 0.5) - 1)
    for (let row = first; row <= last; row++) {
      const y = (row + 0.5) / subRows
      const x = edge.x0 + ((edge.x1 - edge.x0) * (y - edge.y0)) / (edge.y1 - edge.y0)
      const crossings = rows.get(row) ?? []
      crossings.push({ x, winding: edge.winding })
      rows.set(row, crossings)
    }
  }
  for (const [row, crossings] of rows) {
    crossings.sort((left, right) => left.x - right.x)
    let winding = 0
    crossings.forEach((crossing, i) => {
      winding += crossing.winding
      const next = crossings[i + 1]
      if (winding !== 0 && next !== undefined)
        addSpan(sums, Math.floor(row / subRows) * width, width, crossing.x, next.x)
    })
  }
}

function addSpan(sums: Float32Array, rowStart: number, width: number, from: number, to: number): void {
  const [start, end] = [Math.max(0, from), Math.min(width, to)]
  for (let x = Math.floor(start); x < end; x++) {
    const covered = Math.min(end, x + 1) - Math.max(start, x)
    sums[rowStart + x] = (sums[rowStart + x] ?? 0) + covered / subRows
  }
}

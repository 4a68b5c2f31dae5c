/** Where the pictures of one seal stand: once as a whole, as strips over the seam, or both. */
import { CryptoError } from '../errors.ts'
import type { SealDrawing } from '../picture/seal-drawing.ts'
import type { PdfFile, PdfPage } from './file.ts'
import { numberOf, type PdfNumber, pdfMeasure, pointsPerMm } from './objects.ts'
import { planStraddle, type SheetKind } from './straddle.ts'

/**
 * `page` from 1 with `centreMm` from the left and top edge: the whole seal. `straddle`: strips over the seam (骑缝章), their middle
 * `centreYMm` below the top edge, the middle of the page unless given. At least one of the two.
 */
export interface MarkOrder {
  readonly page?: number
  readonly centreMm?: { readonly x: number; readonly y: number }
  readonly straddle?: { readonly sheets?: SheetKind; readonly centreYMm?: number }
}

/** One picture: its page, its corner points (lower left, upper right), and which part of the seal it shows (0 to 1 from the left). */
export interface SealMark {
  readonly page: PdfPage
  readonly pageNumber: number
  readonly rectangle: readonly PdfNumber[]
  readonly part: { readonly from: number; readonly to: number }
}

/** The most pictures of one signature. */
const mostMarks = 400

/** @throws CryptoError pdf.refused `no-such-page`, `rotated-page`, `outside-page`, `too-few-pages`, `too-long` */
export function planMarks(file: PdfFile, drawing: SealDrawing, order: MarkOrder): readonly SealMark[] {
  const pages = file.listPages()
  const marks: SealMark[] = []
  if (order.page !== undefined && order.centreMm !== undefined) {
    marks.push(planWhole(file, pageAt(pages, order.page), drawing, order.centreMm))
  }
  for (const strip of order.straddle === undefined ? [] : planStraddle(pages.length, order.straddle.sheets)) {
    marks.push(planStrip(file, pageAt(pages, strip.page), drawing, { ...strip, ...order.straddle }))
  }
  if (marks.length === 0) throw new CryptoError('pdf.refused', 'the seal has no place', { reason: 'no-such-page' })
  if (marks.length > mostMarks) throw new CryptoError('pdf.refused', 'too many pages', { reason: 'too-long' })
  return marks
}

/** The places in a line, as the signature of a seal records them. */
export function presentPlaces(marks: readonly SealMark[]): string {
  return marks
    .map(({ pageNumber, rectangle }) => `page=${pageNumber};rect=${rectangle.map((value) => value.text).join(',')}`)
    .join(';')
}

interface NumberedPage {
  readonly page: PdfPage
  readonly number: number
}

function pageAt(pages: readonly PdfPage[], number: number): NumberedPage {
  const page = pages[number - 1]
  if (page === undefined) throw new CryptoError('pdf.refused', 'no such page', { reason: 'no-such-page', page: number })
  return { page, number }
}

interface Box {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

/** The page's media box. A rotated page would show the seal lying, so it is refused. */
function boxOf(file: PdfFile, { page, number }: NumberedPage): Box {
  if ((numberOf(file.resolve(page.inherited.get('Rotate'))) ?? 0) % 360 !== 0) {
    throw new CryptoError('pdf.refused', 'the page is rotated', { reason: 'rotated-page', page: number })
  }
  const box = file
    .findArray(page.inherited.get('MediaBox'))
    ?.items.map((item) => numberOf(file.resolve(item)) ?? Number.NaN)
  const [x0 = Number.NaN, y0 = Number.NaN, x1 = Number.NaN, y1 = Number.NaN] = box ?? []
  return { left: Math.min(x0, x1), bottom: Math.min(y0, y1), right: Math.max(x0, x1), top: Math.max(y0, y1) }
}

/** @throws CryptoError pdf.refused `outside-page` */
function markAt(
  { page, number }: NumberedPage,
  box: Box,
  corners: readonly [number, number, number, number],
  part: SealMark['part'],
): SealMark {
  const [x0, y0, x1, y1] = corners
  // Written with three digits; a strip that ends at the edge must not count as outside by less.
  const inside = x0 >= box.left && y0 >= box.bottom && x1 <= box.right + 0.001 && y1 <= box.top
  if (!inside)
    throw new CryptoError('pdf.refused', 'the seal would leave the page', { reason: 'outside-page', page: number })
  return { page, pageNumber: number, rectangle: corners.map(pdfMeasure), part }
}

function planWhole(
  file: PdfFile,
  at: NumberedPage,
  drawing: SealDrawing,
  centreMm: { readonly x: number; readonly y: number },
): SealMark {
  const box = boxOf(file, at)
  const [width, height] = [drawing.widthMm * pointsPerMm, drawing.heightMm * pointsPerMm]
  const x = box.left + centreMm.x * pointsPerMm - width / 2
  const y = box.top - centreMm.y * pointsPerMm - height / 2
  return markAt(at, box, [x, y, x + width, y + height], { from: 0, to: 1 })
}

function planStrip(
  file: PdfFile,
  at: NumberedPage,
  drawing: SealDrawing,
  strip: { readonly index: number; readonly count: number; readonly centreYMm?: number },
): SealMark {
  const box = boxOf(file, at)
  const [width, height] = [(drawing.widthMm * pointsPerMm) / strip.count, drawing.heightMm * pointsPerMm]
  const middle = strip.centreYMm === undefined ? (box.bottom + box.top) / 2 : box.top - strip.centreYMm * pointsPerMm
  const corners = [box.right - width, middle - height / 2, box.right, middle + height / 2] as const
  return markAt(at, box, corners, { from: strip.index / strip.count, to: (strip.index + 1) / strip.count })
}

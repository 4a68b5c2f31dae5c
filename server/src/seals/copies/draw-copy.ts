/** The copy for printing (打印件): the pages of the sealed file with its seals printed on them, and the verifying code in the margin. It is another file:
 * nothing in it is a signature any more, and the sealed file is not touched. */
import { parsePath } from '@xiewen/crypto'
import {
  appendBezierCurve, closePath, drawObject, fill, lineTo, moveTo, PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, type PDFOperator, type PDFPage, PDFRef, PDFStream, popGraphicsState,
  pushGraphicsState, rectangle, setFillingGrayscaleColor, concatTransformationMatrix,
} from 'pdf-lib'
import { create } from 'qrcode'
import type { Fonts } from '../../platform/fonts/index.ts'

const pointsPerMm = 72 / 25.4
/** In the lower outer margin, clear of the type area (版心: 26 mm from the right edge, 35 mm from the bottom of A4) and of the page number. Source: GB/T 9704-2012 5.2.1 */
const mark = { sideMm: 17, rightMm: 4, bottomMm: 12, textMm: 1.9 } as const

/** What the mark says: the address it leads to, and the lines below it. */
export interface CopyMark {
  readonly address: string
  readonly lines: readonly string[]
}

/** Prints the seals on their pages and adds the mark to the first. `at` (ms UTC) becomes the date of the file. */
export async function drawCopy(sealed: Uint8Array, given: CopyMark, fonts: Pick<Fonts, 'glyphPaths'>, at: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(sealed, { updateMetadata: false })
  for (const page of pdf.getPages()) printAppearances(page)
  pdf.catalog.delete(PDFName.of('AcroForm'))
  pdf.catalog.delete(PDFName.of('Perms'))
  const [first] = pdf.getPages()
  if (first) drawMark(first, given, fonts)
  pdf.setModificationDate(new Date(at))
  return pdf.save()
}

/** Every annotation becomes part of its page; signatures are dropped with what they signed. */
function printAppearances(page: PDFPage): void {
  const { context } = page.doc
  const list = page.node.Annots()
  for (const item of list?.asArray() ?? []) {
    const annotation = context.lookup(item, PDFDict)
    const form = annotation.lookupMaybe(PDFName.of('AP'), PDFDict)?.get(PDFName.of('N'))
    const box = annotation.lookupMaybe(PDFName.of('Rect'), PDFArray)
    if (form instanceof PDFRef && box) page.pushOperators(...placing(page, form, numbersOf(box)))
    for (const gone of [annotation.get(PDFName.of('V')), item]) if (gone instanceof PDFRef) context.delete(gone)
  }
  page.node.delete(PDFName.of('Annots'))
}

/** Draws a form so that its box fills the rectangle. Source: ISO 32000-1:2008 12.5.5 */
function placing(page: PDFPage, form: PDFRef, [left = 0, bottom = 0, right = 0, top = 0]: readonly number[]): readonly PDFOperator[] {
  const { dict } = page.doc.context.lookup(form, PDFStream)
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = numbersOf(dict.lookup(PDFName.of('BBox'), PDFArray))
  const [sx, sy] = [(right - left) / (x1 - x0), (top - bottom) / (y1 - y0)]
  const name = page.node.newXObject('Seal', form)
  return [pushGraphicsState(), concatTransformationMatrix(sx, 0, 0, sy, left - x0 * sx, bottom - y0 * sy), drawObject(name), popGraphicsState()]
}

function numbersOf(array: PDFArray): readonly number[] {
  return array.asArray().map((each) => (each instanceof PDFNumber ? each.asNumber() : 0))
}

function drawMark(page: PDFPage, { address, lines }: CopyMark, fonts: Pick<Fonts, 'glyphPaths'>): void {
  const side = mark.sideMm * pointsPerMm
  const left = page.getWidth() - mark.rightMm * pointsPerMm - side
  const bottom = mark.bottomMm * pointsPerMm
  page.pushOperators(pushGraphicsState(), setFillingGrayscaleColor(0), ...drawCode(address, { left, bottom, side }), fill(), popGraphicsState())
  const size = mark.textMm * pointsPerMm
  lines.forEach((line, at) => page.pushOperators(...drawLine(line, { centre: left + side / 2, baseline: bottom - (at + 1.1) * size * 1.25, size }, fonts)))
}

/** Modules as rectangles, runs of a row in one. Medium correction: a seventh of it may be dirty. */
function drawCode(address: string, { left, bottom, side }: { readonly left: number; readonly bottom: number; readonly side: number }): readonly PDFOperator[] {
  const { modules } = create(address, { errorCorrectionLevel: 'M' })
  const step = side / modules.size
  const drawn: PDFOperator[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue
      const from = column
      while (column + 1 < modules.size && modules.get(row, column + 1)) column += 1
      drawn.push(rectangle(left + from * step, bottom + side - (row + 1) * step, (column + 1 - from) * step, step))
    }
  }
  return drawn
}

function drawLine(text: string, { centre, baseline, size }: { readonly centre: number; readonly baseline: number; readonly size: number }, fonts: Pick<Fonts, 'glyphPaths'>): readonly PDFOperator[] {
  const outlines = fonts.glyphPaths('songti', text)
  const signs = [...text].flatMap((sign) => outlines.get(sign) ?? [])
  let x = centre - (signs.reduce((sum, { advance }) => sum + advance, 0) * size) / 2
  return signs.flatMap(({ path, advance, unitsPerEm }) => {
    const scale = size / unitsPerEm
    const drawn = [pushGraphicsState(), setFillingGrayscaleColor(0), concatTransformationMatrix(scale, 0, 0, scale, x, baseline), ...operatorsOf(path), fill(), popGraphicsState()]
    x += advance * size
    return drawn
  })
}

function operatorsOf(path: string): readonly PDFOperator[] {
  let [x, y] = [0, 0]
  return parsePath(path).map((step) => {
    if (step.kind === 'close') return closePath()
    const [fromX, fromY] = [x, y]
    ;[x, y] = [step.x, step.y]
    switch (step.kind) {
      case 'move':
        return moveTo(x, y)
      case 'line':
        return lineTo(x, y)
      case 'cubic':
        return appendBezierCurve(step.x1, step.y1, step.x2, step.y2, x, y)
      case 'quadratic':
        // The exact cubic has its control points two thirds of the way.
        return appendBezierCurve(fromX + (2 / 3) * (step.x1 - fromX), fromY + (2 / 3) * (step.y1 - fromY), x + (2 / 3) * (step.x1 - x), y + (2 / 3) * (step.y1 - y), x, y)
    }
  })
}

/** Page objects of an OFD: text, paths, pictures. Source: GB/T 33190-2016 9–11 */
import { glyphPoint, type GlyphRun, type LaidOutPage, type PlacedImage, type Rule } from '@xiewen/shared/documents'
import type { Rgb } from '../inks.ts'
import { escapeXml } from '../xml.ts'
import type { Segment } from '../segments.ts'

const mmPerPt = 25.4 / 72

/** Gives out the identifiers of a document: every object has one of its own. Source: GB/T 33190-2016 7.5 (MaxUnitID) */
export class UnitIds {
  #last = 0

  next(): number {
    this.#last += 1
    return this.#last
  }

  /** The largest one given out. */
  get last(): number {
    return this.#last
  }
}

/** What a text object looks like. */
export interface TextLook {
  readonly fontId: number
  readonly ink: Rgb
}

/** A stretch of one face. The boundary is its box on the page; a scaled or turned one carries a matrix, so that advances are
 * those of the layout whatever a reader makes of HScale. Signs beyond the BMP get a code of their own: readers differ in
 * whether DeltaX counts them once or twice. */
export function textObject(run: GlyphRun, segment: Segment, page: LaidOutPage, given: { readonly id: number; readonly look: TextLook; readonly right: number }): string {
  const size = run.sizePt * mmPerPt
  const [first, length] = [segment.x[0] ?? 0, given.right - (segment.x[0] ?? 0)]
  const at = glyphPoint({ ...run, x: [first] }, 0, page)
  const box = run.turned
    ? { x: at.x - size, y: at.y - length, w: size * 1.25, h: length }
    : { x: at.x, y: at.y - size, w: length, h: size * 1.25 }
  const matrix = run.turned ? `0 ${-run.scale} 1 0 ${num(size)} ${num(length)}` : run.scale === 1 ? '' : `${run.scale} 0 0 1 0 0`
  const y = run.turned ? 0 : size
  const bold = run.bold ? ` Stroke="true" LineWidth="${num(size * 0.03)}" Weight="700"` : ''
  const colour = `<ofd:FillColor Value="${rgb(given.look.ink)}"/>${run.bold ? `<ofd:StrokeColor Value="${rgb(given.look.ink)}"/>` : ''}`
  const ctm = matrix === '' ? '' : ` CTM="${matrix}"`
  return `<ofd:TextObject ID="${given.id}" Boundary="${boundary(box)}"${ctm} Font="${given.look.fontId}" Size="${num(size)}"${bold}>${colour}${textCodes(segment, { first, y, scale: run.scale })}</ofd:TextObject>`
}

function textCodes(segment: Segment, frame: { readonly first: number; readonly y: number; readonly scale: number }): string {
  const parts: { text: string; x: number[] }[] = []
  let isAlone = true
  for (const [index, codePoint] of segment.codePoints.entries()) {
    const x = ((segment.x[index] ?? 0) - frame.first) / frame.scale
    const open = parts.at(-1)
    if (!open || isAlone || codePoint > 0xffff) parts.push({ text: String.fromCodePoint(codePoint), x: [x] })
    else {
      open.text += String.fromCodePoint(codePoint)
      open.x.push(x)
    }
    isAlone = codePoint > 0xffff
  }
  return parts.map(({ text, x }) => `<ofd:TextCode X="${num(x[0] ?? 0)}" Y="${num(frame.y)}"${deltas(x)}>${escapeXml(text)}</ofd:TextCode>`).join('')
}

/** DeltaX, equal neighbours written as `g count value`. Rounding never adds up: every delta starts from what was written. */
function deltas(x: readonly number[]): string {
  if (x.length < 2) return ''
  let pen = Number(num(x[0] ?? 0))
  const values = x.slice(1).map((each) => {
    const delta = num(each - pen)
    pen += Number(delta)
    return delta
  })
  const words: string[] = []
  for (let at = 0; at < values.length; ) {
    let end = at
    while (values[end] === values[at]) end += 1
    words.push(...(end - at > 2 ? ['g', String(end - at), values[at] ?? '0'] : values.slice(at, end)))
    at = end
  }
  return ` DeltaX="${words.join(' ')}"`
}

/** A straight line. */
export function lineObject(line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly widthMm: number }, id: number, ink: Rgb): string {
  const half = line.widthMm / 2
  const [left, top] = [Math.min(line.x1, line.x2) - half, Math.min(line.y1, line.y2) - half]
  const box = { x: left, y: top, w: Math.abs(line.x2 - line.x1) + line.widthMm, h: Math.abs(line.y2 - line.y1) + line.widthMm }
  const data = `M ${num(line.x1 - left)} ${num(line.y1 - top)} L ${num(line.x2 - left)} ${num(line.y2 - top)}`
  return `<ofd:PathObject ID="${id}" Boundary="${boundary(box)}" LineWidth="${num(line.widthMm)}"><ofd:StrokeColor Value="${rgb(ink)}"/><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`
}

/** A rule of the layout. */
export function ruleObject(rule: Rule, id: number, ink: Rgb): string {
  return lineObject(rule, id, ink)
}

/** A crossed box where no face has the sign. */
export function missingObject(at: { readonly x: number; readonly y: number }, sizePt: number, given: { readonly id: number; readonly ink: Rgb }): string {
  const side = sizePt * mmPerPt * 0.84
  const box = { x: at.x + side * 0.1, y: at.y - side * 0.9, w: side, h: side }
  const s = num(side)
  return `<ofd:PathObject ID="${given.id}" Boundary="${boundary(box)}" LineWidth="0.2"><ofd:StrokeColor Value="${rgb(given.ink)}"/><ofd:AbbreviatedData>M 0 0 L ${s} 0 L ${s} ${s} L 0 ${s} L 0 0 M 0 0 L ${s} ${s} M ${s} 0 L 0 ${s}</ofd:AbbreviatedData></ofd:PathObject>`
}

/** A picture stretched over its box. */
export function imageObject(image: PlacedImage, given: { readonly id: number; readonly resourceId: number }): string {
  const box = { x: image.x, y: image.y, w: image.widthMm, h: image.heightMm }
  return `<ofd:ImageObject ID="${given.id}" Boundary="${boundary(box)}" CTM="${num(box.w)} 0 0 ${num(box.h)} 0 0" ResourceID="${given.resourceId}"/>`
}

function boundary(box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }): string {
  return `${num(box.x)} ${num(box.y)} ${num(Math.max(box.w, 0.01))} ${num(Math.max(box.h, 0.01))}`
}

function rgb(ink: Rgb): string {
  return ink.map((part) => Math.round(part * 255)).join(' ')
}

function num(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}

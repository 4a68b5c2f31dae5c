/** The content of a page: operators for text, rules and pictures, with the marks that tie them to the structure. */
import type { GlyphRun, LaidOutPage, PlacedImage, Rule } from '@xiewen/shared/documents'
import type { Fonts } from '../../../platform/fonts/index.ts'
import type { Rgb } from '../inks.ts'
import { inkOf, inks } from '../inks.ts'
import { marksOf, rightOf, segmentsOf } from '../segments.ts'
import { num, type PdfRef, pdfText } from './pdf-file.ts'
import type { EmbeddedFont } from './pdf-font.ts'
import type { TagTree } from './pdf-tags.ts'

/** Points in a millimetre. */
export const ptPerMm = 72 / 25.4

/** A face with its name in the pages' resources. */
export interface EmbeddedFace {
  readonly name: string
  readonly font: EmbeddedFont
}

/** What all pages are drawn with. */
export interface PageScene {
  readonly fonts: Fonts
  /** By face id. */
  readonly faces: ReadonlyMap<string, EmbeddedFace>
  /** By digest. */
  readonly pictures: ReadonlyMap<string, { readonly name: string; readonly ref: PdfRef }>
  /** Inks by person. */
  readonly revisers: ReadonlyMap<string, Rgb>
  readonly tags: TagTree
}

/** A page's operators and the resources they name. */
export interface PageContent {
  readonly operators: string
  readonly fonts: readonly EmbeddedFace[]
  readonly pictures: readonly { readonly name: string; readonly ref: PdfRef }[]
}

type Tagged = ReturnType<TagTree['elementOf']>

/** Draws a page. Runs of one element that follow one another share a mark. */
export function pageContent(page: LaidOutPage, index: number, scene: PageScene): PageContent {
  const used = new Map<string, EmbeddedFace>()
  const pictures = new Map<string, { readonly name: string; readonly ref: PdfRef }>()
  const lines: string[] = []
  /** The element whose mark is open; null inside an artifact, undefined outside everything. */
  let open: Tagged | undefined
  const close = (): void => {
    if (open !== undefined) lines.push('EMC')
    open = undefined
  }
  const begin = (element: Tagged): void => {
    if (open === element) return
    close()
    lines.push(element === null ? '/Artifact BMC' : `/${scene.tags.typeOf(element)} << /MCID ${scene.tags.mark(element, index)} >> BDC`)
    open = element
  }
  for (const [at, item] of page.items.entries()) {
    switch (item.kind) {
      case 'text': {
        const next = page.items[at + 1]
        begin(scene.tags.elementOf(item, index, next?.kind === 'text' ? next : undefined))
        lines.push(...drawText(item, page, { scene, used }))
        break
      }
      case 'rule':
        begin(null)
        lines.push(drawRule(item, page))
        break
      case 'image': {
        const known = scene.pictures.get(item.digest)
        if (known) pictures.set(item.digest, known)
        begin(scene.tags.figure(item.block, pdfText(captionOf(page, item.block))))
        lines.push(drawImage(item, page, known?.name ?? null))
        break
      }
      case 'seal-anchor':
        break
    }
  }
  close()
  return { operators: lines.join('\n'), fonts: [...used.values()], pictures: [...pictures.values()] }
}

function captionOf(page: LaidOutPage, block: number): string {
  return page.items.flatMap((item) => (item.kind === 'text' && item.source?.block === block ? [item.text] : [])).join('') || '图'
}

interface Pen {
  readonly scene: PageScene
  readonly used: Map<string, EmbeddedFace>
}

/** One run: a line of show operators, then the marks of a revision. */
function drawText(run: GlyphRun, page: LaidOutPage, pen: Pen): readonly string[] {
  const { scene } = pen
  const ink = inkOf(run, scene.revisers)
  const lines: string[] = []
  for (const segment of segmentsOf(run, scene.fonts)) {
    const face = segment.face ? scene.faces.get(segment.face.id) : undefined
    if (!face) {
      lines.push(...segment.x.map((x) => missingBox(x * ptPerMm, (page.heightMm - run.baseline) * ptPerMm, run.sizePt)))
      continue
    }
    pen.used.set(face.name, face)
    const stroke = run.bold ? `2 Tr ${num(run.sizePt * 0.03)} w ${colour(ink, 'RG')}` : '0 Tr'
    const matrix = matrixOf(run, segment.x[0] ?? 0, page)
    lines.push(`BT ${colour(ink, 'rg')} ${stroke} /${face.name} ${num(run.sizePt)} Tf ${num(run.scale * 100)} Tz ${matrix} Tm ${showArray(segment, run, face.font)} TJ ET`)
  }
  const marks = marksOf(run, rightOf(run, scene.fonts), page)
  return [...lines, ...marks.map((mark) => drawLine(mark, page, ink))]
}

/** Where the text begins and which way it runs: a turned run goes up the sheet. */
function matrixOf(run: GlyphRun, x: number, page: LaidOutPage): string {
  if (run.turned) return `0 1 -1 0 ${num(run.baseline * ptPerMm)} ${num(x * ptPerMm)}`
  return `1 0 0 1 ${num(x * ptPerMm)} ${num((page.heightMm - run.baseline) * ptPerMm)}`
}

/** Codes with corrections wherever the layout's place differs from the font's advance. */
function showArray(segment: { readonly codePoints: readonly number[]; readonly x: readonly number[] }, run: GlyphRun, font: EmbeddedFont): string {
  const unit = run.sizePt * run.scale
  let parts = ''
  let open = ''
  let pen = (segment.x[0] ?? 0) * ptPerMm
  for (const [index, codePoint] of segment.codePoints.entries()) {
    const shift = Math.round((((segment.x[index] ?? 0) * ptPerMm - pen) / unit) * 10_000) / 10
    if (shift !== 0) {
      parts += open === '' ? `${-shift} ` : `<${open}> ${-shift} `
      open = ''
    }
    open += font.code(codePoint)
    pen += ((shift + font.width(codePoint)) / 1000) * unit
  }
  return `[${parts}${open === '' ? '' : `<${open}>`}]`
}

/** A crossed box where no face has the sign: never silence, never an empty box that could be taken for a sign. */
function missingBox(x: number, y: number, sizePt: number): string {
  const [left, bottom, side] = [x + sizePt * 0.08, y - sizePt * 0.08, sizePt * 0.84]
  return `${colour(inks.red, 'RG')} 0.6 w ${crossedBox(left, bottom, { width: side, height: side })}`
}

function crossedBox(left: number, bottom: number, size: { readonly width: number; readonly height: number }): string {
  const [right, top] = [left + size.width, bottom + size.height]
  return `${num(left)} ${num(bottom)} ${num(size.width)} ${num(size.height)} re ${num(left)} ${num(bottom)} m ${num(right)} ${num(top)} l ${num(left)} ${num(top)} m ${num(right)} ${num(bottom)} l S`
}

function drawImage(image: PlacedImage, page: LaidOutPage, name: string | null): string {
  const [width, height] = [image.widthMm * ptPerMm, image.heightMm * ptPerMm]
  const [left, bottom] = [image.x * ptPerMm, (page.heightMm - image.y) * ptPerMm - height]
  if (name === null) return `${colour(inks.red, 'RG')} 0.6 w ${crossedBox(left, bottom, { width, height })}`
  return `q ${num(width)} 0 0 ${num(height)} ${num(left)} ${num(bottom)} cm /${name} Do Q`
}

function drawRule(rule: Rule, page: LaidOutPage): string {
  return drawLine(rule, page, inks[rule.ink])
}

function drawLine(line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly widthMm: number }, page: LaidOutPage, ink: Rgb): string {
  const flip = (y: number): string => num((page.heightMm - y) * ptPerMm)
  return `${colour(ink, 'RG')} ${num(line.widthMm * ptPerMm)} w ${num(line.x1 * ptPerMm)} ${flip(line.y1)} m ${num(line.x2 * ptPerMm)} ${flip(line.y2)} l S`
}

function colour(rgb: Rgb, operator: 'rg' | 'RG'): string {
  return `${rgb.map(num).join(' ')} ${operator}`
}

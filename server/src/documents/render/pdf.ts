/** The PDF of a layout. Draws what the layout says and decides nothing; equal layouts give equal bytes. */
import { createHash } from 'node:crypto'
import type { GlyphRun, LaidOutPage, Layout, Rule } from '@xiewen/shared/documents'
import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib'
import type { FontFace, Fonts } from '../../platform/fonts/index.ts'
import type { Rgb } from './inks.ts'
import { inks, revisionInk } from './inks.ts'
import type { EmbeddedFont } from './pdf-font.ts'
import { embedFont } from './pdf-font.ts'
import { metadataPacket } from './pdf-metadata.ts'
import { revisers, rightOf, segmentsOf } from './segments.ts'

/** What the file says about itself. */
export interface PdfInfo {
  readonly title: string
  /** Issuing organ, shown as the author. */
  readonly author?: string
  /** UTC milliseconds; the same layout and date give the same bytes. */
  readonly creationDate: number
}

const ptPerMm = 72 / 25.4
const producer = 'Xiewen'

/** Renders a layout.
 *
 * @param fonts the faces whose metrics laid it out; `layout.fingerprint` must be theirs
 * @returns a PDF 1.7 file with a classic cross-reference table, so that seals can be added as increments
 * @throws Error when the faces are not those of the layout: the page would not be what was approved
 */
export async function renderPdf(layout: Layout, fonts: Fonts, info: PdfInfo): Promise<Uint8Array> {
  if (layout.fingerprint !== fonts.metrics.fingerprint) throw new Error('the layout was made with other fonts')
  const pdf = await PDFDocument.create({ updateMetadata: false })
  const embedded = embedFaces(pdf, layout, fonts)
  const people = revisers(layout)
  for (const page of layout.pages) {
    const node = pdf.addPage([round(page.widthMm * ptPerMm), round(page.heightMm * ptPerMm)])
    const used = new Map<string, EmbeddedFont>()
    const content = pageContent(page, { fonts, embedded, used, people })
    node.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.flateStream(content)))
    const fontDict = Object.fromEntries([...used].map(([name, font]) => [name, font.ref]))
    node.node.set(PDFName.of('Resources'), pdf.context.obj({ Font: fontDict }))
  }
  describe(pdf, info)
  identify(pdf, layout, info)
  return pdf.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false })
}

type Embedded = ReadonlyMap<string, { readonly name: string; readonly font: EmbeddedFont }>

/** Embeds each face once with all signs it draws, in order of first appearance. */
function embedFaces(pdf: PDFDocument, layout: Layout, fonts: Fonts): Embedded {
  const signs = new Map<string, { face: FontFace; codePoints: Set<number> }>()
  for (const page of layout.pages) {
    for (const item of page.items) {
      if (item.kind !== 'text') continue
      for (const { face, codePoints } of segmentsOf(item, fonts)) {
        if (!face) continue
        const entry = signs.get(face.id) ?? { face, codePoints: new Set<number>() }
        for (const codePoint of codePoints) entry.codePoints.add(codePoint)
        signs.set(face.id, entry)
      }
    }
  }
  return new Map([...signs].map(([id, { face, codePoints }], index) => [id, { name: `F${index + 1}`, font: embedFont(pdf.context, face, codePoints) }]))
}

interface Scene {
  readonly fonts: Fonts
  readonly embedded: Embedded
  readonly used: Map<string, EmbeddedFont>
  readonly people: readonly string[]
}

function pageContent(page: LaidOutPage, scene: Scene): string {
  const flip = (y: number): number => (page.heightMm - y) * ptPerMm
  return page.items
    .flatMap((item) => {
      switch (item.kind) {
        case 'text':
          return drawText(item, flip(item.baseline), scene)
        case 'rule':
          return [drawRule(item, flip)]
        case 'seal-anchor':
          return []
      }
    })
    .join('\n')
}

/** One run: a line of show operators, then the marks of a revision. */
function drawText(run: GlyphRun, y: number, scene: Scene): readonly string[] {
  const ink = run.change ? revisionInk(scene.people, run.change.personId) : inks[run.ink]
  const lines: string[] = []
  for (const segment of segmentsOf(run, scene.fonts)) {
    const entry = segment.face ? scene.embedded.get(segment.face.id) : undefined
    if (!entry) {
      lines.push(...segment.x.map((x) => missingBox(x * ptPerMm, y, run.sizePt)))
      continue
    }
    scene.used.set(entry.name, entry.font)
    const stroke = run.bold ? `2 Tr ${num(run.sizePt * 0.03)} w ${colour(ink, 'RG')}` : '0 Tr'
    const array = showArray(segment, run, entry.font)
    lines.push(`BT ${colour(ink, 'rg')} ${stroke} /${entry.name} ${num(run.sizePt)} Tf ${num(run.scale * 100)} Tz 1 0 0 1 ${num((segment.x[0] ?? 0) * ptPerMm)} ${num(y)} Tm ${array} TJ ET`)
  }
  return [...lines, ...changeMarks(run, y, { ink, right: rightOf(run, scene.fonts) })]
}

/** Codes with corrections wherever the layout's place differs from the font's advance. */
function showArray(segment: { readonly codePoints: readonly number[]; readonly x: readonly number[] }, run: GlyphRun, font: EmbeddedFont): string {
  const unit = run.sizePt * run.scale
  let parts = ''
  let open = ''
  let pen = (segment.x[0] ?? 0) * ptPerMm
  for (const [index, codePoint] of segment.codePoints.entries()) {
    const shift = Math.round((((segment.x[index] ?? 0) * ptPerMm - pen) / unit) * 1000)
    if (shift !== 0) {
      parts += open === '' ? `${-shift} ` : `<${open}> ${-shift} `
      open = ''
    }
    open += font.code(codePoint)
    pen += ((shift + font.width(codePoint)) / 1000) * unit
  }
  return `[${parts}${open === '' ? '' : `<${open}>`}]`
}

/** Insertions underlined, deletions struck (花脸稿). */
function changeMarks(run: GlyphRun, y: number, look: { readonly ink: Rgb; readonly right: number }): readonly string[] {
  if (!run.change) return []
  const at = run.change.kind === 'insertion' ? y - run.sizePt * 0.16 : y + run.sizePt * 0.36
  const [left, right] = [(run.x[0] ?? 0) * ptPerMm, look.right * ptPerMm]
  return [`${colour(look.ink, 'RG')} 0.7 w ${num(left)} ${num(at)} m ${num(right)} ${num(at)} l S`]
}

/** A crossed box where no face has the sign: never silence, never an empty box that could be taken for a sign. */
function missingBox(x: number, y: number, sizePt: number): string {
  const [left, bottom, side] = [x + sizePt * 0.08, y - sizePt * 0.08, sizePt * 0.84]
  const [right, top] = [left + side, bottom + side]
  return `${colour(inks.red, 'RG')} 0.6 w ${num(left)} ${num(bottom)} ${num(side)} ${num(side)} re ${num(left)} ${num(bottom)} m ${num(right)} ${num(top)} l ${num(left)} ${num(top)} m ${num(right)} ${num(bottom)} l S`
}

function drawRule(rule: Rule, flip: (y: number) => number): string {
  return `${colour(inks[rule.ink], 'RG')} ${num(rule.widthMm * ptPerMm)} w ${num(rule.x1 * ptPerMm)} ${num(flip(rule.y1))} m ${num(rule.x2 * ptPerMm)} ${num(flip(rule.y2))} l S`
}

function colour(rgb: Rgb, operator: 'rg' | 'RG'): string {
  return `${rgb.map(num).join(' ')} ${operator}`
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function num(value: number): string {
  return String(round(value))
}

/** Title, language and dates, in the Info dictionary and as XMP. */
function describe(pdf: PDFDocument, info: PdfInfo): void {
  const date = new Date(info.creationDate)
  pdf.setTitle(info.title, { showInWindowTitleBar: true })
  if (info.author !== undefined) pdf.setAuthor(info.author)
  pdf.setProducer(producer)
  pdf.setCreator(producer)
  pdf.setCreationDate(date)
  pdf.setModificationDate(date)
  pdf.catalog.set(PDFName.of('Lang'), PDFString.of('zh-CN'))
  const packet = pdf.context.stream(new TextEncoder().encode(metadataPacket(info, producer)), { Type: 'Metadata', Subtype: 'XML' })
  pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(packet))
}

/** A file identifier that depends on nothing but what is rendered. */
function identify(pdf: PDFDocument, layout: Layout, info: PdfInfo): void {
  const digest = createHash('sha256').update(JSON.stringify([layout, info])).digest('hex').slice(0, 32).toUpperCase()
  const ids = PDFArray.withContext(pdf.context)
  ids.push(PDFHexString.of(digest))
  ids.push(PDFHexString.of(digest))
  pdf.context.trailerInfo.ID = ids
}

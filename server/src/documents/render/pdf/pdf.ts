/** The PDF of a layout: PDF/A-2b with structure (title, headings, paragraphs, tables) and language. Draws what the layout says and
 * decides nothing; equal layouts give equal bytes. Source: ISO 32000-1, ISO 19005-2 */
import type { Layout } from '@xiewen/shared/documents'
import type { FontFace, Fonts } from '../../../platform/fonts/index.ts'
import type { Pictures } from '../pictures.ts'
import { revisersOf } from '../inks.ts'
import { segmentsOf } from '../segments.ts'
import { num, pdfDate, PdfFile, type PdfRef, pdfText } from './pdf-file.ts'
import { embedFont } from './pdf-font.ts'
import { metadataPacket } from './pdf-metadata.ts'
import type { EmbeddedFace, PageScene } from './pdf-page.ts'
import { pageContent, ptPerMm } from './pdf-page.ts'
import { embedPicture } from './pdf-picture.ts'
import { TagTree } from './pdf-tags.ts'
import { srgbProfile } from './srgb-profile.ts'

/** What the file says about itself. */
export interface PdfInfo {
  readonly title: string
  /** Issuing organ, shown as the author. */
  readonly author?: string
  /** UTC milliseconds; the same layout and date give the same bytes. */
  readonly creationDate: number
}

const producer = 'Xiewen'

/** Renders a layout.
 *
 * @param fonts the faces whose metrics laid it out; `layout.fingerprint` must be theirs
 * @param pictures bytes of the figures by digest; one that is absent or cannot be read is drawn as a crossed box
 * @returns a PDF 1.7 file with a classic cross-reference table, so that seals can be added as increments
 * @throws Error when the faces are not those of the layout: the page would not be what was approved
 */
export function renderPdf(layout: Layout, fonts: Fonts, info: PdfInfo, pictures: Pictures = new Map()): Uint8Array {
  if (layout.fingerprint !== fonts.metrics.fingerprint) throw new Error('the layout was made with other fonts')
  const file = new PdfFile()
  const scene: PageScene = {
    fonts,
    faces: embedFaces(file, layout, fonts),
    pictures: embedPictures(file, layout, pictures),
    revisers: revisersOf(layout),
    tags: new TagTree(layout),
  }
  const tree = file.reserve()
  const pages = layout.pages.map((page, index) => {
    const content = pageContent(page, index, scene)
    const stream = file.addStream(Buffer.from(content.operators, 'latin1'), '')
    const fontDict = content.fonts.map(({ name, font }) => `/${name} ${font.ref}`).join(' ')
    const images = content.pictures.map(({ name, ref }) => `/${name} ${ref}`).join(' ')
    const box = `[0 0 ${num(page.widthMm * ptPerMm)} ${num(page.heightMm * ptPerMm)}]`
    return file.add(
      `<< /Type /Page /Parent ${tree} /MediaBox ${box} /Resources << /Font << ${fontDict} >>${images === '' ? '' : ` /XObject << ${images} >>`} >> /Contents ${stream} /StructParents ${index} /Tabs /S >>`,
    )
  })
  file.put(tree, `<< /Type /Pages /Kids [${pages.join(' ')}] /Count ${pages.length} >>`)
  const root = file.add(catalog(file, { tree, structure: scene.tags.write(file, pages), info }))
  return file.finish({ root, info: file.add(infoDictionary(info)) })
}

/** Embeds each face once with all signs it draws, in order of first appearance. */
function embedFaces(file: PdfFile, layout: Layout, fonts: Fonts): ReadonlyMap<string, EmbeddedFace> {
  const signs = new Map<string, { readonly face: FontFace; readonly codePoints: Set<number> }>()
  for (const item of layout.pages.flatMap((page) => page.items)) {
    if (item.kind !== 'text') continue
    for (const { face, codePoints } of segmentsOf(item, fonts)) {
      if (!face) continue
      const entry = signs.get(face.id) ?? { face, codePoints: new Set<number>() }
      for (const codePoint of codePoints) entry.codePoints.add(codePoint)
      signs.set(face.id, entry)
    }
  }
  return new Map([...signs].map(([id, { face, codePoints }], index) => [id, { name: `F${index + 1}`, font: embedFont(file, face, codePoints) }]))
}

function embedPictures(file: PdfFile, layout: Layout, pictures: Pictures): PageScene['pictures'] {
  const embedded = new Map<string, { readonly name: string; readonly ref: PdfRef }>()
  for (const item of layout.pages.flatMap((page) => page.items)) {
    const bytes = item.kind === 'image' && !embedded.has(item.digest) ? pictures.get(item.digest) : undefined
    const ref = bytes ? embedPicture(file, bytes) : null
    if (item.kind === 'image' && ref) embedded.set(item.digest, { name: `I${embedded.size + 1}`, ref })
  }
  return embedded
}

/** The catalog with what an archive asks for: metadata, the meaning of the colours, structure, language. */
function catalog(file: PdfFile, given: { readonly tree: PdfRef; readonly structure: PdfRef; readonly info: PdfInfo }): string {
  const packet = file.addStream(Buffer.from(metadataPacket(given.info, producer), 'utf8'), '/Type /Metadata /Subtype /XML', true)
  const profile = file.addStream(srgbProfile(), '/N 3')
  const intent = `<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /DestOutputProfile ${profile} >>`
  return `<< /Type /Catalog /Pages ${given.tree} /Metadata ${packet} /OutputIntents [${intent}] /StructTreeRoot ${given.structure} /MarkInfo << /Marked true >> /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> >>`
}

function infoDictionary(info: PdfInfo): string {
  const date = pdfDate(info.creationDate)
  const author = info.author === undefined ? '' : ` /Author ${pdfText(info.author)}`
  return `<< /Title ${pdfText(info.title)}${author} /Producer ${pdfText(producer)} /Creator ${pdfText(producer)} /CreationDate ${date} /ModDate ${date} >>`
}

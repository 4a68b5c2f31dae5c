/** Writes a document as a Word file (DOCX) whose lines stand where our own layout has them: GB/T 9704 page, exact distances, the
 * faces offices have. Source: ECMA-376; GB/T 33476.2-2016 6.2 for margins */
import { type FontMetrics, type Layout, type OfficialDocument, tableEdges } from '@xiewen/shared/documents'
import { packZip, type ZipEntry } from '../../../platform/zip/pack-zip.ts'
import { xmlPart, xmlText } from '../xml-text.ts'
import { blocksXml, type BlockWriter, type Cursor } from './blocks.ts'
import { commentsExtendedPart, commentsPart, CommentWriter, markRuns, type WordThread } from './comments.ts'
import { footerMm, headXml, imprintXml, letterFooterXml, pageNumberXml } from './head.ts'
import { faces, margins, paragraphXml, runXml, twips } from './look.ts'
import { drawingXml, type Picture } from './pictures.ts'
import { blockPlaces, picturePlaces, type Place, tableSides } from './places.ts'
import type { ChangeMaker } from './runs.ts'

/** What goes into a Word file beside the document itself. */
export interface DocxExtras {
  readonly title: string
  readonly author: string
  /** Bytes of figures by digest; a figure whose bytes are missing keeps its caption only. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
  /** The faces the layout was made with: columns of tables are as wide as it has them. */
  readonly metrics: FontMetrics
  /** Makers of the pending revisions, which then stay revisions in Word; null writes the clean text (清稿). */
  readonly makers: ReadonlyMap<string, ChangeMaker> | null
  /** Comment threads (批注); none in a clean text, which goes out of the house. */
  readonly threads: readonly WordThread[]
}

const names = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
].join(' ')
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const relationType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The bytes of the Word file. */
export function writeDocx(given: OfficialDocument, layout: Layout, extras: DocxExtras): Uint8Array {
  const { threads } = extras
  const { document, marks } = markRuns(given, threads)
  const comments = threads.length === 0 ? null : new CommentWriter(threads, marks)
  const pictures: Picture[] = []
  const isLetter = document.elements.format === 'letter'
  const cursor: Cursor = { page: 0, y: margins.topMm }
  const places = blockPlaces(layout)
  const head = headXml(layout, document.elements, cursor)
  const writer: BlockWriter = {
    document, places, cursor, footnotes: [], makers: extras.makers, marks: 0, comments, pitch: pitchOf(places), picturePlaces: picturePlaces(layout),
    pictures: (block, size) => drawingXml(block, { bytesOf: extras.pictures, found: pictures, size }),
    edgesOf: (table) => tableEdges(table, extras.metrics),
    sidesOf: (place) => tableSides(layout, place),
    sections: { upright: sectionXml(isLetter), across: acrossSection },
  }
  const written = blocksXml(writer)
  const body = comments === null ? written : comments.placeRest(written)
  const moved = layout.findings.some((finding) => finding.code === 'layout.recipients-moved')
  const imprint = imprintXml(document, moved, Math.max(0, layout.pages.length - 1 - cursor.page))
  const main = `<w:document ${names}><w:body>${head}${body}${imprint}${sectionXml(isLetter)}</w:body></w:document>`
  const parts: readonly ZipEntry[] = [
    { name: '[Content_Types].xml', bytes: contentTypes(pictures, threads.length > 0) },
    { name: '_rels/.rels', bytes: relations([['rId1', `${relationType}/officeDocument`, 'word/document.xml'], ['rId2', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', 'docProps/core.xml']]) },
    { name: 'docProps/core.xml', bytes: coreProperties(extras) },
    { name: 'word/document.xml', bytes: xmlPart(main) },
    { name: 'word/_rels/document.xml.rels', bytes: relations([...sides.map((side) => [`r-${side}`, `${relationType}/${side.replace(/-.*/, '')}`, `${side}.xml`] as const), ...pictures.map((picture) => [picture.relation, `${relationType}/image`, picture.target] as const), ...(threads.length > 0 ? commentRelations : [])]) },
    { name: 'word/styles.xml', bytes: stylesPart() },
    { name: 'word/settings.xml', bytes: settingsPart() },
    { name: 'word/fontTable.xml', bytes: fontsPart() },
    { name: 'word/footer-odd.xml', bytes: footer(pageNumberXml('odd')) },
    { name: 'word/footer-even.xml', bytes: footer(pageNumberXml('even')) },
    { name: 'word/footer-first.xml', bytes: footer(letterFooterXml()) },
    { name: 'word/footnotes.xml', bytes: footnotesPart(writer.footnotes) },
    ...(threads.length > 0 ? [{ name: 'word/comments.xml', bytes: commentsPart(threads) }, { name: 'word/commentsExtended.xml', bytes: commentsExtendedPart(threads) }] : []),
    ...pictures.map((picture) => ({ name: `word/${picture.target}`, bytes: picture.bytes })),
  ]
  return packZip(parts, { packing: 'deflated' })
}

const commentRelations = [
  ['r-comments', `${relationType}/comments`, 'comments.xml'],
  ['r-comments-extended', 'http://schemas.microsoft.com/office/2011/relationships/commentsExtended', 'commentsExtended.xml'],
] as const

const sides = ['styles', 'settings', 'fontTable', 'footer-odd', 'footer-even', 'footer-first', 'footnotes'] as const

/** From line to line of body text: what most lines of the layout have. */
function pitchOf(places: ReadonlyMap<number, Place>): number {
  const counts = new Map<number, number>()
  for (const place of places.values()) {
    if (place.pitch === 0 || place.sizePt !== 16) continue
    const pitch = Math.round(place.pitch * 1000) / 1000
    counts.set(pitch, (counts.get(pitch) ?? 0) + place.lines.length)
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most?.[0] ?? 10.45
}

function sectionXml(isLetter: boolean): string {
  const footers = `<w:footerReference w:type="default" r:id="r-footer-odd"/><w:footerReference w:type="even" r:id="r-footer-even"/><w:footerReference w:type="first" r:id="r-footer-first"/>`
  const page = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="${twips(margins.topMm)}" w:right="${twips(margins.rightMm)}" w:bottom="${twips(margins.bottomMm)}" w:left="${twips(margins.leftMm)}" w:header="850" w:footer="${twips(footerMm)}" w:gutter="0"/>`
  return `<w:sectPr>${footers}${page}${isLetter ? '<w:titlePg/>' : ''}</w:sectPr>`
}

/** A page that lies across: its top is what is the left edge of an upright one, the binding edge. Source: GB/T 9704-2012 8 */
const acrossSection = `<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="${twips(margins.leftMm)}" w:right="${twips(37)}" w:bottom="${twips(margins.rightMm)}" w:left="${twips(35)}" w:header="850" w:footer="${twips(14)}" w:gutter="0"/></w:sectPr>`

function footer(inside: string): Uint8Array {
  return xmlPart(`<w:ftr ${names}>${inside}</w:ftr>`)
}

function relations(list: readonly (readonly [id: string, type: string, target: string])[]): Uint8Array {
  const inside = list.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`).join('')
  return xmlPart(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`)
}

function contentTypes(pictures: readonly Picture[], hasComments: boolean): Uint8Array {
  const parts = [
    ['word/document.xml', `${wordType}.document.main+xml`], ['word/styles.xml', `${wordType}.styles+xml`], ['word/settings.xml', `${wordType}.settings+xml`],
    ['word/fontTable.xml', `${wordType}.fontTable+xml`], ['word/footer-odd.xml', `${wordType}.footer+xml`], ['word/footer-even.xml', `${wordType}.footer+xml`],
    ['word/footer-first.xml', `${wordType}.footer+xml`], ['word/footnotes.xml', `${wordType}.footnotes+xml`], ['docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ...(hasComments ? [['word/comments.xml', `${wordType}.comments+xml`] as const, ['word/commentsExtended.xml', `${wordType}.commentsExtended+xml`] as const] : []),
  ] as const
  const overrides = parts.map(([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`).join('')
  const images = [...new Set(pictures.map((picture) => picture.target.split('.').at(-1) ?? 'png'))].map((extension) => `<Default Extension="${extension}" ContentType="image/${extension}"/>`).join('')
  return xmlPart(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${images}${overrides}</Types>`)
}

function coreProperties({ title, author }: DocxExtras): Uint8Array {
  return xmlPart(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(title)}</dc:title><dc:creator>${xmlText(author)}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>`)
}

function stylesPart(): Uint8Array {
  const face = faces.fangsong
  const fonts = `<w:rFonts w:ascii="${face}" w:hAnsi="${face}" w:eastAsia="${face}" w:cs="${face}"/>`
  return xmlPart(`<w:styles ${names}><w:docDefaults><w:rPrDefault><w:rPr>${fonts}<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="caption"><w:name w:val="caption"/><w:basedOn w:val="a"/></w:style></w:styles>`)
}

function settingsPart(): Uint8Array {
  return xmlPart(`<w:settings ${names}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`)
}

/** Where a face is missing, Word takes the one of the other name: Windows has 仿宋 and 楷体, not the older ones. */
const otherNames: Readonly<Record<string, string>> = { [faces.fangsong]: '仿宋', [faces.kaiti]: '楷体', [faces.xiaobiaosong]: '方正小标宋_GBK', [faces.heiti]: 'SimHei', [faces.songti]: 'SimSun' }

function fontsPart(): Uint8Array {
  const fonts = Object.entries(otherNames).map(([name, other]) => `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:charset w:val="86"/></w:font>`)
  return xmlPart(`<w:fonts ${names}>${fonts.join('')}</w:fonts>`)
}

function footnotesPart(texts: readonly string[]): Uint8Array {
  const rule = (id: number, type: string, mark: string): string => `<w:footnote w:type="${type}" w:id="${id}"><w:p><w:r><w:${mark}/></w:r></w:p></w:footnote>`
  const notes = texts.map((text, index) => `<w:footnote w:id="${index + 2}">${paragraphXml(`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>${runXml(text, { role: 'fangsong', sizePt: 10.5 })}`, { pitchMm: 5 })}</w:footnote>`)
  return xmlPart(`<w:footnotes ${names}>${rule(0, 'separator', 'separator')}${rule(1, 'continuationSeparator', 'continuationSeparator')}${notes.join('')}</w:footnotes>`)
}

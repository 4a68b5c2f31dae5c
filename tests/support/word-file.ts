/** Makes Word files for tests: whole ones as Word, WPS and LibreOffice write them, and hostile ones no program would write. Its
 * ZIP writer is not the product's, so that one cannot hide the other's mistakes. */
import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive; `declaredBytes` lies about its size. */
export interface Part {
  readonly name: string
  readonly bytes: string | Uint8Array
  readonly declaredBytes?: number
  readonly isEncrypted?: boolean
}

/** Packs parts into a ZIP. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const bytes = typeof part.bytes === 'string' ? Buffer.from(part.bytes) : Buffer.from(part.bytes)
    const packed = deflateRawSync(bytes)
    const name = Buffer.from(part.name)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(part.isEncrypted ? 1 : 0x0800, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(bytes), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(part.declaredBytes ?? bytes.length, 18)
    head.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, name, packed])
    const entry = Buffer.alloc(14)
    entry.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), head, entry, name]))
    locals.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, listed, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}

const wordNames = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:o="urn:schemas-microsoft-com:office:office"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
].join(' ')
const officeType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** What a Word file is made of; every part is the inside of its root element. */
export interface WordFile {
  readonly body: string
  readonly styles?: string
  readonly numbering?: string
  readonly footnotes?: string
  readonly comments?: string
  /** Inside of commentsExtended: who answers whom, what is settled. */
  readonly answers?: string
  readonly header?: string
  /** Further relations of the document: type and outside target. */
  readonly outside?: readonly (readonly [type: string, target: string])[]
  readonly more?: readonly Part[]
  /** Pictures by the id of their relation, `rImg0` onwards. */
  readonly pictures?: readonly (string | Uint8Array)[]
  /** Inside of the last section's properties. */
  readonly section?: string
  /** The whole main part, instead of `body`. */
  readonly rawMain?: string
}

/** The bytes of a Word file. */
export function wordFile(file: WordFile): Buffer {
  const sides = [
    ['styles', file.styles],
    ['numbering', file.numbering],
    ['footnotes', file.footnotes],
    ['comments', file.comments],
    ['header', file.header],
  ] as const
  const rootNames = { styles: 'styles', numbering: 'numbering', footnotes: 'footnotes', comments: 'comments', header: 'hdr' } as const
  const present = sides.flatMap(([type, inside]) => (inside === undefined ? [] : [{ type, inside }]))
  const relations = [
    ...present.map(({ type }, index) => `<Relationship Id="rId${index + 1}" Type="${officeType}/${type}" Target="${type}.xml"/>`),
    ...(file.answers === undefined ? [] : ['<Relationship Id="rAnswers" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/>']),
    ...(file.outside ?? []).map(([type, target], index) => `<Relationship Id="rOut${index}" Type="${officeType}/${type}" Target="${target}" TargetMode="External"/>`),
    ...(file.pictures ?? []).map((_bytes, index) => `<Relationship Id="rImg${index}" Type="${officeType}/image" Target="media/image${index}.png"/>`),
  ]
  const xml = (inside: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${inside}`
  const relationsFile = (inside: string): string => xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`)
  return zipOf([
    { name: '[Content_Types].xml', bytes: xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>') },
    { name: '_rels/.rels', bytes: relationsFile(`<Relationship Id="rId1" Type="${officeType}/officeDocument" Target="word/document.xml"/>`) },
    { name: 'word/document.xml', bytes: file.rawMain ?? xml(`<w:document ${wordNames}><w:body>${file.body}<w:sectPr>${file.section ?? ''}</w:sectPr></w:body></w:document>`) },
    { name: 'word/_rels/document.xml.rels', bytes: relationsFile(relations.join('')) },
    ...present.map(({ type, inside }) => ({ name: `word/${type}.xml`, bytes: xml(`<w:${rootNames[type]} ${wordNames}>${inside}</w:${rootNames[type]}>`) })),
    ...(file.pictures ?? []).map((bytes, index) => ({ name: `word/media/image${index}.png`, bytes })),
    ...(file.answers === undefined ? [] : [{ name: 'word/commentsExtended.xml', bytes: xml(`<w15:commentsEx ${wordNames}>${file.answers}</w15:commentsEx>`) }]),
    ...(file.more ?? []),
  ])
}

/** A run with a picture; `look` places it. */
export function picture(relation: string, look: { readonly name?: string; readonly widthMm?: number; readonly floats?: boolean; readonly crop?: string } = {}): string {
  const { name = '图', widthMm = 80, floats = false, crop = '' } = look
  const inside = `<wp:extent cx="${Math.round(widthMm * 36_000)}" cy="1800000"/>${floats ? '<wp:wrapNone/>' : ''}<wp:docPr id="1" name="${name}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="${relation}"/>${crop}</pic:blipFill></pic:pic></a:graphicData></a:graphic>`
  return `<w:r><w:drawing>${floats ? `<wp:anchor>${inside}</wp:anchor>` : `<wp:inline>${inside}</wp:inline>`}</w:drawing></w:r>`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A run; `look` is the inside of its properties. */
export function run(text: string, look = ''): string {
  return `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
}

/** A paragraph of text or of ready runs; `look` is the inside of its properties. */
export function para(content: string, look = ''): string {
  return `<w:p><w:pPr>${look}</w:pPr>${content.startsWith('<') ? content : run(content)}</w:p>`
}

/** A table of cells given as ready paragraphs or as text. */
export function table(rows: readonly (readonly string[])[], rowLook: (index: number) => string = () => ''): string {
  const cell = (content: string): string => (content.startsWith('<w:tc>') ? content : `<w:tc>${content.startsWith('<') ? content : para(content)}</w:tc>`)
  return `<w:tbl><w:tblPr/>${rows.map((row, index) => `<w:tr><w:trPr>${rowLook(index)}</w:trPr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`
}

/** A multi-level list as Word numbers official documents automatically: 一、（一）1.（1）. */
export const gongwenNumbering = `<w:abstractNum w:abstractNumId="0">${[
  ['chineseCountingThousand', '%1、'],
  ['chineseCountingThousand', '（%2）'],
  ['decimal', '%3.'],
  ['decimal', '（%4）'],
]
  .map(([format, text], level) => `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`)
  .join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`

/** A numbered paragraph of that list. */
export function numbered(level: number, text: string): string {
  return para(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`)
}

/** What PDF/A-2b and a tagged PDF ask for, checked clause by clause on our own files: no validator is at hand, so these are our
 * own readings of ISO 19005-2 and ISO 32000-1, beside what qpdf and poppler say. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Block, layoutDocument, type OfficialDocument } from '@xiewen/shared/documents'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureDebianPackage } from '../../../../../tests/support/debian-packages.ts'
import { pngFile } from '../../../../../tests/support/picture-file.ts'
import { readPdfObjects } from '../../../../../tests/support/read-pages.ts'
import { formatSamples } from '../../../../../tests/support/sample-documents.ts'
import { type Fonts, loadFonts, sharedFontCache } from '../../../platform/fonts/index.ts'
import { renderPdf } from './pdf.ts'

let fonts: Fonts
let bytes: Buffer
let file: string
const info = { title: '云州市人民政府办公室关于进一步做好2026年政务公开工作的通知', author: '云州市人民政府办公室', creationDate: Date.UTC(2026, 7, 1, 9, 30) }

function sample(name: string): OfficialDocument {
  const found = formatSamples()[name]
  if (!found) throw new Error(`no sample ${name}`)
  return found
}

function render(document: OfficialDocument): Buffer {
  return Buffer.from(renderPdf(layoutDocument(document, fonts.metrics), fonts, info))
}

beforeAll(async () => {
  await ensureDebianPackage('qpdf', '/usr/bin/qpdf')
  await ensureDebianPackage('poppler-utils', '/usr/bin/pdfinfo')
  fonts = await loadFonts({ dataDir: sharedFontCache() })
  bytes = render(sample('down'))
  file = join(mkdtempSync(join(tmpdir(), 'xiewen-archive-')), 'out.pdf')
  writeFileSync(file, bytes)
}, 60_000)

test('qpdf finds nothing wrong and poppler reads it as a tagged file', () => {
  expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors')
  const said = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
  expect(said).toMatch(/Tagged:\s+yes/u)
  expect(said).toContain(info.title)
  expect(said).toMatch(/Encrypted:\s+no/u)
})

test('6.1.2, 6.1.3: a binary comment follows the header, the trailer has an identifier and no encryption', () => {
  expect(bytes.subarray(0, 9).toString('latin1')).toBe('%PDF-1.7\n')
  expect([...bytes.subarray(9, 14)].slice(1).every((byte) => byte > 127)).toBe(true)
  const trailer = bytes.toString('latin1').slice(bytes.lastIndexOf('trailer'))
  expect(trailer).toMatch(/\/ID \[<[0-9A-F]{32}> <[0-9A-F]{32}>\]/u)
  expect(trailer).not.toContain('/Encrypt')
})

test('6.2.3: the output intent holds an ICC profile of three colours, and every colour is DeviceRGB', () => {
  const objects = readPdfObjects(bytes)
  const root = objects.all.find(({ dict }) => dict.includes('/Type /Catalog'))?.dict ?? ''
  const profile = objects.get(/\/S \/GTS_PDFA1 .*\/DestOutputProfile (\d+ 0 R)/u.exec(root)?.[1])
  expect(profile?.dict).toContain('/N 3')
  expect(profile?.stream?.toString('latin1', 36, 40)).toBe('acsp')
  expect(profile?.stream?.readUInt32BE(0)).toBe(profile?.stream?.length)
  for (const { dict, stream } of objects.all) if (dict.includes('/Length') && stream?.includes('BT ')) expect(stream.toString('latin1')).not.toMatch(/\s(?:k|K|cs|CS|gs|sh)\s/u)
})

test('6.2.10: nothing is transparent', () => {
  for (const { dict } of readPdfObjects(bytes).all) expect(dict).not.toMatch(/\/SMask|\/Group|\/ExtGState|\/BM\b|\/ca\b/u)
})

test('6.2.11: every font is embedded, has its widths and says what its codes mean', () => {
  const { all } = readPdfObjects(bytes)
  const fontsThere = all.filter(({ dict }) => dict.includes('/Subtype /Type0'))
  const descriptors = all.filter(({ dict }) => dict.includes('/Type /FontDescriptor'))
  expect(fontsThere.length).toBeGreaterThan(3)
  expect(descriptors).toHaveLength(fontsThere.length)
  expect(fontsThere.every(({ dict }) => dict.includes('/ToUnicode') && dict.includes('/Encoding /Identity-H'))).toBe(true)
  expect(descriptors.every(({ dict }) => /\/FontFile[23] \d+ 0 R/u.test(dict) && /\/FontName \/[A-Z]{6}\+/u.test(dict))).toBe(true)
  for (const { dict } of all) if (dict.includes('/CIDFontType2')) expect(dict).toContain('/CIDToGIDMap /Identity')
})

test('6.6.2, 6.6.4: the metadata can be read without unpacking, says PDF/A-2b and agrees with the Info dictionary', () => {
  const { all } = readPdfObjects(bytes)
  const packet = all.find(({ dict }) => dict.includes('/Type /Metadata'))
  const xml = packet?.stream?.toString('utf8') ?? ''
  expect(packet?.dict).not.toContain('/Filter')
  expect(xml).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')
  expect(xml).toContain(`<rdf:li xml:lang="x-default">${info.title}</rdf:li>`)
  expect(xml).toContain('<xmp:CreateDate>2026-08-01T09:30:00Z</xmp:CreateDate>')
  expect(bytes.toString('latin1')).toContain('/CreationDate (D:20260801093000Z)')
})

test('the structure has the title, headings, paragraphs and the cells of tables, in Chinese', () => {
  const { all } = readPdfObjects(bytes)
  const types = all.flatMap(({ dict }) => /\/Type \/StructElem \/S \/(\w+)/u.exec(dict)?.[1] ?? [])
  expect(types[0]).toBe('Document')
  expect(types.filter((type) => type === 'H1')).toHaveLength(3)
  expect(types).toEqual(expect.arrayContaining(['H2', 'H3', 'H4', 'H5', 'P', 'Table', 'TR', 'TH', 'TD']))
  expect(types.filter((type) => type === 'TH').length).toBeGreaterThan(3)
  const root = all.find(({ dict }) => dict.includes('/Type /Catalog'))?.dict ?? ''
  expect(root).toContain('/Lang (zh-CN)')
  expect(root).toContain('/MarkInfo << /Marked true >>')
})

describe('the structure of a regulation', () => {
  const line = (kind: 'title' | 'chapter' | 'section' | 'article' | 'paragraph', text: string): Block => ({ kind, runs: [{ text }] })
  const regulation = (...blocks: readonly Block[]): OfficialDocument => ({ ...sample('down'), blocks: [line('title', '云州市公共数据管理办法'), ...blocks] })
  /** Types of the elements that have marks of their own, in the order of the tree. */
  const typesOf = (document: OfficialDocument, pictures: ReadonlyMap<string, Uint8Array> = new Map()): readonly string[] =>
    readPdfObjects(Buffer.from(renderPdf(layoutDocument(document, fonts.metrics), fonts, info, pictures))).all.flatMap(({ dict }) => /\/Type \/StructElem \/S \/(\w+)/u.exec(dict)?.[1] ?? [])
  const count = (types: readonly string[], type: string): number => types.filter((each) => each === type).length

  test('has 章, 节 and the labels of 条 as headings, one level below the other', () => {
    const types = typesOf(regulation(line('chapter', '总则'), line('section', '一般规定'), line('article', '为规范管理，制定本办法。'), line('article', '本办法适用于本市。'), line('chapter', '附则'), line('article', '本办法自公布之日起施行。')))
    expect(['H1', 'H2', 'H3', 'H4'].map((type) => count(types, type))).toEqual([1, 2, 1, 3])
  })

  test('leaves no level out where it has no 章 or no 节', () => {
    const flat = typesOf(regulation(line('article', '为规范管理，制定本办法。'), line('article', '本办法适用于本市。')))
    expect(['H1', 'H2', 'H3'].map((type) => count(flat, type))).toEqual([1, 2, 0])
    const chaptered = typesOf(regulation(line('chapter', '总则'), line('article', '为规范管理，制定本办法。')))
    expect(['H1', 'H2', 'H3', 'H4'].map((type) => count(chaptered, type))).toEqual([1, 1, 1, 0])
  })

  test('the caption of a figure stands in the figure’s own element', () => {
    const image = { digest: 'ab'.repeat(32), widthPx: 60, heightPx: 30, widthMm: 100 }
    const bytesOf = new Map([[image.digest, new Uint8Array(pngFile({ widthPx: 60, heightPx: 30 }))]])
    const { all } = readPdfObjects(Buffer.from(renderPdf(layoutDocument(regulation(line('paragraph', '见图。'), { kind: 'figure', image, runs: [{ text: '图1 流程' }] }), fonts.metrics), fonts, info, bytesOf)))
    const figure = all.find(({ dict }) => dict.includes('/S /Figure'))?.dict ?? ''
    const caption = all.find(({ dict }) => dict.includes('/S /Caption'))
    expect(caption?.dict).toContain('/MCID')
    // Beside the marks of its own picture the figure has one child.
    expect(figure.replaceAll(/<< \/Type \/MCR[^>]*>>/gu, '')).toMatch(/\/K \[\s*\d+ 0 R\s*\]/u)
  })
})

test('all that is drawn is marked, and every mark is found from its page', () => {
  const objects = readPdfObjects(bytes)
  const tree = objects.all.find(({ dict }) => dict.startsWith('<< /Nums'))?.dict ?? ''
  const parents = [...tree.matchAll(/\d+ \[([^\]]*)\]/gu)].map(([, list = '']) => (list.match(/\d+ 0 R/gu) ?? []).length)
  const pages = objects.all.filter(({ dict }) => dict.includes('/Type /Page /'))
  expect(parents).toHaveLength(pages.length)
  for (const { dict } of pages) {
    const content = objects.get(/\/Contents (\d+ 0 R)/u.exec(dict)?.[1])?.stream?.toString('latin1') ?? ''
    const outside = content.replaceAll(/(?:\/Artifact BMC|\/\w+ << \/MCID \d+ >> BDC)\n.*?\nEMC/gsu, '').trim()
    expect(outside).toBe('')
    expect((content.match(/\/MCID /gu) ?? []).length).toBe(parents[Number(/\/StructParents (\d+)/u.exec(dict)?.[1])])
  }
})

test('poppler extracts the text in reading order, numbers of headings with their headings', () => {
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/gu, '')
  expect(text).toContain('一、提高思想认识')
  expect(text).toContain('附件：1.2026年政务公开重点任务分工方案')
  expect(text.indexOf('云州市人民政府办公室文件')).toBeLessThan(text.indexOf('各县（市、区）人民政府'))
})

test('ten pages take at most 250 kB', { timeout: 60_000 }, () => {
  const { elements, blocks } = sample('down')
  const paragraphs = Array.from({ length: 36 }, () => blocks.filter((block) => block.kind === 'paragraph')).flat()
  const layout = layoutDocument({ version: 1, elements, blocks: [...blocks.slice(0, 2), ...paragraphs] }, fonts.metrics)
  expect(layout.pages.length).toBeGreaterThanOrEqual(10)
  expect(renderPdf(layout, fonts, info).length).toBeLessThan(250_000)
})

test('the same layout gives the same bytes', { timeout: 60_000 }, () => {
  expect(render(sample('down')).equals(bytes)).toBe(true)
})

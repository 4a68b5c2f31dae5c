/** What PDF/A-2b and a tagged PDF ask for, checked clause by clause on our own files: no validator is at hand, so these are our
 * own readings of ISO 19005-2 and ISO 32000-1, beside what qpdf and poppler say. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layoutDocument, type OfficialDocument } from '@xiewen/shared/documents'
import { beforeAll, expect, test } from 'vitest'
import { ensureDebianPackage } from '../../../../../tests/support/debian-packages.ts'
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

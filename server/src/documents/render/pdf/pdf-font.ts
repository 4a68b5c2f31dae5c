/** Embedding a face into a PDF: a Type 0 font, Identity-H, with its own widths and ToUnicode, cut to the signs in use.
 * Source: ISO 32000-1 9.7 */
import { createHash } from 'node:crypto'
import type { FontFace } from '../../../platform/fonts/index.ts'
import { cutFace, readFace, readTables } from '../../../platform/fonts/index.ts'
import { readCidCharset } from './cff-charset.ts'
import { hex4, type PdfFile, type PdfRef } from './pdf-file.ts'

/** An embedded face. */
export interface EmbeddedFont {
  readonly ref: PdfRef
  /** Four hexadecimal digits that name a sign in page text. */
  code(codePoint: number): string
  /** Advance in thousandths of an em, as the PDF's own width table says. */
  width(codePoint: number): number
}

/** Embeds a face with the given signs; equal signs give equal objects. */
export function embedFont(file: PdfFile, face: FontFace, codePoints: ReadonlySet<number>): EmbeddedFont {
  const sorted = [...codePoints].sort((a, b) => a - b)
  const bytes = cutFace(face, sorted)
  const sfnt = readFace(bytes)
  const cff = sfnt.isCff ? tableOf(bytes, 'CFF ') : null
  const cids = cff ? readCidCharset(cff, sfnt.glyphCount) : null
  const codeOf = (glyph: number): number => cids?.[glyph] ?? glyph
  const widthOf = (glyph: number): number => Math.round(sfnt.advanceOf(glyph) * 1000)
  const name = `${subsetTag(face, sorted)}+${postScriptName(face)}`
  const program = cff ? file.addStream(cff, '/Subtype /CIDFontType0C') : file.addStream(bytes, `/Length1 ${bytes.length}`)
  const descriptor = describeFace(file, sfnt, { name, program: `${cff ? '/FontFile3' : '/FontFile2'} ${program}` })
  const widths = sorted.map((each) => sfnt.glyphOf(each)).map((glyph) => ({ code: codeOf(glyph), width: widthOf(glyph) }))
  const subtype = cff ? '/CIDFontType0' : '/CIDFontType2 /CIDToGIDMap /Identity'
  const descendant = file.add(
    `<< /Type /Font /Subtype ${subtype} /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} /DW 1000 /W [${widthArray(widths)}] >>`,
  )
  const toUnicode = file.addStream(Buffer.from(unicodeMap(sorted.map((each) => [codeOf(sfnt.glyphOf(each)), each])), 'latin1'), '')
  const ref = file.add(`<< /Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant}] /ToUnicode ${toUnicode} >>`)
  return { ref, code: (codePoint) => hex4(codeOf(sfnt.glyphOf(codePoint))), width: (codePoint) => widthOf(sfnt.glyphOf(codePoint)) }
}

function describeFace(file: PdfFile, sfnt: FontFace['sfnt'], given: { readonly name: string; readonly program: string }): PdfRef {
  const perMille = (units: number): number => Math.round((units * 1000) / sfnt.unitsPerEm)
  const box = sfnt.box.map(perMille).join(' ')
  const [ascent, descent] = [perMille(sfnt.ascender), perMille(sfnt.descender)]
  return file.add(
    `<< /Type /FontDescriptor /FontName /${given.name} /Flags 4 /FontBBox [${box}] /ItalicAngle 0 /Ascent ${ascent} /Descent ${descent} /CapHeight ${ascent} /StemV 80 ${given.program} >>`,
  )
}

function tableOf(bytes: Uint8Array, tag: string): Uint8Array | null {
  const found = readTables(bytes).get(tag)
  return found ? bytes.subarray(found.offset, found.offset + found.length) : null
}

/** Widths that differ from a full em, ascending by code. */
function widthArray(widths: readonly { readonly code: number; readonly width: number }[]): string {
  const seen = new Map(widths.filter((each) => each.width !== 1000).map((each) => [each.code, each.width]))
  return [...seen].sort((a, b) => a[0] - b[0]).map(([code, width]) => `${code} [${width}]`).join(' ')
}

/** Six capitals that differ when the signs differ. Source: ISO 32000-1 9.6.4 */
function subsetTag(face: FontFace, codePoints: readonly number[]): string {
  const digest = createHash('sha256').update(face.sha256).update(codePoints.join(' ')).digest()
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('')
}

function postScriptName(face: FontFace): string {
  return face.sfnt.family.replace(/[^A-Za-z0-9-]/gu, '') || 'Face'
}

/** A ToUnicode map. Two code points may share a glyph: the first stands. */
function unicodeMap(pairs: readonly (readonly [number, number])[]): string {
  const byCode = new Map<number, number>()
  for (const [code, codePoint] of pairs) if (!byCode.has(code)) byCode.set(code, codePoint)
  const rows = [...byCode].sort((a, b) => a[0] - b[0]).map(([code, codePoint]) => `<${hex4(code)}> <${utf16(codePoint)}>`)
  const blocks: string[] = []
  for (let at = 0; at < rows.length; at += 100) {
    const part = rows.slice(at, at + 100)
    blocks.push(`${part.length} beginbfchar\n${part.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}

function utf16(codePoint: number): string {
  const text = String.fromCodePoint(codePoint)
  return Array.from({ length: text.length }, (_each, index) => hex4(text.charCodeAt(index))).join('')
}

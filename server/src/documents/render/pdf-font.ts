/** Embedding a face into a PDF: a Type 0 font, Identity-H, with its own widths and ToUnicode, cut to the signs in use.
 * Source: ISO 32000-1 9.7 */
import { createHash } from 'node:crypto'
import type { PDFContext, PDFRef } from 'pdf-lib'
import { PDFString } from 'pdf-lib'
import type { FontFace } from '../../platform/fonts/index.ts'
import { cutFace, readFace, readTables } from '../../platform/fonts/index.ts'
import { readCidCharset } from './cff-charset.ts'

/** An embedded face. */
export interface EmbeddedFont {
  readonly ref: PDFRef
  /** Four hexadecimal digits that name a sign in page text. */
  code(codePoint: number): string
  /** Advance in thousandths of an em, as the PDF's own width table says. */
  width(codePoint: number): number
}

/** Embeds a face with the given signs; equal signs give equal objects. */
export function embedFont(context: PDFContext, face: FontFace, codePoints: ReadonlySet<number>): EmbeddedFont {
  const sorted = [...codePoints].sort((a, b) => a - b)
  const bytes = cutFace(face, sorted)
  const sfnt = readFace(bytes)
  const cff = sfnt.isCff ? tableOf(bytes, 'CFF ') : null
  const cids = cff ? readCidCharset(cff, sfnt.glyphCount) : null
  const codeOf = (glyph: number): number => cids?.[glyph] ?? glyph
  const perMille = (units: number): number => Math.round((units * 1000) / sfnt.unitsPerEm)
  const name = `${subsetTag(face, sorted)}+${postScriptName(face)}`
  const file = context.register(
    cff ? context.flateStream(cff, { Subtype: 'CIDFontType0C' }) : context.flateStream(bytes, { Length1: bytes.length }),
  )
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: sfnt.box.map(perMille),
      ItalicAngle: 0,
      Ascent: perMille(sfnt.ascender),
      Descent: perMille(sfnt.descender),
      CapHeight: perMille(sfnt.ascender),
      StemV: 80,
      [cff ? 'FontFile3' : 'FontFile2']: file,
    }),
  )
  const widthOf = (glyph: number): number => Math.round(sfnt.advanceOf(glyph) * 1000)
  const widths = sorted.map((each) => sfnt.glyphOf(each)).map((glyph) => ({ code: codeOf(glyph), width: widthOf(glyph) }))
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: cff ? 'CIDFontType0' : 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: widthArray(widths),
      ...(cff ? {} : { CIDToGIDMap: 'Identity' }),
    }),
  )
  const toUnicode = context.register(context.flateStream(unicodeMap(sorted.map((each) => [codeOf(sfnt.glyphOf(each)), each]))))
  const ref = context.register(
    context.obj({ Type: 'Font', Subtype: 'Type0', BaseFont: name, Encoding: 'Identity-H', DescendantFonts: [descendant], ToUnicode: toUnicode }),
  )
  return { ref, code: (codePoint) => hex4(codeOf(sfnt.glyphOf(codePoint))), width: (codePoint) => widthOf(sfnt.glyphOf(codePoint)) }
}

function tableOf(bytes: Uint8Array, tag: string): Uint8Array | null {
  const found = readTables(bytes).get(tag)
  return found ? bytes.subarray(found.offset, found.offset + found.length) : null
}

/** Widths that differ from a full em, ascending by code. */
function widthArray(widths: readonly { readonly code: number; readonly width: number }[]): (number | number[])[] {
  const seen = new Map(widths.filter((each) => each.width !== 1000).map((each) => [each.code, each.width]))
  return [...seen].sort((a, b) => a[0] - b[0]).flatMap(([code, width]) => [code, [width]])
}

/** Six capitals that differ when the signs differ. Source: ISO 32000-1 9.6.4 */
function subsetTag(face: FontFace, codePoints: readonly number[]): string {
  const digest = createHash('sha256').update(face.sha256).update(codePoints.join(' ')).digest()
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('')
}

function postScriptName(face: FontFace): string {
  return face.sfnt.family.replace(/[^A-Za-z0-9-]/gu, '') || 'Face'
}

function hex4(code: number): string {
  return code.toString(16).padStart(4, '0').toUpperCase()
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

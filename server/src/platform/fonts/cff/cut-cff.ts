/** Cutting a CID-keyed CFF face to the signs in use, reading only their outlines from the file. Source: Adobe Technical Note
 * 5176, OpenType 1.9 */
import type { CffFile } from './cff-file.ts'
import { openCff, type ReadAt, UnknownOutlines } from './cff-file.ts'
import { readOutline } from './read-outline.ts'
import { simplifyContour } from './simplify-outline.ts'
import { writeOutline } from './write-outline.ts'

/** A face's file as far as cutting needs it. `table` reads inside a table and refuses beyond its end. */
export interface CffSource {
  table(tag: string): { readonly length: number; readonly read: ReadAt } | null
  glyphOf(codePoint: number): number
  /** Advance in font units. */
  widthOf(glyph: number): number
  /** How far (font units) an outline may stand from where it is drawn, when that saves segments; 0 keeps every one. */
  readonly tolerance?: number
}

/** Cuts the face: an OpenType file with the signs' glyphs, unhinted, in the order of the face, under their CIDs.
 *
 * @throws UnknownOutlines for faces of another kind; FontFormatError when the file is damaged
 */
export function cutCff(source: CffSource, codePoints: Iterable<number>): Uint8Array {
  const signs = [...new Set(codePoints)].map((codePoint) => [codePoint, source.glyphOf(codePoint)] as const).filter(([, glyph]) => glyph > 0).sort((a, b) => a[0] - b[0])
  const glyphs = [0, ...[...new Set(signs.map(([, glyph]) => glyph))].sort((a, b) => a - b)]
  const places = new Map(glyphs.map((glyph, place) => [glyph, place]))
  const cff = source.table('CFF ')
  if (!cff) throw new UnknownOutlines('no CFF table')
  const head = Uint8Array.from(whole(source, 'head'))
  // The sum of the file is a matter of the file's maker; readers do not look at it.
  head.fill(0, 8, 12)
  const hhea = Uint8Array.from(whole(source, 'hhea'))
  new DataView(hhea.buffer).setUint16(34, glyphs.length)
  const tables: readonly (readonly [string, Uint8Array])[] = [
    ['CFF ', writeCff(openCff(cff.read), source, glyphs)],
    ...['OS/2', 'name', 'post'].flatMap((tag) => (source.table(tag) ? [[tag, whole(source, tag)] as const] : [])),
    ['cmap', writeCmap(signs.map(([codePoint, glyph]) => [codePoint, places.get(glyph) ?? 0]))],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', writeWidths(glyphs.map((glyph) => source.widthOf(glyph)))],
    ['maxp', bytesOf([0, 0, 0x50, 0, ...two(glyphs.length)])],
  ]
  return writeSfnt(tables.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)))
}

function whole(source: CffSource, tag: string): Uint8Array {
  const table = source.table(tag)
  if (!table) throw new UnknownOutlines(`no ${tag} table`)
  return table.read(0, table.length)
}

const two = (value: number): number[] => [(value >> 8) & 255, value & 255]
const four = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

function bytesOf(values: readonly number[]): Uint8Array {
  return Uint8Array.from(values)
}

/** The width most Chinese signs have; glyphs of another width say so. */
const usualWidth = 1000

function writeCff(cff: CffFile, source: CffSource, glyphs: readonly number[]): Uint8Array {
  const isCopied = cff.plainWidth === usualWidth && !source.tolerance
  const charStrings = glyphs.map((glyph) => {
    if (isCopied) return cff.charString(glyph)
    const width = source.widthOf(glyph)
    const drawn = readOutline(cff.charString(glyph), { local: cff.localSubrs(glyph), global: cff.globalSubrs })
    return writeOutline(drawn.map((contour) => simplifyContour(contour, source.tolerance ?? 0)), width === usualWidth ? null : width)
  })
  const charset = bytesOf([0, ...glyphs.slice(1).flatMap((glyph) => two(cff.cidOf(glyph)))])
  const fdSelect = bytesOf([3, 0, 1, 0, 0, 0, ...two(glyphs.length)])
  const privateDict = bytesOf([...operand(usualWidth), 20])
  const strings = index(['Adobe', 'Identity'].map((text) => bytesOf([...text].map((char) => char.charCodeAt(0)))))
  const [names, body] = [index([cff.name]), index(charStrings)]
  const highest = glyphs.reduce((most, glyph) => Math.max(most, cff.cidOf(glyph)), 0)
  /** Offsets are written at full length, so that the dictionary's own length does not depend on them. */
  const top = (at: { readonly charset: number; readonly fdSelect: number; readonly charStrings: number; readonly fdArray: number }): Uint8Array =>
    index([bytesOf([
      ...operand(391), ...operand(392), ...operand(0), 12, 30, ...cff.box.flatMap((value) => operand(value)), 5, ...operand(highest + 1), 12, 34,
      ...offset(at.charset), 15, ...offset(at.fdSelect), 12, 37, ...offset(at.charStrings), 17, ...offset(at.fdArray), 12, 36,
    ])])
  const start = 4 + names.length + top({ charset: 0, fdSelect: 0, charStrings: 0, fdArray: 0 }).length + strings.length + 2
  const at = { charset: start, fdSelect: start + charset.length, charStrings: start + charset.length + fdSelect.length, fdArray: 0 }
  const privateAt = at.charStrings + body.length
  const fdArray = index([bytesOf([...operand(privateDict.length), ...offset(privateAt), 18])])
  const header = bytesOf([1, 0, 4, 4])
  return joined([header, names, top({ ...at, fdArray: privateAt + privateDict.length }), strings, bytesOf([0, 0]), charset, fdSelect, body, privateDict, fdArray])
}

/** An integer operand of a dictionary. */
function operand(value: number): readonly number[] {
  if (value >= -107 && value <= 107) return [value + 139]
  return value >= -32768 && value <= 32767 ? [28, ...two(value)] : offset(value)
}

function offset(value: number): readonly number[] {
  return [29, ...four(value)]
}

function index(entries: readonly Uint8Array[]): Uint8Array {
  const total = entries.reduce((sum, entry) => sum + entry.length, 0)
  const size = total + 1 < 0x100 ? 1 : total + 1 < 0x10000 ? 2 : total + 1 < 0x1000000 ? 3 : 4
  const offsets: number[] = []
  let at = 1
  for (const length of [...entries.map((entry) => entry.length), 0]) {
    offsets.push(...four(at).slice(4 - size))
    at += length
  }
  return joined([bytesOf([...two(entries.length), size, ...offsets]), ...entries])
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** A character map of format 12: neighbours share a group. */
function writeCmap(signs: readonly (readonly [codePoint: number, glyph: number])[]): Uint8Array {
  const groups: [first: number, last: number, glyph: number][] = []
  for (const [codePoint, glyph] of signs) {
    const open = groups.at(-1)
    if (open && open[1] + 1 === codePoint && open[2] + codePoint - open[0] === glyph) open[1] = codePoint
    else groups.push([codePoint, codePoint, glyph])
  }
  const table = groups.flatMap((group) => group.flatMap(four))
  return bytesOf([0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0, ...four(16 + table.length), 0, 0, 0, 0, ...four(groups.length), ...table])
}

function writeWidths(widths: readonly number[]): Uint8Array {
  return bytesOf(widths.flatMap((width) => [...two(width), 0, 0]))
}

function writeSfnt(tables: readonly (readonly [tag: string, bytes: Uint8Array])[]): Uint8Array {
  const power = Math.floor(Math.log2(tables.length))
  const head = [...tag('OTTO'), ...two(tables.length), ...two(16 * 2 ** power), ...two(power), ...two(16 * (tables.length - 2 ** power))]
  const parts: Uint8Array[] = []
  let at = 12 + 16 * tables.length
  for (const [name, bytes] of tables) {
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
    padded.set(bytes)
    head.push(...tag(name), ...four(checksum(padded)), ...four(at), ...four(bytes.length))
    parts.push(padded)
    at += padded.length
  }
  return joined([bytesOf(head), ...parts])
}

function tag(name: string): readonly number[] {
  return [...name].map((char) => char.charCodeAt(0))
}

function checksum(padded: Uint8Array): number {
  const view = new DataView(padded.buffer)
  let sum = 0
  for (let at = 0; at < padded.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}

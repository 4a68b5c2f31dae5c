/** Reading font files (OpenType, TrueType and collections): names, widths, cover, embedding rights. */

/** What cannot be read as a font. */
export class FontFormatError extends Error {
  override readonly name = 'FontFormatError'
}

/** The parts of a face that typesetting needs; holds small copies, never the file. */
export interface SfntFace {
  readonly family: string
  readonly unitsPerEm: number
  readonly glyphCount: number
  /** Font-wide box and vertical extent in font units. */
  readonly box: readonly [number, number, number, number]
  readonly ascender: number
  readonly descender: number
  readonly isCff: boolean
  readonly isVariable: boolean
  /** OS/2 embedding rights: 0 installable, 2 restricted, 4 preview and print, 8 editable. */
  readonly fsType: number
  /** Glyph of a code point, 0 when there is none. */
  glyphOf(codePoint: number): number
  /** Advance of a glyph in em. */
  advanceOf(glyph: number): number
  /** Number of code points with a glyph. */
  readonly coverage: number
  /** Visits every code point with a glyph, ascending. */
  eachSign(visit: (codePoint: number, glyph: number) => void): void
}

/** Table positions of one face of a file. */
export type TableMap = ReadonlyMap<string, { readonly offset: number; readonly length: number }>

/** Finds the tables of a face.
 *
 * @param index the face in a collection, 0 elsewhere
 * @throws FontFormatError when the bytes are not a font or end too early
 */
export function readTables(bytes: Uint8Array, index = 0): TableMap {
  const view = viewOf(bytes)
  return guarded(() => {
    const isCollection = tagAt(bytes, 0) === 'ttcf'
    if (isCollection && index >= view.getUint32(8)) throw new FontFormatError(`no face ${index} in this collection`)
    const start = isCollection ? view.getUint32(12 + 4 * index) : 0
    const kind = view.getUint32(start)
    if (![0x00010000, 0x4f54544f, 0x74727565].includes(kind)) throw new FontFormatError('not a font file')
    const tables = new Map<string, { offset: number; length: number }>()
    for (let at = start + 12, left = view.getUint16(start + 4); left > 0; at += 16, left -= 1) {
      const [offset, length] = [view.getUint32(at + 8), view.getUint32(at + 12)]
      if (offset + length > bytes.length) throw new FontFormatError('the font file is cut short')
      tables.set(tagAt(bytes, at), { offset, length })
    }
    return tables
  })
}

/** Reads a face.
 *
 * @throws FontFormatError when it is not a usable font
 */
export function readFace(bytes: Uint8Array, index = 0): SfntFace {
  const tables = readTables(bytes, index)
  return guarded(() => {
    const table = (tag: string): DataView => {
      const found = tables.get(tag)
      if (!found) throw new FontFormatError(`the font has no ${tag} table`)
      return new DataView(bytes.buffer, bytes.byteOffset + found.offset, found.length)
    }
    const [head, hhea, maxp] = [table('head'), table('hhea'), table('maxp')]
    const unitsPerEm = head.getUint16(18)
    if (unitsPerEm === 0) throw new FontFormatError('the font has no em')
    const widths = readWidths(table('hmtx'), hhea.getUint16(34))
    const map = readCmap(table('cmap'))
    return faceOf(map, widths, {
      family: readFamily(tables.has('name') ? table('name') : null),
      unitsPerEm,
      glyphCount: maxp.getUint16(4),
      box: [head.getInt16(36), head.getInt16(38), head.getInt16(40), head.getInt16(42)],
      ascender: hhea.getInt16(4),
      descender: hhea.getInt16(6),
      isCff: tables.has('CFF '),
      isVariable: tables.has('fvar'),
      fsType: tables.has('OS/2') ? table('OS/2').getUint16(8) & 0xf : 0,
    })
  })
}

/** In a scope of its own: closures made where the file's bytes are in reach would keep them alive. */
function faceOf(map: CharacterMap, widths: Uint16Array, plain: Omit<SfntFace, 'glyphOf' | 'advanceOf' | 'coverage' | 'eachSign'>): SfntFace {
  return {
    ...plain,
    glyphOf: (codePoint) => findGlyph(map, codePoint),
    advanceOf: (glyph) => (widths[Math.min(glyph, widths.length - 1)] ?? 0) / plain.unitsPerEm,
    coverage: countSigns(map),
    eachSign: (visit) => visitSigns(map, visit),
  }
}

/** Runs of code points whose glyphs follow one another, in order, in flat arrays: a face of 40,000 signs takes kilobytes. */
interface CharacterMap {
  readonly firsts: Uint32Array
  readonly lasts: Uint32Array
  readonly glyphs: Uint32Array
}

function findGlyph(map: CharacterMap, codePoint: number): number {
  let [low, high] = [0, map.firsts.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const first = map.firsts[middle] ?? 0
    if (codePoint < first) high = middle - 1
    else if (codePoint > (map.lasts[middle] ?? 0)) low = middle + 1
    else return (map.glyphs[middle] ?? 0) + codePoint - first
  }
  return 0
}

function visitSigns(map: CharacterMap, visit: (codePoint: number, glyph: number) => void): void {
  for (const [at, first] of map.firsts.entries()) {
    const last = map.lasts[at] ?? 0
    for (let codePoint = first; codePoint <= last; codePoint += 1) visit(codePoint, (map.glyphs[at] ?? 0) + codePoint - first)
  }
}

function countSigns(map: CharacterMap): number {
  return map.firsts.reduce((sum, first, at) => sum + (map.lasts[at] ?? 0) - first + 1, 0)
}

/** All code points of a face with a glyph, in order. */
export function listCodePoints(bytes: Uint8Array, index = 0): readonly number[] {
  const found = readTables(bytes, index).get('cmap')
  if (!found) return []
  const map = readCmap(new DataView(bytes.buffer, bytes.byteOffset + found.offset, found.length))
  return [...map.firsts].flatMap((first, at) => Array.from({ length: (map.lasts[at] ?? 0) - first + 1 }, (_each, step) => first + step))
}

/** The best Unicode subtable: full repertoire (format 12) before the basic plane (format 4). */
function readCmap(view: DataView): CharacterMap {
  const found = new Map<number, number>()
  for (let at = 4, left = view.getUint16(2); left > 0; at += 8, left -= 1) {
    const [platform, encoding, offset] = [view.getUint16(at), view.getUint16(at + 2), view.getUint32(at + 4)]
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10))
    if (isUnicode) found.set(view.getUint16(offset), offset)
  }
  const full = found.get(12)
  const basic = found.get(4)
  if (full !== undefined) return readFormat12(view, full)
  if (basic !== undefined) return readFormat4(view, basic)
  throw new FontFormatError('the font has no Unicode character map')
}

/** Collects runs, ascending: joins neighbours and leaves out what maps to glyph 0. */
class RunCollector {
  readonly #firsts: number[] = []
  readonly #lasts: number[] = []
  readonly #glyphs: number[] = []
  /** The code point and the glyph that would go on the open run. */
  #next = -1
  #nextGlyph = -1

  add(first: number, last: number, glyph: number): void {
    if (glyph === 0) {
      if (last > first) this.add(first + 1, last, 1)
      return
    }
    if (first === this.#next && glyph === this.#nextGlyph) this.#lasts[this.#lasts.length - 1] = last
    else {
      this.#firsts.push(first)
      this.#lasts.push(last)
      this.#glyphs.push(glyph)
    }
    this.#next = last + 1
    this.#nextGlyph = glyph + last - first + 1
  }

  finish(): CharacterMap {
    return { firsts: Uint32Array.from(this.#firsts), lasts: Uint32Array.from(this.#lasts), glyphs: Uint32Array.from(this.#glyphs) }
  }
}

function readFormat12(view: DataView, start: number): CharacterMap {
  const runs = new RunCollector()
  for (let at = start + 16, left = view.getUint32(start + 12); left > 0; at += 12, left -= 1) {
    const [first, last, glyph] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)]
    if (last < first || last > 0x10ffff) throw new FontFormatError('the character map is damaged')
    runs.add(first, last, glyph)
  }
  return runs.finish()
}

function readFormat4(view: DataView, start: number): CharacterMap {
  const runs = new RunCollector()
  const count = view.getUint16(start + 6) / 2
  for (let segment = 0; segment < count; segment += 1) {
    const last = view.getUint16(start + 14 + 2 * segment)
    const first = view.getUint16(start + 16 + 2 * count + 2 * segment)
    const delta = view.getUint16(start + 16 + 4 * count + 2 * segment)
    const at = start + 16 + 6 * count + 2 * segment
    const rangeOffset = view.getUint16(at)
    if (first === 0xffff || last < first) continue
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      const raw = rangeOffset === 0 ? codePoint : view.getUint16(at + rangeOffset + 2 * (codePoint - first))
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff
      if (glyph > 0) runs.add(codePoint, codePoint, glyph)
    }
  }
  return runs.finish()
}

function readWidths(view: DataView, count: number): Uint16Array {
  return Uint16Array.from({ length: count }, (_each, index) => view.getUint16(4 * index))
}

/** The English family name (Windows platform), or an empty string. */
function readFamily(view: DataView | null): string {
  if (!view) return ''
  const strings = view.getUint16(4)
  let family = ''
  for (let at = 6, left = view.getUint16(2); left > 0; at += 12, left -= 1) {
    const isFamily = view.getUint16(at + 6) === 1 && view.getUint16(at) === 3
    if (!isFamily || (family !== '' && view.getUint16(at + 4) !== 0x409)) continue
    const [length, offset] = [view.getUint16(at + 8), view.getUint16(at + 10)]
    const units = Array.from({ length: length / 2 }, (_each, index) => view.getUint16(strings + offset + 2 * index))
    family = String.fromCharCode(...units)
  }
  return family
}

function tagAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Reading past the end of a hostile file is a format error, not a crash. */
function guarded<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw new FontFormatError('the font file is damaged', { cause: error })
    throw error
  }
}

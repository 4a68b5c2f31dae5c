/** Reading a CID-keyed CFF table piece by piece: a face of 25 MB gives up its few hundred glyphs without being read.
 * Source: Adobe Technical Note 5176 */
import { FontFormatError } from '../sfnt.ts'

/** Reads `length` bytes at `at`. Throws FontFormatError beyond the end. */
export type ReadAt = (at: number, length: number) => Uint8Array

/** A face whose outlines this reader does not know; another way has to be taken. */
export class UnknownOutlines extends Error {
  override readonly name = 'UnknownOutlines'
}

/** An array of byte strings in the table. */
export interface CffIndex {
  readonly count: number
  /** Where it ends. */
  readonly end: number
  get(place: number): Uint8Array
}

/** What is needed to take glyphs out of a table. */
export interface CffFile {
  readonly name: Uint8Array
  readonly glyphCount: number
  /** Bounding box as the table says it. */
  readonly box: readonly number[]
  charString(glyph: number): Uint8Array
  /** Set when charstrings draw by themselves, without subroutines, and say only widths that are not this one: they can be copied. */
  readonly plainWidth: number | null
  cidOf(glyph: number): number
  readonly globalSubrs: CffIndex
  /** Subroutines of the font dictionary a glyph belongs to. */
  localSubrs(glyph: number): CffIndex
}

const noSubrs: CffIndex = { count: 0, end: 0, get: () => new Uint8Array() }

/** Operators of dictionaries; two-byte ones have 0x0c00 in front. */
const op = { box: 5, charset: 15, charStrings: 17, private: 18, subrs: 19, fontMatrix: 0x0c07, charStringType: 0x0c06, ros: 0x0c1e, fdArray: 0x0c24, fdSelect: 0x0c25, defaultWidth: 20, nominalWidth: 21 } as const

/** Opens a CFF table.
 *
 * @param read counts from the table's beginning
 * @throws UnknownOutlines when the table is not CID-keyed, or scaled in a way of its own; FontFormatError when it is damaged
 */
export function openCff(read: ReadAt): CffFile {
  const names = readIndex(read, at(read(0, 4), 2))
  const tops = readIndex(read, names.end)
  const globalSubrs = readIndex(read, readIndex(read, tops.end).end)
  const top = readDict(tops.get(0))
  const fds = readIndex(read, only(top, op.fdArray))
  const dicts = Array.from({ length: fds.count }, (_each, place) => readDict(fds.get(place)))
  if (!top.has(op.ros) || top.has(op.fontMatrix) || dicts.some((dict) => dict.has(op.fontMatrix)) || (top.get(op.charStringType)?.[0] ?? 2) !== 2) throw new UnknownOutlines('not a plain CID-keyed face')
  const charStrings = readIndex(read, only(top, op.charStrings))
  const cids = readCharset(read, only(top, op.charset), charStrings.count)
  const fdOf = readFdSelect(read, only(top, op.fdSelect), charStrings.count)
  const subrs = new Map<number, CffIndex>()
  return {
    name: names.get(0),
    glyphCount: charStrings.count,
    box: top.get(op.box) ?? [0, 0, 0, 0],
    charString: (glyph) => charStrings.get(glyph),
    plainWidth: globalSubrs.count === 0 ? plainWidthOf(dicts.map((dict) => readPrivate(read, dict))) : null,
    cidOf: (glyph) => cids[glyph] ?? 0,
    globalSubrs: remembered(globalSubrs),
    localSubrs(glyph) {
      const fd = fdOf(glyph)
      const known = subrs.get(fd) ?? readSubrs(read, dicts[fd])
      subrs.set(fd, known)
      return known
    },
  }
}

function at(bytes: Uint8Array, place: number): number {
  return bytes[place] ?? 0
}

function unsigned(bytes: Uint8Array, start: number, length: number): number {
  let value = 0
  for (let place = start; place < start + length; place += 1) value = value * 256 + at(bytes, place)
  return value
}

function only(dict: ReadonlyMap<number, readonly number[]>, operator: number): number {
  const value = dict.get(operator)?.[0]
  if (value === undefined) throw new UnknownOutlines(`no operator ${operator}`)
  return value
}

function readIndex(read: ReadAt, start: number): CffIndex {
  const head = read(start, 3)
  const count = unsigned(head, 0, 2)
  if (count === 0) return { ...noSubrs, end: start + 2 }
  const size = at(head, 2)
  if (size < 1 || size > 4) throw new FontFormatError('the font has an index with odd offsets')
  const offsets = read(start + 3, (count + 1) * size)
  const base = start + 2 + (count + 1) * size
  return {
    count,
    end: base + unsigned(offsets, count * size, size),
    get(place) {
      if (place < 0 || place >= count) throw new FontFormatError(`no entry ${place}`)
      const [from, to] = [unsigned(offsets, place * size, size), unsigned(offsets, (place + 1) * size, size)]
      if (to < from) throw new FontFormatError('the font has an index that runs backwards')
      return read(base + from, to - from)
    },
  }
}

/** Operands by operator; real numbers are of no interest here and read as 0. */
function readDict(bytes: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>()
  let operands: number[] = []
  for (let place = 0; place < bytes.length; ) {
    const first = at(bytes, place)
    if (first <= 21) {
      const operator = first === 12 ? 0x0c00 + at(bytes, place + 1) : first
      found.set(operator, operands)
      operands = []
      place += first === 12 ? 2 : 1
    } else if (first === 30) {
      place += 1
      while (place < bytes.length && (at(bytes, place) & 0x0f) !== 0x0f) place += 1
      place += 1
      operands.push(0)
    } else {
      const [value, length] = readInteger(bytes, place)
      operands.push(value)
      place += length
    }
  }
  return found
}

/** An integer operand of a dictionary and its length in bytes. */
function readInteger(bytes: Uint8Array, place: number): readonly [value: number, length: number] {
  const first = at(bytes, place)
  if (first === 28) return [(unsigned(bytes, place + 1, 2) << 16) >> 16, 3]
  if (first === 29) return [unsigned(bytes, place + 1, 4) | 0, 5]
  if (first >= 32 && first <= 246) return [first - 139, 1]
  if (first >= 247 && first <= 250) return [(first - 247) * 256 + at(bytes, place + 1) + 108, 2]
  if (first >= 251 && first <= 254) return [-(first - 251) * 256 - at(bytes, place + 1) - 108, 2]
  throw new FontFormatError(`no operand begins with ${first}`)
}

function readPrivate(read: ReadAt, dict: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, readonly number[]> {
  const [size, offset] = dict.get(op.private) ?? []
  return size === undefined || offset === undefined ? new Map() : readDict(read(offset, size))
}

function plainWidthOf(privates: readonly ReadonlyMap<number, readonly number[]>[]): number | null {
  const widths = new Set(privates.map((dict) => (dict.has(op.subrs) || (dict.get(op.nominalWidth)?.[0] ?? 0) !== 0 ? null : (dict.get(op.defaultWidth)?.[0] ?? 0))))
  const [only] = widths
  return widths.size === 1 && only !== undefined ? only : null
}

function readSubrs(read: ReadAt, dict: ReadonlyMap<number, readonly number[]> | undefined): CffIndex {
  const [size, offset] = dict?.get(op.private) ?? []
  if (size === undefined || offset === undefined) return noSubrs
  const place = readDict(read(offset, size)).get(op.subrs)?.[0]
  return place === undefined ? noSubrs : remembered(readIndex(read, offset + place))
}

/** Subroutines are called again and again: each is read once. */
function remembered(index: CffIndex): CffIndex {
  const known = new Map<number, Uint8Array>()
  return {
    ...index,
    get(place) {
      const entry = known.get(place) ?? index.get(place)
      known.set(place, entry)
      return entry
    },
  }
}

/** CID of every glyph. */
function readCharset(read: ReadAt, start: number, count: number): Uint16Array {
  const cids = new Uint16Array(count)
  const format = at(read(start, 1), 0)
  if (format === 0) {
    const bytes = read(start + 1, 2 * (count - 1))
    for (let glyph = 1; glyph < count; glyph += 1) cids[glyph] = unsigned(bytes, 2 * (glyph - 1), 2)
    return cids
  }
  const leftSize = format === 1 ? 1 : 2
  let place = start + 1
  for (let glyph = 1; glyph < count; ) {
    const range = read(place, 2 + leftSize)
    const [first, left] = [unsigned(range, 0, 2), unsigned(range, 2, leftSize)]
    for (let step = 0; step <= left && glyph < count; step += 1, glyph += 1) cids[glyph] = first + step
    place += 2 + leftSize
  }
  return cids
}

/** The font dictionary of every glyph. */
function readFdSelect(read: ReadAt, start: number, count: number): (glyph: number) => number {
  const format = at(read(start, 1), 0)
  if (format === 0) {
    const bytes = read(start + 1, count)
    return (glyph) => at(bytes, glyph)
  }
  if (format !== 3) throw new UnknownOutlines(`FDSelect of format ${format}`)
  const ranges = unsigned(read(start + 1, 2), 0, 2)
  const bytes = read(start + 3, 3 * ranges)
  const fds = new Uint8Array(count)
  for (let range = 0; range < ranges; range += 1) {
    const first = unsigned(bytes, 3 * range, 2)
    const next = range + 1 < ranges ? unsigned(bytes, 3 * range + 3, 2) : count
    fds.fill(at(bytes, 3 * range + 2), first, next)
  }
  return (glyph) => fds[glyph] ?? 0
}

/** Cross-reference tables and streams. Source: ISO 32000-1:2008 clause 7.5. */
import { byteAt, fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from './budget.ts'
import { inflate } from './inflate.ts'
import { nameOf, numberOf, type PdfDictionary, type PdfStream, type PdfValue, pdfNull } from './objects.ts'
import { PdfParser } from './parser.ts'

/** Where an object is. */
export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'compressed'; readonly stream: number; readonly index: number }

/** One section with its trailer, as one revision of the file wrote it. */
export interface XrefSection {
  readonly kind: 'table' | 'stream'
  readonly offset: number
  readonly end: number
  readonly entries: ReadonlyMap<number, XrefEntry>
  readonly trailer: PdfDictionary
  readonly previous: number | null
}

const mostSections = 4096

function malformed(message: string, offset: number): CryptoError {
  return new CryptoError('pdf.malformed', message, { offset })
}

/** The offset written after the last `startxref`, which must be followed by `%%EOF` and nothing else but line ends. */
export function findStartXref(bytes: Uint8Array): number {
  const tail = fromLatin1(bytes.subarray(Math.max(0, bytes.length - 64)))
  const match = /startxref[\r\n ]+(\d{1,15})[\r\n ]+%%EOF[\r\n]*$/.exec(tail)
  if (match === null) throw malformed('the file does not end with startxref and %%EOF', bytes.length)
  return Number(match[1])
}

/** All sections from the newest back to the first. @throws CryptoError pdf.malformed, pdf.unsupported, pdf.too-large */
export function readXrefChain(bytes: Uint8Array, budget: Budget): readonly XrefSection[] {
  const sections: XrefSection[] = []
  let isForward = false
  let next: number | null = findStartXref(bytes)
  while (next !== null) {
    const section = readXrefSection(bytes, next, budget)
    // Sections can only point back in time; this also ends every loop. The one exception is a linearised file, whose first section
    // stands in front of the main one, which points nowhere.
    const pointsOn = isForward && section.previous !== null
    if (pointsOn || (section.previous !== null && section.previous === section.offset))
      throw malformed('/Prev does not point back', next)
    isForward = section.previous !== null && section.previous > section.offset
    sections.push(section)
    if (sections.length > mostSections) throw new CryptoError('pdf.too-large', 'too many revisions')
    next = section.previous
  }
  return sections
}

function readXrefSection(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  if (offset >= bytes.length) throw malformed('cross-reference offset is behind the end', offset)
  const parser = new PdfParser(bytes, offset, budget)
  return fromLatin1(bytes.subarray(offset, offset + 4)) === 'xref'
    ? readTable(parser, budget)
    : readXrefStream(parser, budget)
}

function readTable(parser: PdfParser, budget: Budget): XrefSection {
  const offset = parser.offset
  parser.expectKeyword('xref')
  const entries = new Map<number, XrefEntry>()
  while (!parser.takeKeyword('trailer')) {
    const first = parser.readCount()
    const count = parser.readCount()
    for (let i = 0; i < count; i++) {
      budget.spendObject()
      const [at, generation, use] = [parser.readCount(), parser.readCount(), parser.readToken()]
      if (use !== 'n' && use !== 'f') throw parser.fail('entry is neither n nor f')
      if (entries.has(first + i)) throw parser.fail('an object has two entries')
      entries.set(first + i, use === 'n' ? { kind: 'offset', offset: at, generation } : { kind: 'free' })
    }
  }
  const trailer = parser.readDictionary()
  // Two tables side by side mean two readers can see two documents.
  if (trailer.entries.has('XRefStm')) throw new CryptoError('pdf.unsupported', 'hybrid cross-references')
  return { kind: 'table', offset, end: parser.offset, entries, trailer, previous: previousOf(trailer) }
}

function previousOf(trailer: PdfDictionary): number | null {
  const value = trailer.entries.get('Prev')
  if (value === undefined) return null
  const previous = numberOf(value)
  if (previous === null || !Number.isSafeInteger(previous) || previous < 0) throw malformed('/Prev is not an offset', 0)
  return previous
}

function readXrefStream(parser: PdfParser, budget: Budget): XrefSection {
  const offset = parser.offset
  const { value, end } = parser.readIndirectObject(numberOf)
  if (value.kind !== 'stream' || nameOf(value.dictionary.entries.get('Type')) !== 'XRef') {
    throw malformed('no cross-reference section here', offset)
  }
  const trailer = value.dictionary
  return { kind: 'stream', offset, end, entries: decodeEntries(value, budget), trailer, previous: previousOf(trailer) }
}

function numbersOf(value: PdfValue | undefined): readonly number[] {
  return value?.kind === 'array' ? value.items.map((item) => numberOf(item) ?? -1) : []
}

function decodeEntries(stream: PdfStream, budget: Budget): ReadonlyMap<number, XrefEntry> {
  const { entries: dictionary } = stream.dictionary
  const widths = numbersOf(dictionary.get('W'))
  const index = dictionary.has('Index')
    ? numbersOf(dictionary.get('Index'))
    : [0, numberOf(dictionary.get('Size')) ?? -1]
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
  if (widths.length !== 3 || !widths.every((width) => isCount(width) && width <= 7) || !index.every(isCount)) {
    throw malformed('cross-reference stream is damaged', 0)
  }
  const rows = decodeStream(stream, budget)
  const rowSize = widths.reduce((sum, width) => sum + width, 0)
  const entries = new Map<number, XrefEntry>()
  let at = 0
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    for (let i = 0; i < (index[pair + 1] ?? 0); i++, at += rowSize) {
      budget.spendObject()
      if (at + rowSize > rows.length) throw malformed('cross-reference stream is cut off', 0)
      const number = (index[pair] ?? 0) + i
      if (entries.has(number)) throw malformed('an object has two entries', 0)
      entries.set(number, decodeEntry(rows, at, widths))
    }
  }
  return entries
}

function decodeEntry(rows: Uint8Array, start: number, widths: readonly number[]): XrefEntry {
  let at = start
  const fields = widths.map((width) => {
    let value = 0
    for (let i = 0; i < width; i++) value = value * 256 + byteAt(rows, at++)
    return value
  })
  const [type = 0, second = 0, third = 0] = fields
  switch (widths[0] === 0 ? 1 : type) {
    case 0:
      return { kind: 'free' }
    case 1:
      return { kind: 'offset', offset: second, generation: third }
    case 2:
      return { kind: 'compressed', stream: second, index: third }
    default:
      throw malformed('unknown entry type', start)
  }
}

/** Decoded bytes of a stream that is plain or deflated, with or without PNG prediction. */
export function decodeStream(stream: PdfStream, budget: Budget): Uint8Array {
  const filterValue = stream.dictionary.entries.get('Filter') ?? pdfNull
  const filters = filterValue.kind === 'array' ? filterValue.items : filterValue.kind === 'null' ? [] : [filterValue]
  if (filters.length === 0) return stream.data
  if (filters.length > 1 || nameOf(filters[0]) !== 'FlateDecode') {
    throw new CryptoError('pdf.unsupported', 'stream filter', { filter: nameOf(filters[0]) ?? '?' })
  }
  const parametersValue = stream.dictionary.entries.get('DecodeParms') ?? pdfNull
  const parameters = parametersValue.kind === 'array' ? (parametersValue.items[0] ?? pdfNull) : parametersValue
  const data = inflate(stream.data, budget)
  if (parameters.kind !== 'dictionary') return data
  const predictor = numberOf(parameters.entries.get('Predictor')) ?? 1
  if (predictor === 1) return data
  if (predictor < 10) throw new CryptoError('pdf.unsupported', 'stream predictor', { predictor })
  return undoPrediction(data, numberOf(parameters.entries.get('Columns')) ?? 1)
}

/** Undoes PNG row filters for one byte a pixel. */
function undoPrediction(data: Uint8Array, columns: number): Uint8Array {
  if (!Number.isSafeInteger(columns) || columns < 1 || columns > 1_000_000) throw malformed('bad prediction', 0)
  const rowCount = Math.floor(data.length / (columns + 1))
  const out = new Uint8Array(rowCount * columns)
  for (let row = 0; row < rowCount; row++) {
    const type = byteAt(data, row * (columns + 1))
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column
      const left = column > 0 ? byteAt(out, at - 1) : 0
      const up = row > 0 ? byteAt(out, at - columns) : 0
      const corner = row > 0 && column > 0 ? byteAt(out, at - columns - 1) : 0
      out[at] = (byteAt(data, row * (columns + 1) + 1 + column) + predict(type, left, up, corner)) & 255
    }
  }
  return out
}

function predict(type: number, left: number, up: number, corner: number): number {
  switch (type) {
    case 0:
      return 0
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4: {
      const estimate = left + up - corner
      const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value))
      if ((toLeft ?? 0) <= (toUp ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left
      return (toUp ?? 0) <= (toCorner ?? 0) ? up : corner
    }
    default:
      throw malformed('unknown row filter', 0)
  }
}

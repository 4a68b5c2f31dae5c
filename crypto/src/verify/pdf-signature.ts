/** Finding signatures in the bytes of a PDF, whatever its tables say, and checking what they cover. */
import { byteAt, fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from '../pdf/budget.ts'
import { nameOf, numberOf, type PdfDictionary } from '../pdf/objects.ts'
import { PdfParser } from '../pdf/parser.ts'
import { derLength } from '../asn1/der-read.ts'
import { reason, type VerifyReason } from './report.ts'

/** A signature dictionary found in the bytes; `dictionary` is `null` when the bytes around it make no object. */
export interface FoundSignature {
  readonly offset: number
  readonly number: number
  readonly dictionary: PdfDictionary | null
}

/** What a signature covers: all bytes of [0, end) but the hole [holeStart, holeEnd); `der` is the hole's DER. */
export interface Coverage {
  readonly holeStart: number
  readonly holeEnd: number
  readonly end: number
  readonly der: Uint8Array
}

const marker = [...'/ByteRange'].map((character) => character.charCodeAt(0))

/** Every signature dictionary, by scanning; text inside streams is not one. */
export function findSignatures(bytes: Uint8Array, budget: Budget): readonly FoundSignature[] {
  const found: FoundSignature[] = []
  let skipUntil = 0
  for (let at = indexOf(bytes, marker, 0); at >= 0; at = indexOf(bytes, marker, at + 1)) {
    budget.assertTime()
    if (at < skipUntil) continue
    const object = readEnclosing(bytes, at, budget)
    if (object === 'stream') continue
    found.push(object ?? { offset: at, number: -1, dictionary: null })
    if (found.length > 256) break
    skipUntil = at + marker.length
  }
  return found
}

function indexOf(bytes: Uint8Array, pattern: readonly number[], from: number): number {
  const [first = 0] = pattern
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (pattern.every((byte, i) => bytes[at + i] === byte)) return at
  }
  return -1
}

/** The object around a position: the nearest “N G obj” before it that reads as an object reaching beyond it. */
function readEnclosing(bytes: Uint8Array, position: number, budget: Budget): FoundSignature | 'stream' | null {
  for (let at = position - 4; at >= 0; at--) {
    if (bytes[at] !== 0x20 || bytes[at + 1] !== 0x6f || bytes[at + 2] !== 0x62 || bytes[at + 3] !== 0x6a) continue
    const head = /(?:^|[^\d])(\d{1,10}) (\d{1,5})$/.exec(fromLatin1(bytes.subarray(Math.max(0, at - 20), at)))
    if (head === null) continue
    const offset = at - `${head[1]} ${head[2]}`.length
    return readObjectAt(bytes, offset, position, budget)
  }
  return null
}

function readObjectAt(
  bytes: Uint8Array,
  offset: number,
  position: number,
  budget: Budget,
): FoundSignature | 'stream' | null {
  try {
    const parser = new PdfParser(bytes, offset, budget)
    const number = parser.readCount()
    parser.readCount()
    parser.expectKeyword('obj')
    const value = parser.readValue()
    if (value.kind === 'dictionary' && parser.offset > position) return { offset, number, dictionary: value }
    return parser.takeKeyword('stream') ? 'stream' : null
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') return null
    throw cause
  }
}

/** Checks ByteRange and Contents of a signature against the bytes of the file. */
export function readCoverage(bytes: Uint8Array, dictionary: PdfDictionary): Coverage | VerifyReason {
  const range = dictionary.entries.get('ByteRange')
  const numbers = range?.kind === 'array' ? range.items.map((item) => numberOf(item) ?? -1) : []
  if (numbers.length !== 4 || !numbers.every((value) => Number.isSafeInteger(value) && value >= 0)) {
    return reason('byte-range-malformed')
  }
  const [start = 0, holeStart = 0, holeEnd = 0, rest = 0] = numbers
  const contents = dictionary.entries.get('Contents')
  if (contents?.kind !== 'string' || !contents.hexadecimal) return reason('contents-malformed')
  if (start !== 0) return reason('byte-range-start', { start })
  if (holeEnd + rest > bytes.length) return reason('byte-range-end', { end: holeEnd + rest, sizeBytes: bytes.length })
  if (holeStart !== contents.start || holeEnd !== contents.end || rest === 0) {
    return reason('byte-range-hole', { holeStart, holeEnd })
  }
  return readContents(bytes, { holeStart, holeEnd, end: holeEnd + rest }, contents.bytes)
}

const isSmallLetter = (byte: number): boolean => byte >= 0x61 && byte <= 0x66
const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x46

function readContents(bytes: Uint8Array, cover: Omit<Coverage, 'der'>, contents: Uint8Array): Coverage | VerifyReason {
  // Exactly two digits a byte between the brackets: no white space that a lenient reader would skip.
  if (cover.holeEnd - cover.holeStart !== contents.length * 2 + 2) return reason('contents-malformed')
  if (byteAt(bytes, cover.holeStart) !== 0x3c || byteAt(bytes, cover.holeEnd - 1) !== 0x3e)
    return reason('contents-malformed')
  // Writers use small letters or capitals. Both together: somebody has been at a value that no signature covers.
  const digits = bytes.subarray(cover.holeStart, cover.holeEnd)
  if (digits.some(isSmallLetter) && digits.some(isCapital)) return reason('contents-malformed')
  try {
    const length = derLength(contents)
    if (contents.subarray(length).some((byte) => byte !== 0)) return reason('contents-padding')
    return { ...cover, der: contents.subarray(0, length) }
  } catch (cause) {
    if (cause instanceof CryptoError) return reason('contents-malformed')
    throw cause
  }
}

/** Format of the signature value. */
export function formatOf(dictionary: PdfDictionary): string {
  return nameOf(dictionary.entries.get('SubFilter')) ?? ''
}

/** DER writer: every function answers the finished encoding of one element. Source: X.690 clause 10. */
import { concatBytes, fromHex, latin1, utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { tags } from './der-read.ts'
import { presentDerTime } from './time.ts'

/** An element with the given identifier octet. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const size = contents.reduce((sum, part) => sum + part.length, 0)
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(size)), ...contents)
}

function lengthOctets(size: number): readonly number[] {
  if (size < 0x80) return [size]
  const octets: number[] = []
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

/** SEQUENCE of finished elements. */
export const writeSequence = (...parts: readonly Uint8Array[]): Uint8Array => writeDer(tags.sequence, ...parts)

/** SET of one element. */
export const writeSetOfOne = (part: Uint8Array): Uint8Array => writeDer(tags.set, part)

/** SET OF: the encodings in ascending order, as DER demands (X.690 clause 11.6). */
export const writeSetOf = (...parts: readonly Uint8Array[]): Uint8Array => writeDer(tags.set, ...sortDer(parts))

/** Encodings in the order of a SET OF. */
export function sortDer(parts: readonly Uint8Array[]): readonly Uint8Array[] {
  return parts.toSorted((left, right) => {
    const size = Math.max(left.length, right.length)
    for (let i = 0; i < size; i++) {
      const difference = (left[i] ?? 0) - (right[i] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  })
}

/** ENUMERATED below 128. */
export const writeEnumerated = (value: number): Uint8Array => writeDer(tags.enumerated, Uint8Array.of(value))

/** AlgorithmIdentifier, with NULL parameters where the algorithm's customs want them. */
export const writeAlgorithm = (oid: string, withNull = false): Uint8Array =>
  writeSequence(writeOid(oid), ...(withNull ? [writeNull()] : []))

/** Non-negative INTEGER. */
export function writeInteger(value: bigint | number): Uint8Array {
  const hex = BigInt(value).toString(16)
  const bytes = fromHex(hex.length % 2 === 0 ? hex : `0${hex}`)
  return (bytes[0] ?? 0) >= 0x80 ? writeDer(tags.integer, Uint8Array.of(0), bytes) : writeDer(tags.integer, bytes)
}

/** BOOLEAN. */
export const writeBoolean = (value: boolean): Uint8Array => writeDer(tags.boolean, Uint8Array.of(value ? 0xff : 0))

/** OCTET STRING. */
export const writeOctets = (bytes: Uint8Array): Uint8Array => writeDer(tags.octetString, bytes)

/** BIT STRING of whole octets, or with `unused` unused bits in the last octet. */
export const writeBits = (bytes: Uint8Array, unused = 0): Uint8Array =>
  writeDer(tags.bitString, Uint8Array.of(unused), bytes)

/** NULL. */
export const writeNull = (): Uint8Array => writeDer(tags.null)

/** OBJECT IDENTIFIER in dotted form. */
export function writeOid(dotted: string): Uint8Array {
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  const octets = [top * 40n + second, ...rest].flatMap((arc) => {
    const groups = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80)
    return groups
  })
  return writeDer(tags.oid, Uint8Array.from(octets))
}

/** UTF8String. */
export const writeUtf8 = (text: string): Uint8Array => writeDer(tags.utf8String, utf8(text))

/** PrintableString. @throws CryptoError text.malformed for characters it cannot hold */
export function writePrintable(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text))
    throw new CryptoError('text.malformed', 'not a PrintableString', { text })
  return writeDer(tags.printableString, latin1(text))
}

/** IA5String. @throws CryptoError text.malformed for non-ASCII characters */
export function writeIa5(text: string): Uint8Array {
  if ([...text].some((character) => character > '\u007f'))
    throw new CryptoError('text.malformed', 'not ASCII', { text })
  return writeDer(tags.ia5String, latin1(text))
}

/** GeneralizedTime of an instant (ms UTC). */
export const writeGeneralizedTime = (instant: number): Uint8Array =>
  writeDer(tags.generalizedTime, latin1(presentDerTime(instant)))

/** Time as RFC 5280 wants it in certificates: UTCTime until 2049, GeneralizedTime from 2050. */
export function writeCertificateTime(instant: number): Uint8Array {
  const text = presentDerTime(instant)
  const utc = text >= '1950' && text < '2050'
  return writeDer(utc ? tags.utcTime : tags.generalizedTime, latin1(utc ? text.slice(2) : text))
}

/** [number] EXPLICIT. */
export const writeExplicit = (number: number, part: Uint8Array): Uint8Array => writeDer(0xa0 | number, part)

/** [number] IMPLICIT of a primitive type. */
export const writeImplicit = (number: number, content: Uint8Array): Uint8Array => writeDer(0x80 | number, content)

/**
 * Strict DER reader. Source: GB/T 16263.1 (ITU-T X.690) clause 10.
 * Every node keeps the bytes it was read from, so that signatures are checked over what was received.
 */
import { byteAt, fromLatin1, fromUtf8, toBigInt } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { parseDerTime } from './time.ts'

/** Tags used by this library (identifier octets). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** One element: identifier octet, whole encoding and contents (views on the input, not copies). */
export interface DerNode {
  readonly tag: number
  readonly raw: Uint8Array
  readonly content: Uint8Array
}

function malformed(message: string, details: Readonly<Record<string, string | number>> = {}): CryptoError {
  return new CryptoError('der.malformed', message, details)
}

function readLength(bytes: Uint8Array, offset: number): { readonly length: number; readonly next: number } {
  if (offset >= bytes.length) throw malformed('length is missing')
  const first = byteAt(bytes, offset)
  if (first < 0x80) return { length: first, next: offset + 1 }
  const count = first & 0x7f
  if (count === 0) throw malformed('indefinite length')
  if (count > 4) throw malformed('length of more than four octets')
  if (offset + 1 + count > bytes.length) throw malformed('length is cut off')
  let length = 0
  for (let i = 1; i <= count; i++) length = length * 256 + byteAt(bytes, offset + i)
  if (length < 0x80 || byteAt(bytes, offset + 1) === 0) throw malformed('length is not in its shortest form')
  return { length, next: offset + 1 + count }
}

/** Reads the element that starts at `offset`. @throws CryptoError der.malformed */
export function readDerAt(bytes: Uint8Array, offset: number): DerNode {
  if (offset >= bytes.length) throw malformed('element is missing')
  const tag = byteAt(bytes, offset)
  if ((tag & 0x1f) === 0x1f) throw malformed('tag numbers above 30 are not used here')
  const { length, next } = readLength(bytes, offset + 1)
  if (next + length > bytes.length)
    throw malformed('element is cut off', { needed: next + length, present: bytes.length })
  return { tag, raw: bytes.subarray(offset, next + length), content: bytes.subarray(next, next + length) }
}

/** Reads exactly one element; nothing may follow it. @throws CryptoError der.malformed */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readDerAt(bytes, 0)
  if (node.raw.length !== bytes.length)
    throw malformed('bytes follow the element', { extra: bytes.length - node.raw.length })
  return node
}

/** Throws unless the node carries the tag. */
export function expectTag(node: DerNode | undefined, tag: number, name: string): DerNode {
  if (node === undefined) throw malformed(`${name} is missing`)
  if (node.tag !== tag) throw malformed(`${name} has a wrong tag`, { expected: tag, found: node.tag })
  return node
}

/** Elements inside a constructed node, in order. */
export function readChildren(node: DerNode): readonly DerNode[] {
  if ((node.tag & 0x20) === 0) throw malformed('a primitive element has no parts', { tag: node.tag })
  const children: DerNode[] = []
  for (let offset = 0; offset < node.content.length; ) {
    const child = readDerAt(node.content, offset)
    children.push(child)
    offset += child.raw.length
  }
  return children
}

/** Parts of a SEQUENCE, with their count checked against the bounds. */
export function readSequence(node: DerNode | undefined, name: string, least = 0, most = 4096): readonly DerNode[] {
  const children = readChildren(expectTag(node, tags.sequence, name))
  if (children.length < least || children.length > most) {
    throw malformed(`${name} has a wrong number of parts`, { found: children.length })
  }
  return children
}

/** Value of an INTEGER in its shortest form. */
export function readInteger(node: DerNode | undefined, name: string): bigint {
  const { content } = expectTag(node, tags.integer, name)
  if (content.length === 0) throw malformed(`${name} is empty`)
  const first = byteAt(content, 0)
  const second = byteAt(content, 1)
  if (content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw malformed(`${name} is padded`)
  }
  const magnitude = toBigInt(content)
  return first >= 0x80 ? magnitude - (1n << BigInt(8 * content.length)) : magnitude
}

/** Value of an INTEGER between 0 and `most`, as a number. */
export function readSmallInteger(node: DerNode | undefined, name: string, most = 0x7fff_ffff): number {
  const value = readInteger(node, name)
  if (value < 0n || value > BigInt(most)) throw malformed(`${name} is out of range`)
  return Number(value)
}

/** Value of a BOOLEAN (only 00 and FF are DER). */
export function readBoolean(node: DerNode | undefined, name: string): boolean {
  const { content } = expectTag(node, tags.boolean, name)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw malformed(`${name} is not a DER boolean`)
  return content[0] === 0xff
}

/** Bytes of an OCTET STRING. */
export function readOctets(node: DerNode | undefined, name: string): Uint8Array {
  return expectTag(node, tags.octetString, name).content
}

/** Bytes of a BIT STRING made of whole octets. */
export function readBits(node: DerNode | undefined, name: string): Uint8Array {
  const { content } = expectTag(node, tags.bitString, name)
  if (content[0] !== 0) throw malformed(`${name} is not made of whole octets`)
  return content.subarray(1)
}

/** Dotted form of an OBJECT IDENTIFIER. */
export function readOid(node: DerNode | undefined, name: string): string {
  const { content } = expectTag(node, tags.oid, name)
  if (content.length === 0 || content.length > 64 || byteAt(content, content.length - 1) >= 0x80) {
    throw malformed(`${name} is not an object identifier`)
  }
  const arcs: bigint[] = []
  let arc = 0n
  let fresh = true
  for (const byte of content) {
    if (fresh && byte === 0x80) throw malformed(`${name} has a padded arc`)
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    fresh = byte < 0x80
    if (!fresh) continue
    arcs.push(arc)
    arc = 0n
  }
  const [head = 0n, ...rest] = arcs
  const top = head < 40n ? 0n : head < 80n ? 1n : 2n
  return [top, head - 40n * top, ...rest].join('.')
}

const textTags: readonly number[] = [tags.utf8String, tags.printableString, tags.ia5String]

/** Text of a UTF8String, PrintableString or IA5String; `only` narrows the accepted tag. */
export function readText(node: DerNode | undefined, name: string, only?: number): string {
  if (node === undefined || !(only === undefined ? textTags.includes(node.tag) : node.tag === only)) {
    throw malformed(`${name} is not a text`, { found: node?.tag ?? -1 })
  }
  if (node.tag === tags.utf8String) return fromUtf8(node.content)
  if (node.content.some((byte) => byte > 0x7f)) throw malformed(`${name} is not ASCII`)
  return fromLatin1(node.content)
}

/** Instant (ms UTC) of a GeneralizedTime or UTCTime in its DER form, ending in Z. */
export function readTime(node: DerNode | undefined, name: string): number {
  if (node === undefined || (node.tag !== tags.utcTime && node.tag !== tags.generalizedTime)) {
    throw malformed(`${name} is not a time`)
  }
  const instant = parseDerTime(fromLatin1(node.content), node.tag === tags.utcTime)
  if (instant === null) throw malformed(`${name} is not a DER time`)
  return instant
}

/** Size in bytes of the element that starts at 0, judged by its own length: for padded holes. */
export function derLength(bytes: Uint8Array): number {
  return readDerAt(bytes, 0).raw.length
}

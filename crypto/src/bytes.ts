import { CryptoError } from './errors.ts'

/** Compares without an early exit, so that the time taken tells nothing about where the difference is. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  for (let i = 0; i < left.length; i++) difference |= byteAt(left, i) ^ byteAt(right, i)
  return difference === 0
}

/** The byte at `index`; reading past the end answers 0 (callers check lengths first). */
export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0
}

/** Joins arrays into a new one. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBytes(parts)
}

/** Joins a list of any length, which would not fit the arguments of a call. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

const hexDigits = '0123456789abcdef'

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexDigits.charAt(byte >> 4) + hexDigits.charAt(byte & 15)
  return text
}

/** Reads hexadecimal of even length, either case, nothing else. @throws CryptoError text.malformed */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw new CryptoError('text.malformed', 'not hexadecimal')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

const encoder = new TextEncoder()

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Text of UTF-8 bytes. @throws CryptoError text.malformed when the bytes are not UTF-8 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) throw new CryptoError('text.malformed', 'not UTF-8')
    throw cause
  }
}

/** One character per byte (ISO 8859-1), for the byte syntax of PDF and ASN.1 strings. */
export function fromLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096))
  return text
}

/** One byte per character. @throws CryptoError text.malformed when a character is above U+00FF */
export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 255) throw new CryptoError('text.malformed', 'character above U+00FF', { index: i })
    bytes[i] = code
  }
  return bytes
}

/** Base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(fromLatin1(bytes))
}

/** Strict base64: padded, no white space, no stray bits. @throws CryptoError text.malformed */
export function fromBase64(text: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new CryptoError('text.malformed', 'not base64')
  }
  const bytes = latin1(atob(text))
  if (toBase64(bytes) !== text) throw new CryptoError('text.malformed', 'base64 with stray bits')
  return bytes
}

/** Big-endian unsigned integer of the bytes. */
export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
}

/** Big-endian bytes of exactly `sizeBytes`; the value must fit. */
export function fromBigInt(value: bigint, sizeBytes: number): Uint8Array {
  return fromHex(value.toString(16).padStart(sizeBytes * 2, '0'))
}

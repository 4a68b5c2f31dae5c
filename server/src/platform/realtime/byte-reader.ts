/** A strict reader of lib0's byte format for input nobody vouches for: every read is bounded, every surprise throws `Malformed`. */

/** The bytes break the grammar. Caught where frames arrive; the socket is closed. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A position in a byte array that only moves forward. */
export class ByteReader {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get done(): boolean {
    return this.at >= this.bytes.length
  }

  /** One byte. */
  byte(): number {
    const value = this.bytes[this.at]
    if (value === undefined) throw new Malformed('truncated')
    this.at += 1
    return value
  }

  /** An unsigned LEB128 number up to 2^53 - 1. */
  uint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const next = this.byte()
      value += (next & 127) * scale
      scale *= 128
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 63) throw new Malformed('number out of range')
      if (next < 128) return value
    }
  }

  /** A signed number: six bits and a sign in the first byte, seven bits in the others. Its value is not needed here. */
  skipInt(): void {
    let next = this.byte()
    let value = next & 63
    for (let scale = 64; next > 127; scale *= 128) {
      next = this.byte()
      value += (next & 127) * scale
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 63) throw new Malformed('number out of range')
    }
  }

  skip(length: number): void {
    if (length > this.bytes.length - this.at) throw new Malformed('truncated')
    this.at += length
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.at
    this.skip(length)
    return this.bytes.subarray(start, this.at)
  }

  /** A byte array with its length in front, as a view. */
  block(): Uint8Array {
    return this.take(this.uint())
  }

  /** Passes over a UTF-8 string with its byte length in front, as strictly as `text` reads it, without making a string.
   *
   * @returns its length in UTF-16 units
   */
  textLength(): number {
    const length = this.uint()
    const start = this.at
    this.skip(length)
    const units = countUtf16(this.bytes, start, this.at)
    if (units < 0) throw new Malformed('not UTF-8')
    return units
  }

  /** A UTF-8 string with its byte length in front. */
  text(): string {
    const bytes = this.block()
    try {
      return utf8.decode(bytes)
    } catch {
      throw new Malformed('not UTF-8')
    }
  }

  assertDone(): void {
    if (!this.done) throw new Malformed('trailing bytes')
  }
}

/** UTF-16 units of the UTF-8 text in `bytes[start..end)`; -1 when it is none. Source: Unicode 15, table 3-7 */
function countUtf16(bytes: Uint8Array, start: number, end: number): number {
  let units = 0
  for (let at = start; at < end; units += 1) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) {
      at += 1
      continue
    }
    const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0
    if (more === 0 || at + more >= end) return -1
    const second = bytes[at + 1] ?? 0
    const [low, high] = lead === 0xe0 ? overlong3 : lead === 0xed ? surrogate : lead === 0xf0 ? overlong4 : lead === 0xf4 ? beyond : anyTail
    if (second < low || second > high) return -1
    for (let next = at + 2; next <= at + more; next += 1) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return -1
    if (more === 3) units += 1
    at += 1 + more
  }
  return units
}

/** What the second byte may be after certain first ones. */
const [anyTail, overlong3, surrogate, overlong4, beyond] = [
  [0x80, 0xbf],
  [0xa0, 0xbf],
  [0x80, 0x9f],
  [0x90, 0xbf],
  [0x80, 0x8f],
] as const

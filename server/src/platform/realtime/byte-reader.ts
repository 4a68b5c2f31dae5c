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

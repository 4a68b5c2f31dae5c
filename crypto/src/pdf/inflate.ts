/** Bounded zlib decompression for cross-reference and object streams. Sources: RFC 1950, RFC 1951. */
import { byteAt } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from './budget.ts'

const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

interface Codes {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
  /** For the next `fastBits` bits as they lie in the data: symbol × 16 + length of its code, 0 when the code is longer. */
  readonly fast: Uint16Array
}

const fastBits = 9

function malformed(): CryptoError {
  return new CryptoError('pdf.malformed', 'compressed data is damaged')
}

function buildCodes(lengths: readonly number[]): Codes {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let i = 1; i < 15; i++) offsets[i + 1] = (offsets[i] ?? 0) + (counts[i] ?? 0)
  const symbols = new Uint16Array(lengths.length)
  const next = firstCodes(counts)
  const fast = new Uint16Array(1 << fastBits)
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    const at = offsets[length] ?? 0
    symbols[at] = symbol
    offsets[length] = at + 1
    const code = next[length] ?? 0
    next[length] = code + 1
    if (length > fastBits) return
    // Codes are packed from their first bit on, so the bits lie in reverse.
    let reversed = 0
    for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit)
    for (let rest = reversed; rest < fast.length; rest += 1 << length) fast[rest] = symbol * 16 + length
  })
  return { counts, symbols, fast }
}

/** The first code of each length. Source: RFC 1951 section 3.2.2 */
function firstCodes(counts: Uint16Array): Uint32Array {
  const next = new Uint32Array(16)
  let code = 0
  for (let length = 1; length < 16; length++) {
    code = (code + (counts[length - 1] ?? 0)) << 1
    next[length] = code
  }
  return next
}

const fixedLengths = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))
const fixedLiterals = buildCodes(fixedLengths)
const fixedDistances = buildCodes(Array.from({ length: 30 }, () => 5))

class BitReader {
  readonly #bytes: Uint8Array
  #at: number
  #bits = 0
  #count = 0

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes
    this.#at = start
  }

  read(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw malformed()
      this.#bits |= byteAt(this.#bytes, this.#at++) << this.#count
      this.#count += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#count -= count
    return value
  }

  decode(codes: Codes): number {
    while (this.#count < fastBits && this.#at < this.#bytes.length) {
      this.#bits |= byteAt(this.#bytes, this.#at++) << this.#count
      this.#count += 8
    }
    const found = codes.fast[this.#bits & ((1 << fastBits) - 1)] ?? 0
    const length = found & 15
    if (length === 0 || length > this.#count) return this.#decodeLong(codes)
    this.#bits >>>= length
    this.#count -= length
    return found >> 4
  }

  #decodeLong(codes: Codes): number {
    let [code, first, index] = [0, 0, 0]
    for (let length = 1; length < 16; length++) {
      code |= this.read(1)
      const count = codes.counts[length] ?? 0
      if (code - count < first) return codes.symbols[index + code - first] ?? 0
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw malformed()
  }

  /** Bytes of a stored block, from the next whole octet. */
  readStored(): Uint8Array {
    // Whole octets read ahead are given back.
    this.#at -= this.#count >> 3
    this.#bits = 0
    this.#count = 0
    const length = byteAt(this.#bytes, this.#at) | (byteAt(this.#bytes, this.#at + 1) << 8)
    this.#at += 4
    if (this.#at + length > this.#bytes.length) throw malformed()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}

class Output {
  readonly #budget: Budget
  bytes = new Uint8Array(4096)
  length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    // Counted in steps, before the memory is asked for.
    const size = Math.max(this.bytes.length * 2, this.length + count)
    this.#budget.spendInflated(size - this.bytes.length)
    const larger = new Uint8Array(size)
    larger.set(this.bytes)
    this.bytes = larger
  }

  copy(distance: number, count: number): void {
    if (distance > this.length) throw malformed()
    this.reserve(count)
    for (let i = 0; i < count; i++, this.length++) this.bytes[this.length] = byteAt(this.bytes, this.length - distance)
  }
}

/** Decompresses a zlib stream. @throws CryptoError pdf.malformed, pdf.too-large */
export function inflate(bytes: Uint8Array, budget: Budget): Uint8Array {
  const header = (byteAt(bytes, 0) << 8) | byteAt(bytes, 1)
  if ((byteAt(bytes, 0) & 15) !== 8 || header % 31 !== 0 || (byteAt(bytes, 1) & 32) !== 0) throw malformed()
  return inflateFrom(bytes, 2, budget)
}

/** Decompresses bare deflated data, as in ZIP packages. @throws CryptoError pdf.malformed, pdf.too-large */
export function inflateRaw(bytes: Uint8Array, budget: Budget): Uint8Array {
  return inflateFrom(bytes, 0, budget)
}

function inflateFrom(bytes: Uint8Array, start: number, budget: Budget): Uint8Array {
  const reader = new BitReader(bytes, start)
  const output = new Output(budget)
  for (let last = 0; last === 0; ) {
    last = reader.read(1)
    const type = reader.read(2)
    if (type === 3) throw malformed()
    if (type === 0) {
      const stored = reader.readStored()
      output.reserve(stored.length)
      output.bytes.set(stored, output.length)
      output.length += stored.length
    } else {
      const { literals, distances } =
        type === 1 ? { literals: fixedLiterals, distances: fixedDistances } : readCodes(reader)
      inflateBlock(reader, output, literals, distances)
    }
  }
  return output.bytes.subarray(0, output.length)
}

function readCodes(reader: BitReader): { readonly literals: Codes; readonly distances: Codes } {
  const [literalCount, distanceCount, orderCount] = [reader.read(5) + 257, reader.read(5) + 1, reader.read(4) + 4]
  const orderLengths = Array.from({ length: 19 }, () => 0)
  for (let i = 0; i < orderCount; i++) orderLengths[codeLengthOrder[i] ?? 0] = reader.read(3)
  const orderCodes = buildCodes(orderLengths)
  const lengths: number[] = []
  while (lengths.length < literalCount + distanceCount) {
    const symbol = reader.decode(orderCodes)
    if (symbol < 16) lengths.push(symbol)
    else if (symbol === 16) lengths.push(...Array.from({ length: 3 + reader.read(2) }, () => lengths.at(-1) ?? 0))
    else lengths.push(...Array.from({ length: symbol === 17 ? 3 + reader.read(3) : 11 + reader.read(7) }, () => 0))
  }
  return {
    literals: buildCodes(lengths.slice(0, literalCount)),
    distances: buildCodes(lengths.slice(literalCount, literalCount + distanceCount)),
  }
}

function inflateBlock(reader: BitReader, output: Output, literals: Codes, distances: Codes): void {
  for (;;) {
    const symbol = reader.decode(literals)
    if (symbol === 256) return
    if (symbol < 256) {
      output.reserve(1)
      output.bytes[output.length++] = symbol
      continue
    }
    const [base, extra] = [lengthBase[symbol - 257], lengthExtra[symbol - 257]]
    if (base === undefined || extra === undefined) throw malformed()
    const count = base + reader.read(extra)
    const code = reader.decode(distances)
    const [far, farExtra] = [distanceBase[code], distanceExtra[code]]
    if (far === undefined || farExtra === undefined) throw malformed()
    output.copy(far + reader.read(farExtra), count)
  }
}

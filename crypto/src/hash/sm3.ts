/**
 * SM3 hash function. Source: GB/T 32905-2016 (GM/T 0004-2012), clauses 4 and 5.
 * Pure TypeScript over 32-bit integers; runs in the same time for equal lengths.
 */
import { concatBytes } from '../bytes.ts'

const initial = Int32Array.from([
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
])

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

const roundConstants = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j & 31))

/** Size of an SM3 digest in bytes. */
export const sm3Size = 32

/** Incremental SM3: `update` as often as needed, then `digest` once. */
export class Sm3 {
  readonly #state = Int32Array.from(initial)
  readonly #block = new Uint8Array(64)
  readonly #words = new Int32Array(68)
  #filled = 0
  #lengthBytes = 0

  /** Feeds bytes; they are read at once and not kept. */
  update(bytes: Uint8Array): this {
    this.#lengthBytes += bytes.length
    let offset = 0
    if (this.#filled > 0) {
      offset = Math.min(64 - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, offset), this.#filled)
      this.#filled += offset
      if (this.#filled < 64) return this
      compress(this.#state, this.#block, 0, this.#words)
      this.#filled = 0
    }
    for (; offset + 64 <= bytes.length; offset += 64) compress(this.#state, bytes, offset, this.#words)
    this.#block.set(bytes.subarray(offset))
    this.#filled = bytes.length - offset
    return this
  }

  /** Finishes and answers the 32-byte digest. The object must not be used afterwards. */
  digest(): Uint8Array {
    const tail = new Uint8Array(this.#filled < 56 ? 64 : 128)
    tail.set(this.#block.subarray(0, this.#filled))
    tail[this.#filled] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(tail.length - 8, Math.floor(this.#lengthBytes / 0x2000_0000))
    view.setUint32(tail.length - 4, (this.#lengthBytes << 3) >>> 0)
    for (let offset = 0; offset < tail.length; offset += 64) compress(this.#state, tail, offset, this.#words)
    const digest = new Uint8Array(sm3Size)
    const out = new DataView(digest.buffer)
    this.#state.forEach((word, i) => out.setInt32(4 * i, word))
    return digest
  }
}

/** SM3 of the joined parts: 32 bytes. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = new Sm3()
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** HMAC with SM3 (GB/T 15852.2, RFC 2104 construction): 32 bytes. */
export function hmacSm3(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > 64 ? sm3(key) : key
  const inner = new Uint8Array(64).fill(0x36)
  const outer = new Uint8Array(64).fill(0x5c)
  short.forEach((byte, i) => {
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  })
  return sm3(outer, sm3(inner, message))
}

/** Key derivation from a shared secret. Source: GB/T 32918.3-2016 clause 5.4.3. Answers `sizeBytes` bytes. */
export function sm3Kdf(secret: Uint8Array, sizeBytes: number): Uint8Array {
  const blocks: Uint8Array[] = []
  for (let counter = 1; blocks.length * sm3Size < sizeBytes; counter++) {
    const suffix = new Uint8Array(4)
    new DataView(suffix.buffer).setUint32(0, counter)
    blocks.push(sm3(secret, suffix))
  }
  return concatBytes(...blocks).subarray(0, sizeBytes)
}

/** Message expansion, clause 5.3.2: 16 words of the block into W0…W67. */
function expand(words: Int32Array, bytes: Uint8Array, offset: number): void {
  for (let j = 0, at = offset; j < 16; j++, at += 4) {
    words[j] =
      ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  }
  for (let j = 16; j < 68; j++) {
    const w3 = words[j - 3] ?? 0
    const w13 = words[j - 13] ?? 0
    const x = (words[j - 16] ?? 0) ^ (words[j - 9] ?? 0) ^ ((w3 << 15) | (w3 >>> 17))
    const p1 = x ^ ((x << 15) | (x >>> 17)) ^ ((x << 23) | (x >>> 9))
    words[j] = p1 ^ ((w13 << 7) | (w13 >>> 25)) ^ (words[j - 6] ?? 0)
  }
}

/**
 * Compression function, clause 5.3.3, of one 64-byte block at `offset`.
 * Written out without arrays and calls: this loop decides how fast whole documents are digested.
 */
function compress(state: Int32Array, bytes: Uint8Array, offset: number, words: Int32Array): void {
  expand(words, bytes, offset)
  let a = state[0] ?? 0
  let b = state[1] ?? 0
  let c = state[2] ?? 0
  let d = state[3] ?? 0
  let e = state[4] ?? 0
  let f = state[5] ?? 0
  let g = state[6] ?? 0
  let h = state[7] ?? 0
  for (let j = 0; j < 64; j++) {
    const w = words[j] ?? 0
    const a12 = (a << 12) | (a >>> 20)
    const sum = (a12 + e + (roundConstants[j] ?? 0)) | 0
    const ss1 = (sum << 7) | (sum >>> 25)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ a12) + (w ^ (words[j + 4] ?? 0))) | 0
    const tt2 = (gg + h + ss1 + w) | 0
    d = c
    c = (b << 9) | (b >>> 23)
    b = a
    a = tt1
    h = g
    g = (f << 19) | (f >>> 13)
    f = e
    e = tt2 ^ ((tt2 << 9) | (tt2 >>> 23)) ^ ((tt2 << 17) | (tt2 >>> 15))
  }
  state[0] = (state[0] ?? 0) ^ a
  state[1] = (state[1] ?? 0) ^ b
  state[2] = (state[2] ?? 0) ^ c
  state[3] = (state[3] ?? 0) ^ d
  state[4] = (state[4] ?? 0) ^ e
  state[5] = (state[5] ?? 0) ^ f
  state[6] = (state[6] ?? 0) ^ g
  state[7] = (state[7] ?? 0) ^ h
}

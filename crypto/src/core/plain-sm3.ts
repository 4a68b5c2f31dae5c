/** SM3 compression in TypeScript. Source: GB/T 32905-2016 clauses 5.3.2 and 5.3.3. Runs in the same time for equal lengths. */
import { sm3Initial } from '../hash/sm3-initial.ts'
import type { Sm3Core } from './port.ts'

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

const roundConstants = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j & 31))

const words = new Int32Array(68)
const stretchBlock = new Uint8Array(64)

/** SM3 in TypeScript. */
export const plainSm3: Sm3Core = {
  digest(parts) {
    const state = Int32Array.from(sm3Initial)
    const sizeBytes = parts.reduce((sum, part) => sum + part.length, 0)
    const tail = new Uint8Array(128)
    let filled = 0
    for (const part of parts) {
      let offset = 0
      if (filled > 0) {
        offset = Math.min(64 - filled, part.length)
        tail.set(part.subarray(0, offset), filled)
        filled += offset
        if (filled < 64) continue
        compress(state, tail, 0)
      }
      for (; offset + 64 <= part.length; offset += 64) compress(state, part, offset)
      filled = part.length - offset
      tail.set(part.subarray(offset))
    }
    const padded = filled < 56 ? 64 : 128
    tail.fill(0, filled)
    tail[filled] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(padded - 8, Math.floor(sizeBytes / 0x2000_0000))
    view.setUint32(padded - 4, (sizeBytes << 3) >>> 0)
    for (let offset = 0; offset < padded; offset += 64) compress(state, tail, offset)
    return presentState(state)
  },
  absorb(state, bytes) {
    for (let offset = 0; offset < bytes.length; offset += 64) compress(state, bytes, offset)
  },
  stretch(inner, outer, first, count) {
    let value = first
    const sum = first.slice()
    for (let i = 1; i < count; i++) {
      value = digestFrom(outer, digestFrom(inner, value))
      for (let at = 0; at < 32; at++) sum[at] = (sum[at] ?? 0) ^ (value[at] ?? 0)
    }
    return sum
  },
}

/** Digest of one block of HMAC key, already in the state, and 32 bytes. */
function digestFrom(start: Int32Array, value: Uint8Array): Uint8Array {
  const state = Int32Array.from(start)
  stretchBlock.fill(0)
  stretchBlock.set(value)
  stretchBlock[32] = 0x80
  stretchBlock[62] = 3 // 768 bits
  compress(state, stretchBlock, 0)
  return presentState(state)
}

function presentState(state: Int32Array): Uint8Array {
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  state.forEach((word, i) => out.setInt32(4 * i, word))
  return digest
}

/** Message expansion, clause 5.3.2: 16 words of the block into W0…W67. */
function expand(bytes: Uint8Array, offset: number): void {
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
function compress(state: Int32Array, bytes: Uint8Array, offset: number): void {
  expand(bytes, offset)
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

/** GHASH in TypeScript. Source: NIST SP 800-38D section 6.4. Table look-ups depend on key and text, see SECURITY.md. */
import { byteAt } from '../bytes.ts'

/** Folds `bytes`, padded with zeros to whole blocks, into the state. */
export function plainGhash(subkey: Uint8Array, state: Uint8Array, bytes: Uint8Array): void {
  const table = multiplesOf(subkey)
  for (let at = 0; at < bytes.length; at += 16) {
    for (let i = 0; i < 16 && at + i < bytes.length; i++) state[i] = byteAt(state, i) ^ byteAt(bytes, at + i)
    multiplyInPlace(state, table)
  }
}

/** Multiples of the subkey by every 4-bit value, four words each, for multiplication in quarter bytes. */
function multiplesOf(subkey: Uint8Array): Int32Array {
  const view = new DataView(subkey.buffer, subkey.byteOffset, 16)
  const table = new Int32Array(64)
  let v = [0, 4, 8, 12].map((at) => view.getInt32(at))
  for (const index of [8, 4, 2, 1]) {
    table.set(v, 4 * index)
    const [a = 0, b = 0, c = 0, d = 0] = v
    v = [(a >>> 1) ^ (d & 1 ? 0xe1000000 : 0), (b >>> 1) | (a << 31), (c >>> 1) | (b << 31), (d >>> 1) | (c << 31)]
  }
  for (const bit of [2, 4, 8]) {
    for (let low = 1; low < bit; low++) {
      for (let i = 0; i < 4; i++) table[4 * (bit + low) + i] = (table[4 * bit + i] ?? 0) ^ (table[4 * low + i] ?? 0)
    }
  }
  return table
}

/** What the four bits shifted out at the right come back as at the top. */
const reductions = Int32Array.from({ length: 16 }, (_, n) => {
  let value = 0
  for (let bit = 0; bit < 4; bit++) if (n & (1 << bit)) value ^= 0xe1000000 >>> (3 - bit)
  return value
})

function multiplyInPlace(sum: Uint8Array, table: Int32Array): void {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 31; i >= 0; i--) {
    if (i < 31) {
      const out = d & 15
      d = (d >>> 4) | (c << 28)
      c = (c >>> 4) | (b << 28)
      b = (b >>> 4) | (a << 28)
      a = (a >>> 4) ^ (reductions[out] ?? 0)
    }
    const byte = sum[i >> 1] ?? 0
    const row = 4 * (i % 2 === 0 ? byte >> 4 : byte & 15)
    a ^= table[row] ?? 0
    b ^= table[row + 1] ?? 0
    c ^= table[row + 2] ?? 0
    d ^= table[row + 3] ?? 0
  }
  const view = new DataView(sum.buffer, sum.byteOffset, 16)
  view.setInt32(0, a)
  view.setInt32(4, b)
  view.setInt32(8, c)
  view.setInt32(12, d)
}

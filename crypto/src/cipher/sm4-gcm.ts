/** SM4 in Galois/Counter Mode. Sources: NIST SP 800-38D, RFC 8998 section 2, GB/T 36624-2018. */
import { byteAt, concatBytes, equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { applyKeyStream, Sm4 } from './sm4.ts'

const tagSize = 16

/**
 * Enciphers and authenticates; answers ciphertext ‖ 16-byte tag.
 * `iv` is 12 bytes and must never be used twice with a key. `aad` is authenticated and not enciphered.
 * @throws CryptoError sm4.bad-length
 */
export function sm4GcmEncrypt(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array = new Uint8Array(),
): Uint8Array {
  const cipher = new Sm4(key)
  const ciphertext = applyKeyStream(cipher, counterBlock(iv, 2), plaintext, 4)
  return concatBytes(ciphertext, computeTag(cipher, iv, ciphertext, aad))
}

/** Reverse of `sm4GcmEncrypt`. @throws CryptoError sm4.bad-length, sm4.authentication-failed */
export function sm4GcmDecrypt(
  key: Uint8Array,
  iv: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array = new Uint8Array(),
): Uint8Array {
  if (sealed.length < tagSize) throw new CryptoError('sm4.bad-length', 'shorter than its tag')
  const cipher = new Sm4(key)
  const ciphertext = sealed.subarray(0, sealed.length - tagSize)
  if (!equalBytes(computeTag(cipher, iv, ciphertext, aad), sealed.subarray(sealed.length - tagSize))) {
    throw new CryptoError('sm4.authentication-failed', 'the text was changed or the key is another')
  }
  return applyKeyStream(cipher, counterBlock(iv, 2), ciphertext, 4)
}

function counterBlock(iv: Uint8Array, count: number): Uint8Array {
  if (iv.length !== 12) throw new CryptoError('sm4.bad-length', 'iv must be 12 bytes')
  return concatBytes(iv, Uint8Array.of(0, 0, 0, count))
}

function computeTag(cipher: Sm4, iv: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array {
  const subkey = new Uint8Array(16)
  cipher.transformBlock(subkey, 0, false)
  const lengths = new Uint8Array(16)
  const view = new DataView(lengths.buffer)
  view.setBigUint64(0, BigInt(aad.length) * 8n)
  view.setBigUint64(8, BigInt(ciphertext.length) * 8n)
  const sum = ghash(subkey, [aad, ciphertext, lengths])
  return applyKeyStream(cipher, counterBlock(iv, 1), sum, 4)
}

/** Multiples of the subkey by every 4-bit value, four words each, for multiplication in quarter bytes. */
function multiplesOf(subkey: Uint8Array): Int32Array {
  const view = new DataView(subkey.buffer)
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

function ghash(subkey: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const table = multiplesOf(subkey)
  const sum = new Uint8Array(16)
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 16) {
      for (let i = 0; i < 16 && at + i < part.length; i++) sum[i] = byteAt(sum, i) ^ byteAt(part, at + i)
      multiplyInPlace(sum, table)
    }
  }
  return sum
}

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
  const view = new DataView(sum.buffer)
  view.setInt32(0, a)
  view.setInt32(4, b)
  view.setInt32(8, c)
  view.setInt32(12, d)
}

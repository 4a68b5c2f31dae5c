/**
 * SM4 in TypeScript. Source: GB/T 32907-2016.
 * Table look-ups depend on key and text: this serves where WebAssembly cannot run. SECURITY.md says what that means.
 */
import { byteAt } from '../bytes.ts'
import type { Sm4Core } from './port.ts'

const sbox = Uint8Array.from([
  0xd6, 0x90, 0xe9, 0xfe, 0xcc, 0xe1, 0x3d, 0xb7, 0x16, 0xb6, 0x14, 0xc2, 0x28, 0xfb, 0x2c, 0x05, 0x2b, 0x67, 0x9a,
  0x76, 0x2a, 0xbe, 0x04, 0xc3, 0xaa, 0x44, 0x13, 0x26, 0x49, 0x86, 0x06, 0x99, 0x9c, 0x42, 0x50, 0xf4, 0x91, 0xef,
  0x98, 0x7a, 0x33, 0x54, 0x0b, 0x43, 0xed, 0xcf, 0xac, 0x62, 0xe4, 0xb3, 0x1c, 0xa9, 0xc9, 0x08, 0xe8, 0x95, 0x80,
  0xdf, 0x94, 0xfa, 0x75, 0x8f, 0x3f, 0xa6, 0x47, 0x07, 0xa7, 0xfc, 0xf3, 0x73, 0x17, 0xba, 0x83, 0x59, 0x3c, 0x19,
  0xe6, 0x85, 0x4f, 0xa8, 0x68, 0x6b, 0x81, 0xb2, 0x71, 0x64, 0xda, 0x8b, 0xf8, 0xeb, 0x0f, 0x4b, 0x70, 0x56, 0x9d,
  0x35, 0x1e, 0x24, 0x0e, 0x5e, 0x63, 0x58, 0xd1, 0xa2, 0x25, 0x22, 0x7c, 0x3b, 0x01, 0x21, 0x78, 0x87, 0xd4, 0x00,
  0x46, 0x57, 0x9f, 0xd3, 0x27, 0x52, 0x4c, 0x36, 0x02, 0xe7, 0xa0, 0xc4, 0xc8, 0x9e, 0xea, 0xbf, 0x8a, 0xd2, 0x40,
  0xc7, 0x38, 0xb5, 0xa3, 0xf7, 0xf2, 0xce, 0xf9, 0x61, 0x15, 0xa1, 0xe0, 0xae, 0x5d, 0xa4, 0x9b, 0x34, 0x1a, 0x55,
  0xad, 0x93, 0x32, 0x30, 0xf5, 0x8c, 0xb1, 0xe3, 0x1d, 0xf6, 0xe2, 0x2e, 0x82, 0x66, 0xca, 0x60, 0xc0, 0x29, 0x23,
  0xab, 0x0d, 0x53, 0x4e, 0x6f, 0xd5, 0xdb, 0x37, 0x45, 0xde, 0xfd, 0x8e, 0x2f, 0x03, 0xff, 0x6a, 0x72, 0x6d, 0x6c,
  0x5b, 0x51, 0x8d, 0x1b, 0xaf, 0x92, 0xbb, 0xdd, 0xbc, 0x7f, 0x11, 0xd9, 0x5c, 0x41, 0x1f, 0x10, 0x5a, 0xd8, 0x0a,
  0xc1, 0x31, 0x88, 0xa5, 0xcd, 0x7b, 0xbd, 0x2d, 0x74, 0xd0, 0x12, 0xb8, 0xe5, 0xb4, 0xb0, 0x89, 0x69, 0x97, 0x4a,
  0x0c, 0x96, 0x77, 0x7e, 0x65, 0xb9, 0xf1, 0x09, 0xc5, 0x6e, 0xc6, 0x84, 0x18, 0xf0, 0x7d, 0xec, 0x3a, 0xdc, 0x4d,
  0x20, 0x79, 0xee, 0x5f, 0x3e, 0xd7, 0xcb, 0x39, 0x48,
])

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

/** Substitution and linear transform of one byte, for each of the four byte positions. */
const tables: readonly Int32Array[] = [24, 16, 8, 0].map((shift) =>
  Int32Array.from(sbox, (byte) => {
    const word = byte << shift
    return word ^ rotl(word, 2) ^ rotl(word, 10) ^ rotl(word, 18) ^ rotl(word, 24)
  }),
)
const [table0 = new Int32Array(256), table1 = table0, table2 = table0, table3 = table0] = tables

function substitute(x: number): number {
  return (
    (byteAt(sbox, x >>> 24) << 24) |
    (byteAt(sbox, (x >>> 16) & 255) << 16) |
    (byteAt(sbox, (x >>> 8) & 255) << 8) |
    byteAt(sbox, x & 255)
  )
}

/** An expanded key: one instance enciphers and deciphers any number of blocks. */
class Sm4 {
  readonly #roundKeys: Int32Array

  constructor(key: Uint8Array) {
    const view = new DataView(key.buffer, key.byteOffset, 16)
    const fixed = [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc]
    const words = fixed.map((word, i) => view.getUint32(4 * i) ^ word)
    this.#roundKeys = new Int32Array(32)
    for (let i = 0; i < 32; i++) {
      const constant = [0, 1, 2, 3].reduce((word, j) => (word << 8) | (((4 * i + j) * 7) & 255), 0)
      const mixed = substitute((words[i + 1] ?? 0) ^ (words[i + 2] ?? 0) ^ (words[i + 3] ?? 0) ^ constant)
      const next = (words[i] ?? 0) ^ mixed ^ rotl(mixed, 13) ^ rotl(mixed, 23)
      words.push(next)
      this.#roundKeys[i] = next
    }
  }

  /** Enciphers (or deciphers) 16 bytes at `offset` of `block` in place. */
  transformBlock(block: Uint8Array, offset: number, decipher: boolean): void {
    const keys = this.#roundKeys
    let x0 = readWord(block, offset)
    let x1 = readWord(block, offset + 4)
    let x2 = readWord(block, offset + 8)
    let x3 = readWord(block, offset + 12)
    for (let i = 0; i < 32; i++) {
      const t = x1 ^ x2 ^ x3 ^ (keys[decipher ? 31 - i : i] ?? 0)
      const high = (table0[t >>> 24] ?? 0) ^ (table1[(t >>> 16) & 255] ?? 0)
      const next = x0 ^ high ^ (table2[(t >>> 8) & 255] ?? 0) ^ (table3[t & 255] ?? 0)
      x0 = x1
      x1 = x2
      x2 = x3
      x3 = next
    }
    writeWord(block, offset, x3)
    writeWord(block, offset + 4, x2)
    writeWord(block, offset + 8, x1)
    writeWord(block, offset + 12, x0)
  }
}

function readWord(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24
  bytes[at + 1] = word >>> 16
  bytes[at + 2] = word >>> 8
  bytes[at + 3] = word
}

/** SM4 under one key in TypeScript. */
export function plainSm4(key: Uint8Array): Sm4Core {
  const cipher = new Sm4(key)
  return {
    encryptBlocks(blocks) {
      const out = Uint8Array.from(blocks)
      for (let at = 0; at < out.length; at += 16) cipher.transformBlock(out, at, false)
      return out
    },
    decryptBlock(block) {
      const out = Uint8Array.from(block)
      cipher.transformBlock(out, 0, true)
      return out
    },
    encryptCbc(chain, blocks) {
      const out = new Uint8Array(blocks.length)
      for (let at = 0; at < out.length; at += 16) {
        mixBlock(chain, blocks, at)
        cipher.transformBlock(chain, 0, false)
        out.set(chain, at)
      }
      return out
    },
    decryptCbc(chain, blocks) {
      const out = Uint8Array.from(blocks)
      for (let at = 0; at < out.length; at += 16) {
        cipher.transformBlock(out, at, true)
        for (let i = 0; i < 16; i++) out[at + i] = byteAt(out, at + i) ^ byteAt(chain, i)
        chain.set(blocks.subarray(at, at + 16))
      }
      return out
    },
    applyCtr(counter, text, out = new Uint8Array(text.length)) {
      const stream = new Uint8Array(16)
      for (let at = 0; at < text.length; at += 16) {
        stream.set(counter)
        cipher.transformBlock(stream, 0, false)
        for (let i = 0; i < 16 && at + i < text.length; i++) out[at + i] = byteAt(text, at + i) ^ byteAt(stream, i)
        countUp(counter)
      }
      return out
    },
    absorbMac(chain, blocks) {
      for (let at = 0; at < blocks.length; at += 16) {
        mixBlock(chain, blocks, at)
        cipher.transformBlock(chain, 0, false)
      }
    },
  }
}

function mixBlock(chain: Uint8Array, blocks: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) chain[i] = byteAt(chain, i) ^ byteAt(blocks, at + i)
}

function countUp(counter: Uint8Array): void {
  for (let i = 15; i >= 0; i--) {
    counter[i] = (byteAt(counter, i) + 1) & 255
    if (counter[i] !== 0) break
  }
}

/**
 * SM4 and its modes. Sources: GB/T 32907-2016, GB/T 17964-2021, RFC 8998.
 *
 * The S-box is computed, not looked up in memory: an inversion in GF(2^8) over GF(2^4) whose 16-entry tables sit in vector
 * registers (M. Hamburg, "Accelerating AES with vector permute instructions", applied to SM4's field). Sixteen bytes go
 * through at once: four blocks' words. So CTR, GCM, CBC decryption and MACs do the same work for every key and text.
 * CBC encryption has only one block at a time to work on and uses memory tables: see SECURITY.md.
 */
import { data } from './memory'

/** 32 round keys in host order (128 bytes); JavaScript keeps them per key and copies them in. */
export const sm4Keys: usize = memory.data(128, 16)
/** The 16-byte key, counter or chaining block. */
export const sm4Block: usize = memory.data(16, 16)
const counters: usize = memory.data(128, 16)
const encryptTables: usize = memory.data(4096, 16)
let hasTables = false

/**
 * Lookups of the S-box. x → (i, k) of A·x + C in the basis (ζ, ζ^16) with k = i + j, low and high half of the byte; 1/n; 1/(ν·n);
 * and what 1/io and 1/jo contribute to A·(inverse). 0x80 stands for infinity: it makes the next lookup answer 0.
 */
const tables: usize = memory.data<u8>([
  0x0a, 0x43, 0x23, 0x6a, 0xe6, 0xaf, 0xcf, 0x86, 0x42, 0x0b, 0x6b, 0x22, 0xae, 0xe7, 0x87, 0xce,
  0x00, 0xb9, 0xf8, 0x41, 0xee, 0x57, 0x16, 0xaf, 0xb5, 0x0c, 0x4d, 0xf4, 0x5b, 0xe2, 0xa3, 0x1a,
  0x80, 0x01, 0x09, 0x0e, 0x0d, 0x0b, 0x07, 0x06, 0x0f, 0x02, 0x0c, 0x05, 0x0a, 0x04, 0x03, 0x08,
  0x80, 0x04, 0x02, 0x0d, 0x01, 0x0a, 0x0f, 0x0b, 0x09, 0x08, 0x05, 0x07, 0x0e, 0x03, 0x0c, 0x06,
  0x00, 0x88, 0x1f, 0x0b, 0xe9, 0x75, 0x14, 0x9c, 0x83, 0x6a, 0x61, 0x7e, 0xfd, 0xf6, 0xe2, 0x97,
  0x00, 0x43, 0x64, 0x84, 0xdc, 0x7f, 0xe0, 0xa3, 0xc7, 0x1b, 0x9f, 0xfb, 0x3c, 0xb8, 0x58, 0x27,
], 16)

/** The S-box of sixteen bytes, short of the last constant d3. */
@inline function substitute(x: v128): v128 {
  const low = i8x16.splat(15)
  const y = v128.xor(i8x16.swizzle(v128.load(tables), v128.and(x, low)), i8x16.swizzle(v128.load(tables, 16), v128.and(i16x8.shr_u(x, 4), low)))
  const i = v128.and(i16x8.shr_u(y, 4), low)
  const k = v128.and(y, low)
  const j = v128.xor(i, k)
  const inverse = v128.load(tables, 32)
  const scaled = i8x16.swizzle(v128.load(tables, 48), k)
  const io = v128.xor(i8x16.swizzle(inverse, v128.xor(i8x16.swizzle(inverse, i), scaled)), j)
  const jo = v128.xor(i8x16.swizzle(inverse, v128.xor(i8x16.swizzle(inverse, j), scaled)), i)
  return v128.xor(i8x16.swizzle(v128.load(tables, 64), io), i8x16.swizzle(v128.load(tables, 80), jo))
}

@inline function rotate(x: v128, n: i32): v128 { return v128.or(i32x4.shl(x, n), i32x4.shr_u(x, 32 - n)) }

/** The round function T of four words; 4f4f4f4f is the linear transform of the S-box's constant. */
@inline function transform(x: v128): v128 {
  const s = substitute(x)
  const sum = v128.xor(s, v128.xor(rotate(s, 8), rotate(s, 16)))
  return v128.xor(v128.xor(s, i32x4.splat(0x4f4f4f4f)), v128.xor(rotate(s, 24), rotate(sum, 2)))
}

@inline function swapBytes(x: v128): v128 {
  return i8x16.shuffle(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}

/** Eight blocks from `from` through the rounds to `to`, whose old content is kept mixed in when `mix` is set. */
export function eightBlocks(to: usize, from: usize, mix: bool, backwards: bool): void {
  // Two groups of four blocks side by side hide each other's waiting times. Rows become columns: word i of four blocks.
  let a0 = swapBytes(v128.load(from)), a1 = swapBytes(v128.load(from, 16)), a2 = swapBytes(v128.load(from, 32)), a3 = swapBytes(v128.load(from, 48))
  let b0 = swapBytes(v128.load(from, 64)), b1 = swapBytes(v128.load(from, 80)), b2 = swapBytes(v128.load(from, 96)), b3 = swapBytes(v128.load(from, 112))
  let l0 = v128.shuffle<u32>(a0, a1, 0, 4, 1, 5), l1 = v128.shuffle<u32>(a2, a3, 0, 4, 1, 5)
  let h0 = v128.shuffle<u32>(a0, a1, 2, 6, 3, 7), h1 = v128.shuffle<u32>(a2, a3, 2, 6, 3, 7)
  a0 = v128.shuffle<u64>(l0, l1, 0, 2); a1 = v128.shuffle<u64>(l0, l1, 1, 3)
  a2 = v128.shuffle<u64>(h0, h1, 0, 2); a3 = v128.shuffle<u64>(h0, h1, 1, 3)
  l0 = v128.shuffle<u32>(b0, b1, 0, 4, 1, 5); l1 = v128.shuffle<u32>(b2, b3, 0, 4, 1, 5)
  h0 = v128.shuffle<u32>(b0, b1, 2, 6, 3, 7); h1 = v128.shuffle<u32>(b2, b3, 2, 6, 3, 7)
  b0 = v128.shuffle<u64>(l0, l1, 0, 2); b1 = v128.shuffle<u64>(l0, l1, 1, 3)
  b2 = v128.shuffle<u64>(h0, h1, 0, 2); b3 = v128.shuffle<u64>(h0, h1, 1, 3)
  let key = backwards ? sm4Keys + 124 : sm4Keys
  const step: isize = backwards ? -4 : 4
  for (let round = 0; round < 32; round++) {
    const k = v128.load_splat<u32>(key)
    const a = v128.xor(a0, transform(v128.xor(v128.xor(a1, a2), v128.xor(a3, k))))
    const b = v128.xor(b0, transform(v128.xor(v128.xor(b1, b2), v128.xor(b3, k))))
    a0 = a1; a1 = a2; a2 = a3; a3 = a
    b0 = b1; b1 = b2; b2 = b3; b3 = b
    key += step
  }
  // Back to rows, words in reverse order.
  l0 = v128.shuffle<u32>(a3, a2, 0, 4, 1, 5); l1 = v128.shuffle<u32>(a1, a0, 0, 4, 1, 5)
  h0 = v128.shuffle<u32>(a3, a2, 2, 6, 3, 7); h1 = v128.shuffle<u32>(a1, a0, 2, 6, 3, 7)
  writeBlock(to, v128.shuffle<u64>(l0, l1, 0, 2), mix)
  writeBlock(to + 16, v128.shuffle<u64>(l0, l1, 1, 3), mix)
  writeBlock(to + 32, v128.shuffle<u64>(h0, h1, 0, 2), mix)
  writeBlock(to + 48, v128.shuffle<u64>(h0, h1, 1, 3), mix)
  l0 = v128.shuffle<u32>(b3, b2, 0, 4, 1, 5); l1 = v128.shuffle<u32>(b1, b0, 0, 4, 1, 5)
  h0 = v128.shuffle<u32>(b3, b2, 2, 6, 3, 7); h1 = v128.shuffle<u32>(b1, b0, 2, 6, 3, 7)
  writeBlock(to + 64, v128.shuffle<u64>(l0, l1, 0, 2), mix)
  writeBlock(to + 80, v128.shuffle<u64>(l0, l1, 1, 3), mix)
  writeBlock(to + 96, v128.shuffle<u64>(h0, h1, 0, 2), mix)
  writeBlock(to + 112, v128.shuffle<u64>(h0, h1, 1, 3), mix)
}

@inline function writeBlock(to: usize, words: v128, mix: bool): void {
  const block = swapBytes(words)
  v128.store(to, mix ? v128.xor(v128.load(to), block) : block)
}

/** Four words through T, for the key schedule and single blocks: word 0 counts. */
function transformWord(x: u32): u32 {
  return i32x4.extract_lane(transform(i32x4.splat(x)), 0)
}

/** Expands the key in `sm4Block` into `sm4Keys`. */
export function sm4Expand(): void {
  let a = bswap(load<u32>(sm4Block)) ^ 0xa3b1bac6, b = bswap(load<u32>(sm4Block, 4)) ^ 0x56aa3350
  let c = bswap(load<u32>(sm4Block, 8)) ^ 0x677d9197, d = bswap(load<u32>(sm4Block, 12)) ^ 0xb27022dc
  for (let i: u32 = 0; i < 32; i++) {
    const fixed = ((28 * i & 255) << 24) | ((28 * i + 7 & 255) << 16) | ((28 * i + 14 & 255) << 8) | (28 * i + 21 & 255)
    const s: u32 = i32x4.extract_lane(substitute(i32x4.splat(b ^ c ^ d ^ fixed)), 0) ^ 0xd3d3d3d3
    const next = a ^ s ^ rotl(s, 13) ^ rotl(s, 23)
    a = b; b = c; c = d; d = next
    store<u32>(sm4Keys + 4 * i, next)
  }
}

/** Enciphers or deciphers the first eight blocks of the data buffer, each by itself. */
export function sm4Each(backwards: bool): void {
  eightBlocks(data, data, false, backwards)
}

/**
 * CTR: mixes the key stream into `count` blocks of the data buffer; the counter in `sm4Block` counts on, big-endian over all
 * sixteen bytes. Up to seven blocks behind the last are overwritten.
 */
export function sm4Ctr(count: i32): void {
  ctrFrom(data, count)
}

/** The same for blocks from an address on. */
export function ctrFrom(from: usize, count: i32): void {
  let high = bswap(load<u64>(sm4Block)), low = bswap(load<u64>(sm4Block, 8))
  const end = from + (usize(count) << 4)
  for (let at = from; at < end; at += 128) {
    for (let i: usize = 0; i < 128; i += 16) {
      store<u64>(counters + i, bswap(high + u64(low + (i >> 4) < low)))
      store<u64>(counters + i, bswap(low + (i >> 4)), 8)
    }
    eightBlocks(at, counters, true, false)
    const step = min<u64>(8, u64(end - at) >> 4)
    high += u64(low + step < low)
    low += step
  }
  store<u64>(sm4Block, bswap(high))
  store<u64>(sm4Block, bswap(low), 8)
}

/** CBC decryption of `count` blocks of the data buffer; `sm4Block` is the block before them and becomes their last. */
export function sm4CbcDecrypt(count: i32): void {
  let before = v128.load(sm4Block)
  const end = data + (usize(count) << 4)
  for (let at = data; at < end; at += 128) {
    const blocks = min<usize>(128, end - at)
    memory.copy(counters, at, 128)
    eightBlocks(at, counters, false, true)
    for (let i: usize = 0; i < blocks; i += 16) {
      v128.store(at + i, v128.xor(v128.load(at + i), before))
      before = v128.load(counters + i)
    }
  }
  v128.store(sm4Block, before)
}

/** CBC-MAC: folds `count` blocks of the data buffer into `sm4Block`. */
export function sm4Mac(count: i32): void {
  let x0 = bswap(load<u32>(sm4Block)), x1 = bswap(load<u32>(sm4Block, 4)), x2 = bswap(load<u32>(sm4Block, 8)), x3 = bswap(load<u32>(sm4Block, 12))
  for (let at = data, end = data + (usize(count) << 4); at < end; at += 16) {
    x0 ^= bswap(load<u32>(at)); x1 ^= bswap(load<u32>(at, 4)); x2 ^= bswap(load<u32>(at, 8)); x3 ^= bswap(load<u32>(at, 12))
    for (let key = sm4Keys; key < sm4Keys + 128; key += 4) {
      const next = x0 ^ transformWord(x1 ^ x2 ^ x3 ^ load<u32>(key))
      x0 = x1; x1 = x2; x2 = x3; x3 = next
    }
    let t = x0; x0 = x3; x3 = t
    t = x1; x1 = x2; x2 = t
  }
  store<u32>(sm4Block, bswap(x0)); store<u32>(sm4Block, bswap(x1), 4); store<u32>(sm4Block, bswap(x2), 8); store<u32>(sm4Block, bswap(x3), 12)
}

function fillTables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    // T(x) ^ T(0) leaves the share of the one byte that differs; the share of 0 is put back into the top byte's table.
    for (let place: u32 = 0; place < 4; place++) {
      const share = transformWord(byte << (24 - 8 * place)) ^ (place == 0 ? 0 : transformWord(0))
      store<u32>(encryptTables + (place << 10) + (byte << 2), share)
    }
  }
  hasTables = true
}

/** `before` ^ T(x). One block's rounds wait for each other, so what is known early is mixed early: the table lookups come last. */
@inline function mixIn(before: u32, x: u32): u32 {
  return (before ^ load<u32>(encryptTables + usize((x >>> 22) & 0x3fc)) ^ load<u32>(encryptTables + usize((x >>> 14) & 0x3fc), 1024))
    ^ (load<u32>(encryptTables + usize((x >>> 6) & 0x3fc), 2048) ^ load<u32>(encryptTables + usize((x << 2) & 0x3fc), 3072))
}

/** CBC encryption of `count` blocks of the data buffer; `sm4Block` is the block before them and becomes their last. */
export function sm4CbcEncrypt(count: i32): void {
  if (!hasTables) fillTables()
  let x0 = bswap(load<u32>(sm4Block)), x1 = bswap(load<u32>(sm4Block, 4)), x2 = bswap(load<u32>(sm4Block, 8)), x3 = bswap(load<u32>(sm4Block, 12))
  for (let at = data, end = data + (usize(count) << 4); at < end; at += 16) {
    x0 ^= bswap(load<u32>(at)); x1 ^= bswap(load<u32>(at, 4)); x2 ^= bswap(load<u32>(at, 8)); x3 ^= bswap(load<u32>(at, 12))
    for (let key = sm4Keys; key < sm4Keys + 128; key += 16) {
      x0 = mixIn(x0, (load<u32>(key) ^ x1 ^ x2) ^ x3)
      x1 = mixIn(x1, (load<u32>(key, 4) ^ x2 ^ x3) ^ x0)
      x2 = mixIn(x2, (load<u32>(key, 8) ^ x3 ^ x0) ^ x1)
      x3 = mixIn(x3, (load<u32>(key, 12) ^ x0 ^ x1) ^ x2)
    }
    let t = x0; x0 = x3; x3 = t
    t = x1; x1 = x2; x2 = t
    store<u32>(at, bswap(x0)); store<u32>(at, bswap(x1), 4); store<u32>(at, bswap(x2), 8); store<u32>(at, bswap(x3), 12)
  }
  store<u32>(sm4Block, bswap(x0)); store<u32>(sm4Block, bswap(x1), 4); store<u32>(sm4Block, bswap(x2), 8); store<u32>(sm4Block, bswap(x3), 12)
}

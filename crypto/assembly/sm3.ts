/** SM3 compression. Source: GB/T 32905-2016 clause 5.3. Same work for every message of a length. */
import { data } from './memory'

/** Eight state words in host order; JavaScript copies them in and out, so any number of digests can run interleaved. */
export const sm3State: usize = memory.data(32, 16)
/** W0…W67. */
const words: usize = memory.data(272, 16)
/** Round constants T_j <<< j. */
const constants: usize = memory.data(256, 16)
let isReady = false

@inline function p0(x: u32): u32 { return x ^ rotl(x, 9) ^ rotl(x, 17) }
@inline function rotate(x: v128, n: i32): v128 { return v128.or(i32x4.shl(x, n), i32x4.shr_u(x, 32 - n)) }

function prepare(): void {
  for (let j: u32 = 0; j < 64; j++) store<u32>(constants + 4 * j, rotl<u32>(j < 16 ? 0x79cc4519 : 0x7a879d8a, j & 31))
  isReady = true
}

/** Four words, big-endian, of the message. */
@inline function readWords(at: usize): v128 {
  const x = v128.load(at)
  return i8x16.shuffle(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}

@inline function p1(x: v128): v128 { return v128.xor(x, v128.xor(rotate(x, 15), rotate(x, 23))) }

/**
 * Message expansion (5.3.2): the next four words of sixteen held in four vectors. The fourth depends on the first, which is
 * not there yet; since P1 is linear its share is added afterwards.
 */
@inline function expand(w0: v128, w1: v128, w2: v128, w3: v128): v128 {
  const nothing = i32x4.splat(0)
  const minus9 = v128.shuffle<u32>(w1, w2, 3, 4, 5, 6)
  const minus3 = v128.shuffle<u32>(w3, nothing, 1, 2, 3, 4)
  const minus13 = v128.shuffle<u32>(w0, w1, 3, 4, 5, 6)
  const minus6 = v128.shuffle<u32>(w2, w3, 2, 3, 4, 5)
  const x = v128.xor(v128.xor(w0, minus9), rotate(minus3, 15))
  const next = v128.xor(p1(x), v128.xor(rotate(minus13, 7), minus6))
  const first = v128.shuffle<u32>(nothing, next, 0, 1, 2, 4)
  return v128.xor(next, p1(rotate(first, 15)))
}

/** Digests `count` blocks of 64 bytes at the start of the data buffer into the state. */
export function sm3Blocks(count: i32): void {
  if (!isReady) prepare()
  let v0 = load<u32>(sm3State), v1 = load<u32>(sm3State, 4), v2 = load<u32>(sm3State, 8), v3 = load<u32>(sm3State, 12)
  let v4 = load<u32>(sm3State, 16), v5 = load<u32>(sm3State, 20), v6 = load<u32>(sm3State, 24), v7 = load<u32>(sm3State, 28)
  for (let block = data, end = data + (usize(count) << 6); block < end; block += 64) {
    let w0 = readWords(block), w1 = readWords(block + 16), w2 = readWords(block + 32), w3 = readWords(block + 48)
    v128.store(words, w0); v128.store(words, w1, 16); v128.store(words, w2, 32); v128.store(words, w3, 48)
    let a = v0, b = v1, c = v2, d = v3, e = v4, f = v5, g = v6, h = v7
    // Four rounds a turn, so that the rotation of the eight variables comes out even.
    let j: usize = 0
    for (; j < 64; j += 16) {
      const next = expand(w0, w1, w2, w3)
      v128.store(words + j, next, 64)
      w0 = w1; w1 = w2; w2 = w3; w3 = next
      let r = rotl(a, 12), s = rotl(r + e + load<u32>(constants + j), 7), w = load<u32>(words + j)
      d += (a ^ b ^ c) + (s ^ r) + (w ^ load<u32>(words + j, 16))
      h = p0(h + (e ^ f ^ g) + s + w); b = rotl(b, 9); f = rotl(f, 19)
      r = rotl(d, 12); s = rotl(r + h + load<u32>(constants + j, 4), 7); w = load<u32>(words + j, 4)
      c += (d ^ a ^ b) + (s ^ r) + (w ^ load<u32>(words + j, 20))
      g = p0(g + (h ^ e ^ f) + s + w); a = rotl(a, 9); e = rotl(e, 19)
      r = rotl(c, 12); s = rotl(r + g + load<u32>(constants + j, 8), 7); w = load<u32>(words + j, 8)
      b += (c ^ d ^ a) + (s ^ r) + (w ^ load<u32>(words + j, 24))
      f = p0(f + (g ^ h ^ e) + s + w); d = rotl(d, 9); h = rotl(h, 19)
      r = rotl(b, 12); s = rotl(r + f + load<u32>(constants + j, 12), 7); w = load<u32>(words + j, 12)
      a += (b ^ c ^ d) + (s ^ r) + (w ^ load<u32>(words + j, 28))
      e = p0(e + (f ^ g ^ h) + s + w); c = rotl(c, 9); g = rotl(g, 19)
    }
    for (; j < 256; j += 16) {
      if (j < 208) {
        const next = expand(w0, w1, w2, w3)
        v128.store(words + j, next, 64)
        w0 = w1; w1 = w2; w2 = w3; w3 = next
      }
      let r = rotl(a, 12), s = rotl(r + e + load<u32>(constants + j), 7), w = load<u32>(words + j)
      d += ((a & b) | (c & (a | b))) + (s ^ r) + (w ^ load<u32>(words + j, 16))
      h = p0(h + (g ^ (e & (f ^ g))) + s + w); b = rotl(b, 9); f = rotl(f, 19)
      r = rotl(d, 12); s = rotl(r + h + load<u32>(constants + j, 4), 7); w = load<u32>(words + j, 4)
      c += ((d & a) | (b & (d | a))) + (s ^ r) + (w ^ load<u32>(words + j, 20))
      g = p0(g + (f ^ (h & (e ^ f))) + s + w); a = rotl(a, 9); e = rotl(e, 19)
      r = rotl(c, 12); s = rotl(r + g + load<u32>(constants + j, 8), 7); w = load<u32>(words + j, 8)
      b += ((c & d) | (a & (c | d))) + (s ^ r) + (w ^ load<u32>(words + j, 24))
      f = p0(f + (e ^ (g & (h ^ e))) + s + w); d = rotl(d, 9); h = rotl(h, 19)
      r = rotl(b, 12); s = rotl(r + f + load<u32>(constants + j, 12), 7); w = load<u32>(words + j, 12)
      a += ((b & c) | (d & (b | c))) + (s ^ r) + (w ^ load<u32>(words + j, 28))
      e = p0(e + (h ^ (f & (g ^ h))) + s + w); c = rotl(c, 9); g = rotl(g, 19)
    }
    v0 ^= a; v1 ^= b; v2 ^= c; v3 ^= d; v4 ^= e; v5 ^= f; v6 ^= g; v7 ^= h
  }
  store<u32>(sm3State, v0); store<u32>(sm3State, v1, 4); store<u32>(sm3State, v2, 8); store<u32>(sm3State, v3, 12)
  store<u32>(sm3State, v4, 16); store<u32>(sm3State, v5, 20); store<u32>(sm3State, v6, 24); store<u32>(sm3State, v7, 28)
}

/** Inner and outer state of an HMAC key, the last value and the running sum of PBKDF2: four times 32 bytes. */
export const stretchState: usize = memory.data(128, 16)

/** `count` further iterations of PBKDF2 with HMAC-SM3 (RFC 8018 section 5.2). Overwrites the start of the data buffer. */
export function sm3Stretch(count: i32): void {
  const value = stretchState + 64, sum = stretchState + 96
  memory.fill(data, 0, 64)
  store<u8>(data, 0x80, 32)
  store<u32>(data, bswap<u32>(768), 60) // bits of a 64-byte key block and a 32-byte digest
  for (let i = 0; i < count; i++) {
    hashValue(stretchState, value)
    hashValue(stretchState + 32, value)
    v128.store(sum, v128.xor(v128.load(sum), v128.load(value)))
    v128.store(sum, v128.xor(v128.load(sum, 16), v128.load(value, 16)), 16)
  }
}

/** value = digest of value, started from a state. All words are in host order except in the data buffer. */
function hashValue(start: usize, value: usize): void {
  for (let i: usize = 0; i < 32; i += 4) store<u32>(data + i, bswap(load<u32>(value + i)))
  memory.copy(sm3State, start, 32)
  sm3Blocks(1)
  memory.copy(value, sm3State, 32)
}

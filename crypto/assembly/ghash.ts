/**
 * GHASH, the authentication of GCM. Source: NIST SP 800-38D section 6.4.
 *
 * WebAssembly has no carry-less multiplication. Integer multiplication does it when every fourth bit only is set: carries
 * then fall into the gaps (T. Pornin, BearSSL). No table, so nothing depends on key or text. High halves come from the
 * product of the bit-reversed factors.
 */
import { data } from './memory'

/** The subkey H and the running value, 16 bytes each. */
export const ghashKey: usize = memory.data(16, 16)
export const ghashState: usize = memory.data(16, 16)

/** Low 64 bits of the carry-less product. */
@inline function multiplyLow(x: u64, y: u64): u64 {
  const x0 = x & 0x1111111111111111, x1 = x & 0x2222222222222222, x2 = x & 0x4444444444444444, x3 = x & 0x8888888888888888
  const y0 = y & 0x1111111111111111, y1 = y & 0x2222222222222222, y2 = y & 0x4444444444444444, y3 = y & 0x8888888888888888
  return (((x0 * y0) ^ (x1 * y3) ^ (x2 * y2) ^ (x3 * y1)) & 0x1111111111111111)
    | (((x0 * y1) ^ (x1 * y0) ^ (x2 * y3) ^ (x3 * y2)) & 0x2222222222222222)
    | (((x0 * y2) ^ (x1 * y1) ^ (x2 * y0) ^ (x3 * y3)) & 0x4444444444444444)
    | (((x0 * y3) ^ (x1 * y2) ^ (x2 * y1) ^ (x3 * y0)) & 0x8888888888888888)
}

@inline function swapBits(x: u64, mask: u64, distance: u64): u64 {
  return ((x & mask) << distance) | ((x >> distance) & mask)
}

@inline function reverse(x: u64): u64 {
  x = swapBits(x, 0x5555555555555555, 1)
  x = swapBits(x, 0x3333333333333333, 2)
  return bswap(swapBits(x, 0x0f0f0f0f0f0f0f0f, 4))
}

/** Folds `count` blocks of 16 bytes of the data buffer into the state. */
export function ghashBlocks(count: i32): void {
  const h1 = bswap(load<u64>(ghashKey)), h0 = bswap(load<u64>(ghashKey, 8))
  const h0r = reverse(h0), h1r = reverse(h1), h2 = h0 ^ h1, h2r = h0r ^ h1r
  let y1 = bswap(load<u64>(ghashState)), y0 = bswap(load<u64>(ghashState, 8))
  for (let at = data, end = data + (usize(count) << 4); at < end; at += 16) {
    y1 ^= bswap(load<u64>(at))
    y0 ^= bswap(load<u64>(at, 8))
    const y0r = reverse(y0), y1r = reverse(y1), y2 = y0 ^ y1, y2r = y0r ^ y1r
    const z0 = multiplyLow(y0, h0), z1 = multiplyLow(y1, h1), z2 = multiplyLow(y2, h2) ^ z0 ^ z1
    const z0h = multiplyLow(y0r, h0r), z1h = multiplyLow(y1r, h1r)
    const z2h = reverse(multiplyLow(y2r, h2r) ^ z0h ^ z1h) >> 1
    // 255 bits in reverse order: one shift to the left, then reduction by x^128 + x^7 + x^2 + x + 1.
    let v0 = z0, v1 = (reverse(z0h) >> 1) ^ z2, v2 = z1 ^ z2h, v3 = reverse(z1h) >> 1
    v3 = (v3 << 1) | (v2 >> 63)
    v2 = (v2 << 1) | (v1 >> 63)
    v1 = (v1 << 1) | (v0 >> 63)
    v0 <<= 1
    v2 ^= v0 ^ (v0 >> 1) ^ (v0 >> 2) ^ (v0 >> 7)
    v1 ^= (v0 << 63) ^ (v0 << 62) ^ (v0 << 57)
    v3 ^= v1 ^ (v1 >> 1) ^ (v1 >> 2) ^ (v1 >> 7)
    v2 ^= (v1 << 63) ^ (v1 << 62) ^ (v1 << 57)
    y0 = v2
    y1 = v3
  }
  store<u64>(ghashState, bswap(y1))
  store<u64>(ghashState, bswap(y0), 8)
}

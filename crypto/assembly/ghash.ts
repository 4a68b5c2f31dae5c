/**
 * GHASH, the authentication of GCM. Source: NIST SP 800-38D section 6.4.
 *
 * WebAssembly has no carry-less multiplication. The products of H with every half byte are laid out so that sixteen of them are
 * taken from a vector register at once: nothing is looked up in memory by key or text. Byte i of a block stands for the degrees
 * 8i … 8i+7, the highest bit first; the product has 32 such bytes.
 */
import { data } from './memory'

/** The subkey H and the running value, 16 bytes each. */
export const ghashKey: usize = memory.data(16, 16)
export const ghashState: usize = memory.data(16, 16)

/** Byte p of H·n, for n in the upper half of a byte (first 16) and in the lower half, p from 0 to 16. */
const products: usize = memory.data(544, 16)
/** The subkey the products belong to. */
const current: usize = memory.data(16, 16)
let isReady = false

/** Lays out the products of the subkey. */
function prepare(): void {
  const high = bswap(load<u64>(ghashKey)), low = bswap(load<u64>(ghashKey, 8))
  for (let n: u64 = 0; n < 16; n++) {
    for (let half: u64 = 0; half < 2; half++) {
      let first: u64 = 0, second: u64 = 0, last: u64 = 0
      // Bit 3 of a half byte is its lowest degree; multiplying by x shifts to the right.
      for (let bit: u64 = 0; bit < 4; bit++) {
        const wanted: u64 = 0 - ((n >> bit) & 1)
        const shift = 3 - bit + 4 * half
        first ^= wanted & (high >> shift)
        second ^= wanted & ((low >> shift) | ((high << 1) << (63 - shift)))
        last ^= wanted & ((low << 1) << (63 - shift))
      }
      const column = products + usize(n) + usize(half << 4)
      for (let p: usize = 0; p < 8; p++) {
        store<u8>(column + 32 * p, u8(first >> (56 - 8 * p)))
        store<u8>(column + 32 * (p + 8), u8(second >> (56 - 8 * p)))
      }
      store<u8>(column + 512, u8(last >> 56))
    }
  }
  memory.copy(current, ghashKey, 16)
  isReady = true
}

/** Folds `count` blocks of 16 bytes of the data buffer into the state. */
export function ghashBlocks(count: i32): void {
  const changed = (load<u64>(ghashKey) ^ load<u64>(current)) | (load<u64>(ghashKey, 8) ^ load<u64>(current, 8))
  if (!isReady || changed != 0) prepare()
  const mask = i8x16.splat(15)
  const nothing = i64x2.splat(0)
  let y = v128.load(ghashState)
  for (let at = data, end = data + (usize(count) << 4); at < end; at += 16) {
    y = v128.xor(y, v128.load(at))
    const upper = v128.and(i16x8.shr_u(y, 4), mask), lower = v128.and(y, mask)
    // Horner's scheme over the byte places, the highest first: shift the product by a byte, add sixteen more.
    let z0 = nothing, z1 = nothing
    for (let row = products + 512; row >= products; row -= 32) {
      z1 = i8x16.shuffle(z0, z1, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
      z0 = i8x16.shuffle(nothing, z0, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
      z0 = v128.xor(z0, v128.xor(i8x16.swizzle(v128.load(row), upper), i8x16.swizzle(v128.load(row, 16), lower)))
    }
    // x^128 = x^7 + x^2 + x + 1: the second half comes back in, and once more what that pushes over the end.
    let high = bswap(u64(i64x2.extract_lane(z1, 0)))
    const low = bswap(u64(i64x2.extract_lane(z1, 1)))
    high ^= (low << 63) ^ (low << 62) ^ (low << 57)
    const r1 = high ^ (high >> 1) ^ (high >> 2) ^ (high >> 7)
    const r0 = low ^ ((low >> 1) | (high << 63)) ^ ((low >> 2) | (high << 62)) ^ ((low >> 7) | (high << 57))
    y = v128.xor(z0, i64x2.replace_lane(i64x2.splat(bswap(r1)), 1, bswap(r0)))
  }
  v128.store(ghashState, y)
}

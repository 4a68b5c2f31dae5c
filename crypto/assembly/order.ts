/**
 * Integers modulo the order n of the base point. Source: GB/T 32918.5-2017. Same limbs and Montgomery factor as the field,
 * but always non-negative, because n has no shape that would make a signed reduction cheap.
 */
import { canonical, copy, fromBytes, isBelow, isZero, limbMask } from './field'
import { elementSize, orderWork } from './memory'

/** n, and R² mod n. */
export const order: usize = memory.data<u32>([0x19d54123, 0x1ddfa049, 0x11814ad4, 0x7bed643, 0x1ffff720, 0x1fffffff, 0x1fffffff, 0x1fdfffff, 0xffffff], 16)
const montgomerySquare: usize = memory.data<u32>([0x159b7552, 0x15c38c55, 0xb5ce697, 0x1164d74c, 0x151153b6, 0x1875ffc1, 0x1620fc84, 0x559e9d, 0xd7904b], 16)
/** n − 2, the exponent of inversion, as 32 bytes from the top. */
const inversionExponent: usize = memory.data<u8>([
  0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
  0x72, 0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x21,
], 16)

const n0: i64 = 0x19d54123, n1: i64 = 0x1ddfa049, n2: i64 = 0x11814ad4, n3: i64 = 0x7bed643, n4: i64 = 0x1ffff720
const n5: i64 = 0x1fffffff, n6: i64 = 0x1fffffff, n7: i64 = 0x1fdfffff, n8: i64 = 0xffffff
/** −n^-1 modulo 2^29. */
const inverse: i64 = 0x12350975

const power: usize = orderWork
const factor: usize = orderWork + 48

/** out = a·b·2^-261 mod n; all limbs non-negative. */
export function multiplyScalar(out: usize, a: usize, b: usize): void {
  const a0: i64 = load<i32>(a, 0), a1: i64 = load<i32>(a, 4), a2: i64 = load<i32>(a, 8)
  const a3: i64 = load<i32>(a, 12), a4: i64 = load<i32>(a, 16), a5: i64 = load<i32>(a, 20)
  const a6: i64 = load<i32>(a, 24), a7: i64 = load<i32>(a, 28), a8: i64 = load<i32>(a, 32)
  const b0: i64 = load<i32>(b, 0), b1: i64 = load<i32>(b, 4), b2: i64 = load<i32>(b, 8)
  const b3: i64 = load<i32>(b, 12), b4: i64 = load<i32>(b, 16), b5: i64 = load<i32>(b, 20)
  const b6: i64 = load<i32>(b, 24), b7: i64 = load<i32>(b, 28), b8: i64 = load<i32>(b, 32)
  let t: i64 = a0 * b0
  const m0 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b1 + a1 * b0 + ((t + m0 * n0) >> 29) + m0 * n1
  const m1 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b2 + a1 * b1 + a2 * b0 + m0 * n2 + ((t + m1 * n0) >> 29) + m1 * n1
  const m2 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + m0 * n3 + m1 * n2 + ((t + m2 * n0) >> 29) + m2 * n1
  const m3 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 + m0 * n4 + m1 * n3 + m2 * n2 + ((t + m3 * n0) >> 29)
      + m3 * n1
  const m4 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 + m0 * n5 + m1 * n4 + m2 * n3 + m3 * n2
      + ((t + m4 * n0) >> 29) + m4 * n1
  const m5 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 + m0 * n6 + m1 * n5 + m2 * n4 + m3 * n3
      + m4 * n2 + ((t + m5 * n0) >> 29) + m5 * n1
  const m6 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 + m0 * n7 + m1 * n6 + m2 * n5
      + m3 * n4 + m4 * n3 + m5 * n2 + ((t + m6 * n0) >> 29) + m6 * n1
  const m7 = ((t & limbMask) * inverse) & limbMask
  t = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + m0 * n8 + m1 * n7
      + m2 * n6 + m3 * n5 + m4 * n4 + m5 * n3 + m6 * n2 + ((t + m7 * n0) >> 29) + m7 * n1
  const m8 = ((t & limbMask) * inverse) & limbMask
  t = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + m1 * n8 + m2 * n7 + m3 * n6
      + m4 * n5 + m5 * n4 + m6 * n3 + m7 * n2 + ((t + m8 * n0) >> 29) + m8 * n1
  store<i32>(out, i32(t & limbMask), 0)
  t = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + m2 * n8 + m3 * n7 + m4 * n6 + m5 * n5
      + m6 * n4 + m7 * n3 + m8 * n2 + (t >> 29)
  store<i32>(out, i32(t & limbMask), 4)
  t = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + m3 * n8 + m4 * n7 + m5 * n6 + m6 * n5 + m7 * n4
      + m8 * n3 + (t >> 29)
  store<i32>(out, i32(t & limbMask), 8)
  t = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + m4 * n8 + m5 * n7 + m6 * n6 + m7 * n5 + m8 * n4
      + (t >> 29)
  store<i32>(out, i32(t & limbMask), 12)
  t = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + m5 * n8 + m6 * n7 + m7 * n6 + m8 * n5 + (t >> 29)
  store<i32>(out, i32(t & limbMask), 16)
  t = a6 * b8 + a7 * b7 + a8 * b6 + m6 * n8 + m7 * n7 + m8 * n6 + (t >> 29)
  store<i32>(out, i32(t & limbMask), 20)
  t = a7 * b8 + a8 * b7 + m7 * n8 + m8 * n7 + (t >> 29)
  store<i32>(out, i32(t & limbMask), 24)
  t = a8 * b8 + m8 * n8 + (t >> 29)
  store<i32>(out, i32(t & limbMask), 28)
  store<i32>(out, i32((t >> 29)), 32)
}

/** out = a + b mod n. */
export function addScalar(out: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < elementSize; i += 4) store<i32>(out + i, load<i32>(a + i) + load<i32>(b + i))
  canonical(out, out, order)
}

/** out = a − b mod n. */
export function subtractScalar(out: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < elementSize; i += 4) store<i32>(out + i, load<i32>(a + i) - load<i32>(b + i))
  canonical(out, out, order)
}

/** out = a^-1 mod n, both with one Montgomery factor in and out (a·R → a^-1·R). The exponent is public. */
export function invertScalar(out: usize, a: usize): void {
  copy(factor, a)
  copy(power, a)
  // Left to right over the bits of n − 2 below the top one.
  for (let bit = 254; bit >= 0; bit--) {
    multiplyScalar(power, power, power)
    const byte: i32 = load<u8>(inversionExponent + usize(31 - (bit >> 3)))
    if ((byte >> (bit & 7)) & 1) multiplyScalar(power, power, factor)
  }
  canonical(out, power, order)
}

/** out = a in Montgomery form. */
export function scalarToMontgomery(out: usize, a: usize): void {
  multiplyScalar(out, a, montgomerySquare)
}

/** Reads 32 bytes; answers 1 when the value lies in [1, n−1], without a branch on it. */
export function readScalar(out: usize, bytes: usize): i32 {
  fromBytes(out, bytes)
  return isBelow(out, order) & (isZero(out) ^ 1)
}

/**
 * The field of SM2: integers modulo p = 2^256 − 2^224 − 2^96 + 2^64 − 1. Source: GB/T 32918.5-2017.
 *
 * An element is nine signed limbs of 29 bits in Montgomery form with R = 2^261. Limbs may be negative, so additions and
 * subtractions need no borrow; a product column is a sum of nine 64-bit products and still fits a signed 64-bit integer.
 * p ≡ −1 modulo 2^64 makes the Montgomery quotient of a limb the limb itself, and the reduction a few shifts.
 *
 * Bounds: products and `carry` give limbs of at most 2^28 in size ("reduced"). A product accepts limbs up to 2^30 on one
 * side and 2^29 on the other, so one sum or difference of two reduced elements may be multiplied without carrying.
 * Nothing here branches on a value or uses one as an address.
 */
import { elementSize, fieldWork } from './memory'

/** Lowest 29 bits. */
export const limbMask: i64 = 0x1fffffff
/** Half a limb, for rounding to the nearest multiple instead of down. */
const half: i64 = 0x10000000

/** p, R mod p (the number one), R² mod p. */
export const prime: usize = memory.data<u32>([0x1fffffff, 0x1fffffff, 0x3f, 0x1ffffe00, 0x1fffffff, 0x1fffffff, 0x1fffffff, 0x1fdfffff, 0xffffff], 16)
export const one: usize = memory.data<u32>([0x20, 0, 0x1ffff800, 0x3fff, 0, 0, 0, 0x4000000, 0], 16)
const montgomerySquare: usize = memory.data<u32>([0xc00, 0x4000, 0x1fff0000, 0x17ffff, 0x400000, 0x2000000, 0, 1, 0x10], 16)
/** The integer one, not in Montgomery form. */
const plainOne: usize = memory.data<u32>([1, 0, 0, 0, 0, 0, 0, 0, 0], 16)

const trial: usize = fieldWork
const packed: usize = fieldWork + 48
const power30: usize = fieldWork + 96
const power32: usize = fieldWork + 144
const power: usize = fieldWork + 192
const base: usize = fieldWork + 240

/** out = a·b·2^-261 mod p. */
export function multiply(out: usize, a: usize, b: usize): void {
  const a0: i64 = load<i32>(a, 0), a1: i64 = load<i32>(a, 4), a2: i64 = load<i32>(a, 8)
  const a3: i64 = load<i32>(a, 12), a4: i64 = load<i32>(a, 16), a5: i64 = load<i32>(a, 20)
  const a6: i64 = load<i32>(a, 24), a7: i64 = load<i32>(a, 28), a8: i64 = load<i32>(a, 32)
  const b0: i64 = load<i32>(b, 0), b1: i64 = load<i32>(b, 4), b2: i64 = load<i32>(b, 8)
  const b3: i64 = load<i32>(b, 12), b4: i64 = load<i32>(b, 16), b5: i64 = load<i32>(b, 20)
  const b6: i64 = load<i32>(b, 24), b7: i64 = load<i32>(b, 28), b8: i64 = load<i32>(b, 32)
  let t: i64 = a0 * b0
  const m0 = t & limbMask
  t = a0 * b1 + a1 * b0 + (t >> 29)
  const m1 = t & limbMask
  t = a0 * b2 + a1 * b1 + a2 * b0 + (m0 << 6) + (t >> 29)
  const m2 = t & limbMask
  t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (m0 << 9) + (m1 << 6) + (t >> 29)
  const m3 = t & limbMask
  t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (m1 << 9) + (m2 << 6) + (t >> 29)
  const m4 = t & limbMask
  t = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - (m2 << 9) + (m3 << 6) + (t >> 29)
  const m5 = t & limbMask
  t = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 - (m3 << 9) + (m4 << 6) + (t >> 29)
  const m6 = t & limbMask
  t = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 - (m0 << 21) - (m4 << 9)
      + (m5 << 6) + (t >> 29)
  const m7 = t & limbMask
  t = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 + (m0 << 24)
      - (m1 << 21) - (m5 << 9) + (m6 << 6) + (t >> 29)
  const m8 = t & limbMask
  t = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 + (m1 << 24) - (m2 << 21)
      - (m6 << 9) + (m7 << 6) + (t >> 29)
  let carry: i64 = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 0)
  t = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 + (m2 << 24) - (m3 << 21) - (m7 << 9)
      + (m8 << 6) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 4)
  t = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 + (m3 << 24) - (m4 << 21) - (m8 << 9) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 8)
  t = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 + (m4 << 24) - (m5 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 12)
  t = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 + (m5 << 24) - (m6 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 16)
  t = a6 * b8 + a7 * b7 + a8 * b6 + (m6 << 24) - (m7 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 20)
  t = a7 * b8 + a8 * b7 + (m7 << 24) - (m8 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 24)
  t = a8 * b8 + (m8 << 24) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 28)
  store<i32>(out, i32(carry), 32)
}

/** out = a²·2^-261 mod p. */
export function square(out: usize, a: usize): void {
  const a0: i64 = load<i32>(a, 0), a1: i64 = load<i32>(a, 4), a2: i64 = load<i32>(a, 8)
  const a3: i64 = load<i32>(a, 12), a4: i64 = load<i32>(a, 16), a5: i64 = load<i32>(a, 20)
  const a6: i64 = load<i32>(a, 24), a7: i64 = load<i32>(a, 28), a8: i64 = load<i32>(a, 32)
  const d0 = a0 << 1, d1 = a1 << 1, d2 = a2 << 1, d3 = a3 << 1
  const d4 = a4 << 1, d5 = a5 << 1, d6 = a6 << 1, d7 = a7 << 1
  let t: i64 = a0 * a0
  const m0 = t & limbMask
  t = d0 * a1 + (t >> 29)
  const m1 = t & limbMask
  t = d0 * a2 + a1 * a1 + (m0 << 6) + (t >> 29)
  const m2 = t & limbMask
  t = d0 * a3 + d1 * a2 - (m0 << 9) + (m1 << 6) + (t >> 29)
  const m3 = t & limbMask
  t = d0 * a4 + d1 * a3 + a2 * a2 - (m1 << 9) + (m2 << 6) + (t >> 29)
  const m4 = t & limbMask
  t = d0 * a5 + d1 * a4 + d2 * a3 - (m2 << 9) + (m3 << 6) + (t >> 29)
  const m5 = t & limbMask
  t = d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3 - (m3 << 9) + (m4 << 6) + (t >> 29)
  const m6 = t & limbMask
  t = d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4 - (m0 << 21) - (m4 << 9) + (m5 << 6) + (t >> 29)
  const m7 = t & limbMask
  t = d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4 + (m0 << 24) - (m1 << 21) - (m5 << 9) + (m6 << 6)
      + (t >> 29)
  const m8 = t & limbMask
  t = d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5 + (m1 << 24) - (m2 << 21) - (m6 << 9) + (m7 << 6) + (t >> 29)
  let carry: i64 = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 0)
  t = d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5 + (m2 << 24) - (m3 << 21) - (m7 << 9) + (m8 << 6) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 4)
  t = d3 * a8 + d4 * a7 + d5 * a6 + (m3 << 24) - (m4 << 21) - (m8 << 9) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 8)
  t = d4 * a8 + d5 * a7 + a6 * a6 + (m4 << 24) - (m5 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 12)
  t = d5 * a8 + d6 * a7 + (m5 << 24) - (m6 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 16)
  t = d6 * a8 + a7 * a7 + (m6 << 24) - (m7 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 20)
  t = d7 * a8 + (m7 << 24) - (m8 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 24)
  t = a8 * a8 + (m8 << 24) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 28)
  store<i32>(out, i32(carry), 32)
}

/** out = (a·b − c·d)·2^-261 mod p, with one reduction for both products. */
export function multiplySubtract(out: usize, a: usize, b: usize, c: usize, d: usize): void {
  const a0: i64 = load<i32>(a, 0), a1: i64 = load<i32>(a, 4), a2: i64 = load<i32>(a, 8)
  const a3: i64 = load<i32>(a, 12), a4: i64 = load<i32>(a, 16), a5: i64 = load<i32>(a, 20)
  const a6: i64 = load<i32>(a, 24), a7: i64 = load<i32>(a, 28), a8: i64 = load<i32>(a, 32)
  const b0: i64 = load<i32>(b, 0), b1: i64 = load<i32>(b, 4), b2: i64 = load<i32>(b, 8)
  const b3: i64 = load<i32>(b, 12), b4: i64 = load<i32>(b, 16), b5: i64 = load<i32>(b, 20)
  const b6: i64 = load<i32>(b, 24), b7: i64 = load<i32>(b, 28), b8: i64 = load<i32>(b, 32)
  const c0: i64 = load<i32>(c, 0), c1: i64 = load<i32>(c, 4), c2: i64 = load<i32>(c, 8)
  const c3: i64 = load<i32>(c, 12), c4: i64 = load<i32>(c, 16), c5: i64 = load<i32>(c, 20)
  const c6: i64 = load<i32>(c, 24), c7: i64 = load<i32>(c, 28), c8: i64 = load<i32>(c, 32)
  const d0: i64 = load<i32>(d, 0), d1: i64 = load<i32>(d, 4), d2: i64 = load<i32>(d, 8)
  const d3: i64 = load<i32>(d, 12), d4: i64 = load<i32>(d, 16), d5: i64 = load<i32>(d, 20)
  const d6: i64 = load<i32>(d, 24), d7: i64 = load<i32>(d, 28), d8: i64 = load<i32>(d, 32)
  let t: i64 = a0 * b0 - c0 * d0
  const m0 = t & limbMask
  t = a0 * b1 + a1 * b0 - c0 * d1 - c1 * d0 + (t >> 29)
  const m1 = t & limbMask
  t = a0 * b2 + a1 * b1 + a2 * b0 - c0 * d2 - c1 * d1 - c2 * d0 + (m0 << 6) + (t >> 29)
  const m2 = t & limbMask
  t = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - c0 * d3 - c1 * d2 - c2 * d1 - c3 * d0 - (m0 << 9) + (m1 << 6)
      + (t >> 29)
  const m3 = t & limbMask
  t = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - c0 * d4 - c1 * d3 - c2 * d2 - c3 * d1 - c4 * d0
      - (m1 << 9) + (m2 << 6) + (t >> 29)
  const m4 = t & limbMask
  t = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0 - c0 * d5 - c1 * d4 - c2 * d3 - c3 * d2 - c4 * d1
      - c5 * d0 - (m2 << 9) + (m3 << 6) + (t >> 29)
  const m5 = t & limbMask
  t = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0 - c0 * d6 - c1 * d5 - c2 * d4 - c3 * d3
      - c4 * d2 - c5 * d1 - c6 * d0 - (m3 << 9) + (m4 << 6) + (t >> 29)
  const m6 = t & limbMask
  t = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0 - c0 * d7 - c1 * d6 - c2 * d5
      - c3 * d4 - c4 * d3 - c5 * d2 - c6 * d1 - c7 * d0 - (m0 << 21) - (m4 << 9) + (m5 << 6) + (t >> 29)
  const m7 = t & limbMask
  t = a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0 - c0 * d8 - c1 * d7
      - c2 * d6 - c3 * d5 - c4 * d4 - c5 * d3 - c6 * d2 - c7 * d1 - c8 * d0 + (m0 << 24) - (m1 << 21) - (m5 << 9)
      + (m6 << 6) + (t >> 29)
  const m8 = t & limbMask
  t = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1 - c1 * d8 - c2 * d7 - c3 * d6
      - c4 * d5 - c5 * d4 - c6 * d3 - c7 * d2 - c8 * d1 + (m1 << 24) - (m2 << 21) - (m6 << 9) + (m7 << 6)
      + (t >> 29)
  let carry: i64 = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 0)
  t = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2 - c2 * d8 - c3 * d7 - c4 * d6 - c5 * d5
      - c6 * d4 - c7 * d3 - c8 * d2 + (m2 << 24) - (m3 << 21) - (m7 << 9) + (m8 << 6) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 4)
  t = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3 - c3 * d8 - c4 * d7 - c5 * d6 - c6 * d5 - c7 * d4
      - c8 * d3 + (m3 << 24) - (m4 << 21) - (m8 << 9) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 8)
  t = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4 - c4 * d8 - c5 * d7 - c6 * d6 - c7 * d5 - c8 * d4
      + (m4 << 24) - (m5 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 12)
  t = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5 - c5 * d8 - c6 * d7 - c7 * d6 - c8 * d5 + (m5 << 24) - (m6 << 21)
      + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 16)
  t = a6 * b8 + a7 * b7 + a8 * b6 - c6 * d8 - c7 * d7 - c8 * d6 + (m6 << 24) - (m7 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 20)
  t = a7 * b8 + a8 * b7 - c7 * d8 - c8 * d7 + (m7 << 24) - (m8 << 21) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 24)
  t = a8 * b8 - c8 * d8 + (m8 << 24) + carry
  carry = (t + half) >> 29
  store<i32>(out, i32(t - (carry << 29)), 28)
  store<i32>(out, i32(carry), 32)
}

/** out = a + b, limb by limb. */
export function add(out: usize, a: usize, b: usize): void {
  v128.store(out, i32x4.add(v128.load(a), v128.load(b)))
  v128.store(out, i32x4.add(v128.load(a, 16), v128.load(b, 16)), 16)
  store<i32>(out, load<i32>(a, 32) + load<i32>(b, 32), 32)
}

/** out = a − b, limb by limb. */
export function subtract(out: usize, a: usize, b: usize): void {
  v128.store(out, i32x4.sub(v128.load(a), v128.load(b)))
  v128.store(out, i32x4.sub(v128.load(a, 16), v128.load(b, 16)), 16)
  store<i32>(out, load<i32>(a, 32) - load<i32>(b, 32), 32)
}

/** out = a·factor for a factor of at most 4, limb by limb. */
export function scale(out: usize, a: usize, factor: i32): void {
  v128.store(out, i32x4.mul(v128.load(a), i32x4.splat(factor)))
  v128.store(out, i32x4.mul(v128.load(a, 16), i32x4.splat(factor)), 16)
  store<i32>(out, load<i32>(a, 32) * factor, 32)
}

/** out = a − b − factor·c, reduced: limbs carried and multiples of p above 2^256 folded back. */
export function combine(out: usize, a: usize, b: usize, c: usize, factor: i64): void {
  let v0: i64 = i64(load<i32>(a)) - load<i32>(b) - factor * load<i32>(c)
  let v1: i64 = i64(load<i32>(a, 4)) - load<i32>(b, 4) - factor * load<i32>(c, 4)
  let v2: i64 = i64(load<i32>(a, 8)) - load<i32>(b, 8) - factor * load<i32>(c, 8)
  let v3: i64 = i64(load<i32>(a, 12)) - load<i32>(b, 12) - factor * load<i32>(c, 12)
  let v4: i64 = i64(load<i32>(a, 16)) - load<i32>(b, 16) - factor * load<i32>(c, 16)
  let v5: i64 = i64(load<i32>(a, 20)) - load<i32>(b, 20) - factor * load<i32>(c, 20)
  let v6: i64 = i64(load<i32>(a, 24)) - load<i32>(b, 24) - factor * load<i32>(c, 24)
  let v7: i64 = i64(load<i32>(a, 28)) - load<i32>(b, 28) - factor * load<i32>(c, 28)
  let v8: i64 = i64(load<i32>(a, 32)) - load<i32>(b, 32) - factor * load<i32>(c, 32)
  // 2^256 ≡ 2^224 + 2^96 − 2^64 + 1.
  let carry: i64 = v8 >> 24
  v8 -= carry << 24
  v7 += carry << 21
  v3 += carry << 9
  v2 -= carry << 6
  v0 += carry
  carry = (v0 + half) >> 29; v1 += carry; store<i32>(out, i32(v0 - (carry << 29)))
  carry = (v1 + half) >> 29; v2 += carry; store<i32>(out, i32(v1 - (carry << 29)), 4)
  carry = (v2 + half) >> 29; v3 += carry; store<i32>(out, i32(v2 - (carry << 29)), 8)
  carry = (v3 + half) >> 29; v4 += carry; store<i32>(out, i32(v3 - (carry << 29)), 12)
  carry = (v4 + half) >> 29; v5 += carry; store<i32>(out, i32(v4 - (carry << 29)), 16)
  carry = (v5 + half) >> 29; v6 += carry; store<i32>(out, i32(v5 - (carry << 29)), 20)
  carry = (v6 + half) >> 29; v7 += carry; store<i32>(out, i32(v6 - (carry << 29)), 24)
  carry = (v7 + half) >> 29; v8 += carry; store<i32>(out, i32(v7 - (carry << 29)), 28)
  store<i32>(out, i32(v8), 32)
}

/** out = a. */
export function copy(out: usize, a: usize): void {
  v128.store(out, v128.load(a))
  v128.store(out, v128.load(a, 16), 16)
  store<i32>(out, load<i32>(a, 32), 32)
}

/** out = flag ? a : out, without a branch; `flag` is 0 or 1. */
export function select(out: usize, a: usize, flag: i32): void {
  const mask = i32x4.splat(-flag)
  v128.store(out, v128.bitselect(v128.load(a), v128.load(out), mask))
  v128.store(out, v128.bitselect(v128.load(a, 16), v128.load(out, 16), mask), 16)
  store<i32>(out, (load<i32>(a, 32) & -flag) | (load<i32>(out, 32) & (flag - 1)), 32)
}

/** out = −out when `sign` is −1, out when it is 0. */
export function negateIf(out: usize, sign: i32): void {
  const mask = i32x4.splat(sign)
  v128.store(out, i32x4.sub(v128.xor(v128.load(out), mask), mask))
  v128.store(out, i32x4.sub(v128.xor(v128.load(out, 16), mask), mask), 16)
  store<i32>(out, (load<i32>(out, 32) ^ sign) - sign, 32)
}

/** out += modulus & mask, carried with non-negative limbs; the sign stays in the top limb. */
function addMasked(out: usize, modulus: usize, mask: i64): void {
  let carry: i64 = 0
  for (let i: usize = 0; i < 32; i += 4) {
    carry += i64(load<i32>(out + i)) + (i64(load<i32>(modulus + i)) & mask)
    store<i32>(out + i, i32(carry & limbMask))
    carry >>= 29
  }
  store<i32>(out, i32(carry + load<i32>(out, 32) + (i64(load<i32>(modulus, 32)) & mask)), 32)
}

/** out −= modulus when out ≥ modulus. */
function subtractOnce(out: usize, modulus: usize): void {
  let carry: i64 = 0
  for (let i: usize = 0; i < 32; i += 4) {
    carry += i64(load<i32>(out + i)) - load<i32>(modulus + i)
    store<i32>(trial + i, i32(carry & limbMask))
    carry >>= 29
  }
  carry += i64(load<i32>(out, 32)) - load<i32>(modulus, 32)
  store<i32>(trial, i32(carry), 32)
  select(out, trial, 1 - i32(u64(carry) >> 63))
}

/** out = the least non-negative residue of a, which lies between −3 and 4 times the modulus. Always the same work. */
export function canonical(out: usize, a: usize, modulus: usize): void {
  copy(out, a)
  addMasked(out, modulus, 0)
  for (let i = 0; i < 3; i++) addMasked(out, modulus, i64(load<i32>(out, 32) >> 31))
  for (let i = 0; i < 3; i++) subtractOnce(out, modulus)
}

/** 1 when all limbs are zero, else 0; for canonical values. */
export function isZero(a: usize): i32 {
  let any = 0
  for (let i: usize = 0; i < elementSize; i += 4) any |= load<i32>(a + i)
  return ((any | -any) >>> 31) ^ 1
}

/** 1 when a is below the modulus; limbs may be uncarried. */
export function isBelow(a: usize, modulus: usize): i32 {
  let borrow: i64 = 0
  for (let i: usize = 0; i < 32; i += 4) borrow = (borrow + load<i32>(a + i) - load<i32>(modulus + i)) >> 29
  borrow += i64(load<i32>(a, 32)) - load<i32>(modulus, 32)
  return i32(u64(borrow) >> 63)
}

/** out = a in Montgomery form. */
export function toMontgomery(out: usize, a: usize): void {
  multiply(out, a, montgomerySquare)
}

/** out = a as a plain integer below p. */
export function fromMontgomery(out: usize, a: usize): void {
  multiply(out, a, plainOne)
  canonical(out, out, prime)
}

/** Nine limbs of 32 bytes, big-endian. */
export function fromBytes(out: usize, bytes: usize): void {
  for (let i: usize = 0; i < 8; i++) store<u32>(packed + 4 * i, bswap(load<u32>(bytes + 28 - 4 * i)))
  unpack(out, packed)
}

/** 32 bytes, big-endian, of canonical limbs. */
export function toBytes(bytes: usize, a: usize): void {
  pack(packed, a)
  for (let i: usize = 0; i < 8; i++) store<u32>(bytes + 28 - 4 * i, bswap(load<u32>(packed + 4 * i)))
}

/** Nine limbs of eight 32-bit words. */
export function unpack(out: usize, words: usize): void {
  for (let i = 0; i < 8; i++) {
    const bit = 29 * i
    // Word pairs overlap, so every limb lies inside one 64-bit read.
    const from = words + usize((bit >> 5) << 2)
    store<u32>(out + usize(i << 2), u32((load<u64>(from) >> u64(bit & 31)) & u64(limbMask)))
  }
  store<u32>(out, load<u32>(words, 28) >>> 8, 32)
}

/** Eight 32-bit words of canonical limbs. */
export function pack(words: usize, a: usize): void {
  let held: u64 = 0
  let bits: u64 = 0
  let from = a
  for (let i: usize = 0; i < 32; i += 4) {
    while (bits < 32) {
      held |= u64(load<u32>(from)) << bits
      bits += 29
      from += 4
    }
    store<u32>(words + i, u32(held))
    held >>= 32
    bits -= 32
  }
}

function squareTimes(out: usize, times: i32): void {
  for (let i = 0; i < times; i++) square(out, out)
}

/** out = a^(p−2), the inverse of a (0 for 0). The exponent is public, so the steps are the same for every a. */
export function invert(out: usize, a: usize): void {
  copy(base, a)
  square(power, base); multiply(power, power, base) // a^(2^2−1)
  square(power, power); multiply(power, power, base) // 2^3−1
  for (let bits = 3; bits < 24; bits <<= 1) { // 6, 12, 24
    copy(power30, power)
    squareTimes(power, bits)
    multiply(power, power, power30)
    if (bits == 3) copy(power32, power)
  }
  squareTimes(power, 6); multiply(power30, power, power32) // 2^30−1
  square(power, power30); multiply(power, power, base) // 2^31−1: the top word of p is 2^32 − 2
  square(power32, power); multiply(power32, power32, base) // 2^32−1
  squareTimes(power, 33); multiply(power, power, power32)
  for (let i = 0; i < 3; i++) { squareTimes(power, 32); multiply(power, power, power32) }
  squareTimes(power, 64); multiply(power, power, power32)
  squareTimes(power, 30); multiply(power, power, power30)
  squareTimes(power, 2); multiply(out, power, base)
}

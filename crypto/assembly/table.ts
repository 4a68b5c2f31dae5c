/**
 * Tables of multiples of a fixed point, and multiplication with them.
 *
 * A scalar is written as 37 odd digits d of 7 bits: k = Σ d·2^(7i), −127 ≤ d ≤ 127. Odd digits are never zero, so each
 * window adds exactly one point and no step depends on the scalar. Row i holds (2j+1)·2^(7i)·Q for j = 0…63.
 */
import { canonical, copy, invert, multiply, negateIf, one, pack, prime, square, unpack } from './field'
import { buildScratch, entrySize, pointSize, tableWork, windowBits, windowCount, windowEntries } from './memory'
import { order } from './order'
import { addComplete, addMixed, addPoints, double, fromAffine, offsetY, offsetZ } from './point'

const entryX: usize = tableWork
const entryY: usize = tableWork + 48
const inverse: usize = tableWork + 96
const product: usize = tableWork + 144
const words: usize = tableWork + 192
const lifted: usize = tableWork + 256
const twice: usize = tableWork + 384

/** Fills a table with the multiples of the affine point (x, y). */
export function buildTable(table: usize, x: usize, y: usize): void {
  const points = buildScratch
  fromAffine(points, x, y)
  for (let window = 0; window < windowCount; window++) {
    const row = points + usize(window * windowEntries) * pointSize
    const last = row + usize(windowEntries - 1) * pointSize
    double(twice, row)
    for (let at = row; at < last; at += pointSize) addPoints(at + pointSize, at, twice)
    // 127·B + B = 128·B opens the next row.
    if (window + 1 < windowCount) addPoints(last + pointSize, last, row)
  }
  normalise(table, points, windowCount * windowEntries)
}

/** Writes the affine form of many points with one inversion (Montgomery's trick). None is infinity. */
function normalise(table: usize, points: usize, count: i32): void {
  copy(product, one)
  for (let i = 0; i < count; i++) {
    copy(table + usize(i) * entrySize, product)
    multiply(product, product, points + usize(i) * pointSize + offsetZ)
  }
  invert(product, product)
  for (let i = count - 1; i >= 0; i--) {
    const point = points + usize(i) * pointSize
    const entry = table + usize(i) * entrySize
    multiply(inverse, product, entry)
    multiply(product, product, point + offsetZ)
    square(entryX, inverse)
    multiply(inverse, inverse, entryX)
    multiply(entryX, entryX, point)
    multiply(entryY, inverse, point + offsetY)
    packCanonical(entry, entryX)
    packCanonical(entry + 32, entryY)
  }
}

function packCanonical(out: usize, a: usize): void {
  canonical(a, a, prime)
  pack(out, a)
}

/** Turns canonical limbs into an odd scalar of the same class as nine 32-bit words: k itself, or k + n (n is odd). */
export function makeOdd(out: usize, k: usize): void {
  const even: i64 = i64((load<i32>(k) & 1) - 1)
  let carry: i64 = 0
  for (let i: usize = 0; i < 36; i += 4) {
    carry += i64(load<i32>(k + i)) + (i64(load<i32>(order + i)) & even)
    store<i32>(product + i, i32(i < 32 ? carry & 0x1fffffff : carry))
    carry >>= 29
  }
  pack(out, product)
  store<u64>(out, u64(load<u32>(product, 32)) >> 24, 32)
}

/** The odd digit of `width` bits at a window of an odd scalar; the last window takes what is left and is positive. */
@inline
export function digitAt(scalar: usize, window: i32, width: i32, last: bool): i32 {
  const bit = window * width
  const bits = i32(load<u64>(scalar + usize((bit >> 5) << 2)) >> u64(bit & 31)) | 1
  const span = 2 << width
  return last ? bits & (span - 1) : (bits & (span - 1)) - (span >> 1)
}

/** entry = |digit|·2^(7·window)·Q, negated for negative digits. Reads the whole row, whatever the digit. */
function selectEntry(table: usize, window: i32, digit: i32): void {
  const sign = digit >> 31
  const wanted = i32x4.splat(((digit ^ sign) - sign) >> 1)
  const step = i32x4.splat(1)
  let index = i32x4.splat(0)
  let v0 = i32x4.splat(0), v1 = v0, v2 = v0, v3 = v0
  let at = table + usize(window * windowEntries) * entrySize
  for (const end = at + usize(windowEntries) * entrySize; at < end; at += entrySize) {
    const mask = i32x4.eq(index, wanted)
    v0 = v128.or(v0, v128.and(mask, v128.load(at)))
    v1 = v128.or(v1, v128.and(mask, v128.load(at, 16)))
    v2 = v128.or(v2, v128.and(mask, v128.load(at, 32)))
    v3 = v128.or(v3, v128.and(mask, v128.load(at, 48)))
    index = i32x4.add(index, step)
  }
  v128.store(words, v0)
  v128.store(words, v1, 16)
  v128.store(words, v2, 32)
  v128.store(words, v3, 48)
  unpack(entryX, words)
  unpack(entryY, words + 32)
  negateIf(entryY, sign)
}

/**
 * out = k·Q for a secret odd scalar (see `makeOdd`) below 2n. The partial sum is smaller than the point added to it until
 * the last window, where the scalar may wrap around n once: only that addition has to be complete.
 */
export function multiplySecret(out: usize, table: usize, scalar: usize): void {
  selectEntry(table, 0, digitAt(scalar, 0, windowBits, false))
  fromAffine(out, entryX, entryY)
  for (let window = 1; window < windowCount - 1; window++) {
    selectEntry(table, window, digitAt(scalar, window, windowBits, false))
    addMixed(out, out, entryX, entryY)
  }
  selectEntry(table, windowCount - 1, digitAt(scalar, windowCount - 1, windowBits, true))
  fromAffine(lifted, entryX, entryY)
  addComplete(out, out, lifted)
}

/**
 * out += k·Q for a public odd scalar; `empty` says that `out` holds nothing yet. Z of `out` becomes 0 when an addition met
 * equal or opposite points: the caller then starts again with `addComplete`.
 */
export function addPublicMultiple(out: usize, table: usize, scalar: usize, empty: bool): void {
  for (let window = 0; window < windowCount; window++) {
    const digit = digitAt(scalar, window, windowBits, window == windowCount - 1)
    const sign = digit >> 31
    const entry = table + usize(window * windowEntries + (((digit ^ sign) - sign) >> 1)) * entrySize
    unpack(entryX, entry)
    unpack(entryY, entry + 32)
    negateIf(entryY, sign)
    if (empty) fromAffine(out, entryX, entryY)
    else addMixed(out, out, entryX, entryY)
    empty = false
  }
}

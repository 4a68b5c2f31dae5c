/**
 * SM2 over the exchange buffer. Sources: GB/T 32918.2-2016 (signature), GB/T 32918.4-2016 (encryption uses `multiply`),
 * GB/T 32918.5-2017 (parameters). Numbers are 32 bytes, big-endian, at these offsets of the buffer:
 *
 *   0 k or d · 32 e · 64 r or x out · 96 s or y out · 128 r in · 160 s in · 192 x, 224 y of P · 256 signing factor · 288 x, 320 y of Q
 *
 * Functions named `secret…` do the same work for every value; the others are for public data only.
 */
import {
  add, canonical, copy, fromBytes, fromMontgomery, invert, isBelow, isZero, multiply, negateIf, prime, square, subtract, toBytes, toMontgomery,
} from './field'
import { baseTable, exchange, preparedTables, sm2Work, tableSize, work, workSize } from './memory'
import { addScalar, invertScalar, multiplyScalar, order, readScalar, scalarToMontgomery, subtractScalar } from './order'
import { addComplete, addPoints, copyPoint, double, fromAffine, offsetY, offsetZ } from './point'
import { addPublicMultiple, buildTable, digitAt, makeOdd, multiplySecret } from './table'

/** b, and the base point, in Montgomery form. */
const curveB: usize = memory.data<u32>([0x181ba844, 0x1230632b, 0x9bd5b86, 0xde6c26d, 0x1878e39e, 0x1505ea51, 0x4293cc0, 0x368838b, 0x81fc31], 16)
const baseX: usize = memory.data<u32>([0x30053d2, 0x128990f4, 0x16027e89, 0x7b9b29, 0x7867cf3, 0x199ac24c, 0x2eb50f6, 0x1dc704ec, 0x22cf4b], 16)
const baseY: usize = memory.data<u32>([0x5a1bbac, 0x154e593c, 0x14afd309, 0x195e3b4c, 0x11f183eb, 0x1066e2a4, 0x1ec6a67d, 0x13875cd6, 0x79acba], 16)

const scalar: usize = sm2Work, scalar2: usize = sm2Work + 48, scalar3: usize = sm2Work + 96, oddScalar: usize = sm2Work + 144
const pointX: usize = sm2Work + 192, pointY: usize = sm2Work + 240, sum: usize = sm2Work + 288, other: usize = sm2Work + 400
const z1: usize = sm2Work + 512, z2: usize = sm2Work + 560, digits: usize = sm2Work + 608
const coordinate: usize = sm2Work + 880

/** Odd multiples of a point that is not worth a table: 16 points in Jacobian coordinates. */
const multiples: usize = memory.data(1728, 16)
const selected: usize = memory.data(112, 16)
const windowWidth = 5
const windows = 52

let isReady = false

/** Builds the table of the base point once; every function below needs it. */
export function prepareBase(): void {
  if (!isReady) buildTable(baseTable, baseX, baseY)
  isReady = true
}

/** Overwrites every intermediate value with zeros. */
export function wipe(): void {
  memory.fill(work, 0, workSize)
  memory.fill(exchange, 0, 512)
  memory.fill(multiples, 0, 1728)
  memory.fill(selected, 0, 112)
}

/** Writes the affine coordinates of `sum` to 64 and 96; answers 0 for the point at infinity. */
function presentSum(): i32 {
  invert(z1, sum + offsetZ)
  square(z2, z1)
  multiply(pointX, sum, z2)
  fromMontgomery(pointX, pointX)
  multiply(z2, z2, z1)
  multiply(pointY, sum + offsetY, z2)
  fromMontgomery(pointY, pointY)
  toBytes(exchange + 64, pointX)
  toBytes(exchange + 96, pointY)
  canonical(z1, z1, prime)
  return isZero(z1) ^ 1
}

/** Reads the affine point at `offset` into pointX, pointY; answers 1 when both are below p and on the curve. */
function readPoint(offset: usize): i32 {
  let below = 1
  for (let i: usize = 0; i < 2; i++) {
    fromBytes(coordinate, exchange + offset + 32 * i)
    below &= isBelow(coordinate, prime)
    toMontgomery(pointX + 48 * i, coordinate)
  }
  square(z1, pointX)
  multiply(z1, z1, pointX)
  add(z2, pointX, pointX)
  add(z2, z2, pointX)
  subtract(z1, z1, z2)
  add(z1, z1, curveB)
  square(z2, pointY)
  subtract(z1, z1, z2)
  canonical(z1, z1, prime)
  return below & isZero(z1)
}

/** 1 when P (192, 224) is a point of the curve. The curve has cofactor 1, so its order is n. */
export function isOnCurve(): i32 {
  return readPoint(192)
}

/** k·G for a secret k in [1, n−1] → 64, 96. Answers 0 when k is out of range. */
export function secretMultiplyBase(): i32 {
  const valid = readScalar(scalar, exchange)
  makeOdd(oddScalar, scalar)
  multiplySecret(sum, baseTable, oddScalar)
  return presentSum() & valid
}

/** The signing factor (1 + d)^-1·R mod n of a secret d → 256. Answers 0 unless d is in [1, n−2]. */
export function secretSigningFactor(): i32 {
  const valid = readScalar(scalar, exchange)
  memory.fill(scalar2, 0, 36)
  store<i32>(scalar2, 1)
  addScalar(scalar, scalar, scalar2)
  const below = isZero(scalar) ^ 1 // d = n − 1 has no inverse of 1 + d: such a key can never sign
  scalarToMontgomery(scalar, scalar)
  invertScalar(scalar, scalar)
  toBytes(exchange + 256, scalar)
  return valid & below
}

/** Signs e with the secret nonce k and the signing factor → r (64), s (96). 0: this nonce is not usable, draw another. */
export function secretSign(): i32 {
  let usable = readScalar(scalar, exchange)
  makeOdd(oddScalar, scalar)
  multiplySecret(sum, baseTable, oddScalar)
  invert(z1, sum + offsetZ)
  square(z2, z1)
  multiply(pointX, sum, z2)
  fromMontgomery(pointX, pointX)
  fromBytes(scalar2, exchange + 32)
  addScalar(scalar2, scalar2, pointX) // r = e + x
  usable &= isZero(scalar2) ^ 1
  addScalar(scalar3, scalar2, scalar) // r + k, whose zero the standard excludes
  usable &= isZero(scalar3) ^ 1
  fromBytes(pointY, exchange + 256)
  multiplyScalar(scalar3, scalar3, pointY)
  subtractScalar(scalar3, scalar3, scalar2) // s = (1+d)^-1·(k − r·d) = (1+d)^-1·(k + r) − r
  usable &= isZero(scalar3) ^ 1
  toBytes(exchange + 64, scalar2)
  toBytes(exchange + 96, scalar3)
  return usable
}

/** entry = the odd multiple of a digit, reading all sixteen. */
function selectMultiple(digit: i32): void {
  const sign = digit >> 31
  const wanted = ((digit ^ sign) - sign) >> 1
  memory.fill(selected, 0, 112)
  for (let j = 0; j < 16; j++) {
    const difference = j ^ wanted
    const mask = ((difference | -difference) >> 31) ^ -1
    const from = multiples + usize(j) * 108
    for (let i: usize = 0; i < 108; i += 4) store<i32>(selected + i, load<i32>(selected + i) | (load<i32>(from + i) & mask))
  }
  negateIf(selected + offsetY, sign)
}

function fillMultiples(count: i32): void {
  fromAffine(multiples, pointX, pointY)
  double(other, multiples)
  for (let j = 1; j < count; j++) addPoints(multiples + usize(j) * 108, multiples + usize(j - 1) * 108, other)
}

/**
 * k·P for a secret k in [1, n−1] and a point of the curve → 64, 96. Answers 0 when either is wrong. The partial sum is a
 * larger multiple than the one added until the scalar can wrap around n: only the last addition has to be complete.
 */
export function secretMultiply(): i32 {
  const valid = readPoint(192) & readScalar(scalar, exchange)
  makeOdd(oddScalar, scalar)
  fillMultiples(16)
  selectMultiple(digitAt(oddScalar, windows - 1, windowWidth, true))
  copyPoint(sum, selected)
  for (let window = windows - 2; window >= 0; window--) {
    for (let i = 0; i < windowWidth; i++) double(sum, sum)
    selectMultiple(digitAt(oddScalar, window, windowWidth, false))
    if (window > 0) addPoints(sum, sum, selected)
    else addComplete(sum, sum, selected)
  }
  return presentSum() & valid
}

/** P + k·Q for a public k in [1, n−1] and two points of the curve → 64, 96. Answers 0 when one is wrong or the sum is infinity. */
export function addMultiple(): i32 {
  if (!readPoint(192)) return 0
  fromAffine(other, pointX, pointY)
  if (!(readPoint(288) & readScalar(scalar, exchange))) return 0
  fromAffine(multiples, pointX, pointY)
  multiplySlowly(scalar, multiples)
  addComplete(sum, sum, other)
  return presentSum()
}

/** sum = k·Q with complete additions only, for public values. */
function multiplySlowly(k: usize, q: usize): void {
  memory.fill(sum, 0, 108)
  makeOdd(oddScalar, k)
  for (let bit = 257; bit >= 0; bit--) {
    double(sum, sum)
    if ((load<u32>(oddScalar + usize((bit >> 5) << 2)) >>> (bit & 31)) & 1) addComplete(sum, sum, q)
  }
}

/** Keeps a table for P (192, 224), which must be on the curve, in a slot. */
export function prepareKey(slot: i32): void {
  readPoint(192)
  copy(z1, pointX)
  copy(z2, pointY)
  buildTable(preparedTables + usize(slot) * tableSize, z1, z2)
}

/** Signed digits of a non-adjacent form of width 5 of the public scalar at `k`, lowest first; answers their number. */
function writeDigits(k: usize): i32 {
  memory.fill(digits, 0, 264)
  makeOdd(oddScalar, k)
  let top = 0
  let carry = 0
  for (let bit = 0; bit < 258; ) {
    const bits = i32(load<u64>(oddScalar + usize((bit >> 5) << 2)) >> u64(bit & 31))
    if ((bits & 1) == carry) { bit++; continue }
    let digit = (bits & 31) + carry
    carry = i32(digit > 16)
    digit -= carry << 5
    store<i8>(digits + usize(bit), i8(digit))
    top = bit + 1
    bit += 5
  }
  return top
}

/** sum = t·P for the affine point in pointX, pointY and a public t, by doubling and adding. */
function multiplyFresh(t: usize): void {
  fillMultiples(8)
  const top = writeDigits(t)
  let started = false
  for (let bit = top - 1; bit >= 0; bit--) {
    if (started) double(sum, sum)
    const digit: i32 = load<i8>(digits + usize(bit))
    if (digit == 0) continue
    const sign = digit >> 31
    copyPoint(selected, multiples + usize(((digit ^ sign) - sign) >> 1) * 108)
    negateIf(selected + offsetY, sign)
    if (started) addPoints(sum, sum, selected)
    else copyPoint(sum, selected)
    started = true
  }
}

/**
 * Verifies r (128), s (160) over e (32) with the public key P (192, 224), or with the table in `slot` when it is not
 * negative. Ranges are checked here. Source: GB/T 32918.2-2016 clause 7.1.
 */
export function verify(slot: i32): i32 {
  if (!(readScalar(scalar2, exchange + 128) & readScalar(scalar3, exchange + 160))) return 0
  addScalar(scalar, scalar2, scalar3) // t = r + s
  if (isZero(scalar)) return 0
  if (slot < 0) {
    if (!readPoint(192)) return 0
    multiplyFresh(scalar)
  } else {
    makeOdd(oddScalar, scalar)
    addPublicMultiple(sum, preparedTables + usize(slot) * tableSize, oddScalar, true)
  }
  makeOdd(oddScalar, scalar3)
  addPublicMultiple(sum, baseTable, oddScalar, false)
  canonical(z1, sum + offsetZ, prime)
  if (isZero(z1) && !sumCarefully()) return 0
  return matches()
}

/** sum = s·G + t·P (scalar3, scalar) with complete additions, for sums in which points met; 0 when it is infinity. */
function sumCarefully(): i32 {
  fromAffine(multiples, baseX, baseY)
  multiplySlowly(scalar3, multiples)
  copyPoint(other, sum)
  readPoint(192)
  fromAffine(multiples, pointX, pointY)
  multiplySlowly(scalar, multiples)
  addComplete(sum, sum, other)
  canonical(z1, sum + offsetZ, prime)
  return isZero(z1) ^ 1
}

/** Whether r ≡ e + x modulo n for the x of `sum`: x is r − e, or that plus n where it stays below p. No inversion needed. */
function matches(): i32 {
  fromBytes(coordinate, exchange + 32)
  subtractScalar(coordinate, scalar2, coordinate)
  square(z2, sum + offsetZ)
  if (hasX(coordinate)) return 1
  add(coordinate, coordinate, order)
  return isBelow(coordinate, prime) && hasX(coordinate) ? 1 : 0
}

/** Whether x·Z² = X, with Z² in z2. */
function hasX(x: usize): i32 {
  toMontgomery(z1, x)
  multiply(z1, z1, z2)
  subtract(z1, z1, sum)
  canonical(z1, z1, prime)
  return isZero(z1)
}

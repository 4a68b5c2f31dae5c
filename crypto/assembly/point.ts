/**
 * Points of the curve y² = x³ − 3x + b in Jacobian coordinates (x = X/Z², y = Y/Z³; Z = 0 is the point at infinity).
 * Source of the group law: GB/T 32918.1-2016; formulas dbl-2001-b and madd for a = −3.
 */
import { add, canonical, combine, copy, isZero, multiply, multiplySubtract, one, prime, scale, select, square, subtract } from './field'
import { elementSize, pointSize, pointWork } from './memory'

const t0: usize = pointWork, t1: usize = pointWork + 48, t2: usize = pointWork + 96, t3: usize = pointWork + 144
const t4: usize = pointWork + 192, t5: usize = pointWork + 240, t6: usize = pointWork + 288, t7: usize = pointWork + 336
const held: usize = pointWork + 384
const doubled: usize = pointWork + 512

/** Byte offsets of Y and Z in a point. */
export const offsetY: usize = 36
export const offsetZ: usize = 72

/** out = a. */
export function copyPoint(out: usize, a: usize): void {
  memory.copy(out, a, pointSize)
}

/** out = the affine point (x, y), Z = 1. */
export function fromAffine(out: usize, x: usize, y: usize): void {
  copy(out, x)
  copy(out + offsetY, y)
  copy(out + offsetZ, one)
}

/** out = 2a. Right for the point at infinity too. */
export function double(out: usize, a: usize): void {
  const delta = t0, gamma = t1, beta = t2, alpha = t3, left = t4, right = t5
  square(delta, a + offsetZ)
  square(gamma, a + offsetY)
  multiply(beta, a, gamma)
  subtract(left, a, delta)
  add(right, a, delta)
  add(alpha, left, left)
  add(left, left, alpha)
  multiply(alpha, left, right) // 3(X − delta)(X + delta)
  add(left, a + offsetY, a + offsetZ)
  square(left, left)
  combine(out + offsetZ, left, gamma, delta, 1)
  square(right, alpha)
  combine(out, right, beta, beta, 7) // alpha² − 8 beta
  scale(beta, beta, 4)
  subtract(beta, beta, out)
  add(left, gamma, gamma)
  add(right, left, left)
  multiplySubtract(out + offsetY, alpha, beta, right, left) // alpha(4 beta − X) − 8 gamma²
}

/** Difference of the x and the y of a and of the affine b, brought to one denominator: t1 and t2. */
function compareMixed(a: usize, x: usize, y: usize): void {
  square(t0, a + offsetZ)
  multiply(t1, x, t0)
  multiply(t3, t0, a + offsetZ)
  multiply(t2, y, t3)
  subtract(t1, t1, a)
  subtract(t2, t2, a + offsetY)
}

/** The sum from t1 (difference of x), t2 (of y), X and Y of the first point in `u` and `s`; Z is set by the caller. */
function finishSum(out: usize, u: usize, s: usize): void {
  square(t3, t1)
  multiply(t4, t1, t3)
  multiply(t5, u, t3)
  copy(t6, s)
  square(t3, t2)
  combine(out, t3, t4, t5, 2)
  subtract(t5, t5, out)
  multiplySubtract(out + offsetY, t2, t5, t6, t4)
}

/** out = a + (x, y). Wrong when a is the affine point, its negative or infinity: callers exclude that or notice Z = 0. */
export function addMixed(out: usize, a: usize, x: usize, y: usize): void {
  compareMixed(a, x, y)
  multiply(out + offsetZ, a + offsetZ, t1)
  finishSum(out, a, a + offsetY)
}

/** out = a + b; as `addMixed`, for two Jacobian points. */
export function addPoints(out: usize, a: usize, b: usize): void {
  square(t0, a + offsetZ)
  square(t3, b + offsetZ)
  multiply(t7, a, t3) // X of a over both denominators
  multiply(t1, b, t0)
  multiply(t3, t3, b + offsetZ)
  multiply(t6, a + offsetY, t3) // Y of a over both denominators
  multiply(t0, t0, a + offsetZ)
  multiply(t2, b + offsetY, t0)
  subtract(t1, t1, t7)
  subtract(t2, t2, t6)
  multiply(t0, a + offsetZ, b + offsetZ)
  multiply(out + offsetZ, t0, t1)
  finishSum(out, t7, t6)
}

/** 1 when the element is 0 modulo p; it lies between −3p and 4p. */
function vanishes(a: usize): i32 {
  canonical(t3, a, prime)
  return isZero(t3)
}

/** out = a + b for any two points, infinity, equal and opposite ones included. No branch on a coordinate. */
export function addComplete(out: usize, a: usize, b: usize): void {
  const infinityA = vanishes(a + offsetZ)
  const infinityB = vanishes(b + offsetZ)
  double(doubled, a)
  addPoints(held, a, b)
  const equal = vanishes(t1) & vanishes(t2) & (infinityA ^ 1) & (infinityB ^ 1)
  for (let i: usize = 0; i < pointSize; i += elementSize) {
    select(held + i, doubled + i, equal)
    select(held + i, b + i, infinityA)
    select(held + i, a + i, infinityB)
  }
  copyPoint(out, held)
}

/**
 * Arithmetic on the recommended SM2 curve. Source: GB/T 32918.5-2017 (parameters), GB/T 32918.1-2016 (group law).
 * BigInt arithmetic is never constant time: this serves where WebAssembly cannot run. SECURITY.md says what that means.
 */

/** Field prime p. */
export const fieldPrime = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
/** Order n of the base point. */
export const groupOrder = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
/** Curve coefficient a = p − 3. */
export const curveA = fieldPrime - 3n
/** Curve coefficient b. */
export const curveB = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n

/** A finite point in affine coordinates. */
export interface AffinePoint {
  readonly x: bigint
  readonly y: bigint
}

/** A point in Jacobian coordinates; z = 0 is the point at infinity. */
interface JacobianPoint {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
}

/** Base point G. */
export const basePoint: AffinePoint = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

const infinity: JacobianPoint = { x: 1n, y: 1n, z: 0n }
const p = fieldPrime

/** Least non-negative residue. */
export function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

/** Inverse modulo a prime; the value must not be 0 modulo it. */
export function invert(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulo(value, modulus), modulus, 1n, 0n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return modulo(x, modulus)
}

/** Doubling for a = −3 (dbl-2001-b). */
function double(point: JacobianPoint): JacobianPoint {
  const { x, y, z } = point
  if (z === 0n) return infinity
  const delta = (z * z) % p
  const gamma = (y * y) % p
  const beta = (x * gamma) % p
  const alpha = (3n * (x - delta) * (x + delta)) % p
  const x3 = modulo(alpha * alpha - 8n * beta, p)
  const z3 = modulo(2n * y * z, p)
  return { x: x3, y: modulo(alpha * (4n * beta - x3) - 8n * gamma * gamma, p), z: z3 }
}

/** Complete addition of two Jacobian points, special cases included. */
function add(left: JacobianPoint, right: JacobianPoint): JacobianPoint {
  if (left.z === 0n) return right
  if (right.z === 0n) return left
  const leftZ2 = (left.z * left.z) % p
  const rightZ2 = right.z === 1n ? 1n : (right.z * right.z) % p
  const u1 = (left.x * rightZ2) % p
  const u2 = (right.x * leftZ2) % p
  const s1 = right.z === 1n ? left.y : (left.y * rightZ2 * right.z) % p
  const s2 = (((right.y * leftZ2) % p) * left.z) % p
  const h = modulo(u2 - u1, p)
  const r = modulo(s2 - s1, p)
  if (h === 0n) return r === 0n ? double(left) : infinity
  const h2 = (h * h) % p
  const h3 = (h2 * h) % p
  const v = (u1 * h2) % p
  const x3 = modulo(r * r - h3 - 2n * v, p)
  const z3 = (((left.z * h) % p) * right.z) % p
  return { x: x3, y: modulo(r * (v - x3) - s1 * h3, p), z: z3 }
}

const toJacobian = (point: AffinePoint): JacobianPoint => ({ x: point.x, y: point.y, z: 1n })

/** Affine form of many points with one inversion (Montgomery's trick). None may be infinity. */
function normalise(points: readonly JacobianPoint[]): JacobianPoint[] {
  const prefixes: bigint[] = []
  let product = 1n
  for (const point of points) {
    prefixes.push(product)
    product = (product * point.z) % p
  }
  let inverse = invert(product, p)
  const affine: JacobianPoint[] = []
  for (let i = points.length - 1; i >= 0; i--) {
    const point = points[i] ?? infinity
    const zInverse = (inverse * (prefixes[i] ?? 1n)) % p
    inverse = (inverse * point.z) % p
    const z2 = (zInverse * zInverse) % p
    affine[i] = { x: (point.x * z2) % p, y: (((point.y * z2) % p) * zInverse) % p, z: 1n }
  }
  return affine
}

const windowBits = 6
const windowCount = Math.ceil(256 / windowBits)

/** Multiples 1…63 of 2^(6w)·point for every window w, affine. */
function combTable(point: AffinePoint): JacobianPoint[] {
  const entries: JacobianPoint[] = []
  let base = toJacobian(point)
  for (let window = 0; window < windowCount; window++) {
    let multiple = base
    for (let i = 1; i < 1 << windowBits; i++) {
      entries.push(multiple)
      multiple = add(multiple, base)
    }
    base = multiple
  }
  return normalise(entries)
}

let baseTable: readonly JacobianPoint[] | null = null

function multiplyBaseJacobian(scalar: bigint): JacobianPoint {
  baseTable ??= combTable(basePoint)
  let sum = infinity
  for (let window = 0; window < windowCount; window++) {
    const digit = Number((scalar >> BigInt(windowBits * window)) & 63n)
    if (digit !== 0) sum = add(sum, baseTable[window * 63 + digit - 1] ?? infinity)
  }
  return sum
}

function multiplyJacobian(scalar: bigint, point: AffinePoint): JacobianPoint {
  const multiples: JacobianPoint[] = [infinity]
  for (let i = 1; i < 16; i++) multiples.push(add(multiples[i - 1] ?? infinity, toJacobian(point)))
  let sum = infinity
  for (let shift = 252n; shift >= 0n; shift -= 4n) {
    sum = double(double(double(double(sum))))
    sum = add(sum, multiples[Number((scalar >> shift) & 15n)] ?? infinity)
  }
  return sum
}

function toAffine(point: JacobianPoint): AffinePoint | null {
  const [only] = point.z === 0n ? [] : normalise([point])
  return only === undefined ? null : { x: only.x, y: only.y }
}

/** scalar·G with 0 ≤ scalar < 2^256; `null` is the point at infinity. */
export function multiplyBase(scalar: bigint): AffinePoint | null {
  return toAffine(multiplyBaseJacobian(scalar))
}

/** scalar·point with 0 ≤ scalar < 2^256; `null` is the point at infinity. */
export function multiply(scalar: bigint, point: AffinePoint): AffinePoint | null {
  return toAffine(multiplyJacobian(scalar, point))
}

/** s·G + t·point, as signature verification needs it. */
export function multiplySum(s: bigint, t: bigint, point: AffinePoint): AffinePoint | null {
  return toAffine(add(multiplyBaseJacobian(s), multiplyJacobian(t, point)))
}

/** left + right of finite points; `null` is the point at infinity. */
export function addAffine(left: AffinePoint, right: AffinePoint): AffinePoint | null {
  return toAffine(add(toJacobian(left), toJacobian(right)))
}

/** Whether both coordinates are below p and satisfy the curve equation. The curve has cofactor 1. */
export function isOnCurve(point: AffinePoint): boolean {
  const { x, y } = point
  if (x < 0n || y < 0n || x >= p || y >= p) return false
  return modulo(y * y - (x * x * x + curveA * x + curveB), p) === 0n
}

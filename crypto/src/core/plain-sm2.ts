/** SM2 in TypeScript over BigInt. Sources: GB/T 32918.2-2016, GB/T 32918.5-2017. Not constant time, see SECURITY.md. */
import { concatBytes, fromBigInt, toBigInt } from '../bytes.ts'
import {
  addAffine,
  type AffinePoint,
  groupOrder,
  invert,
  isOnCurve,
  modulo,
  multiply,
  multiplyBase,
  multiplySum,
} from './plain-curve.ts'
import type { Sm2Core } from './port.ts'

function readPoint(bytes: Uint8Array): AffinePoint | null {
  const point = { x: toBigInt(bytes.subarray(0, 32)), y: toBigInt(bytes.subarray(32)) }
  return isOnCurve(point) ? point : null
}

function presentPoint(point: AffinePoint | null): Uint8Array | null {
  return point === null ? null : concatBytes(fromBigInt(point.x, 32), fromBigInt(point.y, 32))
}

const isScalar = (value: bigint): boolean => value >= 1n && value < groupOrder

function verify(point: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const r = toBigInt(signature.subarray(0, 32))
  const s = toBigInt(signature.subarray(32))
  const t = modulo(r + s, groupOrder)
  const key = readPoint(point)
  if (!isScalar(r) || !isScalar(s) || t === 0n || key === null) return false
  const sum = multiplySum(s, t, key)
  return sum !== null && modulo(toBigInt(digest) + sum.x, groupOrder) === r
}

/** SM2 in TypeScript. The signing factor is (1 + d)^-1 mod n. */
export const plainSm2: Sm2Core = {
  multiplyBase(k) {
    const scalar = toBigInt(k)
    return isScalar(scalar) ? presentPoint(multiplyBase(scalar)) : null
  },
  signingFactor(d) {
    const scalar = toBigInt(d)
    // d = n − 1 has no inverse of 1 + d: such a key can never sign.
    return scalar < 1n || scalar > groupOrder - 2n ? null : fromBigInt(invert(1n + scalar, groupOrder), 32)
  },
  sign(factor, k, digest) {
    const nonce = toBigInt(k)
    const point = isScalar(nonce) ? multiplyBase(nonce) : null
    if (point === null) return null
    const r = modulo(toBigInt(digest) + point.x, groupOrder)
    if (r === 0n || r + nonce === groupOrder) return null
    // s = (1+d)^-1·(k − r·d) = (1+d)^-1·(k + r) − r
    const s = modulo(toBigInt(factor) * (nonce + r) - r, groupOrder)
    return s === 0n ? null : concatBytes(fromBigInt(r, 32), fromBigInt(s, 32))
  },
  verify,
  multiply(k, point) {
    const [scalar, of] = [toBigInt(k), readPoint(point)]
    return isScalar(scalar) && of !== null ? presentPoint(multiply(scalar, of)) : null
  },
  addMultiple(p, k, q) {
    const [left, scalar, right] = [readPoint(p), toBigInt(k), readPoint(q)]
    if (left === null || right === null || !isScalar(scalar)) return null
    const multiple = multiply(scalar, right)
    return multiple === null ? presentPoint(left) : presentPoint(addAffine(left, multiple))
  },
  isOnCurve: (point) => readPoint(point) !== null,
  prepare(point) {
    const own = point.slice()
    return { verify: (digest, signature) => verify(own, digest, signature) }
  },
}

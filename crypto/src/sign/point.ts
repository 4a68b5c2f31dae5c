import { concatBytes } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import { CryptoError } from '../errors.ts'

/**
 * Coordinates x‖y (64 bytes) of an uncompressed point 04‖x‖y (65 bytes), validated.
 * @throws CryptoError key.malformed (length or form), key.off-curve (coordinate ≥ p or off the curve)
 */
export function parsePoint(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== 65 || bytes[0] !== 4) throw new CryptoError('key.malformed', 'point must be 65 bytes 04‖x‖y')
  const point = bytes.subarray(1)
  if (!smCore().sm2.isOnCurve(point)) throw new CryptoError('key.off-curve', 'point is not on the SM2 curve')
  return point
}

/** Bytes 04‖x‖y of coordinates x‖y. */
export function encodePoint(point: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(4), point)
}

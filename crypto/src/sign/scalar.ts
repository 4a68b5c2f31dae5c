/** Numbers of 32 bytes, big-endian, compared and drawn without branches on secret bytes. */
import { byteAt, fromHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { RandomSource } from '../ports.ts'

/** n − 1, the largest nonce. */
export const largestNonce: Uint8Array = fromHex('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122')
/** n − 2, the largest private key: n − 1 could never sign. */
export const largestPrivateKey: Uint8Array = fromHex('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121')

/** Whether 1 ≤ value ≤ most; both have 32 bytes. */
export function isScalarUpTo(value: Uint8Array, most: Uint8Array): boolean {
  let borrow = 0
  let any = 0
  for (let i = 31; i >= 0; i--) {
    borrow = (byteAt(most, i) - byteAt(value, i) + borrow) >> 8
    any |= byteAt(value, i)
  }
  return borrow === 0 && any !== 0
}

/** Uniform scalar in [1, most] by rejection, never by reduction. @throws CryptoError key.out-of-range for a broken source */
export function randomScalar(random: RandomSource, most: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(32)
  // A source stuck outside the range is a broken generator: 128 misses in a row have probability below 2^-4000.
  for (let attempt = 0; attempt < 128; attempt++) {
    random.fill(bytes)
    if (isScalarUpTo(bytes, most)) return bytes
  }
  throw new CryptoError('key.out-of-range', 'the random source is broken')
}

/**
 * Checks a private key. d = n − 1 is refused because 1 + d has no inverse: such a key can never sign.
 * @throws CryptoError key.malformed (not 32 bytes), key.out-of-range (d ∉ [1, n−2])
 */
export function assertSm2PrivateKey(bytes: Uint8Array): void {
  if (bytes.length !== 32) throw new CryptoError('key.malformed', 'private key must be 32 bytes')
  if (!isScalarUpTo(bytes, largestPrivateKey))
    throw new CryptoError('key.out-of-range', 'private key must be in [1, n-2]')
}

import type { KeyHandle, RandomSource } from '../ports.ts'
import { deriveSm2PublicKey, sm2Sign } from '../sign/sm2.ts'

/**
 * A key handle over a private key (32 bytes) held in memory. The bytes are copied and cannot be read back.
 * @throws CryptoError key.malformed, key.out-of-range
 */
export function softwareKey(privateKey: Uint8Array, random?: RandomSource): KeyHandle {
  const held = Uint8Array.from(privateKey)
  const publicKey = deriveSm2PublicKey(held)
  return {
    publicKey,
    sign: (message) =>
      Promise.resolve(sm2Sign(held, message, { publicKey, ...(random === undefined ? {} : { random }) })),
  }
}

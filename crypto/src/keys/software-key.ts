import type { KeyHandle, RandomSource } from '../ports.ts'
import { sm2Signer } from '../sign/sm2.ts'

/**
 * A key handle over a private key (32 bytes) held in memory. The bytes are copied and cannot be read back.
 * @throws CryptoError key.malformed, key.out-of-range
 */
export function softwareKey(privateKey: Uint8Array, random?: RandomSource): KeyHandle {
  const signer = sm2Signer(privateKey, random === undefined ? {} : { random })
  return { publicKey: signer.publicKey, sign: (message) => Promise.resolve(signer.sign(message)) }
}

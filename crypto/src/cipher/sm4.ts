/** SM4 in CBC and CTR mode. Sources: GB/T 32907-2016; modes GB/T 17964-2021. There is no ECB: equal blocks would show. */
import { byteAt } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import type { Sm4Core } from '../core/port.ts'
import { CryptoError } from '../errors.ts'

/** Expands a key. @throws CryptoError sm4.bad-length unless it has 16 bytes */
export function expandSm4Key(key: Uint8Array): Sm4Core {
  if (key.length !== 16) throw new CryptoError('sm4.bad-length', 'key must be 16 bytes')
  return smCore().expandSm4(key)
}

/** Throws unless the array is one block. */
export function assertBlock(bytes: Uint8Array, name: string): void {
  if (bytes.length !== 16) throw new CryptoError('sm4.bad-length', `${name} must be 16 bytes`)
}

/** CBC with PKCS#7 padding. `iv` is 16 unpredictable bytes, never used twice with a key. @throws CryptoError sm4.bad-length */
export function sm4CbcEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
  assertBlock(iv, 'iv')
  const padding = 16 - (plaintext.length % 16)
  const padded = new Uint8Array(plaintext.length + padding)
  padded.set(plaintext)
  padded.fill(padding, plaintext.length)
  return expandSm4Key(key).encryptCbc(Uint8Array.from(iv), padded)
}

/**
 * Reverse of `sm4CbcEncrypt`. CBC does not authenticate: never tell the sender of a ciphertext which error it was.
 * @throws CryptoError sm4.bad-length, sm4.padding
 */
export function sm4CbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  assertBlock(iv, 'iv')
  if (ciphertext.length === 0 || ciphertext.length % 16 !== 0)
    throw new CryptoError('sm4.bad-length', 'not whole blocks')
  return removePadding(expandSm4Key(key).decryptCbc(Uint8Array.from(iv), ciphertext))
}

/** Text without its PKCS#7 padding. @throws CryptoError sm4.padding */
export function removePadding(padded: Uint8Array): Uint8Array {
  const padding = byteAt(padded, padded.length - 1)
  const tail = padded.subarray(padded.length - padding)
  if (padding < 1 || padding > 16 || tail.some((byte) => byte !== padding))
    throw new CryptoError('sm4.padding', 'bad padding')
  return padded.subarray(0, padded.length - padding)
}

/** CTR: the same call enciphers and deciphers. `counter` is the first 16-byte counter block, big-endian. @throws CryptoError sm4.bad-length */
export function sm4Ctr(key: Uint8Array, counter: Uint8Array, text: Uint8Array): Uint8Array {
  assertBlock(counter, 'counter')
  return expandSm4Key(key).applyCtr(Uint8Array.from(counter), text)
}

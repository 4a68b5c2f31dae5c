/** SM4 in Galois/Counter Mode. Sources: NIST SP 800-38D, RFC 8998 section 2, GB/T 36624-2018. */
import { concatBytes, equalBytes } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import type { Sm4Core } from '../core/port.ts'
import { CryptoError } from '../errors.ts'
import { expandSm4Key } from './sm4.ts'

const tagSize = 16

/**
 * Enciphers and authenticates; answers ciphertext ‖ 16-byte tag.
 * `iv` is 12 bytes and must never be used twice with a key. `aad` is authenticated and not enciphered.
 * @throws CryptoError sm4.bad-length
 */
export function sm4GcmEncrypt(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array = new Uint8Array(),
): Uint8Array {
  const cipher = expandSm4Key(key)
  const sealed = new Uint8Array(plaintext.length + tagSize)
  const ciphertext = cipher.applyCtr(counterBlock(iv, 2), plaintext, sealed.subarray(0, plaintext.length))
  sealed.set(computeTag(cipher, iv, ciphertext, aad), plaintext.length)
  return sealed
}

/** Reverse of `sm4GcmEncrypt`. @throws CryptoError sm4.bad-length, sm4.authentication-failed */
export function sm4GcmDecrypt(
  key: Uint8Array,
  iv: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array = new Uint8Array(),
): Uint8Array {
  if (sealed.length < tagSize) throw new CryptoError('sm4.bad-length', 'shorter than its tag')
  const cipher = expandSm4Key(key)
  const ciphertext = sealed.subarray(0, sealed.length - tagSize)
  if (!equalBytes(computeTag(cipher, iv, ciphertext, aad), sealed.subarray(sealed.length - tagSize))) {
    throw new CryptoError('sm4.authentication-failed', 'the text was changed or the key is another')
  }
  return cipher.applyCtr(counterBlock(iv, 2), ciphertext)
}

/** The counter block of a 12-byte iv. @throws CryptoError sm4.bad-length */
export function counterBlock(iv: Uint8Array, count: number): Uint8Array {
  if (iv.length !== 12) throw new CryptoError('sm4.bad-length', 'iv must be 12 bytes')
  return concatBytes(iv, Uint8Array.of(0, 0, 0, count))
}

/** The block of both lengths in bits that ends a GHASH. */
export function lengthBlock(aadBytes: number, textBytes: number): Uint8Array {
  const lengths = new Uint8Array(16)
  const view = new DataView(lengths.buffer)
  view.setBigUint64(0, BigInt(aadBytes) * 8n)
  view.setBigUint64(8, BigInt(textBytes) * 8n)
  return lengths
}

function computeTag(cipher: Sm4Core, iv: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array {
  const subkey = cipher.encryptBlock(new Uint8Array(16))
  const { ghash } = smCore()
  const state = new Uint8Array(16)
  ghash(subkey, state, aad)
  ghash(subkey, state, ciphertext)
  ghash(subkey, state, lengthBlock(aad.length, ciphertext.length))
  return cipher.applyCtr(counterBlock(iv, 1), state)
}

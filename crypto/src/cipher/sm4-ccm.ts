/** SM4 in Counter with CBC-MAC mode. Sources: NIST SP 800-38C, RFC 3610, RFC 8998 section 2. */
import { concatBytes, equalBytes } from '../bytes.ts'
import type { Sm4Core } from '../core/port.ts'
import { CryptoError } from '../errors.ts'
import { expandSm4Key } from './sm4.ts'

const tagSize = 16
/** Bytes of the length field beside a 12-byte nonce: texts up to 16 MiB. */
const lengthSize = 3
const longestText = 2 ** (8 * lengthSize) - 1

/**
 * Enciphers and authenticates; answers ciphertext ‖ 16-byte tag. `nonce` is 12 bytes, never used twice with a key; `plaintext`
 * is shorter than 16 MiB; `aad` (shorter than 65,280 bytes) is authenticated and not enciphered.
 * @throws CryptoError sm4.bad-length
 */
export function sm4CcmEncrypt(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array = new Uint8Array(),
): Uint8Array {
  assertSizes(nonce, plaintext.length, aad)
  const cipher = expandSm4Key(key)
  const ciphertext = cipher.applyCtr(counterBlock(nonce, 1), plaintext)
  return concatBytes(ciphertext, computeTag(cipher, nonce, plaintext, aad))
}

/** Reverse of `sm4CcmEncrypt`. @throws CryptoError sm4.bad-length, sm4.authentication-failed */
export function sm4CcmDecrypt(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array = new Uint8Array(),
): Uint8Array {
  if (sealed.length < tagSize) throw new CryptoError('sm4.bad-length', 'shorter than its tag')
  const ciphertext = sealed.subarray(0, sealed.length - tagSize)
  assertSizes(nonce, ciphertext.length, aad)
  const cipher = expandSm4Key(key)
  const plaintext = cipher.applyCtr(counterBlock(nonce, 1), ciphertext)
  if (equalBytes(computeTag(cipher, nonce, plaintext, aad), sealed.subarray(sealed.length - tagSize))) return plaintext
  plaintext.fill(0)
  throw new CryptoError('sm4.authentication-failed', 'the text was changed or the key is another')
}

function assertSizes(nonce: Uint8Array, textBytes: number, aad: Uint8Array): void {
  if (nonce.length !== 12) throw new CryptoError('sm4.bad-length', 'nonce must be 12 bytes')
  if (textBytes > longestText) throw new CryptoError('sm4.bad-length', 'text is longer than 16 MiB')
  if (aad.length >= 0xff00) throw new CryptoError('sm4.bad-length', 'additional data is longer than 65,279 bytes')
}

function counterBlock(nonce: Uint8Array, count: number): Uint8Array {
  return concatBytes(Uint8Array.of(lengthSize - 1), nonce, Uint8Array.of(0, 0, count))
}

/** B0, then the additional data with its length, then the text, each padded to whole blocks; enciphered with counter 0. */
function computeTag(cipher: Sm4Core, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const chain = new Uint8Array(16)
  const flags = (aad.length > 0 ? 0x40 : 0) | (((tagSize - 2) / 2) << 3) | (lengthSize - 1)
  const size = plaintext.length
  cipher.absorbMac(
    chain,
    concatBytes(Uint8Array.of(flags), nonce, Uint8Array.of(size >> 16, (size >> 8) & 255, size & 255)),
  )
  if (aad.length > 0) cipher.absorbMac(chain, padded(Uint8Array.of(aad.length >> 8, aad.length & 255), aad))
  cipher.absorbMac(chain, padded(plaintext))
  return cipher.applyCtr(counterBlock(nonce, 0), chain)
}

function padded(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = concatBytes(...parts)
  return joined.length % 16 === 0 ? joined : concatBytes(joined, new Uint8Array(16 - (joined.length % 16)))
}

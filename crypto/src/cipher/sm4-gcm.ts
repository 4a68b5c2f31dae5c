/** SM4 in Galois/Counter Mode. Sources: NIST SP 800-38D, RFC 8998 section 2, GB/T 36624-2018. */
import { byteAt, equalBytes } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import type { Sm4Core } from '../core/port.ts'
import { CryptoError } from '../errors.ts'
import { expandSm4Key } from './sm4.ts'

const tagSize = 16
const pieceSize = 65_536

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
  assertSizes(key, iv)
  return smCore().sealShortGcm(key, iv, plaintext, aad) ?? sealInPieces(key, iv, plaintext, aad)
}

/** @throws CryptoError sm4.bad-length */
function assertSizes(key: Uint8Array, iv: Uint8Array): void {
  if (key.length !== 16) throw new CryptoError('sm4.bad-length', 'key must be 16 bytes')
  if (iv.length !== 12) throw new CryptoError('sm4.bad-length', 'iv must be 12 bytes')
}

function sealInPieces(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array {
  const cipher = expandSm4Key(key)
  const { counter, subkey, mask } = startGcm(cipher, iv)
  const { ghash } = smCore()
  const state = new Uint8Array(tagSize)
  if (aad.length > 0) ghash(subkey, state, aad)
  const sealed = new Uint8Array(plaintext.length + tagSize)
  // In pieces, so that what was just enciphered is still near when it is authenticated.
  for (let from = 0; from < plaintext.length; from += pieceSize) {
    const end = from + pieceSize < plaintext.length ? from + pieceSize : plaintext.length
    const piece = end - from === plaintext.length ? plaintext : plaintext.subarray(from, end)
    ghash(subkey, state, cipher.applyCtr(counter, piece, sealed.subarray(from, end)))
  }
  ghash(subkey, state, lengthBlock(aad.length, plaintext.length))
  writeTag(sealed, state, mask)
  return sealed
}

function writeTag(sealed: Uint8Array, state: Uint8Array, mask: Uint8Array): void {
  const at = sealed.length - tagSize
  for (let i = 0; i < tagSize; i++) sealed[at + i] = byteAt(state, i) ^ byteAt(mask, i)
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
function counterBlock(iv: Uint8Array, count: number): Uint8Array {
  if (iv.length !== 12) throw new CryptoError('sm4.bad-length', 'iv must be 12 bytes')
  const block = new Uint8Array(16)
  block.set(iv)
  block[15] = count
  return block
}

/** The block of both lengths in bits that ends a GHASH. */
export function lengthBlock(aadBytes: number, textBytes: number): Uint8Array {
  const lengths = new Uint8Array(16)
  writeBits(lengths, 0, aadBytes)
  writeBits(lengths, 8, textBytes)
  return lengths
}

/** Writes a length in bits, 64 bits wide; a length in bytes fits into 53 bits, its high and low part into 32 each. */
function writeBits(into: Uint8Array, at: number, bytes: number): void {
  const high = Math.floor(bytes / 0x2000_0000)
  const low = bytes << 3
  for (let i = 0; i < 4; i++) {
    into[at + i] = high >>> (24 - 8 * i)
    into[at + 4 + i] = low >>> (24 - 8 * i)
  }
}

/** What GCM starts with: the counter of the text, the subkey of GHASH and the mask of the tag. @throws CryptoError sm4.bad-length */
export function startGcm(cipher: Sm4Core, iv: Uint8Array): { readonly counter: Uint8Array; readonly subkey: Uint8Array; readonly mask: Uint8Array } {
  const counter = counterBlock(iv, 2)
  const blocks = new Uint8Array(32)
  blocks.set(iv, 16)
  blocks[31] = 1
  const started = cipher.encryptBlocks(blocks)
  return { counter, subkey: started.subarray(0, 16), mask: started.subarray(16) }
}

function computeTag(cipher: Sm4Core, iv: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array {
  const { subkey, mask } = startGcm(cipher, iv)
  const { ghash } = smCore()
  const state = new Uint8Array(tagSize)
  ghash(subkey, state, aad)
  ghash(subkey, state, ciphertext)
  ghash(subkey, state, lengthBlock(aad.length, ciphertext.length))
  return state.map((byte, i) => byte ^ byteAt(mask, i))
}

/**
 * Small secrets at rest: SM4-GCM under a key, bound to a purpose. Three layers are meant: a key-encrypting key (file, passphrase
 * or the operating system's store) wraps a store key, which seals the keys and secrets. Rotation wraps the store key anew and
 * touches nothing else.
 */
import { sm4GcmDecrypt, sm4GcmEncrypt } from '../cipher/sm4-gcm.ts'
import { concatBytes, utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { pbkdf2Sm3 } from '../hash/sm3.ts'
import { platformRandom, type RandomSource } from '../ports.ts'

const ivSize = 12
const overheadSize = ivSize + 16

/** Seals a secret: 12-byte iv ‖ ciphertext ‖ 16-byte tag. `key` is 16 bytes; `purpose` must be named again to open it. */
export function sealSecret(
  key: Uint8Array,
  purpose: string,
  secret: Uint8Array,
  random: RandomSource = platformRandom,
): Uint8Array {
  const iv = new Uint8Array(ivSize)
  random.fill(iv)
  return concatBytes(iv, sm4GcmEncrypt(key, iv, secret, utf8(purpose)))
}

/** Opens what `sealSecret` made. @throws CryptoError sm4.bad-length, sm4.authentication-failed (altered, other key or purpose) */
export function openSecret(key: Uint8Array, purpose: string, sealed: Uint8Array): Uint8Array {
  if (sealed.length < overheadSize) throw new CryptoError('sm4.bad-length', 'shorter than its iv and tag')
  return sm4GcmDecrypt(key, sealed.subarray(0, ivSize), sealed.subarray(ivSize), utf8(purpose))
}

/** Iterations for new passphrases: about a quarter of a second on an old office PC. */
export const passphraseIterations = 300_000

/** Key-encrypting key (16 bytes) of a passphrase; `salt` is 16 random bytes kept beside what it wraps. */
export function passphraseKey(
  passphrase: string,
  salt: Uint8Array,
  iterations: number = passphraseIterations,
): Uint8Array {
  // The same characters can be typed in two ways; NFKC makes them one.
  return pbkdf2Sm3(utf8(passphrase.normalize('NFKC')), salt, iterations, 16)
}

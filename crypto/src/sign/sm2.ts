/**
 * SM2 digital signature. Source: GB/T 32918.2-2016; parameters GB/T 32918.5-2017; encodings GM/T 0009-2023.
 * A signature is DER SEQUENCE{r INTEGER, s INTEGER} over e = SM3(Z ‖ M).
 */
import { fromHex, utf8 } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import { CryptoError } from '../errors.ts'
import { Sm3, sm3 } from '../hash/sm3.ts'
import { platformRandom, type RandomSource } from '../ports.ts'
import { type NonceKind, nonceSource } from './nonce.ts'
import { encodePoint } from './point.ts'
import { assertSm2PrivateKey, largestPrivateKey, randomScalar } from './scalar.ts'
import { encodeSm2Signature } from './signature.ts'

/** Identifier used when none is agreed: GM/T 0009-2023, "1234567812345678". */
export const defaultSm2Id: Uint8Array = utf8('1234567812345678')

/** A key pair: private key 32 bytes in [1, n−2], public key 65 bytes 04‖x‖y. */
export interface Sm2KeyPair {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

/** What may be named when signing. `publicKey` saves deriving it again; it must belong to the private key. */
export interface Sm2SignOptions {
  readonly id?: Uint8Array
  readonly publicKey?: Uint8Array
  readonly random?: RandomSource
  readonly nonce?: NonceKind
}

/** A private key made ready for many signatures. `sign` takes the message, `signDigest` a ready e (32 bytes); both answer DER. */
export interface Sm2Signer {
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
  signDigest(digest: Uint8Array): Uint8Array
}

/** Makes a new key pair. */
export function generateSm2KeyPair(random: RandomSource = platformRandom): Sm2KeyPair {
  const privateKey = randomScalar(random, largestPrivateKey)
  return { privateKey, publicKey: deriveSm2PublicKey(privateKey) }
}

/** Public key (65 bytes) of a private key. @throws CryptoError key.malformed, key.out-of-range */
export function deriveSm2PublicKey(privateKey: Uint8Array): Uint8Array {
  assertSm2PrivateKey(privateKey)
  const point = smCore().sm2.multiplyBase(privateKey)
  if (point === null) throw new CryptoError('key.out-of-range', 'private key has no public point')
  return encodePoint(point)
}

/** a, b and the base point, as they enter Z. */
const curveParameters = fromHex(
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
)

/** Digest of signer identity and key: Z of GB/T 32918.2 clause 5.5. @throws CryptoError key.malformed for 8192 bytes or more */
export function sm2IdentityDigest(publicKey: Uint8Array, id: Uint8Array = defaultSm2Id): Uint8Array {
  if (id.length > 8191) throw new CryptoError('key.malformed', 'identifier is longer than 8191 bytes')
  const bits = id.length * 8
  return sm3(Uint8Array.of(bits >> 8, bits & 0xff), id, curveParameters, publicKey.subarray(1))
}

/** e = SM3(Z ‖ M), 32 bytes. */
export function sm2MessageDigest(publicKey: Uint8Array, message: Uint8Array, id?: Uint8Array): Uint8Array {
  return sm3(sm2IdentityDigest(publicKey, id), message)
}

/** e for a message that comes in pieces: `update` with them, `digest`, then `signDigest` or `verifyDigest`. */
export function startSm2Message(publicKey: Uint8Array, id?: Uint8Array): Sm3 {
  return new Sm3().update(sm2IdentityDigest(publicKey, id))
}

/**
 * Makes a private key ready: its public key, Z and signing factor are computed once.
 * @throws CryptoError key.malformed, key.out-of-range
 */
export function sm2Signer(privateKey: Uint8Array, options: Sm2SignOptions = {}): Sm2Signer {
  assertSm2PrivateKey(privateKey)
  const core = smCore().sm2
  const secret = privateKey.slice()
  const publicKey = options.publicKey ?? deriveSm2PublicKey(privateKey)
  const identity = sm2IdentityDigest(publicKey, options.id)
  const factor = core.signingFactor(secret)
  if (factor === null) throw new CryptoError('key.out-of-range', 'private key must be in [1, n-2]')
  const signDigest = (digest: Uint8Array): Uint8Array => {
    if (digest.length !== 32) throw new CryptoError('key.malformed', 'digest must be 32 bytes')
    const draw = nonceSource(options.nonce ?? 'random', options.random ?? platformRandom, secret, digest)
    for (;;) {
      const nonce = draw()
      const signature = core.sign(factor, nonce, digest)
      nonce.fill(0)
      if (signature !== null) return encodeSm2Signature(signature)
    }
  }
  return { publicKey, signDigest, sign: (message) => signDigest(sm3(identity, message)) }
}

/**
 * Signs a message (any length) and answers DER SEQUENCE{r, s}. For many signatures with one key use `sm2Signer`.
 * @throws CryptoError key.malformed, key.out-of-range
 */
export function sm2Sign(privateKey: Uint8Array, message: Uint8Array, options: Sm2SignOptions = {}): Uint8Array {
  return sm2Signer(privateKey, options).sign(message)
}

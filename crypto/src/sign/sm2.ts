/**
 * SM2 digital signature. Source: GB/T 32918.2-2016; parameters GB/T 32918.5-2017; encodings GM/T 0009-2023.
 * A signature is DER SEQUENCE{r INTEGER, s INTEGER} over e = SM3(Z ‖ M).
 */
import { readDer, readInteger, readSequence } from '../asn1/der-read.ts'
import { writeInteger, writeSequence } from '../asn1/der-write.ts'
import { concatBytes, fromBigInt, toBigInt, utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { platformRandom, type RandomSource } from '../ports.ts'
import {
  type AffinePoint,
  basePoint,
  curveA,
  curveB,
  encodePoint,
  groupOrder,
  invert,
  modulo,
  multiplyBase,
  multiplySum,
  parsePoint,
} from './curve.ts'

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
}

/**
 * Reads a private key. d = n − 1 is refused because 1 + d has no inverse: such a key can never sign.
 * @throws CryptoError key.malformed (not 32 bytes), key.out-of-range (d ∉ [1, n−2])
 */
export function parseSm2PrivateKey(bytes: Uint8Array): bigint {
  if (bytes.length !== 32) throw new CryptoError('key.malformed', 'private key must be 32 bytes')
  const d = toBigInt(bytes)
  if (d < 1n || d > groupOrder - 2n) throw new CryptoError('key.out-of-range', 'private key must be in [1, n-2]')
  return d
}

/** Uniform scalar in [1, most] by rejection, never by reduction. */
export function randomScalar(random: RandomSource, most: bigint): bigint {
  const bytes = new Uint8Array(32)
  // A source stuck outside the range is a broken generator: 128 misses in a row have probability below 2^-4000.
  for (let attempt = 0; attempt < 128; attempt++) {
    random.fill(bytes)
    const value = toBigInt(bytes)
    if (value >= 1n && value <= most) return value
  }
  throw new CryptoError('key.out-of-range', 'the random source is broken')
}

/** Makes a new key pair. */
export function generateSm2KeyPair(random: RandomSource = platformRandom): Sm2KeyPair {
  const privateKey = fromBigInt(randomScalar(random, groupOrder - 2n), 32)
  return { privateKey, publicKey: deriveSm2PublicKey(privateKey) }
}

/** Public key (65 bytes) of a private key. @throws CryptoError as `parseSm2PrivateKey` */
export function deriveSm2PublicKey(privateKey: Uint8Array): Uint8Array {
  const point = multiplyBase(parseSm2PrivateKey(privateKey))
  if (point === null) throw new CryptoError('key.out-of-range', 'private key has no public point')
  return encodePoint(point)
}

const curveParameters = concatBytes(...[curveA, curveB, basePoint.x, basePoint.y].map((value) => fromBigInt(value, 32)))

/** Digest of signer identity and key: Z of GB/T 32918.2 clause 5.5. The identifier is shorter than 8192 bytes. */
export function sm2IdentityDigest(publicKey: Uint8Array, id: Uint8Array = defaultSm2Id): Uint8Array {
  if (id.length > 8191) throw new CryptoError('key.malformed', 'identifier is longer than 8191 bytes')
  const bits = id.length * 8
  return sm3(Uint8Array.of(bits >> 8, bits & 0xff), id, curveParameters, publicKey.subarray(1))
}

/** e = SM3(Z ‖ M), 32 bytes. */
export function sm2MessageDigest(publicKey: Uint8Array, message: Uint8Array, id?: Uint8Array): Uint8Array {
  return sm3(sm2IdentityDigest(publicKey, id), message)
}

/** One signing attempt with a given nonce (clause 6.1 A4–A6); `null` when the standard asks for another nonce. */
export function sm2SignWithNonce(e: bigint, d: bigint, k: bigint): { readonly r: bigint; readonly s: bigint } | null {
  const point = multiplyBase(k)
  if (point === null) return null
  const r = modulo(e + point.x, groupOrder)
  if (r === 0n || r + k === groupOrder) return null
  const s = modulo(invert(1n + d, groupOrder) * (k - r * d), groupOrder)
  return s === 0n ? null : { r, s }
}

/**
 * Signs a message (any length) and answers DER SEQUENCE{r, s}.
 * @throws CryptoError key.malformed, key.out-of-range
 */
export function sm2Sign(privateKey: Uint8Array, message: Uint8Array, options: Sm2SignOptions = {}): Uint8Array {
  const d = parseSm2PrivateKey(privateKey)
  const publicKey = options.publicKey ?? deriveSm2PublicKey(privateKey)
  const e = toBigInt(sm2MessageDigest(publicKey, message, options.id))
  for (;;) {
    const k = randomScalar(options.random ?? platformRandom, groupOrder - 1n)
    const signature = sm2SignWithNonce(e, d, k)
    if (signature !== null) return encodeSm2Signature(signature.r, signature.s)
  }
}

/** DER SEQUENCE{r, s}. */
export function encodeSm2Signature(r: bigint, s: bigint): Uint8Array {
  return writeSequence(writeInteger(r), writeInteger(s))
}

/** Reads DER SEQUENCE{r, s} strictly; ranges are left to verification. @throws CryptoError der.malformed */
export function parseSm2Signature(signature: Uint8Array): { readonly r: bigint; readonly s: bigint } {
  const [r, s] = readSequence(readDer(signature), 'signature', 2, 2)
  return { r: readInteger(r, 'r'), s: readInteger(s, 's') }
}

/** The verification equation over a ready digest e (GB/T 32918.2 clause 7.1 B1–B7). */
export function sm2VerifyDigest(point: AffinePoint, e: bigint, r: bigint, s: bigint): boolean {
  if (r < 1n || r >= groupOrder || s < 1n || s >= groupOrder) return false
  const t = modulo(r + s, groupOrder)
  if (t === 0n) return false
  const sum = multiplySum(s, t, point)
  return sum !== null && modulo(e + sum.x, groupOrder) === r
}

/**
 * Verifies DER SEQUENCE{r, s} over a message: true only for the one strict encoding of a right signature.
 * A malformed signature or an invalid public key answers false.
 */
export function sm2Verify(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  options: { readonly id?: Uint8Array } = {},
): boolean {
  try {
    const { r, s } = parseSm2Signature(signature)
    const point = parsePoint(publicKey)
    const e = toBigInt(sm2MessageDigest(publicKey, message, options.id))
    return sm2VerifyDigest(point, e, r, s)
  } catch (cause) {
    if (cause instanceof CryptoError) return false
    throw cause
  }
}

/** SM2 public key encryption. Source: GB/T 32918.4-2016; ciphertext encoding GM/T 0009-2023. */
import { readDer, readInteger, readOctets, readSequence } from '../asn1/der-read.ts'
import { writeInteger, writeOctets, writeSequence } from '../asn1/der-write.ts'
import { byteAt, concatBytes, equalBytes, fromBigInt } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3, sm3Kdf } from '../hash/sm3.ts'
import { platformRandom, type RandomSource } from '../ports.ts'
import { type AffinePoint, groupOrder, isOnCurve, multiply, multiplyBase, parsePoint } from './curve.ts'
import { parseSm2PrivateKey, randomScalar } from './sm2.ts'

interface SharedPoint {
  readonly x: Uint8Array
  readonly y: Uint8Array
}

function sharedPoint(point: AffinePoint | null): SharedPoint | null {
  return point === null ? null : { x: fromBigInt(point.x, 32), y: fromBigInt(point.y, 32) }
}

function mask(text: Uint8Array, key: Uint8Array): Uint8Array {
  return text.map((byte, i) => byte ^ byteAt(key, i))
}

/**
 * Encrypts to a public key (65 bytes) and answers DER SEQUENCE{x, y, C3 hash, C2 text}.
 * An all-zero key stream is drawn again, as clause 6.1 demands: it would leave the text in clear.
 * @throws CryptoError key.malformed, key.off-curve; text.malformed for an empty message
 */
export function sm2Encrypt(
  publicKey: Uint8Array,
  message: Uint8Array,
  random: RandomSource = platformRandom,
): Uint8Array {
  if (message.length === 0) throw new CryptoError('text.malformed', 'nothing to encrypt')
  const recipient = parsePoint(publicKey)
  for (;;) {
    const k = randomScalar(random, groupOrder - 1n)
    const ephemeral = multiplyBase(k)
    const shared = sharedPoint(multiply(k, recipient))
    if (ephemeral === null || shared === null) continue
    const key = sm3Kdf(concatBytes(shared.x, shared.y), message.length)
    if (key.every((byte) => byte === 0)) continue
    const c3 = sm3(shared.x, message, shared.y)
    return writeSequence(
      writeInteger(ephemeral.x),
      writeInteger(ephemeral.y),
      writeOctets(c3),
      writeOctets(mask(message, key)),
    )
  }
}

/**
 * Decrypts DER SEQUENCE{x, y, C3, C2}.
 * Every failure is the same error, so that an attacker learns nothing from which check refused.
 * @throws CryptoError sm2.decrypt-failed; key.malformed or key.out-of-range for a bad private key
 */
export function sm2Decrypt(privateKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const d = parseSm2PrivateKey(privateKey)
  const text = decryptOrNull(d, ciphertext)
  if (text === null) throw new CryptoError('sm2.decrypt-failed', 'the ciphertext does not belong to this key')
  return text
}

function decryptOrNull(d: bigint, ciphertext: Uint8Array): Uint8Array | null {
  try {
    const [x, y, c3, c2] = readSequence(readDer(ciphertext), 'ciphertext', 4, 4)
    const point = { x: readInteger(x, 'x'), y: readInteger(y, 'y') }
    const hash = readOctets(c3, 'hash')
    const masked = readOctets(c2, 'text')
    if (!isOnCurve(point) || masked.length === 0) return null
    const shared = sharedPoint(multiply(d, point))
    if (shared === null) return null
    const key = sm3Kdf(concatBytes(shared.x, shared.y), masked.length)
    const text = mask(masked, key)
    const genuine = equalBytes(sm3(shared.x, text, shared.y), hash)
    return genuine && key.some((byte) => byte !== 0) ? text : null
  } catch (cause) {
    if (cause instanceof CryptoError) return null
    throw cause
  }
}

/** SM2 public key encryption. Source: GB/T 32918.4-2016; ciphertext encoding GM/T 0009-2023. */
import { readDer, readInteger, readOctets, readSequence } from '../asn1/der-read.ts'
import { writeInteger, writeOctets, writeSequence } from '../asn1/der-write.ts'
import { byteAt, concatBytes, equalBytes, fromBigInt, toBigInt } from '../bytes.ts'
import { smCore } from '../core/core.ts'
import { CryptoError } from '../errors.ts'
import { sm3, sm3Kdf } from '../hash/sm3.ts'
import { platformRandom, type RandomSource } from '../ports.ts'
import { parsePoint } from './point.ts'
import { assertSm2PrivateKey, largestNonce, randomScalar } from './scalar.ts'

/**
 * How a ciphertext is written. `der`: SEQUENCE{x, y, C3 hash, C2 text} of GM/T 0009. `c1c3c2`: 04‖x‖y‖C3‖C2 of the standard.
 * `c1c2c3`: the order of drafts before 2012, seen in old systems.
 */
export type Sm2CiphertextForm = 'der' | 'c1c3c2' | 'c1c2c3'

interface Ciphertext {
  /** x‖y, 64 bytes. */
  readonly point: Uint8Array
  readonly hash: Uint8Array
  readonly text: Uint8Array
}

function mask(text: Uint8Array, key: Uint8Array): Uint8Array {
  return text.map((byte, i) => byte ^ byteAt(key, i))
}

function isAllZero(key: Uint8Array): boolean {
  let any = 0
  for (const byte of key) any |= byte
  return any === 0
}

/**
 * Encrypts to a public key (65 bytes). An all-zero key stream is drawn again, as clause 6.1 demands: it would leave the
 * text in clear.
 * @throws CryptoError key.malformed, key.off-curve; text.malformed for an empty message
 */
export function sm2Encrypt(
  publicKey: Uint8Array,
  message: Uint8Array,
  random: RandomSource = platformRandom,
  form: Sm2CiphertextForm = 'der',
): Uint8Array {
  if (message.length === 0) throw new CryptoError('text.malformed', 'nothing to encrypt')
  const recipient = parsePoint(publicKey)
  const core = smCore().sm2
  for (;;) {
    const k = randomScalar(random, largestNonce)
    const point = core.multiplyBase(k)
    const shared = core.multiply(k, recipient)
    k.fill(0)
    if (point === null || shared === null) continue
    const key = sm3Kdf(shared, message.length)
    if (isAllZero(key)) continue
    const hash = sm3(shared.subarray(0, 32), message, shared.subarray(32))
    return writeCiphertext({ point, hash, text: mask(message, key) }, form)
  }
}

function writeCiphertext({ point, hash, text }: Ciphertext, form: Sm2CiphertextForm): Uint8Array {
  if (form === 'c1c3c2') return concatBytes(Uint8Array.of(4), point, hash, text)
  if (form === 'c1c2c3') return concatBytes(Uint8Array.of(4), point, text, hash)
  const [x, y] = [toBigInt(point.subarray(0, 32)), toBigInt(point.subarray(32))]
  return writeSequence(writeInteger(x), writeInteger(y), writeOctets(hash), writeOctets(text))
}

/**
 * Decrypts a ciphertext of the named form.
 * Every failure is the same error, so that an attacker learns nothing from which check refused.
 * @throws CryptoError sm2.decrypt-failed; key.malformed or key.out-of-range for a bad private key
 */
export function sm2Decrypt(
  privateKey: Uint8Array,
  ciphertext: Uint8Array,
  form: Sm2CiphertextForm = 'der',
): Uint8Array {
  assertSm2PrivateKey(privateKey)
  const text = decryptOrNull(privateKey, ciphertext, form)
  if (text === null) throw new CryptoError('sm2.decrypt-failed', 'the ciphertext does not belong to this key')
  return text
}

function decryptOrNull(d: Uint8Array, bytes: Uint8Array, form: Sm2CiphertextForm): Uint8Array | null {
  try {
    const ciphertext = form === 'der' ? readCiphertext(bytes) : splitCiphertext(bytes, form)
    if (ciphertext === null || ciphertext.text.length === 0) return null
    const shared = smCore().sm2.multiply(d, ciphertext.point)
    if (shared === null) return null
    const key = sm3Kdf(shared, ciphertext.text.length)
    const text = mask(ciphertext.text, key)
    const genuine = equalBytes(sm3(shared.subarray(0, 32), text, shared.subarray(32)), ciphertext.hash)
    return genuine && !isAllZero(key) ? text : null
  } catch (cause) {
    if (cause instanceof CryptoError) return null
    throw cause
  }
}

function readCiphertext(bytes: Uint8Array): Ciphertext | null {
  const [x, y, hash, text] = readSequence(readDer(bytes), 'ciphertext', 4, 4)
  const [left, right] = [readInteger(x, 'x'), readInteger(y, 'y')]
  const most = 1n << 256n
  if (left < 0n || right < 0n || left >= most || right >= most) return null
  const point = concatBytes(fromBigInt(left, 32), fromBigInt(right, 32))
  return { point, hash: readOctets(hash, 'hash'), text: readOctets(text, 'text') }
}

function splitCiphertext(bytes: Uint8Array, form: 'c1c3c2' | 'c1c2c3'): Ciphertext | null {
  if (bytes.length < 98 || bytes[0] !== 4) return null
  const point = bytes.subarray(1, 65)
  const end = bytes.length
  return form === 'c1c3c2'
    ? { point, hash: bytes.subarray(65, 97), text: bytes.subarray(97) }
    : { point, hash: bytes.subarray(end - 32), text: bytes.subarray(65, end - 32) }
}

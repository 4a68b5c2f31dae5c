/**
 * Encrypted private keys (PKCS#8 EncryptedPrivateKeyInfo, PBES2). Sources: RFC 8018, GM/T 0091-2020.
 * Written: PBKDF2 with HMAC-SM3 and SM4-CBC. Read: that, and HMAC-SHA-256 or SHA-1 with SM4-CBC or AES-CBC as OpenSSL writes them.
 */
import { type DerNode, readDer, readOctets, readOid, readSequence, readSmallInteger, tags } from '../asn1/der-read.ts'
import { writeAlgorithm, writeInteger, writeOctets, writeOid, writeSequence } from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { sm4CbcDecrypt, sm4CbcEncrypt } from '../cipher/sm4.ts'
import { utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { pbkdf2Sm3 } from '../hash/sm3.ts'
import { platformRandom, type RandomSource } from '../ports.ts'
import { exportPkcs8 } from './pkcs8.ts'

const defaultIterations = 100_000
const mostIterations = 10_000_000

/** Encrypts an SM2 private key (32 bytes) under a password. */
export function exportEncryptedPkcs8(
  privateKey: Uint8Array,
  password: string,
  options: { readonly iterations?: number; readonly random?: RandomSource } = {},
): Uint8Array {
  const salt = new Uint8Array(16)
  const iv = new Uint8Array(16)
  const random = options.random ?? platformRandom
  random.fill(salt)
  random.fill(iv)
  const iterations = options.iterations ?? defaultIterations
  const key = pbkdf2Sm3(utf8(password), salt, iterations, 16)
  const prf = writeAlgorithm(oids.hmacSm3, true)
  const derivation = writeSequence(
    writeOid(oids.pbkdf2),
    writeSequence(writeOctets(salt), writeInteger(iterations), writeInteger(16), prf),
  )
  const cipher = writeSequence(writeOid(oids.sm4Cbc), writeOctets(iv))
  const scheme = writeSequence(writeOid(oids.pbes2), writeSequence(derivation, cipher))
  return writeSequence(scheme, writeOctets(sm4CbcEncrypt(key, iv, exportPkcs8(privateKey))))
}

/** The parameters of PBES2 as read. */
interface Scheme {
  readonly salt: Uint8Array
  readonly iterations: number
  readonly prf: string
  readonly cipher: string
  readonly iv: Uint8Array
}

const schemes: readonly string[] = [oids.pbes2, oids.gmPbes2]
const derivations: readonly string[] = [oids.pbkdf2, oids.gmPbkdf2]
/** Web Crypto's names for the other pseudo-random functions. */
const webDigests: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'SHA-1'],
  ['1.2.840.113549.2.9', 'SHA-256'],
  ['1.2.840.113549.2.11', 'SHA-512'],
])
const keySizes: ReadonlyMap<string, number> = new Map([
  [oids.sm4Cbc, 16],
  ['2.16.840.1.101.3.4.1.2', 16],
  ['2.16.840.1.101.3.4.1.42', 32],
])

function readScheme(node: DerNode | undefined): Scheme {
  const [type, parameters] = readSequence(node, 'encryption scheme', 2, 2)
  if (!schemes.includes(readOid(type, 'encryption scheme'))) throw unsupported('encryption scheme')
  const [derivation, cipher] = readSequence(parameters, 'parameters', 2, 2)
  const [kind, details] = readSequence(derivation, 'key derivation', 2, 2)
  if (!derivations.includes(readOid(kind, 'key derivation'))) throw unsupported('key derivation')
  const [salt, iterations, ...rest] = readSequence(details, 'key derivation parameters', 2, 4)
  const prf = rest.find((part) => part.tag === tags.sequence)
  const [cipherType, iv] = readSequence(cipher, 'cipher', 2, 2)
  return {
    salt: readOctets(salt, 'salt'),
    iterations: readSmallInteger(iterations, 'iterations', mostIterations),
    // RFC 8018: HMAC with SHA-1 when nothing is said.
    prf: prf === undefined ? '1.2.840.113549.2.7' : readOid(readSequence(prf, 'function', 1, 2)[0], 'function'),
    cipher: readOid(cipherType, 'cipher'),
    iv: readOctets(iv, 'iv'),
  }
}

const unsupported = (what: string): CryptoError => new CryptoError('key.malformed', `${what} is not supported`)

/**
 * Opens an encrypted key and answers the PrivateKeyInfo inside (`importPkcs8` reads SM2 keys from it). A wrong password and
 * altered bytes are the same error. Functions other than HMAC-SM3 need Web Crypto's `subtle` (in browsers: a secure origin).
 * @throws CryptoError der.malformed, key.malformed
 */
export async function openEncryptedPkcs8(bytes: Uint8Array, password: string): Promise<Uint8Array> {
  const [algorithm, sealed] = readSequence(readDer(bytes), 'encrypted private key', 2, 2)
  const scheme = readScheme(algorithm)
  const size = keySizes.get(scheme.cipher)
  if (size === undefined || scheme.iv.length !== 16) throw unsupported('cipher')
  if (scheme.iterations < 1) throw unsupported('iteration count')
  const key = await deriveKey(scheme, utf8(password), size)
  const plain = await decipher(scheme, key, readOctets(sealed, 'encrypted key'))
  if (plain === null || plain[0] !== 0x30)
    throw new CryptoError('key.malformed', 'the password is wrong or the key was altered')
  return plain
}

async function deriveKey(scheme: Scheme, password: Uint8Array, size: number): Promise<Uint8Array> {
  if (scheme.prf === oids.hmacSm3 || scheme.prf === oids.sm3)
    return pbkdf2Sm3(password, scheme.salt, scheme.iterations, size)
  const hash = webDigests.get(scheme.prf)
  if (hash === undefined) throw unsupported('function')
  const { subtle } = globalThis.crypto
  const base = await subtle.importKey('raw', Uint8Array.from(password), 'PBKDF2', false, ['deriveBits'])
  const salt = Uint8Array.from(scheme.salt)
  return new Uint8Array(
    await subtle.deriveBits({ name: 'PBKDF2', hash, salt, iterations: scheme.iterations }, base, 8 * size),
  )
}

/** `null` when the padding is wrong, which is what a wrong password looks like. */
async function decipher(scheme: Scheme, key: Uint8Array, sealed: Uint8Array): Promise<Uint8Array | null> {
  try {
    if (scheme.cipher === oids.sm4Cbc) return sm4CbcDecrypt(key, scheme.iv, sealed)
    const { subtle } = globalThis.crypto
    const own = await subtle.importKey('raw', Uint8Array.from(key), 'AES-CBC', false, ['decrypt'])
    const iv = Uint8Array.from(scheme.iv)
    return new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, own, Uint8Array.from(sealed)))
  } catch (cause) {
    if (cause instanceof CryptoError || cause instanceof DOMException) return null
    throw cause
  }
}

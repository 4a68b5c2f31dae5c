/** SM2 keys as PKCS#8 (plain) and SubjectPublicKeyInfo. Sources: GM/T 0009-2023, RFC 5208, RFC 5915, RFC 5480. */
import {
  type DerNode,
  readBits,
  readChildren,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSequence,
} from '../asn1/der-read.ts'
import { writeBits, writeExplicit, writeInteger, writeOctets, writeOid, writeSequence } from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { encodePoint, parsePoint } from '../sign/point.ts'
import { deriveSm2PublicKey, type Sm2KeyPair } from '../sign/sm2.ts'

const algorithm = writeSequence(writeOid(oids.ecPublicKey), writeOid(oids.sm2Curve))

/** SubjectPublicKeyInfo of an SM2 public key (65 bytes). */
export function exportSpki(publicKey: Uint8Array): Uint8Array {
  return writeSequence(algorithm, writeBits(encodePoint(parsePoint(publicKey))))
}

/**
 * Public key (65 bytes) of a SubjectPublicKeyInfo: named curve only, uncompressed, on the curve.
 * @throws CryptoError der.malformed, key.malformed, key.off-curve
 */
export function parseSpki(node: DerNode): Uint8Array {
  const [algorithmNode, key] = readSequence(node, 'public key info', 2, 2)
  assertSm2Algorithm(algorithmNode)
  const point = readBits(key, 'public key')
  parsePoint(point)
  return point
}

/** PKCS#8 PrivateKeyInfo of an SM2 private key (32 bytes), unencrypted: 150 bytes. */
export function exportPkcs8(privateKey: Uint8Array): Uint8Array {
  const publicKey = deriveSm2PublicKey(privateKey)
  const inner = writeSequence(writeInteger(1), writeOctets(privateKey), writeExplicit(1, writeBits(publicKey)))
  return writeSequence(writeInteger(0), algorithm, writeOctets(inner))
}

/**
 * Reads an unencrypted PKCS#8 SM2 key. A public key inside must belong to the private key.
 * @throws CryptoError der.malformed, key.malformed, key.out-of-range
 */
export function importPkcs8(bytes: Uint8Array): Sm2KeyPair {
  const [version, algorithmNode, inner] = readSequence(readDer(bytes), 'private key info', 3, 4)
  if (readInteger(version, 'version') !== 0n) throw new CryptoError('key.malformed', 'unknown version')
  assertSm2Algorithm(algorithmNode)
  const [innerVersion, d, ...optional] = readSequence(readDer(readOctets(inner, 'private key')), 'EC private key', 2, 4)
  if (readInteger(innerVersion, 'version') !== 1n) throw new CryptoError('key.malformed', 'unknown version')
  const privateKey = Uint8Array.from(readOctets(d, 'private key'))
  const publicKey = deriveSm2PublicKey(privateKey)
  const claimed = optional.find((node) => node.tag === 0xa1)
  if (claimed !== undefined && !equalBytes(readBits(readChildren(claimed)[0], 'public key'), publicKey)) {
    throw new CryptoError('key.malformed', 'public and private key do not belong together')
  }
  return { privateKey, publicKey }
}

/**
 * Reads an SM2 key in the form of SEC 1 (`EC PRIVATE KEY`), as `openssl ecparam -genkey` writes it.
 * @throws CryptoError der.malformed, key.malformed, key.out-of-range
 */
export function readSec1(bytes: Uint8Array): Sm2KeyPair {
  const curve = readSequence(readDer(bytes), 'EC private key', 2, 4).find((node) => node.tag === 0xa0)
  if (curve !== undefined && readOid(readChildren(curve)[0], 'curve') !== oids.sm2Curve) throw new CryptoError('key.malformed', 'not an SM2 key on the named curve')
  return importPkcs8(writeSequence(writeInteger(0), algorithm, writeOctets(bytes)))
}

function assertSm2Algorithm(node: DerNode | undefined): void {
  const [type, curve] = readSequence(node, 'algorithm', 2, 2)
  if (readOid(type, 'key type') !== oids.ecPublicKey || readOid(curve, 'curve') !== oids.sm2Curve) {
    throw new CryptoError('key.malformed', 'not an SM2 key on the named curve')
  }
}

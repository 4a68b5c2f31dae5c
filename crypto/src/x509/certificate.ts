/** SM2 certificates. Sources: GM/T 0015-2023, RFC 5280; signatures SM2 with SM3, default identifier. */
import {
  type DerNode,
  expectTag,
  readBits,
  readBoolean,
  readChildren,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSequence,
  readSmallInteger,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import { oids } from '../asn1/oid.ts'
import { byteAt, equalBytes, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { parseSpki } from '../keys/pkcs8.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type DistinguishedName, readName } from './name.ts'

/** Key usages in the order of their bits. */
export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const

/** What a key may be used for. */
export type KeyUsage = (typeof keyUsages)[number]

/**
 * A certificate as received. `raw` is the whole encoding, `tbs` the signed part. Times are ms UTC, both inclusive.
 * `serial` is lower-case hexadecimal. `keyUsage` and `extendedKeyUsage` (dotted identifiers)
 * are `null` when the extension is absent, as is `distributionPoints` (CRLDistributionPoints as received).
 */
export interface Certificate {
  readonly raw: Uint8Array
  readonly tbs: Uint8Array
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
  readonly keyUsage: readonly KeyUsage[] | null
  readonly isAuthority: boolean
  readonly pathLength: number | null
  readonly subjectKeyId: Uint8Array | null
  readonly authorityKeyId: Uint8Array | null
  readonly extendedKeyUsage: readonly string[] | null
  readonly distributionPoints: Uint8Array | null
  readonly unknownCritical: readonly string[]
}

/** What the extensions of a certificate say. */
export interface Extensions {
  readonly keyUsage: readonly KeyUsage[] | null
  readonly isAuthority: boolean
  readonly pathLength: number | null
  readonly subjectKeyId: Uint8Array | null
  readonly authorityKeyId: Uint8Array | null
  readonly extendedKeyUsage: readonly string[] | null
  readonly distributionPoints: Uint8Array | null
  readonly unknownCritical: readonly string[]
}

/**
 * Reads one DER certificate with an SM2 key and an SM2 signature.
 * @throws CryptoError der.malformed, certificate.malformed, key.malformed, key.off-curve
 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const root = readDer(bytes)
  const [tbs, algorithm, signature] = readSequence(root, 'certificate', 3, 3)
  const [version, serial, innerAlgorithm, issuer, validity, subject, key, ...rest] = readSequence(
    tbs,
    'certificate body',
    7,
    10,
  )
  if (version?.tag !== 0xa0 || readInteger(readChildren(version)[0], 'version') !== 2n) {
    throw new CryptoError('certificate.malformed', 'not a version 3 certificate')
  }
  assertAlgorithm(algorithm)
  if (!equalBytes(algorithm?.raw ?? bytes, innerAlgorithm?.raw ?? new Uint8Array())) {
    throw new CryptoError('certificate.malformed', 'the two algorithm fields differ')
  }
  const [notBefore, notAfter] = readSequence(validity, 'validity', 2, 2)
  return {
    raw: root.raw,
    tbs: tbs?.raw ?? root.raw,
    serial: readSerial(serial),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore, 'not before'),
    notAfter: readTime(notAfter, 'not after'),
    publicKey: parseSpki(expectTag(key, tags.sequence, 'public key info')),
    signature: readBits(signature, 'signature'),
    ...readExtensions(rest.find((node) => node.tag === 0xa3)),
  }
}

function assertAlgorithm(node: DerNode | undefined): void {
  const [oid, parameters] = readSequence(node, 'algorithm', 1, 2)
  // Parameters are absent in most certificates and NULL in some real ones; both are seen.
  if (parameters !== undefined && parameters.tag !== tags.null) {
    throw new CryptoError('certificate.malformed', 'unexpected algorithm parameters')
  }
  const found = readOid(oid, 'algorithm')
  if (found !== oids.sm2WithSm3)
    throw new CryptoError('certificate.malformed', 'not signed with SM2 and SM3', { found })
}

function readSerial(node: DerNode | undefined): string {
  if (readInteger(node, 'serial number') <= 0n)
    throw new CryptoError('certificate.malformed', 'serial number is not positive')
  const content = node?.content ?? new Uint8Array()
  return toHex(content[0] === 0 ? content.subarray(1) : content)
}

/** Reads the extensions wrapped in [3]. @throws CryptoError der.malformed, certificate.malformed */
export function readExtensions(wrapper: DerNode | undefined): Extensions {
  const list = wrapper === undefined ? [] : readSequence(readChildren(wrapper)[0], 'extensions')
  let found: Extensions = {
    keyUsage: null,
    isAuthority: false,
    pathLength: null,
    subjectKeyId: null,
    authorityKeyId: null,
    extendedKeyUsage: null,
    distributionPoints: null,
    unknownCritical: [],
  }
  const seen = new Set<string>()
  for (const extension of list) {
    const parts = readSequence(extension, 'extension', 2, 3)
    const oid = readOid(parts[0], 'extension type')
    if (seen.has(oid)) throw new CryptoError('certificate.malformed', 'an extension appears twice', { oid })
    seen.add(oid)
    const critical = parts.length === 3 && readBoolean(parts[1], 'critical')
    found = readExtension(found, oid, critical, readDer(readOctets(parts.at(-1), 'extension value')))
  }
  return found
}

function readExtension(found: Extensions, oid: string, critical: boolean, value: DerNode): Extensions {
  switch (oid) {
    case oids.keyUsage:
      return { ...found, keyUsage: readKeyUsage(value) }
    case oids.basicConstraints: {
      const [ca, length] = readSequence(value, 'basic constraints', 0, 2)
      const isAuthority = ca !== undefined && readBoolean(ca, 'authority')
      return {
        ...found,
        isAuthority,
        pathLength: length === undefined ? null : readSmallInteger(length, 'path length'),
      }
    }
    case oids.subjectKeyId:
      return { ...found, subjectKeyId: readOctets(value, 'subject key id') }
    case oids.authorityKeyId: {
      const id = readSequence(value, 'authority key id').find((node) => node.tag === 0x80)
      return { ...found, authorityKeyId: id?.content ?? null }
    }
    case oids.extendedKeyUsage:
      return {
        ...found,
        extendedKeyUsage: readSequence(value, 'extended key usage', 1).map((node) => readOid(node, 'purpose')),
      }
    case oids.crlDistributionPoints:
      return { ...noteCritical(found, oid, critical), distributionPoints: value.raw }
    default:
      return noteCritical(found, oid, critical)
  }
}

const noteCritical = (found: Extensions, oid: string, critical: boolean): Extensions =>
  critical ? { ...found, unknownCritical: [...found.unknownCritical, oid] } : found

function readKeyUsage(value: DerNode): readonly KeyUsage[] {
  const { content } = expectTag(value, tags.bitString, 'key usage')
  const unused = byteAt(content, 0)
  if (content.length < 2 || content.length > 3 || unused > 7)
    throw new CryptoError('certificate.malformed', 'bad key usage')
  return keyUsages.filter((_, bit) => (byteAt(content, 1 + (bit >> 3)) & (0x80 >> (bit & 7))) !== 0)
}

/** Whether `issuer`'s key made the certificate's signature. Names, times and usages are judged by `verifyChain`. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  return sm2Verify(issuer.publicKey, certificate.tbs, certificate.signature)
}

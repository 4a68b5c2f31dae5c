/** Issuing SM2 certificates in the profile of GM/T 0015-2023. */
import {
  writeBits,
  writeBoolean,
  writeCertificateTime,
  writeDer,
  writeExplicit,
  writeImplicit,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { latin1, toBigInt } from '../bytes.ts'
import { sm3 } from '../hash/sm3.ts'
import { exportSpki } from '../keys/pkcs8.ts'
import { type KeyHandle, platformRandom, type RandomSource } from '../ports.ts'
import { type Certificate, type KeyUsage, keyUsages, parseCertificate } from './certificate.ts'
import { type NameParts, writeName } from './name.ts'

/**
 * What a certificate is for: `root` and `issuing` may sign certificates (issuing ones only end certificates),
 * `signer` signs documents, opinions and seals, `timestamp` time stamps, `ocsp` answers about revocation, `encryption` receives
 * enciphered data and signs nothing.
 */
export type CertificateProfile = 'root' | 'issuing' | 'signer' | 'timestamp' | 'ocsp' | 'encryption'

/**
 * Order for one certificate. Times are ms UTC, inclusive; `publicKey` is 65 bytes. `crlUrl` and `ocspUrl` say where the issuer
 * publishes revocations.
 */
export interface CertificateOrder {
  readonly profile: CertificateProfile
  readonly subject: NameParts
  readonly publicKey: Uint8Array
  readonly notBefore: number
  readonly notAfter: number
  readonly crlUrl?: string
  readonly ocspUrl?: string
}

/** Who signs: a key and its certificate; `null` makes a self-signed root. */
export interface Issuer {
  readonly key: KeyHandle
  readonly certificate: Certificate | null
}

const usagesOf: Readonly<Record<CertificateProfile, readonly KeyUsage[]>> = {
  root: ['keyCertSign', 'cRLSign'],
  issuing: ['keyCertSign', 'cRLSign'],
  signer: ['digitalSignature', 'nonRepudiation'],
  timestamp: ['digitalSignature', 'nonRepudiation'],
  ocsp: ['digitalSignature'],
  encryption: ['keyEncipherment', 'dataEncipherment', 'keyAgreement'],
}

/** Issues a certificate with a random 128-bit serial number. */
export async function issueCertificate(
  order: CertificateOrder,
  issuer: Issuer,
  random: RandomSource = platformRandom,
): Promise<Certificate> {
  const algorithm = writeSequence(writeOid(oids.sm2WithSm3))
  const subject = writeName(order.subject)
  const tbs = writeSequence(
    writeExplicit(0, writeInteger(2)),
    writeInteger(randomSerial(random)),
    algorithm,
    issuer.certificate?.subject.raw ?? subject,
    writeSequence(writeCertificateTime(order.notBefore), writeCertificateTime(order.notAfter)),
    subject,
    exportSpki(order.publicKey),
    writeExplicit(3, writeSequence(...extensionsFor(order, issuer))),
  )
  return parseCertificate(writeSequence(tbs, algorithm, writeBits(await issuer.key.sign(tbs))))
}

function randomSerial(random: RandomSource): bigint {
  const bytes = new Uint8Array(16)
  random.fill(bytes)
  return toBigInt(bytes) | (1n << 126n)
}

function extensionsFor(order: CertificateOrder, issuer: Issuer): readonly Uint8Array[] {
  const authority = order.profile === 'root' || order.profile === 'issuing'
  const constraints = authority
    ? writeSequence(writeBoolean(true), ...(order.profile === 'issuing' ? [writeInteger(0)] : []))
    : writeSequence()
  const extension = (oid: string, critical: boolean, value: Uint8Array): Uint8Array =>
    writeSequence(writeOid(oid), ...(critical ? [writeBoolean(true)] : []), writeOctets(value))
  return [
    extension(oids.basicConstraints, true, constraints),
    extension(oids.keyUsage, true, writeKeyUsage(usagesOf[order.profile])),
    extension(oids.subjectKeyId, false, writeOctets(keyId(order.publicKey))),
    extension(oids.authorityKeyId, false, writeSequence(writeImplicit(0, keyId(issuer.key.publicKey)))),
    ...purposesOf(order.profile).map((oid) => extension(oids.extendedKeyUsage, true, writeSequence(writeOid(oid)))),
    ...(order.crlUrl === undefined
      ? []
      : [
          extension(
            oids.crlDistributionPoints,
            false,
            writeSequence(writeSequence(writeDer(0xa0, writeDer(0xa0, uri(order.crlUrl))))),
          ),
        ]),
    ...(order.ocspUrl === undefined
      ? []
      : [
          extension(
            oids.authorityInfoAccess,
            false,
            writeSequence(writeSequence(writeOid(oids.accessOcsp), uri(order.ocspUrl))),
          ),
        ]),
  ]
}

function purposesOf(profile: CertificateProfile): readonly string[] {
  return profile === 'timestamp' ? [oids.timeStamping] : profile === 'ocsp' ? [oids.ocspSigning] : []
}

/** GeneralName of a URI. */
const uri = (address: string): Uint8Array => writeImplicit(6, latin1(address))

/** First 20 bytes of SM3 over the key point. */
function keyId(publicKey: Uint8Array): Uint8Array {
  return sm3(publicKey).subarray(0, 20)
}

function writeKeyUsage(usages: readonly KeyUsage[]): Uint8Array {
  const bits = keyUsages.reduce((octet, usage, bit) => (usages.includes(usage) ? octet | (0x80 >> bit) : octet), 0)
  // DER drops trailing zero bits of a named bit list.
  const unused = 31 - Math.clz32(bits & -bits)
  return writeBits(Uint8Array.of(bits), unused)
}

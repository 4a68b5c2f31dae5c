/**
 * CMS signatures with RSA or ECDSA and SHA-256, as mainstream PDF readers verify them. Sources: RFC 5652, RFC 5035, ETSI EN 319 142-1
 * (PAdES-B-B: signingCertificateV2, no signing time; B-T: a time stamp over the signature).
 */
import {
  writeAlgorithm,
  writeDer,
  writeExplicit,
  writeInteger,
  writeNull,
  writeOctets,
  writeOid,
  writeSequence,
  writeSetOf,
  writeSetOfOne,
  sortDer,
  writeCertificateTime,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { tags } from '../asn1/der-read.ts'
import { concatBytes, toBigInt } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { parseClassicCertificate } from './certificate.ts'

/** A private key of the classic kind: its certificates (signer first) and a way to sign with SHA-256 (ECDSA: DER). */
export interface ClassicSigner {
  readonly kind: 'rsa' | 'ecdsa'
  readonly certificates: readonly Uint8Array[]
  sign(data: Uint8Array): Promise<Uint8Array>
}

const sha256Oid = '2.16.840.1.101.3.4.2.1'
const signatureOids = { rsa: '1.2.840.113549.1.1.1', ecdsa: '1.2.840.10045.4.3.2' } as const

async function sha256(data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', Uint8Array.from(data)))
}

/**
 * A signer over a PKCS#8 private key: RSA, or ECDSA on P-256, P-384 or P-521 as its certificate says.
 * @throws CryptoError key.malformed when key and certificate are of another kind
 */
export async function classicSigner(pkcs8: Uint8Array, certificates: readonly Uint8Array[]): Promise<ClassicSigner> {
  const { subtle } = globalThis.crypto
  const [own] = certificates
  if (own === undefined) throw new CryptoError('key.malformed', 'a certificate is needed')
  const bytes = Uint8Array.from(pkcs8)
  const info = parseClassicCertificate(own).publicKeyInfo
  const named = Object.entries({
    'P-256': '06082a8648ce3d030107',
    'P-384': '06052b81040022',
    'P-521': '06052b81040023',
  })
  const hex = [...info.subarray(0, 40)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const curve = named.find(([, oid]) => hex.includes(oid))?.[0]
  if (curve === undefined) {
    const key = await subtle.importKey('pkcs8', bytes, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign'])
    return {
      kind: 'rsa',
      certificates,
      sign: async (data) => new Uint8Array(await subtle.sign('RSASSA-PKCS1-v1_5', key, Uint8Array.from(data))),
    }
  }
  const key = await subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: curve }, false, ['sign'])
  return {
    kind: 'ecdsa',
    certificates,
    async sign(data) {
      const joined = new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Uint8Array.from(data)))
      const half = joined.length / 2
      return writeSequence(
        writeInteger(toBigInt(joined.subarray(0, half))),
        writeInteger(toBigInt(joined.subarray(half))),
      )
    },
  }
}

/**
 * What to sign. `profile`: `pades` for SubFilter ETSI.CAdES.detached, `pkcs7` for adbe.pkcs7.detached (then with `signedAt`, ms UTC).
 * `stamp` obtains an RFC 3161 token over the signature value and makes the signature B-T.
 */
export interface ClassicSignOrder {
  readonly data: Uint8Array
  readonly profile: 'pades' | 'pkcs7'
  readonly signedAt?: number
  readonly stamp?: (signature: Uint8Array) => Promise<Uint8Array>
}

const attribute = (oid: string, value: Uint8Array): Uint8Array => writeSequence(writeOid(oid), writeSetOfOne(value))

/** Makes a detached CMS signature: a whole ContentInfo. */
export async function buildClassicSignedData(order: ClassicSignOrder, signer: ClassicSigner): Promise<Uint8Array> {
  const [own = new Uint8Array()] = signer.certificates
  const certificate = parseClassicCertificate(own)
  const digestAlgorithm = writeAlgorithm(sha256Oid, true)
  const certificateId = writeSequence(writeOctets(await sha256(own))) // SHA-256 is the default and left out
  const attributes = sortDer([
    attribute(oids.contentType, writeOid(oids.cmsData)),
    attribute(oids.messageDigest, writeOctets(await sha256(order.data))),
    attribute(oids.signingCertificateV2, writeSequence(writeSequence(certificateId))),
    ...(order.profile === 'pkcs7' && order.signedAt !== undefined
      ? [attribute(oids.signingTime, writeCertificateTime(order.signedAt))]
      : []),
  ])
  const signature = await signer.sign(writeDer(tags.set, ...attributes))
  const token = await order.stamp?.(signature)
  const info = writeSequence(
    writeInteger(1),
    writeSequence(certificate.issuer.raw, writeInteger(BigInt(`0x${certificate.serial}`))),
    digestAlgorithm,
    writeDer(0xa0, ...attributes),
    signer.kind === 'rsa'
      ? writeSequence(writeOid(signatureOids.rsa), writeNull())
      : writeSequence(writeOid(signatureOids.ecdsa)),
    writeOctets(signature),
    ...(token === undefined ? [] : [writeDer(0xa1, attribute(oids.timeStampToken, token))]),
  )
  const signed = writeSequence(
    writeInteger(1),
    writeSetOf(digestAlgorithm),
    writeSequence(writeOid(oids.cmsData)),
    writeDer(0xa0, concatBytes(...signer.certificates)),
    writeSetOf(info),
  )
  return writeSequence(writeOid(oids.cmsSignedData), writeExplicit(0, signed))
}

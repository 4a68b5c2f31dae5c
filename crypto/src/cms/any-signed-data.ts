/**
 * One signature in SignedData of any algorithm this library verifies: SM2 with SM3 (GB/T 35275), RSA PKCS#1 v1.5 and ECDSA with the SHA-2
 * family (RFC 5652). SHA-1, MD5 and RSA-PSS are not among them.
 */
import { readOctets, readOid, readSequence, readTime, tags, type DerNode } from '../asn1/der-read.ts'
import { oids } from '../asn1/oid.ts'
import { concatBytes, equalBytes } from '../bytes.ts'
import { type ClassicCertificate, parseClassicCertificate, verifyClassicSignature } from '../classic/certificate.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { SignedData, SignedDataProblem, SignerInfo } from './signed-data.ts'

/** A certificate with an SM2 key and signature, or of another algorithm. */
export type AnyCertificate =
  | { readonly kind: 'sm2'; readonly certificate: Certificate }
  | { readonly kind: 'classic'; readonly certificate: ClassicCertificate }

/** Outcome of `verifyAnySignedData`: the signer and every certificate that came along, none judged for trust. */
export type AnySignedDataResult =
  | { readonly ok: true; readonly signer: AnyCertificate; readonly signedAt: number | null; readonly content: Uint8Array }
  | { readonly ok: false; readonly problem: SignedDataProblem; readonly signer: AnyCertificate | null }

/** What is needed to check: the data outside (its parts in order), and whether attributes must name the signer's certificate. */
export interface AnySignedDataOptions {
  readonly detached?: readonly Uint8Array[]
  readonly needsCertificateName?: boolean
}

const shaNames: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
])
/** The certificate-style algorithm of a key's kind and hash. */
const joinedAlgorithms: ReadonlyMap<string, string> = new Map([
  ['rsa SHA-256', '1.2.840.113549.1.1.11'],
  ['rsa SHA-384', '1.2.840.113549.1.1.12'],
  ['rsa SHA-512', '1.2.840.113549.1.1.13'],
  ['ecdsa SHA-256', '1.2.840.10045.4.3.2'],
  ['ecdsa SHA-384', '1.2.840.10045.4.3.3'],
  ['ecdsa SHA-512', '1.2.840.10045.4.3.4'],
])
const rsaEncryption = '1.2.840.113549.1.1.1'
const smAlgorithms: readonly string[] = [oids.sm2WithSm3, oids.sm2Sign, oids.sm2Curve]

/** Digest by the algorithm's identifier (SM3, SHA-256, SHA-384, SHA-512); `null` for any other. */
export async function digestBy(oid: string, parts: readonly Uint8Array[]): Promise<Uint8Array | null> {
  if (oid === oids.sm3) return sm3(...parts)
  const name = shaNames.get(oid)
  if (name === undefined) return null
  const data = concatBytes(...parts)
  return new Uint8Array(await globalThis.crypto.subtle.digest(name, data))
}

/** Every certificate inside that can be read. */
export function certificatesOf(data: SignedData): readonly AnyCertificate[] {
  return data.certificates.flatMap((bytes) => readAnyCertificate(bytes) ?? [])
}

/** A certificate of whatever kind, or `null` when it is none this library reads. */
export function readAnyCertificate(bytes: Uint8Array): AnyCertificate | null {
  for (const read of [readSm2, readClassic]) {
    try {
      return read(bytes)
    } catch (cause) {
      if (!(cause instanceof CryptoError)) throw cause
    }
  }
  return null
}

const readSm2 = (bytes: Uint8Array): AnyCertificate => ({ kind: 'sm2', certificate: parseCertificate(bytes) })
const readClassic = (bytes: Uint8Array): AnyCertificate => ({
  kind: 'classic',
  certificate: parseClassicCertificate(bytes),
})

/**
 * Checks the one signature of SignedData over the data inside, or over `detached`. Data inside a signature that should be detached must be
 * the SM3 digest of what lies outside (a style of some vendors), never something else.
 */
export async function verifyAnySignedData(
  data: SignedData,
  options: AnySignedDataOptions = {},
): Promise<AnySignedDataResult> {
  const [info, ...others] = data.signers
  const refused = (problem: SignedDataProblem, signer: AnyCertificate | null = null): AnySignedDataResult => ({
    ok: false,
    problem,
    signer,
  })
  if (info === undefined || others.length > 0) return refused('no-single-signer')
  const signer = findSigner(data, info)
  if (signer === null) return refused('no-certificate')
  const parts = contentOf(data, options.detached)
  if (parts === null) return refused('no-content', signer)
  const digest = await digestBy(info.digestAlgorithm, parts)
  if (digest === null) return refused('algorithm', signer)
  const problem = info.signedBytes === null ? null : await checkAttributes(data, info, signer, digest, options)
  if (problem !== null) return refused(problem, signer)
  if (info.signedBytes === null && options.needsCertificateName === true) return refused('signing-certificate', signer)
  const signed = info.signedBytes ?? concatBytes(...parts)
  const verified = await verifySignature(info, signer, signed)
  if (verified !== true) return refused(verified === null ? 'algorithm' : 'signature', signer)
  const time = info.attributes.get(oids.signingTime)
  const signedAt = time === undefined ? null : readTime(time, 'signing time')
  return { ok: true, signer, signedAt, content: data.content ?? new Uint8Array() }
}

/** What is digested; `null` when there is nothing, or when what lies inside is not about what lies outside. */
function contentOf(data: SignedData, detached: readonly Uint8Array[] | undefined): readonly Uint8Array[] | null {
  if (data.content === null) return detached ?? null
  if (detached === undefined || equalBytes(data.content, sm3(...detached))) return [data.content]
  return null
}

function findSigner(data: SignedData, info: SignerInfo): AnyCertificate | null {
  const serial = BigInt(`0x${info.serial}`)
  const [first, ...rest] = certificatesOf(data).filter(
    ({ certificate }) =>
      equalBytes(certificate.issuer.raw, info.issuer) && BigInt(`0x${certificate.serial}`) === serial,
  )
  // Two certificates of one name and number: nobody can say whose signature this is.
  const isClear = first !== undefined && rest.every((each) => equalBytes(each.certificate.raw, first.certificate.raw))
  return isClear ? first : null
}

async function checkAttributes(
  data: SignedData,
  info: SignerInfo,
  signer: AnyCertificate,
  digest: Uint8Array,
  options: AnySignedDataOptions,
): Promise<SignedDataProblem | null> {
  const type = info.attributes.get(oids.contentType)
  const accepted = [data.contentType, ...(data.contentType === oids.cmsData ? [oids.gmData] : [])]
  if (type === undefined || !accepted.includes(readOid(type, 'content type'))) return 'content-type'
  const stated = info.attributes.get(oids.messageDigest)
  if (stated === undefined || !equalBytes(readOctets(stated, 'message digest'), digest)) return 'message-digest'
  const named = info.attributes.get(oids.signingCertificateV2)
  if (named === undefined) return options.needsCertificateName === true ? 'signing-certificate' : null
  return (await namesCertificate(named, signer.certificate.raw)) ? null : 'signing-certificate'
}

/** Whether a signingCertificateV2 attribute names the certificate first; its digest is SHA-256 unless it says otherwise. */
async function namesCertificate(node: DerNode, certificate: Uint8Array): Promise<boolean> {
  const [list] = readSequence(node, 'signing certificate', 1, 2)
  const [first] = readSequence(list, 'certificate ids', 1)
  const [head, ...rest] = readSequence(first, 'certificate id', 1, 3)
  const isNamed = head?.tag === tags.sequence
  const oid = isNamed ? readOid(readSequence(head, 'algorithm', 1, 2)[0], 'algorithm') : '2.16.840.1.101.3.4.2.1'
  const digest = await digestBy(oid, [certificate])
  return digest !== null && equalBytes(readOctets(isNamed ? rest[0] : head, 'certificate digest'), digest)
}

/** `null` when digest and signature algorithm do not go together or are not accepted. */
async function verifySignature(info: SignerInfo, signer: AnyCertificate, signed: Uint8Array): Promise<boolean | null> {
  const { digestAlgorithm, signatureAlgorithm, signature } = info
  if (signer.kind === 'sm2') {
    if (digestAlgorithm !== oids.sm3 || !smAlgorithms.includes(signatureAlgorithm)) return null
    return sm2Verify(signer.certificate.publicKey, signed, signature)
  }
  const sha = shaNames.get(digestAlgorithm)
  const kind = signatureAlgorithm.startsWith('1.2.840.10045.') ? 'ecdsa' : 'rsa'
  const algorithm = joinedAlgorithms.get(`${kind} ${sha ?? ''}`)
  const fits = [rsaEncryption, '1.2.840.10045.2.1', algorithm].includes(signatureAlgorithm)
  if (algorithm === undefined || !fits) return null
  return verifyClassicSignature(signer.certificate.publicKeyInfo, algorithm, signed, signature)
}

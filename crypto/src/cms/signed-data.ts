/**
 * SignedData with SM2 signatures. Sources: GB/T 35275-2017 (GM/T 0010), RFC 5652.
 *
 * Two styles are seen in practice. `content`: the data lies inside and the signature is over the data itself, no attributes.
 * `attributes`: the data lies outside, its digest in an attribute, and the signature is over the DER SET of attributes.
 */
import {
  type DerNode,
  expectTag,
  readChildren,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSequence,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import {
  sortDer,
  writeAlgorithm,
  writeCertificateTime,
  writeDer,
  writeExplicit,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
  writeSetOf,
  writeSetOfOne,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { concatBytes, equalBytes, toBigInt, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'

/**
 * One signature inside SignedData. `signedBytes` is the DER SET of attributes, `null` when there are none; `timeStamp` is the token of
 * an unsigned attribute, unjudged.
 */
export interface SignerInfo {
  readonly issuer: Uint8Array
  readonly serial: string
  readonly digestAlgorithm: string
  readonly signatureAlgorithm: string
  readonly signature: Uint8Array
  readonly signedBytes: Uint8Array | null
  readonly attributes: ReadonlyMap<string, DerNode>
  readonly timeStamp: Uint8Array | null
}

/** A SignedData as received. `content` is `null` when the data lies outside. Certificates are as found, not trusted. */
export interface SignedData {
  readonly contentType: string
  readonly content: Uint8Array | null
  readonly certificates: readonly Uint8Array[]
  readonly revocationLists: readonly Uint8Array[]
  readonly signers: readonly SignerInfo[]
}

/** What to sign and how. `extraAttributes` are finished Attribute encodings; `signedAt` is ms UTC, as the signer claims it. */
export interface SignedDataOrder {
  readonly style: 'content' | 'attributes'
  readonly data: Uint8Array
  readonly contentType?: string
  readonly family?: 'gm' | 'cms'
  readonly detached?: boolean
  readonly signedAt?: number
  readonly extraAttributes?: readonly Uint8Array[]
  readonly withCertificate?: boolean
  /** Obtains a time stamp over the signature value; it goes into an unsigned attribute. */
  readonly stamp?: (signature: Uint8Array) => Promise<Uint8Array>
}

/** Key and certificate of whoever signs. */
export interface DataSigner {
  readonly key: KeyHandle
  readonly certificate: Certificate
}

const attribute = (oid: string, value: Uint8Array): Uint8Array => writeSequence(writeOid(oid), writeSetOfOne(value))

/** Makes SignedData with one SM2 signature: a whole ContentInfo. */
export async function buildSignedData(order: SignedDataOrder, signer: DataSigner): Promise<Uint8Array> {
  const isGm = (order.family ?? 'gm') === 'gm'
  const contentType = order.contentType ?? (isGm ? oids.gmData : oids.cmsData)
  const attributes = order.style === 'attributes' ? signedAttributes(order, contentType) : null
  const signature = await signer.key.sign(attributes === null ? order.data : writeDer(tags.set, attributes))
  const token = await order.stamp?.(signature)
  const isDetached = order.detached ?? order.style === 'attributes'
  const digest = writeAlgorithm(oids.sm3)
  const info = writeSequence(
    writeInteger(1),
    writeSequence(signer.certificate.issuer.raw, writeInteger(BigInt(`0x${signer.certificate.serial}`))),
    digest,
    ...(attributes === null ? [] : [writeDer(0xa0, attributes)]),
    writeAlgorithm(isGm ? oids.sm2Sign : oids.sm2WithSm3),
    writeOctets(signature),
    ...(token === undefined ? [] : [writeDer(0xa1, attribute(oids.timeStampToken, token))]),
  )
  const content = isDetached ? [] : [writeExplicit(0, writeOctets(order.data))]
  const signed = writeSequence(
    writeInteger(isGm || contentType === oids.cmsData ? 1 : 3),
    writeSetOf(digest),
    writeSequence(writeOid(contentType), ...content),
    ...((order.withCertificate ?? true) ? [writeDer(0xa0, signer.certificate.raw)] : []),
    writeSetOf(info),
  )
  return writeSequence(writeOid(isGm ? oids.gmSignedData : oids.cmsSignedData), writeExplicit(0, signed))
}

/** Contents of the SET of attributes, in DER order. */
function signedAttributes(order: SignedDataOrder, contentType: string): Uint8Array {
  const parts = [
    attribute(oids.contentType, writeOid(contentType)),
    attribute(oids.messageDigest, writeOctets(sm3(order.data))),
    ...(order.signedAt === undefined ? [] : [attribute(oids.signingTime, writeCertificateTime(order.signedAt))]),
    ...(order.extraAttributes ?? []),
  ]
  return concatBytes(...sortDer(parts))
}

/** Attribute signingCertificateV2 (RFC 5035) naming the signer's certificate by its SM3 digest. */
export function signingCertificateAttribute(certificate: Uint8Array): Uint8Array {
  const id = writeSequence(writeAlgorithm(oids.sm3), writeOctets(sm3(certificate)))
  return attribute(oids.signingCertificateV2, writeSequence(writeSequence(id)))
}

const signedDataTypes: readonly string[] = [oids.gmSignedData, oids.cmsSignedData]

/** Reads a ContentInfo with SignedData. @throws CryptoError der.malformed, cms.malformed */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const [type, wrapped] = readSequence(readDer(bytes), 'content info', 2, 2)
  if (!signedDataTypes.includes(readOid(type, 'content type'))) throw new CryptoError('cms.malformed', 'not SignedData')
  const [version, digests, encapsulated, ...rest] = readSequence(
    readChildren(expectTag(wrapped, 0xa0, 'content'))[0],
    'signed data',
    4,
    6,
  )
  const known = readInteger(version, 'version')
  if (known !== 1n && known !== 3n) throw new CryptoError('cms.malformed', 'unknown version')
  expectTag(digests, tags.set, 'digest algorithms')
  const [contentType, content] = readSequence(encapsulated, 'encapsulated content', 1, 2)
  const signers = expectTag(rest.at(-1), tags.set, 'signers')
  const inside = (tag: number): readonly Uint8Array[] => {
    const node = rest.slice(0, -1).find((part) => part.tag === tag)
    return node === undefined ? [] : readChildren(node).map((part) => part.raw)
  }
  return {
    contentType: readOid(contentType, 'content type'),
    content: content === undefined ? null : readOctets(readChildren(content)[0], 'content'),
    certificates: inside(0xa0),
    revocationLists: inside(0xa1),
    signers: readChildren(signers).map(readSigner),
  }
}

function readSigner(node: DerNode): SignerInfo {
  const [version, id, digest, ...rest] = readSequence(node, 'signer', 5, 7)
  if (readInteger(version, 'version') !== 1n)
    throw new CryptoError('cms.malformed', 'signer is not named by its issuer')
  const [issuer, serial] = readSequence(id, 'issuer and serial number', 2, 2)
  const [first, ...others] = rest
  const attributes = first?.tag === 0xa0 ? first : null
  const [algorithm, signature, unsigned] = attributes === null ? rest : others
  if (unsigned !== undefined) expectTag(unsigned, 0xa1, 'unsigned attributes')
  return {
    issuer: expectTag(issuer, tags.sequence, 'issuer').raw,
    serial: toHex(stripSign(expectTag(serial, tags.integer, 'serial number').content)),
    digestAlgorithm: readOid(readSequence(digest, 'digest algorithm', 1, 2)[0], 'digest algorithm'),
    signatureAlgorithm: readOid(readSequence(algorithm, 'signature algorithm', 1, 2)[0], 'signature algorithm'),
    signature: readOctets(signature, 'signature'),
    signedBytes: attributes === null ? null : writeDer(tags.set, attributes.content),
    attributes: attributes === null ? new Map() : readAttributes(attributes),
    timeStamp: unsigned === undefined ? null : readTimeStamp(unsigned),
  }
}

const stripSign = (content: Uint8Array): Uint8Array =>
  content[0] === 0 && content.length > 1 ? content.subarray(1) : content

/** The one time stamp among unsigned attributes, which real signers write in any order. */
function readTimeStamp(node: DerNode): Uint8Array | null {
  const found = readChildren(node).flatMap((part) => {
    const [type, values] = readSequence(part, 'attribute', 2, 2)
    return readOid(type, 'attribute type') === oids.timeStampToken
      ? readChildren(expectTag(values, tags.set, 'attribute values'))
      : []
  })
  if (found.length > 1) throw new CryptoError('cms.malformed', 'several time stamps')
  return found[0]?.raw ?? null
}

/** Attributes by type: each once, with one value, in DER order. */
function readAttributes(node: DerNode): ReadonlyMap<string, DerNode> {
  const parts = readChildren(node)
  const sorted = sortDer(parts.map((part) => part.raw))
  if (parts.some((part, i) => !equalBytes(part.raw, sorted[i] ?? part.raw))) {
    throw new CryptoError('cms.malformed', 'attributes are not in DER order')
  }
  const found = new Map<string, DerNode>()
  for (const part of parts) {
    const [type, values] = readSequence(part, 'attribute', 2, 2)
    const oid = readOid(type, 'attribute type')
    const [value, ...more] = readChildren(expectTag(values, tags.set, 'attribute values'))
    if (found.has(oid) || value === undefined || more.length > 0) {
      throw new CryptoError('cms.malformed', 'an attribute is not single', { oid })
    }
    found.set(oid, value)
  }
  return found
}

/** Why a signature inside SignedData was not accepted, in the order of checks. */
export type SignedDataProblem =
  | 'no-single-signer'
  | 'no-certificate'
  | 'algorithm'
  | 'no-content'
  | 'content-type'
  | 'message-digest'
  | 'signing-certificate'
  | 'signature'

/** Outcome of checking SignedData: the signer's certificate (not judged for trust) and the time it claims (ms UTC). */
export type SignedDataResult =
  | { readonly ok: true; readonly signer: Certificate; readonly signedAt: number | null; readonly content: Uint8Array }
  | { readonly ok: false; readonly problem: SignedDataProblem }

const refused = (problem: SignedDataProblem): SignedDataResult => ({ ok: false, problem })
const algorithms: readonly string[] = [oids.sm2WithSm3, oids.sm2Sign]

/**
 * Checks the one signature of SignedData over the data inside, or over `detached`. Digest SM3, signature SM2; the certificate
 * is found by issuer and serial number among those inside and `known`. Trust is for `verifyChain` to judge.
 */
export function verifySignedData(
  data: SignedData,
  options: { readonly detached?: Uint8Array; readonly known?: readonly Certificate[] } = {},
): SignedDataResult {
  const [info, ...others] = data.signers
  if (info === undefined || others.length > 0) return refused('no-single-signer')
  const signer = findSigner(data, info, options.known ?? [])
  if (signer === null) return refused('no-certificate')
  if (info.digestAlgorithm !== oids.sm3 || !algorithms.includes(info.signatureAlgorithm)) return refused('algorithm')
  const content = data.content ?? options.detached
  if (content === undefined) return refused('no-content')
  const problem = info.signedBytes === null ? null : checkAttributes(data, info, signer, content)
  if (problem !== null) return refused(problem)
  if (!sm2Verify(signer.publicKey, info.signedBytes ?? content, info.signature)) return refused('signature')
  const time = info.attributes.get(oids.signingTime)
  return { ok: true, signer, signedAt: time === undefined ? null : readTime(time, 'signing time'), content }
}

/** The certificate with the signer's issuer and serial number; `null` when there is none, or two different ones. */
function findSigner(data: SignedData, info: SignerInfo, known: readonly Certificate[]): Certificate | null {
  const named = [...data.certificates.flatMap(readCertificate), ...known].filter(
    (each) =>
      equalBytes(each.issuer.raw, info.issuer) && BigInt(`0x${each.serial}`) === toBigInt(fromSerial(info.serial)),
  )
  const [first, ...rest] = named
  return first === undefined || rest.some((each) => !equalBytes(each.raw, first.raw)) ? null : first
}

const fromSerial = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))

/** Certificates of other algorithms may lie beside the signer's; they are passed over. */
function readCertificate(bytes: Uint8Array): readonly Certificate[] {
  try {
    return [parseCertificate(bytes)]
  } catch (cause) {
    if (cause instanceof CryptoError) return []
    throw cause
  }
}

function checkAttributes(
  data: SignedData,
  info: SignerInfo,
  signer: Certificate,
  content: Uint8Array,
): SignedDataProblem | null {
  const type = info.attributes.get(oids.contentType)
  // Real files name the GB/T data type in the attribute and the PKCS#7 one outside; any other difference is refused.
  const accepted = [data.contentType, ...(data.contentType === oids.cmsData ? [oids.gmData] : [])]
  if (type === undefined || !accepted.includes(readOid(type, 'content type'))) return 'content-type'
  const digest = info.attributes.get(oids.messageDigest)
  if (digest === undefined || !equalBytes(readOctets(digest, 'message digest'), sm3(content))) return 'message-digest'
  const named = info.attributes.get(oids.signingCertificateV2)
  return named === undefined || namesCertificate(named, signer) ? null : 'signing-certificate'
}

/** Whether a signingCertificateV2 attribute names the certificate first, by its SM3 digest. */
function namesCertificate(node: DerNode, certificate: Certificate): boolean {
  const [list] = readSequence(node, 'signing certificate', 1, 2)
  const [first] = readSequence(list, 'certificate ids', 1)
  const [algorithm, digest] = readSequence(first, 'certificate id', 1, 3)
  if (algorithm?.tag !== tags.sequence) return false // the default algorithm is SHA-256
  const isSm3 = readOid(readSequence(algorithm, 'digest algorithm', 1, 2)[0], 'digest algorithm') === oids.sm3
  return isSm3 && equalBytes(readOctets(digest, 'certificate digest'), sm3(certificate.raw))
}

/**
 * RSA and ECDSA certificates (X.509, RFC 5280), for systems and readers that know no SM algorithms. Signatures are checked by the
 * platform's Web Crypto (in browsers: on secure origins), so everything here is asynchronous.
 */
import {
  type DerNode,
  expectTag,
  readBits,
  readChildren,
  readDer,
  readInteger,
  readOid,
  readSequence,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import { concatBytes, equalBytes, fromBigInt } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { type Extensions, readExtensions } from '../x509/certificate.ts'
import { type ChainProblem, type ChainRequest, checkMoment, hasPurpose } from '../x509/chain.ts'
import { type DistinguishedName, readName } from '../x509/name.ts'
import { readSerialHex } from '../x509/signed-structure.ts'

/** Any certificate as received; `publicKeyInfo` is its SubjectPublicKeyInfo. Times are ms UTC, inclusive. */
export interface ClassicCertificate extends Extensions {
  readonly raw: Uint8Array
  readonly tbs: Uint8Array
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKeyInfo: Uint8Array
  readonly signatureAlgorithm: string
  readonly signature: Uint8Array
}

/** Reads a certificate of any algorithm. @throws CryptoError der.malformed, certificate.malformed */
export function parseClassicCertificate(bytes: Uint8Array): ClassicCertificate {
  const root = readDer(bytes)
  const [tbs, algorithm, signature] = readSequence(root, 'certificate', 3, 3)
  const body = readSequence(tbs, 'certificate body', 7, 10)
  const [version, serial, inner, issuer, validity, subject, key, ...rest] = body
  if (version?.tag !== 0xa0 || readInteger(readChildren(version)[0], 'version') !== 2n) {
    throw new CryptoError('certificate.malformed', 'not a version 3 certificate')
  }
  if (
    !equalBytes(expectTag(algorithm, tags.sequence, 'algorithm').raw, expectTag(inner, tags.sequence, 'algorithm').raw)
  ) {
    throw new CryptoError('certificate.malformed', 'the two algorithm fields differ')
  }
  const [notBefore, notAfter] = readSequence(validity, 'validity', 2, 2)
  return {
    raw: root.raw,
    tbs: tbs?.raw ?? root.raw,
    serial: readSerialHex(serial),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore, 'not before'),
    notAfter: readTime(notAfter, 'not after'),
    publicKeyInfo: expectTag(key, tags.sequence, 'public key info').raw,
    signatureAlgorithm: readOid(readSequence(algorithm, 'algorithm', 1, 2)[0], 'algorithm'),
    signature: readBits(signature, 'signature'),
    ...readExtensions(rest.find((node) => node.tag === 0xa3)),
  }
}

/** Hash of each accepted signature algorithm. SHA-1 and MD5 are not among them: signatures over them can be forged. */
const hashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.11', 'SHA-256'],
  ['1.2.840.113549.1.1.12', 'SHA-384'],
  ['1.2.840.113549.1.1.13', 'SHA-512'],
  ['1.2.840.10045.4.3.2', 'SHA-256'],
  ['1.2.840.10045.4.3.3', 'SHA-384'],
  ['1.2.840.10045.4.3.4', 'SHA-512'],
])
/** Whether an RSA or ECDSA signature algorithm is one `verifyClassicSignature` accepts. */
export const isClassicAlgorithm = (oid: string): boolean => hashes.has(oid)

/** MD2, MD5 and SHA-1 with RSA, SHA-1 with DSA and ECDSA, SHA-1 with SM2: whoever likes makes a second text under such a signature. */
export const weakAlgorithms: readonly string[] = [
  '1.2.840.113549.1.1.2', '1.2.840.113549.1.1.4', '1.2.840.113549.1.1.5', '1.2.840.10040.4.3', '1.2.840.10045.4.1', '1.2.156.10197.1.502',
]

const curves: ReadonlyMap<string, { readonly name: string; readonly size: number }> = new Map([
  ['1.2.840.10045.3.1.7', { name: 'P-256', size: 32 }],
  ['1.3.132.0.34', { name: 'P-384', size: 48 }],
  ['1.3.132.0.35', { name: 'P-521', size: 66 }],
])
const ecPublicKey = '1.2.840.10045.2.1'
const rsaEncryption = '1.2.840.113549.1.1.1'

/**
 * Verifies an RSA (PKCS#1 v1.5) or ECDSA signature with a SubjectPublicKeyInfo. Unknown algorithms, weak hashes and keys of the
 * other kind answer false.
 */
export async function verifyClassicSignature(
  publicKeyInfo: Uint8Array,
  algorithm: string,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const hash = hashes.get(algorithm)
  const [keyAlgorithm] = readSequence(readDer(publicKeyInfo), 'public key info', 2, 2)
  const [type, parameters] = readSequence(keyAlgorithm, 'key algorithm', 1, 2)
  const isRsa = readOid(type, 'key type') === rsaEncryption
  if (hash === undefined || isRsa !== algorithm.startsWith('1.2.840.113549.')) return false
  if (isRsa)
    return verifyWith(
      { name: 'RSASSA-PKCS1-v1_5', hash },
      { name: 'RSASSA-PKCS1-v1_5' },
      publicKeyInfo,
      data,
      signature,
    )
  const curve =
    readOid(type, 'key type') === ecPublicKey && parameters?.tag === tags.oid
      ? curves.get(readOid(parameters, 'curve'))
      : undefined
  const joined = curve === undefined ? null : joinEcdsa(signature, curve.size)
  if (curve === undefined || joined === null) return false
  return verifyWith({ name: 'ECDSA', namedCurve: curve.name }, { name: 'ECDSA', hash }, publicKeyInfo, data, joined)
}

async function verifyWith(
  kind: RsaHashedImportParams | EcKeyImportParams,
  how: AlgorithmIdentifier | EcdsaParams,
  publicKeyInfo: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { subtle } = globalThis.crypto
  try {
    const key = await subtle.importKey('spki', Uint8Array.from(publicKeyInfo), kind, false, ['verify'])
    return await subtle.verify(how, key, Uint8Array.from(signature), Uint8Array.from(data))
  } catch (cause) {
    // A key the platform does not take (off the curve, too short) verifies nothing.
    if (cause instanceof DOMException) return false
    throw cause
  }
}

/** r‖s of DER SEQUENCE{r, s} in fields of `size` bytes; `null` when it is no such encoding. */
function joinEcdsa(der: Uint8Array, size: number): Uint8Array | null {
  const read = (node: DerNode | undefined): bigint => readInteger(node, 'signature part')
  try {
    const [r, s] = readSequence(readDer(der), 'signature', 2, 2)
    const [left, right] = [read(r), read(s)]
    const most = 1n << BigInt(8 * size)
    return left > 0n && right > 0n && left < most && right < most
      ? concatBytes(fromBigInt(left, size), fromBigInt(right, size))
      : null
  } catch (cause) {
    if (cause instanceof CryptoError) return null
    throw cause
  }
}

/** Path found (leaf first) and everything wrong with it, as `verifyChain` reports it. */
export interface ClassicChainResult {
  readonly path: readonly ClassicCertificate[]
  readonly problems: readonly ChainProblem[]
}

const longestPath = 8
const isSelfIssued = (each: ClassicCertificate): boolean => equalBytes(each.issuer.raw, each.subject.raw)

/** As `ChainRequest`, for certificates of any algorithm. */
export interface ClassicChainRequest extends Omit<ChainRequest, 'trust' | 'links'> {
  readonly trust: readonly ClassicCertificate[]
  readonly links?: readonly ClassicCertificate[]
}

/** Checks that a signer's certificate leads to a self-signed one in `trust` and that each was usable at the time (ms UTC). */
export async function verifyClassicChain(
  leaf: ClassicCertificate,
  request: ClassicChainRequest,
): Promise<ClassicChainResult> {
  const path = [leaf]
  const problems: ChainProblem[] = []
  const signs =
    leaf.keyUsage === null || leaf.keyUsage.includes('digitalSignature') || leaf.keyUsage.includes('nonRepudiation')
  if (!signs || leaf.isAuthority || !hasPurpose(leaf, request.purpose ?? 'document')) problems.push({ code: 'certificate-key-usage', serial: leaf.serial })
  let current = leaf
  while (!request.trust.some((anchor) => isSelfIssued(anchor) && equalBytes(anchor.raw, current.raw))) {
    const issuer = path.length < longestPath ? await findIssuer(current, [...request.trust, ...(request.links ?? [])]) : null
    if (issuer === null) {
      problems.push({ code: 'chain-untrusted', serial: current.serial })
      break
    }
    const tooLong = issuer.pathLength !== null && path.length - 1 > issuer.pathLength
    const mayIssue = issuer.isAuthority && (issuer.keyUsage?.includes('keyCertSign') ?? true)
    if (!mayIssue || tooLong) problems.push({ code: 'certificate-not-authority', serial: issuer.serial })
    path.push(issuer)
    current = issuer
  }
  for (const certificate of path) {
    if (certificate.unknownCritical.length > 0) problems.push({ code: 'certificate-unknown-extension', serial: certificate.serial })
    problems.push(...checkMoment(certificate, request))
  }
  return { path, problems }
}

async function findIssuer(
  certificate: ClassicCertificate,
  trust: readonly ClassicCertificate[],
): Promise<ClassicCertificate | null> {
  for (const candidate of trust) {
    if (!equalBytes(candidate.subject.raw, certificate.issuer.raw) || equalBytes(candidate.raw, certificate.raw))
      continue
    const { signatureAlgorithm, tbs, signature } = certificate
    if (await verifyClassicSignature(candidate.publicKeyInfo, signatureAlgorithm, tbs, signature)) return candidate
  }
  return null
}

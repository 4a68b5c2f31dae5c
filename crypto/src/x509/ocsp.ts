/** Online certificate status (OCSP) with SM3 and SM2. Sources: RFC 6960, GM/T 0014-2023. */
import {
  type DerNode,
  expectTag,
  readBits,
  readChildren,
  readDer,
  readOctets,
  readOid,
  readSequence,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import {
  writeAlgorithm,
  writeBits,
  writeDer,
  writeEnumerated,
  writeExplicit,
  writeGeneralizedTime,
  writeImplicit,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type Certificate, isSignedBy, parseCertificate } from './certificate.ts'
import { type RevocationReason, revocationReasons } from './revocation.ts'
import { assertSm2Signature, readSerialHex, sm2Algorithm } from './signed-structure.ts'

/** Which certificate is asked about: digests (SM3) of its issuer's name and key, and its serial number. */
export interface CertificateId {
  readonly raw: Uint8Array
  readonly digestAlgorithm: string
  readonly issuerName: Uint8Array
  readonly issuerKey: Uint8Array
  readonly serial: string
}

/** A request for the status of certificates; `nonce` is echoed so that an old answer cannot be played back. */
export interface StatusRequest {
  readonly ids: readonly CertificateId[]
  readonly nonce: Uint8Array | null
}

/** What is said about one certificate; instants are ms UTC. */
export type CertificateStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked'; readonly revokedAt: number; readonly reason?: RevocationReason }
  | { readonly kind: 'unknown' }

/** The identifier of a certificate in requests and answers. */
export function certificateIdOf(serial: string, issuer: Certificate): Uint8Array {
  return writeSequence(
    writeAlgorithm(oids.sm3),
    writeOctets(sm3(issuer.subject.raw)),
    writeOctets(sm3(issuer.publicKey)),
    writeInteger(BigInt(`0x${serial}`)),
  )
}

const nonceExtension = (nonce: Uint8Array): Uint8Array =>
  writeSequence(writeSequence(writeOid(oids.ocspNonce), writeOctets(writeOctets(nonce))))

/** Asks about one certificate. `nonce` is 16 to 32 unpredictable bytes. */
export function buildStatusRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const requests = writeSequence(writeSequence(certificateIdOf(certificate.serial, issuer)))
  return writeSequence(writeSequence(requests, writeExplicit(2, nonceExtension(nonce))))
}

/** Reads a request (unsigned or signed; the signature is not looked at). @throws CryptoError der.malformed, ocsp.malformed */
export function parseStatusRequest(bytes: Uint8Array): StatusRequest {
  const [body] = readSequence(readDer(bytes), 'request', 1, 2)
  const parts = readSequence(body, 'request body', 1, 4)
  const list = parts.find((part) => part.tag === tags.sequence)
  const ids = readSequence(list, 'requests', 1, 256).map((each) =>
    readCertificateId(readSequence(each, 'request', 1, 2)[0]),
  )
  return { ids, nonce: readNonce(parts.find((part) => part.tag === 0xa2)) }
}

function readCertificateId(node: DerNode | undefined): CertificateId {
  const [algorithm, name, key, serial] = readSequence(node, 'certificate id', 4, 4)
  return {
    raw: node?.raw ?? new Uint8Array(),
    digestAlgorithm: readOid(readSequence(algorithm, 'digest algorithm', 1, 2)[0], 'digest algorithm'),
    issuerName: readOctets(name, 'issuer name digest'),
    issuerKey: readOctets(key, 'issuer key digest'),
    serial: readSerialHex(serial),
  }
}

function readNonce(wrapper: DerNode | undefined): Uint8Array | null {
  if (wrapper === undefined) return null
  for (const extension of readSequence(readChildren(wrapper)[0], 'extensions')) {
    const parts = readSequence(extension, 'extension', 2, 3)
    if (readOid(parts[0], 'extension type') !== oids.ocspNonce) continue
    const value = readDer(readOctets(parts.at(-1), 'extension value'))
    return readOctets(value, 'nonce')
  }
  return null
}

/** One answer: identifier as asked, and the period it speaks for (ms UTC). */
export interface SingleStatus {
  readonly id: Uint8Array
  readonly status: CertificateStatus
  readonly thisUpdate: number
  readonly nextUpdate: number
}

/** Answers a request. The responder's certificate (profile `ocsp`, by the same issuer) is enclosed. */
export async function buildStatusResponse(
  answers: readonly SingleStatus[],
  request: Pick<StatusRequest, 'nonce'>,
  responder: { readonly key: KeyHandle; readonly certificate: Certificate; readonly producedAt: number },
): Promise<Uint8Array> {
  const data = writeSequence(
    writeExplicit(2, writeOctets(sm3(responder.certificate.publicKey).subarray(0, 20))),
    writeGeneralizedTime(responder.producedAt),
    writeSequence(...answers.map(writeAnswer)),
    ...(request.nonce === null ? [] : [writeExplicit(1, nonceExtension(request.nonce))]),
  )
  const signature = await responder.key.sign(data)
  const certificates = writeExplicit(0, writeSequence(responder.certificate.raw))
  const basic = writeSequence(data, sm2Algorithm, writeBits(signature), certificates)
  return writeSequence(
    writeEnumerated(0),
    writeExplicit(0, writeSequence(writeOid(oids.ocspBasic), writeOctets(basic))),
  )
}

function writeAnswer({ id, status, thisUpdate, nextUpdate }: SingleStatus): Uint8Array {
  return writeSequence(
    id,
    writeStatus(status),
    writeGeneralizedTime(thisUpdate),
    writeExplicit(0, writeGeneralizedTime(nextUpdate)),
  )
}

function writeStatus(status: CertificateStatus): Uint8Array {
  switch (status.kind) {
    case 'good':
      return writeImplicit(0, new Uint8Array())
    case 'unknown':
      return writeImplicit(2, new Uint8Array())
    case 'revoked': {
      const reason = status.reason === undefined ? 0 : revocationReasons[status.reason]
      const coded = reason === 0 ? [] : [writeExplicit(0, writeEnumerated(reason))]
      return writeDer(0xa1, writeGeneralizedTime(status.revokedAt), ...coded)
    }
  }
}

/** An answer that could not be used, as a whole message: malformed request (1), internal error (2), try later (3), unauthorised (6). */
export function buildStatusError(code: 1 | 2 | 3 | 6): Uint8Array {
  return writeSequence(writeEnumerated(code))
}

/** What is needed to judge an answer: whose status was asked, the nonce sent, the time (ms UTC). */
export interface StatusExpectation {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly nonce: Uint8Array | null
  readonly at: number
}

/**
 * Reads and judges an answer: signed by the issuer, or by a responder the issuer certified for it; about this certificate;
 * for this time; with the nonce sent.
 * @throws CryptoError der.malformed, ocsp.malformed
 */
export function readStatusResponse(bytes: Uint8Array, expected: StatusExpectation): CertificateStatus {
  const [code, wrapped] = readSequence(readDer(bytes), 'response', 1, 2)
  const failure = expectTag(code, tags.enumerated, 'response status').content[0]
  if (failure !== 0 || wrapped === undefined)
    throw new CryptoError('ocsp.malformed', 'the responder refused', { code: failure ?? -1 })
  const [type, content] = readSequence(readChildren(wrapped)[0], 'response bytes', 2, 2)
  if (readOid(type, 'response type') !== oids.ocspBasic) throw new CryptoError('ocsp.malformed', 'not a basic response')
  const [data, algorithm, signature, certificates] = readSequence(
    readDer(readOctets(content, 'response')),
    'basic response',
    3,
    4,
  )
  assertSm2Signature(algorithm)
  const body = expectTag(data, tags.sequence, 'response data')
  const signers =
    certificates === undefined
      ? []
      : readSequence(readChildren(certificates)[0], 'certificates').map((node) => parseCertificate(node.raw))
  const signer = [expected.issuer, ...signers.filter((each) => mayAnswer(each, expected))].find((each) =>
    sm2Verify(each.publicKey, body.raw, readBits(signature, 'signature')),
  )
  if (signer === undefined) throw new CryptoError('ocsp.malformed', 'not signed by the issuer or its responder')
  return findAnswer(body, expected)
}

function mayAnswer(responder: Certificate, { issuer, at }: StatusExpectation): boolean {
  const isCurrent = at >= responder.notBefore && at <= responder.notAfter
  return isCurrent && (responder.extendedKeyUsage?.includes(oids.ocspSigning) ?? false) && isSignedBy(responder, issuer)
}

function findAnswer(body: DerNode, expected: StatusExpectation): CertificateStatus {
  const parts = readSequence(body, 'response data', 3, 5)
  const nonce = readNonce(parts.findLast((part) => part.tag === 0xa1))
  if (expected.nonce !== null && (nonce === null || !equalBytes(nonce, expected.nonce))) {
    throw new CryptoError('ocsp.malformed', 'the answer is to another request')
  }
  const wanted = certificateIdOf(expected.certificate.serial, expected.issuer)
  const list = parts.find((part) => part.tag === tags.sequence)
  for (const each of readSequence(list, 'responses')) {
    const [id, status, thisUpdate, nextUpdate] = readSequence(each, 'response', 3, 5)
    if (!equalBytes(id?.raw ?? wanted.subarray(1), wanted)) continue
    const until = nextUpdate?.tag === 0xa0 ? readTime(readChildren(nextUpdate)[0], 'next update') : null
    if (expected.at < readTime(thisUpdate, 'this update') || (until !== null && expected.at > until)) {
      throw new CryptoError('ocsp.malformed', 'the answer is for another time')
    }
    return readStatus(status)
  }
  throw new CryptoError('ocsp.malformed', 'the answer is about another certificate')
}

function readStatus(node: DerNode | undefined): CertificateStatus {
  switch (node?.tag) {
    case 0x80:
      return { kind: 'good' }
    case 0xa1:
      return { kind: 'revoked', revokedAt: readTime(readChildren(node)[0], 'revocation time') }
    case 0x82:
      return { kind: 'unknown' }
    default:
      throw new CryptoError('ocsp.malformed', 'unknown status')
  }
}

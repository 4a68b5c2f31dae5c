/** Time stamps with SM3 and SM2. Sources: RFC 3161, RFC 5816, GM/T 0033-2023. */
import {
  type DerNode,
  expectTag,
  readBoolean,
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
  writeAlgorithm,
  writeBoolean,
  writeDer,
  writeGeneralizedTime,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { equalBytes } from '../bytes.ts'
import {
  buildSignedData,
  type DataSigner,
  parseSignedData,
  signingCertificateAttribute,
  verifySignedData,
} from '../cms/signed-data.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import type { Certificate } from '../x509/certificate.ts'

/** A request: digest (32 bytes, SM3) of what is to be stamped; `nonce` ties the answer to it. */
export interface TimestampRequest {
  readonly digest: Uint8Array
  readonly nonce: bigint | null
  readonly wantsCertificate: boolean
}

/** Asks for a time stamp over a digest. `nonce` is a random number of 64 bits or more. */
export function buildTimestampRequest(digest: Uint8Array, nonce: bigint): Uint8Array {
  return writeSequence(writeInteger(1), writeImprint(digest), writeInteger(nonce), writeBoolean(true))
}

const writeImprint = (digest: Uint8Array): Uint8Array => writeSequence(writeAlgorithm(oids.sm3), writeOctets(digest))

function readImprint(node: DerNode | undefined): Uint8Array {
  const [algorithm, digest] = readSequence(node, 'message imprint', 2, 2)
  const found = readOid(readSequence(algorithm, 'digest algorithm', 1, 2)[0], 'digest algorithm')
  const bytes = readOctets(digest, 'digest')
  if (found !== oids.sm3) throw new CryptoError('timestamp.algorithm', 'the digest is not SM3', { found })
  if (bytes.length !== 32) throw new CryptoError('timestamp.malformed', 'the digest is not as long as SM3 makes it', { length: bytes.length })
  return bytes
}

/** Reads a request. @throws CryptoError der.malformed, timestamp.malformed, timestamp.algorithm when the digest is not SM3 */
export function parseTimestampRequest(bytes: Uint8Array): TimestampRequest {
  const [version, imprint, ...rest] = readSequence(readDer(bytes), 'time stamp request', 2, 6)
  if (readInteger(version, 'version') !== 1n) throw new CryptoError('timestamp.malformed', 'unknown version')
  if (rest.some((node) => node.tag === 0xa0))
    throw new CryptoError('timestamp.malformed', 'extensions are not supported')
  const nonce = rest.find((node) => node.tag === tags.integer)
  const wants = rest.find((node) => node.tag === tags.boolean)
  return {
    digest: readImprint(imprint),
    nonce: nonce === undefined ? null : readInteger(nonce, 'nonce'),
    wantsCertificate: wants !== undefined && readBoolean(wants, 'certificate wanted'),
  }
}

/** What the service adds: its policy (dotted), a serial number never used twice, the time (ms UTC, whole seconds are written). */
export interface TimestampOrder {
  readonly policy: string
  readonly serial: bigint
  readonly at: number
}

/** Makes the time stamp token for a request; the service's certificate has the profile `timestamp`. */
export function buildTimestampToken(
  request: TimestampRequest,
  order: TimestampOrder,
  service: DataSigner,
): Promise<Uint8Array> {
  const info = writeSequence(
    writeInteger(1),
    writeOid(order.policy),
    writeImprint(request.digest),
    writeInteger(order.serial),
    writeGeneralizedTime(order.at),
    writeSequence(writeInteger(1)), // accurate to a second
    ...(request.nonce === null ? [] : [writeInteger(request.nonce)]),
  )
  const attributes = [signingCertificateAttribute(service.certificate.raw)]
  return buildSignedData(
    {
      style: 'attributes',
      family: 'cms',
      data: info,
      contentType: oids.timeStampInfo,
      detached: false,
      signedAt: order.at,
      extraAttributes: attributes,
      withCertificate: request.wantsCertificate,
    },
    service,
  )
}

/** The answer that carries a token: status granted. */
export function buildTimestampResponse(token: Uint8Array): Uint8Array {
  return writeSequence(writeSequence(writeInteger(0)), token)
}

/** The answer that refuses: RFC 3161 PKIFailureInfo bit 2 badRequest, 0 badAlg, 25 systemFailure. */
export function buildTimestampRefusal(failure: 0 | 2 | 25): Uint8Array {
  const octets = new Uint8Array((failure >> 3) + 1)
  octets[failure >> 3] = 0x80 >> (failure & 7)
  const info = writeDer(tags.bitString, Uint8Array.of(7 - (failure & 7)), octets)
  return writeSequence(writeSequence(writeInteger(2), info))
}

/** Takes the token out of an answer. @throws CryptoError der.malformed, timestamp.malformed when it was refused */
export function parseTimestampResponse(bytes: Uint8Array): Uint8Array {
  const [status, token] = readSequence(readDer(bytes), 'time stamp response', 1, 2)
  const code = readInteger(readSequence(status, 'status', 1, 3)[0], 'status')
  if ((code !== 0n && code !== 1n) || token === undefined) {
    throw new CryptoError('timestamp.malformed', 'the service refused', { status: Number(code) })
  }
  return token.raw
}

/** A time stamp whose signature and digest fit: when (ms UTC), by whom (not judged for trust; use purpose `timestamp`). */
export interface Timestamp {
  readonly at: number
  readonly serial: bigint
  readonly policy: string
  readonly nonce: bigint | null
  readonly service: Certificate
}

/**
 * Checks a token over the stamped bytes: SM3 digest, SM2 signature, and a signingCertificateV2 that names the service.
 * `known` are certificates the token may leave out. Trust in the service is for `verifyChain` to judge.
 * @throws CryptoError der.malformed, cms.malformed, timestamp.malformed, timestamp.algorithm
 */
export function verifyTimestamp(token: Uint8Array, stamped: Uint8Array, known: readonly Certificate[] = []): Timestamp {
  const data = parseSignedData(token)
  if (data.contentType !== oids.timeStampInfo) throw new CryptoError('timestamp.malformed', 'not a time stamp')
  if (data.signers[0]?.attributes.has(oids.signingCertificateV2) !== true) {
    throw new CryptoError('timestamp.malformed', 'the token does not name its certificate')
  }
  const result = verifySignedData(data, { known })
  if (!result.ok)
    throw new CryptoError('timestamp.malformed', 'the signature is not right', { problem: result.problem })
  const [version, policy, imprint, serial, time, ...rest] = readSequence(readDer(result.content), 'time stamp', 5, 10)
  if (readInteger(version, 'version') !== 1n) throw new CryptoError('timestamp.malformed', 'unknown version')
  if (!equalBytes(readImprint(imprint), sm3(stamped)))
    throw new CryptoError('timestamp.malformed', 'stamped is something else')
  const nonce = rest.find((node) => node.tag === tags.integer)
  const extensions = rest.find((node) => node.tag === 0xa1)
  if (extensions !== undefined && readChildren(extensions).some(isCritical)) {
    throw new CryptoError('timestamp.malformed', 'an unknown extension is critical')
  }
  return {
    at: readTime(time, 'time'),
    serial: readInteger(serial, 'serial number'),
    policy: readOid(policy, 'policy'),
    nonce: nonce === undefined ? null : readInteger(nonce, 'nonce'),
    service: result.signer,
  }
}

function isCritical(extension: DerNode): boolean {
  const [, critical] = readSequence(expectTag(extension, tags.sequence, 'extension'), 'extension', 2, 3)
  return critical?.tag === tags.boolean
}

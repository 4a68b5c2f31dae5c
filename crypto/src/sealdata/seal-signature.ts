/**
 * Seal signature (电子签章) SES_Signature. Written: version 4 (GB/T 38540-2020 clause 7). Read: also version 1 (GM/T 0031-2014) and
 * version 5 (GM/T 0031-2025).
 */
import {
  type DerNode,
  readBits,
  readDer,
  readOctets,
  readOid,
  readSequence,
  readSmallInteger,
  readText,
  readTime,
  tags,
} from '../asn1/der-read.ts'
import {
  writeBits,
  writeExplicit,
  writeGeneralizedTime,
  writeIa5,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { parseDerTime } from '../asn1/time.ts'
import { fromLatin1 } from '../bytes.ts'
import { parseSignedData } from '../cms/signed-data.ts'
import { CryptoError } from '../errors.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { readSeal, type Seal, type SealVersion } from './seal.ts'

/** What is signed: the seal, the signing time (ms UTC), the document digest and a note on what was digested. */
export interface SealSignatureContents {
  readonly seal: Seal
  readonly signedAt: number
  readonly dataHash: Uint8Array
  readonly propertyInfo: string
}

/**
 * A seal signature as received: `toSign` is the exact signed part. `timeStamp` is the token bytes, unjudged; in version 1 the
 * signing time may come from one.
 */
export interface SealSignature extends SealSignatureContents {
  readonly version: SealVersion
  readonly raw: Uint8Array
  readonly toSign: Uint8Array
  readonly certificate: Certificate
  readonly signature: Uint8Array
  readonly timeStamp: Uint8Array | null
}

/** Who impresses the seal: key and certificate. */
export interface SealSigner {
  readonly key: KeyHandle
  readonly certificate: Certificate
}

/** Obtains an RFC 3161 token over a signature value. */
export type StampSource = (signature: Uint8Array) => Promise<Uint8Array>

/**
 * Signs a document digest with a seal. Rights and validity are the caller's to check before. `stamp` obtains a time stamp over the
 * signature value (GB/T 38540-2020 clause 7.1).
 */
export async function buildSealSignature(
  contents: SealSignatureContents,
  signer: SealSigner,
  stamp?: StampSource,
): Promise<SealSignature> {
  const toSign = writeSequence(
    writeInteger(4),
    contents.seal.raw,
    writeGeneralizedTime(contents.signedAt),
    writeBits(contents.dataHash),
    writeIa5(contents.propertyInfo),
  )
  const signature = await signer.key.sign(toSign)
  const token = await stamp?.(signature)
  return parseSealSignature(
    writeSequence(
      toSign,
      writeOctets(signer.certificate.raw),
      writeOid(oids.sm2WithSm3),
      writeBits(signature),
      ...(token === undefined ? [] : [writeExplicit(0, writeBits(token))]),
    ),
  )
}

/** Reads a seal signature; nothing may follow it. Two parts are version 1. @throws CryptoError der.malformed, seal.malformed … */
export function parseSealSignature(bytes: Uint8Array): SealSignature {
  const root = readDer(bytes)
  const parts = readSequence(root, 'seal signature', 2, 5)
  const [toSign] = parts
  const body = readSequence(toSign, 'signed part', 5, 7)
  const version = readSmallInteger(body[0], 'version')
  const found = parts.length === 2 && version === 1 ? readOld(parts, body) : readNew(parts, body, version)
  const { cert, algorithm, signature, ...rest } = found
  if (readOid(algorithm, 'algorithm') !== oids.sm2WithSm3)
    throw new CryptoError('seal.malformed', 'not signed with SM2')
  return {
    ...rest,
    raw: root.raw,
    toSign: toSign?.raw ?? root.raw,
    certificate: parseCertificate(readOctets(cert, 'signer certificate')),
    signature: readBits(signature, 'signature'),
  }
}

interface Parts extends SealSignatureContents {
  readonly version: SealVersion
  readonly timeStamp: Uint8Array | null
  readonly cert: DerNode | undefined
  readonly algorithm: DerNode | undefined
  readonly signature: DerNode | undefined
}

/** Versions 4 and 5: certificate and algorithm beside the signed part. */
function readNew(parts: readonly DerNode[], body: readonly DerNode[], version: number): Parts {
  if (version !== 4 && version !== 5)
    throw new CryptoError('seal.malformed', 'unknown version of signature', { version })
  if (parts.length < 4 || body.length > 6) throw new CryptoError('seal.malformed', 'wrong number of parts')
  const [, cert, algorithm, signature, stamp] = parts
  const [, seal, time, hash, property] = body
  return {
    version,
    seal: sealOf(seal, version),
    signedAt: readTime(time, 'signing time'),
    dataHash: readBits(hash, 'data hash'),
    propertyInfo: readText(property, 'property info', tags.ia5String),
    timeStamp: readTimeStamp(stamp),
    cert,
    algorithm,
    signature,
  }
}

/** Version 1: certificate and algorithm inside the signed part, the time as BIT STRING. */
function readOld(parts: readonly DerNode[], body: readonly DerNode[]): Parts {
  const [, signature] = parts
  const [, seal, time, hash, property, cert, algorithm] = body
  const timeInfo = readBits(time, 'signing time')
  const stamped = timeInfo[0] === tags.sequence
  return {
    version: 1,
    seal: sealOf(seal, 1),
    signedAt: stamped ? stampedTime(timeInfo) : plainTime(timeInfo),
    dataHash: readBits(hash, 'data hash'),
    propertyInfo: readText(property, 'property info', tags.ia5String),
    timeStamp: stamped ? timeInfo : null,
    cert,
    algorithm,
    signature,
  }
}

function sealOf(node: DerNode | undefined, version: SealVersion): Seal {
  if (node === undefined) throw new CryptoError('seal.malformed', 'the seal is missing')
  const seal = readSeal(node)
  if (seal.version !== version) throw new CryptoError('seal.malformed', 'seal and signature are of different versions')
  return seal
}

/** A time as DER, or as the bare text of one. */
function plainTime(bytes: Uint8Array): number {
  if (bytes[0] === tags.utcTime || bytes[0] === tags.generalizedTime) return readTime(readDer(bytes), 'signing time')
  const text = fromLatin1(bytes)
  const instant = parseDerTime(text, text.length === 13)
  if (instant === null) throw new CryptoError('seal.malformed', 'the signing time cannot be read')
  return instant
}

/** What a time stamp token says, unjudged. */
function stampedTime(token: Uint8Array): number {
  const { content } = parseSignedData(token)
  if (content === null) throw new CryptoError('seal.malformed', 'the time stamp holds no time')
  return readTime(readSequence(readDer(content), 'time stamp', 5, 10)[4], 'time')
}

function readTimeStamp(node: DerNode | undefined): Uint8Array | null {
  if (node === undefined) return null
  if (node.tag !== 0xa0) throw new CryptoError('seal.malformed', 'unexpected part after the signature')
  return readBits(readDer(node.content), 'time stamp')
}

/** Whether the signer's key made the signature over the signed part. */
export function isSealSignatureGenuine(signature: SealSignature): boolean {
  return sm2Verify(signature.certificate.publicKey, signature.toSign, signature.signature)
}

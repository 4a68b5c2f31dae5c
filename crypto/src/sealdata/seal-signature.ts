/** Seal signature (电子签章) SES_Signature, version 4. Source: GB/T 38540-2020 clause 7. */
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
  writeGeneralizedTime,
  writeIa5,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../asn1/der-write.ts'
import { oids } from '../asn1/oid.ts'
import { CryptoError } from '../errors.ts'
import type { KeyHandle } from '../ports.ts'
import { sm2Verify } from '../sign/verify.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { readSeal, type Seal } from './seal.ts'

/** What is signed: the seal, the signing time (ms UTC), the document digest and a note on what was digested. */
export interface SealSignatureContents {
  readonly seal: Seal
  readonly signedAt: number
  readonly dataHash: Uint8Array
  readonly propertyInfo: string
}

/** A seal signature as received: `toSign` is the exact signed part. `timeStamp` is the token bytes, unjudged. */
export interface SealSignature extends SealSignatureContents {
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

/** Signs a document digest with a seal. Rights and validity are the caller's to check before. */
export async function buildSealSignature(contents: SealSignatureContents, signer: SealSigner): Promise<SealSignature> {
  const toSign = writeSequence(
    writeInteger(4),
    contents.seal.raw,
    writeGeneralizedTime(contents.signedAt),
    writeBits(contents.dataHash),
    writeIa5(contents.propertyInfo),
  )
  const signature = await signer.key.sign(toSign)
  return parseSealSignature(
    writeSequence(toSign, writeOctets(signer.certificate.raw), writeOid(oids.sm2WithSm3), writeBits(signature)),
  )
}

/** Reads a version 4 seal signature; nothing may follow it. @throws CryptoError der.malformed, seal.malformed … */
export function parseSealSignature(bytes: Uint8Array): SealSignature {
  const root = readDer(bytes)
  const [toSign, cert, algorithm, signature, stamp] = readSequence(root, 'seal signature', 4, 5)
  if (readOid(algorithm, 'algorithm') !== oids.sm2WithSm3)
    throw new CryptoError('seal.malformed', 'not signed with SM2')
  return {
    ...readToSign(toSign),
    raw: root.raw,
    toSign: toSign?.raw ?? root.raw,
    certificate: parseCertificate(readOctets(cert, 'signer certificate')),
    signature: readBits(signature, 'signature'),
    timeStamp: readTimeStamp(stamp),
  }
}

function readToSign(node: DerNode | undefined): SealSignatureContents {
  const [version, seal, time, hash, property] = readSequence(node, 'signed part', 5, 6)
  if (readSmallInteger(version, 'version') !== 4) throw new CryptoError('seal.malformed', 'not a version 4 signature')
  if (seal === undefined) throw new CryptoError('seal.malformed', 'the seal is missing')
  return {
    seal: readSeal(seal),
    signedAt: readTime(time, 'signing time'),
    dataHash: readBits(hash, 'data hash'),
    propertyInfo: readText(property, 'property info', tags.ia5String),
  }
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

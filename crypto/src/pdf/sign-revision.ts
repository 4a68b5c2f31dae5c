/** Signing a revision: a hole of fixed size is written, the bytes around it are digested, the hole is filled. */
import { concatBytes, latin1, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { buildSealSignature, type SealSigner } from '../sealdata/seal-signature.ts'
import type { Seal } from '../sealdata/seal.ts'
import type { PdfFile } from './file.ts'
import { type AppendedObject, writeIncrement } from './increment.ts'

const rangeWidth = 60
const contentsKey = '\n/Contents '

/** A revision ready to be signed: its objects, the number of the signature object and the first free number. */
export interface UnsignedRevision {
  readonly objects: readonly AppendedObject[]
  readonly signatureNumber: number
  readonly nextNumber: number
  readonly holeBytes: number
}

/** With what the revision is signed. `propertyInfo` says where the seal stands. */
export interface RevisionSigner {
  readonly seal: Seal
  readonly signer: SealSigner
  readonly signedAt: number
  readonly propertyInfo: string
}

/** Body of the signature object, with room for `holeBytes` bytes of signature. */
export function writeSignatureBody(holeBytes: number): Uint8Array {
  const kind = '/Type /Sig\n/Filter /GM.PKILite\n/SubFilter /GM.sm2seal'
  const head = `<<${kind}\n/ByteRange ${'[0 0 0 0]'.padEnd(rangeWidth)}${contentsKey}<`
  return concatBytes(latin1(head), new Uint8Array(holeBytes * 2).fill(0x30), latin1('>>>'))
}

/** Appends the revision and signs every byte of the result except the hole. */
export async function signRevision(
  file: PdfFile,
  revision: UnsignedRevision,
  signer: RevisionSigner,
): Promise<{ readonly bytes: Uint8Array; readonly dataHash: Uint8Array }> {
  const { bytes, bodyOffsets } = writeIncrement(file, revision.objects, revision.nextNumber)
  const body = revision.objects.find((object) => object.number === revision.signatureNumber)?.body
  const bodyOffset = bodyOffsets.get(revision.signatureNumber)
  if (body === undefined || bodyOffset === undefined)
    throw new CryptoError('pdf.refused', 'no signature object', { reason: 'too-long' })
  // The body ends with the hole and “>>”; see `writeSignatureBody`.
  const end = bodyOffset + body.length - 2
  const start = end - (revision.holeBytes * 2 + 2)
  const range = `[0 ${start} ${end} ${bytes.length - end}]`
  bytes.set(latin1(range.padEnd(rangeWidth)), start - contentsKey.length - rangeWidth)
  const dataHash = sm3(bytes.subarray(0, start), bytes.subarray(end))
  const { raw } = await buildSealSignature({ ...signer, dataHash }, signer.signer)
  if (raw.length > revision.holeBytes)
    throw new CryptoError('pdf.refused', 'signature is too long', { reason: 'too-long' })
  bytes.set(latin1(toHex(raw)), start + 1)
  return { bytes, dataHash }
}

/** Signing a revision: a hole of fixed size is written, the bytes around it are digested, the hole is filled. */
import { concatBytes, latin1, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import type { PdfFile } from './file.ts'
import { type AppendedObject, writeIncrement } from './increment.ts'
import { pdfArray, pdfDictionary, pdfName, pdfNumber } from './objects.ts'
import { writePdfValue } from './serialise.ts'
import type { PdfSignatureMethod } from './signature-method.ts'

const rangeWidth = 60
const contentsKey = '\n/Contents '

/** A revision ready to be signed: its objects, the number of the signature object and the first free number. */
export interface UnsignedRevision {
  readonly objects: readonly AppendedObject[]
  readonly signatureNumber: number
  readonly nextNumber: number
  readonly holeBytes: number
}

/** What later revisions may do under a certified file (DocMDP, ISO 32000-1:2008 table 254): 1 nothing, 2 sign, 3 sign and annotate. */
export type CertifyLevel = 1 | 2 | 3

/** Body of the signature object, with room for `holeBytes` bytes of signature. */
export function writeSignatureBody(
  method: Pick<PdfSignatureMethod, 'kind' | 'filter' | 'signedAt'>,
  holeBytes: number,
  certify: CertifyLevel | null = null,
): Uint8Array {
  const parts = [
    '/Type /Sig',
    `/Filter ${writePdfValue(pdfName(method.filter))}`,
    `/SubFilter ${writePdfValue(pdfName(method.kind))}`,
    `/M (${presentPdfDate(method.signedAt)})`,
    ...(certify === null ? [] : [`/Reference ${writePdfValue(certificationReference(certify))}`]),
  ]
  const head = `<<${parts.join('\n')}\n/ByteRange ${'[0 0 0 0]'.padEnd(rangeWidth)}${contentsKey}<`
  return concatBytes(latin1(head), new Uint8Array(holeBytes * 2).fill(0x30), latin1('>>>'))
}

/** A date as PDF writes it, in UTC. Source: ISO 32000-1:2008 clause 7.9.4. */
function presentPdfDate(instant: number): string {
  return `D:${new Date(instant).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
}

function certificationReference(level: CertifyLevel) {
  const parameters = pdfDictionary({ Type: pdfName('TransformParams'), P: pdfNumber(level), V: pdfName('1.2') })
  const reference = pdfDictionary({
    Type: pdfName('SigRef'),
    TransformMethod: pdfName('DocMDP'),
    TransformParams: parameters,
  })
  return pdfArray([reference])
}

/** Appends the revision and signs every byte of the result except the hole. `dataHash` is the SM3 of what is covered. */
export async function signRevision(
  file: PdfFile,
  revision: UnsignedRevision,
  { method, propertyInfo }: { readonly method: PdfSignatureMethod; readonly propertyInfo: string },
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
  const covered = [bytes.subarray(0, start), bytes.subarray(end)] as const
  const value = await method.sign(covered, propertyInfo)
  if (value.length > revision.holeBytes)
    throw new CryptoError('pdf.refused', 'signature is too long', { reason: 'too-long' })
  const dataHash = sm3(...covered)
  bytes.set(latin1(toHex(value)), start + 1)
  return { bytes, dataHash }
}

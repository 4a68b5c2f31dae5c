/** Placing an electronic seal on a PDF. Sources: GM/T 0112-2021 clause 7, GB/T 38540-2020, ISO 32000-1:2008 clause 12.8. */
import { CryptoError } from '../errors.ts'
import type { SealDrawing } from '../picture/seal-drawing.ts'
import type { Seal } from '../sealdata/seal.ts'
import type { SealSigner, StampSource } from '../sealdata/seal-signature.ts'
import { Budget } from './budget.ts'
import { PdfFile } from './file.ts'
import { assertSealable } from './preflight.ts'
import { planMarks, presentPlaces, type MarkOrder } from './marks.ts'
import { buildSealObjects, type SealPlan } from './seal-objects.ts'
import { type CertifyLevel, signRevision } from './sign-revision.ts'
import { type PdfSignatureMethod, sealMethod } from './signature-method.ts'

/** What the seal looks like, where it stands, and whether this first signature certifies the file (DocMDP). */
export interface AppearanceOrder extends MarkOrder {
  readonly drawing: SealDrawing
  readonly certify?: CertifyLevel
}

/**
 * Where and with what to seal. `page` counts from 1; `centreMm` is measured from the left and the top edge of the page's
 * media box; the size on paper is the drawing's. `signedAt` is trusted time, ms UTC; `stamp` obtains a time stamp over the signature.
 */
export interface ImpressOrder extends AppearanceOrder {
  readonly seal: Seal
  readonly signer: SealSigner
  readonly signedAt: number
  readonly stamp?: StampSource
}

/** The same with any kind of signature. */
export interface SignPdfOrder extends AppearanceOrder {
  readonly method: PdfSignatureMethod
}

/** The sealed file, the name of the new field, and the digest (SM3) of what the signature covers. */
export interface Impression {
  readonly bytes: Uint8Array
  readonly fieldName: string
  readonly dataHash: Uint8Array
}

/**
 * Impresses a seal as an incremental update: earlier seals stay valid. The digest covers every byte of the result
 * except the signature itself.
 * @throws CryptoError pdf.malformed, pdf.unsupported, pdf.too-large, or pdf.refused with `details.reason`
 */
export function impressPdf(bytes: Uint8Array, order: ImpressOrder): Promise<Impression> {
  return signPdf(bytes, { ...order, method: sealMethod(order) })
}

/** Signs with any method, visibly and as an incremental update. @throws CryptoError as `impressPdf` */
export async function signPdf(bytes: Uint8Array, order: SignPdfOrder): Promise<Impression> {
  const file = new PdfFile(bytes, new Budget())
  assertSealable(file)
  if (order.certify !== undefined) assertFirst(file)
  const { plan, propertyInfo } = planSeal(file, order)
  const revision = await buildSealObjects(file, order.drawing, plan)
  const signed = await signRevision(file, revision, { method: order.method, propertyInfo })
  return { ...signed, fieldName: plan.fieldName }
}

/** A certification is the first signature of a file or none. */
function assertFirst(file: PdfFile): void {
  const { dictionary } = file.getCatalog()
  const form = file.findDictionary(dictionary.entries.get('AcroForm'))
  const fields = file.findArray(form?.entries.get('Fields'))?.items ?? []
  if (fields.length > 0 || dictionary.entries.has('Perms')) {
    throw new CryptoError('pdf.refused', 'only the first signature can certify', { reason: 'not-first' })
  }
}

/** Decides places, field name and hole size; `propertyInfo` lets the verifier hold the places against the signature. */
export function planSeal(
  file: PdfFile,
  order: SignPdfOrder,
): { readonly plan: SealPlan; readonly propertyInfo: string } {
  const marks = planMarks(file, order.drawing, order)
  const fieldName = `Seal${file.nextNumber()}`
  const propertyInfo = `pdf;field=${fieldName};${presentPlaces(marks)}`
  const { method } = order
  const holeBytes = method.holeBytes(propertyInfo)
  return { plan: { marks, fieldName, holeBytes, method, certify: order.certify ?? null }, propertyInfo }
}

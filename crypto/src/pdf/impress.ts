/** Placing an electronic seal on a PDF. Sources: GM/T 0112-2021 clause 7, GB/T 38540-2020, ISO 32000-1:2008 clause 12.8. */
import { CryptoError } from '../errors.ts'
import type { SealDrawing } from '../picture/seal-drawing.ts'
import type { Seal } from '../sealdata/seal.ts'
import type { SealSigner } from '../sealdata/seal-signature.ts'
import { Budget } from './budget.ts'
import { PdfFile, type PdfPage } from './file.ts'
import { numberOf, pdfMeasure, type PdfNumber, pointsPerMm } from './objects.ts'
import { assertSealable } from './preflight.ts'
import { buildSealObjects, type SealPlan } from './seal-objects.ts'
import { signRevision } from './sign-revision.ts'

/**
 * Where and with what to seal. `page` counts from 1; `centreMm` is measured from the left and the top edge of the page's
 * media box; the size on paper is the drawing's. `signedAt` is trusted time, ms UTC.
 */
export interface ImpressOrder {
  readonly seal: Seal
  readonly signer: SealSigner
  readonly drawing: SealDrawing
  readonly page: number
  readonly centreMm: { readonly x: number; readonly y: number }
  readonly signedAt: number
}

/** The sealed file, the name of the new field, and the digest the seal covers. */
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
export async function impressPdf(bytes: Uint8Array, order: ImpressOrder): Promise<Impression> {
  const file = new PdfFile(bytes, new Budget())
  assertSealable(file)
  const page = file.listPages()[order.page - 1]
  if (page === undefined)
    throw new CryptoError('pdf.refused', 'no such page', { reason: 'no-such-page', page: order.page })
  const { plan, propertyInfo } = planSeal(file, page, order)
  const revision = await buildSealObjects(file, page, order.drawing, plan)
  const { seal, signer, signedAt } = order
  const signed = await signRevision(file, revision, { seal, signer, signedAt, propertyInfo })
  return { ...signed, fieldName: plan.fieldName }
}

/** Decides place, field name and hole size; `propertyInfo` lets the verifier hold the place against the signature. */
export function planSeal(
  file: PdfFile,
  page: PdfPage,
  order: ImpressOrder,
): { readonly plan: SealPlan; readonly propertyInfo: string } {
  const rectangle = placeOnPage(file, page, order)
  const fieldName = `Seal${file.nextNumber()}`
  const propertyInfo = `pdf;field=${fieldName};page=${order.page};rect=${rectangle.map((value) => value.text).join(',')}`
  // 256 bytes hold the two signatures' remaining fields and every length octet.
  const holeBytes = order.seal.raw.length + order.signer.certificate.raw.length + propertyInfo.length + 256
  return { plan: { rectangle, fieldName, holeBytes }, propertyInfo }
}

function placeOnPage(file: PdfFile, page: PdfPage, order: ImpressOrder): readonly PdfNumber[] {
  if ((numberOf(file.resolve(page.inherited.get('Rotate'))) ?? 0) % 360 !== 0) {
    throw new CryptoError('pdf.refused', 'the page is rotated', { reason: 'rotated-page' })
  }
  const box = file
    .findArray(page.inherited.get('MediaBox'))
    ?.items.map((item) => numberOf(file.resolve(item)) ?? Number.NaN)
  const [left = Number.NaN, bottom = Number.NaN, right = Number.NaN, top = Number.NaN] = box ?? []
  const { centreMm, drawing } = order
  const x = Math.min(left, right) + (centreMm.x - drawing.widthMm / 2) * pointsPerMm
  const y = Math.max(bottom, top) - (centreMm.y + drawing.heightMm / 2) * pointsPerMm
  const [width, height] = [drawing.widthMm * pointsPerMm, drawing.heightMm * pointsPerMm]
  const inside = x >= Math.min(left, right) && y >= Math.min(bottom, top)
  if (!(inside && x + width <= Math.max(left, right) && y + height <= Math.max(bottom, top))) {
    throw new CryptoError('pdf.refused', 'the seal would leave the page', { reason: 'outside-page' })
  }
  return [x, y, x + width, y + height].map(pdfMeasure)
}

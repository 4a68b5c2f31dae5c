/** Placing an electronic seal on a PDF. Sources: GM/T 0112-2021 clause 7, GB/T 38540-2020, ISO 32000-1:2008 clause 12.8. */
import { concatBytes, latin1, toHex } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { deflate } from '../picture/deflate.ts'
import { presentSealOperators } from '../picture/render.ts'
import type { SealDrawing } from '../picture/seal-drawing.ts'
import type { Seal } from '../sealdata/seal.ts'
import { buildSealSignature, type SealSigner } from '../sealdata/seal-signature.ts'
import { Budget } from './budget.ts'
import { PdfFile, type PdfPage } from './file.ts'
import { type AppendedObject, writeIncrement } from './increment.ts'
import {
  numberOf,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
  pdfArray,
  pdfDictionary,
  pdfName,
  pdfNumber,
  pdfReference,
  pdfString,
  withEntries,
} from './objects.ts'
import { assertSealable } from './preflight.ts'
import { writePdfObject } from './serialise.ts'

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

const pointsPerMm = 72 / 25.4
const rangeWidth = 60

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
  const rectangle = placeOnPage(file, page, order)
  const fieldName = `Seal${file.nextNumber()}`
  const propertyInfo = `pdf;field=${fieldName};page=${order.page};rect=${rectangle.map((value) => value.text).join(',')}`
  const holeBytes = order.seal.raw.length + order.signer.certificate.raw.length + propertyInfo.length + 256
  const built = await buildObjects(file, page, order, { rectangle, fieldName, holeBytes })
  const { bytes: draft, bodyOffsets } = writeIncrement(file, built.objects, built.nextNumber)
  const hole = locateHole(bodyOffsets.get(built.signatureNumber) ?? 0, built.signatureBody, holeBytes)
  const range = `0 ${hole.start} ${hole.end} ${draft.length - hole.end}`
  draft.set(latin1(`[${range}]`.padEnd(rangeWidth)), hole.rangeAt)
  const dataHash = sm3(draft.subarray(0, hole.start), draft.subarray(hole.end))
  const contents = { seal: order.seal, signedAt: order.signedAt, dataHash, propertyInfo }
  const signature = await buildSealSignature(contents, order.signer)
  if (signature.raw.length > holeBytes)
    throw new CryptoError('pdf.refused', 'signature is too long', { reason: 'too-long' })
  draft.set(latin1(toHex(signature.raw)), hole.start + 1)
  return { bytes: draft, fieldName, dataHash }
}

interface NumberValue {
  readonly kind: 'number'
  readonly value: number
  readonly text: string
}

function numberValue(value: number): NumberValue {
  return { kind: 'number', value, text: value.toFixed(3).replace(/\.?0+$/, '') }
}

function placeOnPage(file: PdfFile, page: PdfPage, order: ImpressOrder): readonly NumberValue[] {
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
  return [x, y, x + width, y + height].map(numberValue)
}

interface Plan {
  readonly rectangle: readonly NumberValue[]
  readonly fieldName: string
  readonly holeBytes: number
}

interface BuiltObjects {
  readonly objects: readonly AppendedObject[]
  readonly signatureNumber: number
  readonly signatureBody: Uint8Array
  readonly nextNumber: number
}

async function buildObjects(file: PdfFile, page: PdfPage, order: ImpressOrder, plan: Plan): Promise<BuiltObjects> {
  const first = file.nextNumber()
  const [signatureNumber, appearanceNumber, fieldNumber, formNumber] = [first, first + 1, first + 2, first + 3]
  const signatureBody = writeSignatureBody(plan.holeBytes)
  const field = pdfDictionary({
    Type: pdfName('Annot'),
    Subtype: pdfName('Widget'),
    FT: pdfName('Sig'),
    T: pdfString(latin1(plan.fieldName)),
    V: pdfReference(signatureNumber),
    P: page.reference,
    Rect: pdfArray(plan.rectangle),
    F: pdfNumber(132),
    AP: pdfDictionary({ N: pdfReference(appearanceNumber) }),
  })
  const whole = (number: number, body: Uint8Array): AppendedObject => ({ number, generation: 0, body })
  const reference = pdfReference(fieldNumber)
  const form = extendForm(file, reference, formNumber)
  const objects = [
    whole(signatureNumber, signatureBody),
    whole(appearanceNumber, writePdfObject(await buildAppearance(order.drawing))),
    whole(fieldNumber, writePdfObject(field)),
    ...extendList(file, page.dictionary, page.reference, 'Annots', reference),
    ...form,
  ]
  const nextNumber = Math.max(first + 3, ...objects.map((object) => object.number + 1))
  return { objects, signatureNumber, signatureBody, nextNumber }
}

function writeSignatureBody(holeBytes: number): Uint8Array {
  const head = `<</Type /Sig\n/Filter /GM.PKILite\n/SubFilter /GM.sm2seal\n/ByteRange ${'[0 0 0 0]'.padEnd(rangeWidth)}\n/Contents <`
  return concatBytes(latin1(head), new Uint8Array(holeBytes * 2).fill(0x30), latin1('>>>'))
}

/** Offsets of the hole (its angle brackets included) and of the range array. */
function locateHole(
  bodyOffset: number,
  body: Uint8Array,
  holeBytes: number,
): { readonly start: number; readonly end: number; readonly rangeAt: number } {
  const start = bodyOffset + body.length - 2 - (holeBytes * 2 + 2)
  return { start, end: start + holeBytes * 2 + 2, rangeAt: start - '\n/Contents '.length - rangeWidth }
}

/** The seal as a form; blended so that the text below stays readable, as ink on paper. */
async function buildAppearance(drawing: SealDrawing): Promise<PdfStream> {
  const data = await deflate(latin1(`/Ink gs\n${presentSealOperators(drawing)}`))
  const blend = pdfDictionary({ Type: pdfName('ExtGState'), BM: pdfName('Multiply') })
  return {
    kind: 'stream',
    data,
    dictionary: pdfDictionary({
      Type: pdfName('XObject'),
      Subtype: pdfName('Form'),
      BBox: pdfArray([0, 0, drawing.widthMm * pointsPerMm, drawing.heightMm * pointsPerMm].map(numberValue)),
      Resources: pdfDictionary({ ExtGState: pdfDictionary({ Ink: blend }) }),
      Filter: pdfName('FlateDecode'),
      Length: pdfNumber(data.length),
    }),
  }
}

/** Appends a reference to an array entry of a dictionary, rewriting whichever object holds the array. */
function extendList(
  file: PdfFile,
  owner: PdfDictionary,
  ownerReference: { readonly number: number; readonly generation: number },
  key: string,
  added: PdfValue,
): readonly AppendedObject[] {
  const current = owner.entries.get(key)
  const list = pdfArray([...(file.findArray(current)?.items ?? []), added])
  if (current?.kind === 'reference') {
    return [{ number: current.number, generation: current.generation, body: writePdfObject(list) }]
  }
  const body = writePdfObject(withEntries(owner, { [key]: list }))
  return [{ number: ownerReference.number, generation: ownerReference.generation, body }]
}

/** Enters the field in the form; a form that stands inside the catalogue moves to an object of its own. */
function extendForm(file: PdfFile, field: PdfValue, freshNumber: number): readonly AppendedObject[] {
  const { reference, dictionary } = file.getCatalog()
  const current = dictionary.entries.get('AcroForm')
  const form = withEntries(file.findDictionary(current) ?? pdfDictionary({ Fields: pdfArray([]) }), {
    SigFlags: pdfNumber(3),
  })
  if (current?.kind === 'reference') {
    const changed = extendList(file, form, current, 'Fields', field)
    const rewritten = changed.some((object) => object.number === current.number)
    const flagged = numberOf(file.findDictionary(current)?.entries.get('SigFlags')) === 3
    if (rewritten || flagged) return changed
    return [...changed, { number: current.number, generation: current.generation, body: writePdfObject(form) }]
  }
  const changed = extendList(file, form, pdfReference(freshNumber), 'Fields', field)
  const owned = changed.some((object) => object.number === freshNumber)
  const catalog = withEntries(dictionary, { AcroForm: pdfReference(freshNumber) })
  return [
    ...changed,
    ...(owned ? [] : [{ number: freshNumber, generation: 0, body: writePdfObject(form) }]),
    { number: reference.number, generation: reference.generation, body: writePdfObject(catalog) },
  ]
}

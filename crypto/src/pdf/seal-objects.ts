/** The objects a seal adds to a PDF. Source: GM/T 0112-2021 clause 7, ISO 32000-1:2008 clauses 12.5.6.19 and 12.7. */
import { latin1 } from '../bytes.ts'
import { deflate } from '../picture/deflate.ts'
import { presentSealOperators } from '../picture/render.ts'
import type { SealDrawing } from '../picture/seal-drawing.ts'
import type { PdfFile, PdfPage } from './file.ts'
import type { AppendedObject } from './increment.ts'
import {
  numberOf,
  type PdfDictionary,
  type PdfNumber,
  type PdfStream,
  type PdfValue,
  pdfArray,
  pdfDictionary,
  pdfMeasure,
  pdfName,
  pdfNumber,
  pdfReference,
  pdfString,
  pointsPerMm,
  withEntries,
} from './objects.ts'
import { writePdfObject } from './serialise.ts'
import { type UnsignedRevision, writeSignatureBody } from './sign-revision.ts'

/** Where the seal goes (points, lower left and upper right corner), the field's name, and the room for its signature. */
export interface SealPlan {
  readonly rectangle: readonly PdfNumber[]
  readonly fieldName: string
  readonly holeBytes: number
}

/** Builds the signature, the appearance, the field, and the page and form that now name the field. */
export async function buildSealObjects(
  file: PdfFile,
  page: PdfPage,
  drawing: SealDrawing,
  plan: SealPlan,
): Promise<UnsignedRevision> {
  const first = file.nextNumber()
  const [signatureNumber, appearanceNumber, fieldNumber, formNumber] = [first, first + 1, first + 2, first + 3]
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
    whole(signatureNumber, writeSignatureBody(plan.holeBytes)),
    whole(appearanceNumber, writePdfObject(await buildAppearance(drawing))),
    whole(fieldNumber, writePdfObject(field)),
    ...extendList(file, page.dictionary, page.reference, 'Annots', reference),
    ...form,
  ]
  const nextNumber = Math.max(first + 3, ...objects.map((object) => object.number + 1))
  return { objects, signatureNumber, nextNumber, holeBytes: plan.holeBytes }
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
      BBox: pdfArray([0, 0, drawing.widthMm * pointsPerMm, drawing.heightMm * pointsPerMm].map(pdfMeasure)),
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

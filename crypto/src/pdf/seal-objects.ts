/** The objects a seal adds to a PDF. Source: GM/T 0112-2021 clause 7, ISO 32000-1:2008 clauses 12.5.6.19 and 12.7. */
import { latin1 } from '../bytes.ts'
import { deflate } from '../picture/deflate.ts'
import { presentSealOperators } from '../picture/render.ts'
import type { SealDrawing } from '../picture/seal-drawing.ts'
import { CryptoError } from '../errors.ts'
import type { PdfFile } from './file.ts'
import type { AppendedObject } from './increment.ts'
import type { SealMark } from './marks.ts'
import {
  numberOf,
  type PdfDictionary,
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
import { type CertifyLevel, type UnsignedRevision, writeSignatureBody } from './sign-revision.ts'
import type { PdfSignatureMethod } from './signature-method.ts'

/** Where the pictures go, the field's name, how it is signed, the room for the signature, and whether it certifies the file. */
export interface SealPlan {
  readonly marks: readonly SealMark[]
  readonly fieldName: string
  readonly holeBytes: number
  readonly method: Pick<PdfSignatureMethod, 'kind' | 'filter' | 'signedAt'>
  readonly certify: CertifyLevel | null
}

const whole = (number: number, body: Uint8Array): AppendedObject => ({ number, generation: 0, body })

/** Builds the signature, the appearances, the field, and the pages and form that now name the field. */
export async function buildSealObjects(file: PdfFile, drawing: SealDrawing, plan: SealPlan): Promise<UnsignedRevision> {
  const first = file.nextNumber()
  const [signatureNumber, pictureNumber, fieldNumber, formNumber] = [first, first + 1, first + 2, first + 3]
  const { objects: shown, widgets } = buildWidgets(drawing, plan, { signatureNumber, pictureNumber, fieldNumber })
  const objects = [
    whole(signatureNumber, writeSignatureBody(plan.method, plan.holeBytes, plan.certify)),
    whole(pictureNumber, writePdfObject(await getPicture(drawing))),
    ...shown,
    ...plan.marks.flatMap(({ page }, i) =>
      extendList(file, page.dictionary, page.reference, 'Annots', pdfReference(widgets[i] ?? fieldNumber)),
    ),
    ...extendForm(file, pdfReference(fieldNumber), formNumber, plan.certify === null ? null : signatureNumber),
  ]
  const merged = mergeLists(file, plan, widgets, objects)
  const nextNumber = Math.max(first + 3, ...merged.map((object) => object.number + 1))
  return { objects: merged, signatureNumber, nextNumber, holeBytes: plan.holeBytes }
}

/**
 * A page that carries both the whole seal and a strip is rewritten once, with both; a list of annotations that two pages share cannot be
 * extended for one of them. @throws CryptoError pdf.refused `annotation`
 */
function mergeLists(
  file: PdfFile,
  plan: SealPlan,
  widgets: readonly number[],
  objects: readonly AppendedObject[],
): readonly AppendedObject[] {
  const seen = new Map<number, AppendedObject>()
  for (const object of objects) {
    if (!seen.has(object.number)) {
      seen.set(object.number, object)
      continue
    }
    const owners = plan.marks.flatMap(({ page }, i) => {
      const list = page.dictionary.entries.get('Annots')
      const number = list?.kind === 'reference' ? list.number : page.reference.number
      return number === object.number ? [{ page, widget: widgets[i] ?? 0 }] : []
    })
    const [own] = owners
    if (own === undefined || owners.some(({ page }) => page.reference.number !== own.page.reference.number)) {
      throw new CryptoError('pdf.refused', 'pages share their annotations', { reason: 'annotation' })
    }
    const added = owners.map(({ widget }) => pdfReference(widget))
    const [extended = object] = extendList(file, own.page.dictionary, own.page.reference, 'Annots', ...added)
    seen.set(object.number, extended)
  }
  return [...seen.values()]
}

interface FieldNumbers {
  readonly signatureNumber: number
  readonly pictureNumber: number
  readonly fieldNumber: number
}

/** Private key (ISO 32000-1:2008 annex E, third class) by which a strip names the field of its seal. */
export const sealFieldKey = 'XXSealField'

/**
 * The field with the first picture as its widget; every further picture is a stamp that names the field. A field with several widgets
 * would be the obvious form, but poppler then finds no signature. `widgets` are the annotations' numbers in the marks' order.
 */
function buildWidgets(
  drawing: SealDrawing,
  plan: SealPlan,
  { signatureNumber, pictureNumber, fieldNumber }: FieldNumbers,
): { readonly objects: readonly AppendedObject[]; readonly widgets: readonly number[] } {
  const field = {
    Subtype: pdfName('Widget'),
    FT: pdfName('Sig'),
    T: pdfString(latin1(plan.fieldName)),
    V: pdfReference(signatureNumber),
  }
  const stamp = { Subtype: pdfName('Stamp'), [sealFieldKey]: pdfReference(fieldNumber) }
  const numbers = plan.marks.map((_, i) => ({ own: i === 0 ? fieldNumber : fieldNumber + 2 * i, strip: fieldNumber + 2 * i + 3 }))
  const objects = plan.marks.flatMap((mark, i) => {
    const { own = 0, strip = 0 } = numbers[i] ?? {}
    const isWhole = mark.part.from === 0 && mark.part.to === 1
    const entries = {
      Type: pdfName('Annot'),
      ...(i === 0 ? field : stamp),
      P: mark.page.reference,
      Rect: pdfArray(mark.rectangle),
      F: pdfNumber(132),
      AP: pdfDictionary({ N: pdfReference(isWhole ? pictureNumber : strip) }),
    }
    return [
      whole(own, writePdfObject(pdfDictionary(entries))),
      ...(isWhole ? [] : [whole(strip, writePdfObject(buildStrip(drawing, mark.part, pictureNumber)))]),
    ]
  })
  return { objects, widgets: numbers.map((each) => each.own) }
}

function formOf(box: readonly number[], resources: PdfDictionary): Readonly<Record<string, PdfValue>> {
  return {
    Type: pdfName('XObject'),
    Subtype: pdfName('Form'),
    BBox: pdfArray(box.map(pdfMeasure)),
    Resources: resources,
  }
}

/** Pictures drawn before: a batch impresses one drawing on many files. */
const drawn = new WeakMap<SealDrawing, Promise<PdfStream>>()

function getPicture(drawing: SealDrawing): Promise<PdfStream> {
  const known = drawn.get(drawing) ?? buildPicture(drawing)
  drawn.set(drawing, known)
  return known
}

/** The seal as a form; blended so that the text below stays readable, as ink on paper. */
async function buildPicture(drawing: SealDrawing): Promise<PdfStream> {
  const data = await deflate(latin1(`/Ink gs\n${presentSealOperators(drawing)}`))
  const blend = pdfDictionary({ Type: pdfName('ExtGState'), BM: pdfName('Multiply') })
  const size = [0, 0, drawing.widthMm * pointsPerMm, drawing.heightMm * pointsPerMm]
  const entries = formOf(size, pdfDictionary({ ExtGState: pdfDictionary({ Ink: blend }) }))
  return {
    kind: 'stream',
    data,
    dictionary: pdfDictionary({ ...entries, Filter: pdfName('FlateDecode'), Length: pdfNumber(data.length) }),
  }
}

/** A strip of the seal: a form whose box lets only that part of the picture through. */
function buildStrip(drawing: SealDrawing, part: SealMark['part'], pictureNumber: number): PdfStream {
  const data = latin1('/Seal Do')
  const width = drawing.widthMm * pointsPerMm
  const box = [width * part.from, 0, width * part.to, drawing.heightMm * pointsPerMm]
  const entries = formOf(box, pdfDictionary({ XObject: pdfDictionary({ Seal: pdfReference(pictureNumber) }) }))
  return { kind: 'stream', data, dictionary: pdfDictionary({ ...entries, Length: pdfNumber(data.length) }) }
}

/** Appends a reference to an array entry of a dictionary, rewriting whichever object holds the array. */
function extendList(
  file: PdfFile,
  owner: PdfDictionary,
  ownerReference: { readonly number: number; readonly generation: number },
  key: string,
  ...added: readonly PdfValue[]
): readonly AppendedObject[] {
  const current = owner.entries.get(key)
  const list = pdfArray([...(file.findArray(current)?.items ?? []), ...added])
  if (current?.kind === 'reference') {
    return [{ number: current.number, generation: current.generation, body: writePdfObject(list) }]
  }
  const body = writePdfObject(withEntries(owner, { [key]: list }))
  return [{ number: ownerReference.number, generation: ownerReference.generation, body }]
}

/**
 * Enters the field in the form; a form that stands inside the catalogue moves to an object of its own. `certifying` is the number of
 * the signature that certifies the file, for the catalogue's permissions.
 */
function extendForm(
  file: PdfFile,
  field: PdfValue,
  freshNumber: number,
  certifying: number | null,
): readonly AppendedObject[] {
  const { reference, dictionary } = file.getCatalog()
  const current = dictionary.entries.get('AcroForm')
  const form = withEntries(file.findDictionary(current) ?? pdfDictionary({ Fields: pdfArray([]) }), {
    SigFlags: pdfNumber(3),
  })
  const permissions: Readonly<Record<string, PdfValue>> =
    certifying === null ? {} : { Perms: pdfDictionary({ DocMDP: pdfReference(certifying) }) }
  const catalogObject = (entries: Readonly<Record<string, PdfValue>>): AppendedObject => ({
    number: reference.number,
    generation: reference.generation,
    body: writePdfObject(withEntries(dictionary, { ...permissions, ...entries })),
  })
  const formNumber = current?.kind === 'reference' ? current : pdfReference(freshNumber)
  const changed = extendList(file, form, formNumber, 'Fields', field)
  const isFormWritten = changed.some((object) => object.number === formNumber.number)
  const isFlagged = numberOf(file.findDictionary(current)?.entries.get('SigFlags')) === 3
  const needsForm = !isFormWritten && (current?.kind !== 'reference' || !isFlagged)
  return [
    ...changed,
    ...(needsForm
      ? [{ number: formNumber.number, generation: formNumber.generation, body: writePdfObject(form) }]
      : []),
    ...(current?.kind === 'reference'
      ? certifying === null
        ? []
        : [catalogObject({})]
      : [catalogObject({ AcroForm: formNumber })]),
  ]
}

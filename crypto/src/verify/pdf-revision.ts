/** One revision of a PDF as its signature sees it: the field, where its pictures stand, and what the file is certified for. */
import { fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from '../pdf/budget.ts'
import { PdfFile, type PdfPage } from '../pdf/file.ts'
import { nameOf, numberOf, type PdfDictionary, type PdfValue, sameValue } from '../pdf/objects.ts'
import { sealFieldKey } from '../pdf/seal-objects.ts'
import type { SealSignature } from '../sealdata/seal-signature.ts'
import type { FoundSignature } from './pdf-signature.ts'
import { type ReportedPlace, reason, type VerifyReason } from './report.ts'

/** The covered revision opened as a file of its own. */
export interface Revision {
  readonly file: PdfFile
  readonly fieldName: string
  readonly places: readonly FoundPlace[]
}

/** A place with the rectangle as the file writes it. */
export interface FoundPlace extends ReportedPlace {
  readonly rectangle: string
}

/** Opens the covered revision as a file of its own and finds the field that carries the signature. */
export function openRevision(bytes: Uint8Array, found: FoundSignature, budget: Budget): Revision | VerifyReason {
  try {
    const file = new PdfFile(bytes, budget)
    const entry = file.findEntry(found.number)
    if (entry?.kind !== 'offset' || entry.offset !== found.offset) return reason('signature-not-in-form')
    const form = file.findDictionary(file.getCatalog().dictionary.entries.get('AcroForm'))
    for (const item of file.findArray(form?.entries.get('Fields'))?.items ?? []) {
      const field = file.findDictionary(item)
      const value = field?.entries.get('V')
      if (field === null || value?.kind !== 'reference' || value.number !== found.number) continue
      return { file, fieldName: fieldNameOf(field), places: placesOf(file, item) }
    }
    return reason('signature-not-in-form')
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code !== 'pdf.too-large') {
      return reason('revision-damaged', { code: cause.code, message: cause.message })
    }
    throw cause
  }
}

function fieldNameOf(field: PdfDictionary): string {
  const name = field.entries.get('T')
  return name?.kind === 'string' ? fromLatin1(name.bytes) : ''
}

/** Where a field's pictures stand: first its widget, then the strips that name it, page by page. */
function placesOf(file: PdfFile, field: PdfValue): readonly FoundPlace[] {
  if (field.kind !== 'reference') return []
  const found = file.listPages().flatMap((page, index) =>
    (file.findArray(page.dictionary.entries.get('Annots'))?.items ?? []).flatMap((item) => {
      const isWidget = sameValue(item, field)
      const annotation = file.findDictionary(item)
      const isStrip = !isWidget && sameValue(annotation?.entries.get(sealFieldKey), field)
      return annotation !== null && (isWidget || isStrip)
        ? [{ isWidget, place: placeOf(file, { page, number: index + 1 }, annotation) }]
        : []
    }),
  )
  return [...found.filter((each) => each.isWidget), ...found.filter((each) => !each.isWidget)].map(({ place }) => place)
}

function placeOf(
  file: PdfFile,
  { page, number }: { readonly page: PdfPage; readonly number: number },
  annotation: PdfDictionary,
): FoundPlace {
  const box = file.findArray(annotation.entries.get('Rect'))?.items.map((item) => file.resolve(item)) ?? []
  const [left = 0, bottom = 0, right = 0, top = 0] = box.map((item) => numberOf(item) ?? 0)
  const media = file
    .findArray(page.inherited.get('MediaBox'))
    ?.items.map((item) => numberOf(file.resolve(item)) ?? 0)
  const mm = (points: number): number => Math.round((points * 25.4 * 100) / 72) / 100
  return {
    rectangle: box.map((item) => (item.kind === 'number' ? item.text : '?')).join(','),
    page: number,
    leftMm: mm(left - (media?.[0] ?? 0)),
    topMm: mm((media?.[3] ?? 0) - top),
    widthMm: mm(right - left),
    heightMm: mm(top - bottom),
  }
}

/** Our own signatures say where the seal stands; the field must stand there, everywhere it is claimed and nowhere else. */
export function checkPlace(signature: SealSignature, revision: Revision): readonly VerifyReason[] {
  if (!/^pdf;field=[^;]*(?:;page=\d+;rect=[^;]*)+$/.test(signature.propertyInfo)) return []
  const found = revision.places.map(({ page, rectangle }) => `;page=${page};rect=${rectangle}`).join('')
  return signature.propertyInfo === `pdf;field=${revision.fieldName}${found}`
    ? []
    : [reason('position-mismatch', { claimed: signature.propertyInfo })]
}

/** What a signature certifies the file for (DocMDP), `null` when it does not. Source: ISO 32000-1:2008 clause 12.8.2.2. */
export function certificationOf(dictionary: PdfDictionary): 1 | 2 | 3 | null {
  const references = dictionary.entries.get('Reference')
  const items = references?.kind === 'array' ? references.items : []
  const own = items.flatMap((item) => {
    const isOurs = item.kind === 'dictionary' && nameOf(item.entries.get('TransformMethod')) === 'DocMDP'
    return isOurs ? [item.entries.get('TransformParams')] : []
  })
  if (own.length === 0) return null
  const [parameters] = own
  const level = parameters?.kind === 'dictionary' ? (numberOf(parameters.entries.get('P')) ?? 2) : 2
  // An unreadable level grants nothing.
  return level === 3 ? 3 : level === 2 ? 2 : 1
}

/** The catalogue's permissions and the signatures must say the same: one certifying signature, the first of all, named by the catalogue. */
export function checkCertification(
  file: PdfFile,
  signature: { readonly number: number; readonly level: 1 | 2 | 3 | null },
): readonly VerifyReason[] {
  const { dictionary } = file.getCatalog()
  const permissions = file.findDictionary(dictionary.entries.get('Perms'))?.entries.get('DocMDP')
  const named = permissions?.kind === 'reference' ? permissions.number : permissions === undefined ? null : -1
  if (signature.level === null) {
    if (named === null) return []
    const certifying = named === signature.number ? null : file.findDictionary(permissions)
    const isRight = certifying !== null && certificationOf(certifying) !== null
    return isRight ? [] : [reason('certification-mismatch', { claimed: named })]
  }
  const form = file.findDictionary(dictionary.entries.get('AcroForm'))
  const fields = file.findArray(form?.entries.get('Fields'))?.items ?? []
  const signed = fields.filter((field) => file.findDictionary(field)?.entries.has('V') === true)
  return named === signature.number && signed.length === 1
    ? []
    : [reason('certification-mismatch', { claimed: named ?? 'none', signatures: signed.length })]
}

/** The time the signature dictionary claims (ms UTC); `null` when there is none that can be read. */
export function claimedTimeOf(dictionary: PdfDictionary): number | null {
  const value = dictionary.entries.get('M')
  const text = value?.kind === 'string' ? fromLatin1(value.bytes) : ''
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(text)
  if (match === null) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const offset = (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)) * (match[7] === '-' ? -1 : 1)
  return Date.UTC(year, month - 1, day, hour, minute - offset, second)
}

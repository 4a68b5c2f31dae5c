/** Whether one revision differs from the one before it only by a further seal. House rule; everything else is a change. */
import { equalBytes } from '../bytes.ts'
import type { PdfFile, PdfPage } from '../pdf/file.ts'
import {
  nameOf,
  numberOf,
  type PdfArray,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  pdfArray,
  pdfDictionary,
  pointsPerMm,
  sameValue,
} from '../pdf/objects.ts'
import { findUnknownBytes } from '../pdf/preflight.ts'
import { sealFieldKey } from '../pdf/seal-objects.ts'

/** Entries a seal's field may have; anything else could act or change with the viewer. */
const pictureEntries: readonly string[] = ['Type', 'Subtype', 'P', 'Rect', 'F', 'AP']
const fieldEntries: ReadonlySet<string> = new Set([...pictureEntries, 'FT', 'T', 'V'])
const stripEntries: ReadonlySet<string> = new Set([...pictureEntries, sealFieldKey])
/** No seal is larger on paper; what is larger would be there to cover something (GB/T 9704-2012 7.3.5, 国发〔1999〕25号: at most 6 cm). */
const largestSealMm = 80

/** The first thing in `next` that is more than a further seal, in a word for the report; `null` when there is none. */
export function findChange(previous: PdfFile, next: PdfFile): string | null {
  if (!equalBytes(next.bytes.subarray(0, previous.bytes.length), previous.bytes)) return 'bytes'
  const [section, ...earlier] = next.sections
  const chain = (sections: PdfFile['sections']): string => sections.map((each) => each.offset).join()
  if (section === undefined || chain(earlier) !== chain(previous.sections)) return 'revisions'
  for (const entry of section.entries.values()) {
    if (entry.kind !== 'offset' || entry.offset < previous.bytes.length) return 'cross-reference'
  }
  if (findUnknownBytes(next, previous.bytes.length) !== null) return 'hidden-bytes'
  for (const key of ['Root', 'Info', 'ID', 'Encrypt']) {
    const [before, after] = [previous.trailer.entries.get(key), section.trailer.entries.get(key)]
    if (before === undefined ? after !== undefined : !sameValue(before, after)) return `trailer-${key}`
  }
  return findObjectChange(previous, next, new Set(section.entries.keys()))
}

function findObjectChange(previous: PdfFile, next: PdfFile, touched: ReadonlySet<number>): string | null {
  const formChange = compareForms(previous, next)
  if (typeof formChange === 'string') return formChange
  const { field, explained: formNumbers } = formChange
  if (!touched.has(field.number) || previous.findEntry(field.number) !== undefined) return 'field'
  const fieldChange = checkField(next, field)
  if (fieldChange !== null) return fieldChange
  const pages = comparePages(previous, next, field, touched)
  if (typeof pages === 'string') return pages
  const explained = new Set([...formNumbers, ...pages])
  const referenced = collectReferences(previous)
  for (const number of touched) {
    const isNew = (previous.findEntry(number)?.kind ?? 'free') === 'free'
    // A number that old objects already point at is no new object: defining it changes them.
    if (isNew ? referenced.has(number) : !explained.has(number)) return `object-${number}`
  }
  return null
}

interface FormComparison {
  readonly field: PdfReference
  readonly explained: readonly number[]
}

function sameExcept(left: PdfDictionary, right: PdfDictionary, ignored: readonly string[]): boolean {
  const strip = (dictionary: PdfDictionary): PdfDictionary => ({
    kind: 'dictionary',
    entries: new Map([...dictionary.entries].filter(([key]) => !ignored.includes(key))),
  })
  return sameValue(strip(left), strip(right))
}

/** The references `after` has in addition at its end, or `null` when anything else differs. */
function addedReferences(before: PdfArray, after: PdfArray): readonly PdfReference[] | null {
  const kept = pdfArray(after.items.slice(0, before.items.length))
  const added = after.items.slice(before.items.length)
  const references = added.flatMap((item) => (item.kind === 'reference' ? [item] : []))
  return sameValue(before, kept) && references.length === added.length ? references : null
}

function compareForms(previous: PdfFile, next: PdfFile): FormComparison | string {
  const [before, after] = [previous.getCatalog(), next.getCatalog()]
  if (!sameExcept(before.dictionary, after.dictionary, ['AcroForm'])) return 'catalogue'
  const [oldForm, newForm] = [before.dictionary.entries.get('AcroForm'), after.dictionary.entries.get('AcroForm')]
  const [from, to] = [previous.findDictionary(oldForm) ?? pdfDictionary({}), next.findDictionary(newForm)]
  if (to === null || !sameExcept(from, to, ['Fields', 'SigFlags'])) return 'form'
  const [oldFields, newFields] = [from.entries.get('Fields'), to.entries.get('Fields')]
  const [was, is] = [previous.findArray(oldFields) ?? pdfArray([]), next.findArray(newFields)]
  const [field, ...more] = is === null ? [] : (addedReferences(was, is) ?? [])
  if (field === undefined || more.length > 0) return 'form-fields'
  const explained = [before.reference, oldForm, oldFields].flatMap((value) =>
    value?.kind === 'reference' ? [value.number] : [],
  )
  return { field, explained }
}

function checkField(next: PdfFile, reference: PdfReference): string | null {
  const field = next.findDictionary(reference)
  if (field === null || nameOf(field.entries.get('FT')) !== 'Sig') return 'field'
  return checkPicture(next, reference, 'Widget', fieldEntries)
}

/** A picture of the seal: of that subtype, with nothing in it that could act or change, and no larger than a seal. */
function checkPicture(next: PdfFile, reference: PdfReference, subtype: string, allowed: ReadonlySet<string>): string | null {
  const picture = next.findDictionary(reference)
  if (picture === null || nameOf(picture.entries.get('Subtype')) !== subtype) return 'field'
  if ([...picture.entries.keys()].some((key) => !allowed.has(key))) return 'field-entries'
  const box = next.findArray(picture.entries.get('Rect'))?.items.map((item) => numberOf(next.resolve(item)) ?? Number.NaN)
  const [left = Number.NaN, bottom = Number.NaN, right = Number.NaN, top = Number.NaN] = box ?? []
  const most = largestSealMm * pointsPerMm
  if (!(Math.abs(right - left) <= most && Math.abs(top - bottom) <= most)) return 'seal-size'
  const appearance = next.findDictionary(picture.entries.get('AP'))
  if (appearance === null || [...appearance.entries.keys()].join() !== 'N') return 'field-appearance'
  return next.resolve(appearance.entries.get('N')).kind === 'stream' ? null : 'field-appearance'
}

/** Numbers of the objects through which pages got the pictures of the seal: its widget, and strips that name its field. */
function comparePages(
  previous: PdfFile,
  next: PdfFile,
  field: PdfReference,
  touched: ReadonlySet<number>,
): readonly number[] | string {
  const [before, after] = [previous.listPages(), next.listPages()]
  if (before.length !== after.length) return 'page-count'
  const explained: number[] = []
  const seen = new Set<number>()
  for (const [i, page] of after.entries()) {
    const old = before[i]
    if (old === undefined || !sameValue(old.reference, page.reference)) return 'page-order'
    const list = page.dictionary.entries.get('Annots')
    const isTouched = touched.has(page.reference.number) || (list?.kind === 'reference' && touched.has(list.number))
    if (!isTouched) continue
    const added = findAdded(previous, next, { old, page })
    if (added === null || added.length === 0) return `page-${i + 1}`
    for (const reference of added) {
      const isFresh = touched.has(reference.number) && previous.findEntry(reference.number) === undefined
      if (!isFresh || seen.has(reference.number)) return `page-${i + 1}`
      seen.add(reference.number)
      const wrong = sameValue(reference, field) ? null : checkStrip(next, reference, field)
      if (wrong !== null) return wrong
    }
    explained.push(...ownersOf(old))
  }
  return explained
}

function checkStrip(next: PdfFile, reference: PdfReference, field: PdfReference): string | null {
  const owner = next.findDictionary(reference)?.entries.get(sealFieldKey)
  if (!sameValue(owner, field)) return 'annotation'
  return checkPicture(next, reference, 'Stamp', stripEntries)
}

/** Annotations the page has in addition; `null` when anything else of it differs. */
function findAdded(
  previous: PdfFile,
  next: PdfFile,
  { old, page }: { readonly old: PdfPage; readonly page: PdfPage },
): readonly PdfReference[] | null {
  if (!sameExcept(old.dictionary, page.dictionary, ['Annots'])) return null
  const is = next.findArray(page.dictionary.entries.get('Annots'))
  return is === null ? null : addedReferences(previous.findArray(old.dictionary.entries.get('Annots')) ?? pdfArray([]), is)
}

/** Numbers of the page and of the object that holds its list of annotations. */
function ownersOf(old: PdfPage): readonly number[] {
  const list = old.dictionary.entries.get('Annots')
  return list?.kind === 'reference' ? [old.reference.number, list.number] : [old.reference.number]
}

/** Numbers of all objects any current object of the file points at. */
function collectReferences(file: PdfFile): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const [number] of file.listEntries()) collectFrom(file.get(number), numbers)
  collectFrom(file.trailer, numbers)
  return numbers
}

function collectFrom(value: PdfObject, numbers: Set<number>): void {
  switch (value.kind) {
    case 'reference':
      numbers.add(value.number)
      return
    case 'array':
      for (const item of value.items) collectFrom(item, numbers)
      return
    case 'dictionary':
      for (const entry of value.entries.values()) collectFrom(entry, numbers)
      return
    case 'stream':
      collectFrom(value.dictionary, numbers)
      return
    default:
      return
  }
}

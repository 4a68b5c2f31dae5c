/** Whether one revision differs from the one before it only by a further seal. House rule; everything else is a change. */
import { equalBytes } from '../bytes.ts'
import type { PdfFile, PdfPage } from '../pdf/file.ts'
import {
  nameOf,
  type PdfArray,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  pdfArray,
  pdfDictionary,
  sameValue,
} from '../pdf/objects.ts'
import { findUnknownBytes } from '../pdf/preflight.ts'

/** Entries a seal's field may have; anything else could act or change with the viewer. */
const fieldEntries: ReadonlySet<string> = new Set(['Type', 'Subtype', 'FT', 'T', 'V', 'P', 'Rect', 'F', 'AP'])

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

/** The one reference `after` has in addition at its end, or `null`. */
function addedReference(before: PdfArray, after: PdfArray): PdfReference | null {
  const added = after.items.at(-1)
  const kept = pdfArray(after.items.slice(0, -1))
  return added?.kind === 'reference' && sameValue(before, kept) ? added : null
}

function compareForms(previous: PdfFile, next: PdfFile): FormComparison | string {
  const [before, after] = [previous.getCatalog(), next.getCatalog()]
  if (!sameExcept(before.dictionary, after.dictionary, ['AcroForm'])) return 'catalogue'
  const [oldForm, newForm] = [before.dictionary.entries.get('AcroForm'), after.dictionary.entries.get('AcroForm')]
  const [from, to] = [previous.findDictionary(oldForm) ?? pdfDictionary({}), next.findDictionary(newForm)]
  if (to === null || !sameExcept(from, to, ['Fields', 'SigFlags'])) return 'form'
  const [oldFields, newFields] = [from.entries.get('Fields'), to.entries.get('Fields')]
  const [was, is] = [previous.findArray(oldFields) ?? pdfArray([]), next.findArray(newFields)]
  const field = is === null ? null : addedReference(was, is)
  if (field === null) return 'form-fields'
  const explained = [before.reference, oldForm, oldFields].flatMap((value) =>
    value?.kind === 'reference' ? [value.number] : [],
  )
  return { field, explained }
}

function checkField(next: PdfFile, reference: PdfReference): string | null {
  const field = next.findDictionary(reference)
  if (
    field === null ||
    nameOf(field.entries.get('FT')) !== 'Sig' ||
    nameOf(field.entries.get('Subtype')) !== 'Widget'
  ) {
    return 'field'
  }
  if ([...field.entries.keys()].some((key) => !fieldEntries.has(key))) return 'field-entries'
  const appearance = next.findDictionary(field.entries.get('AP'))
  if (appearance === null || [...appearance.entries.keys()].join() !== 'N') return 'field-appearance'
  return next.resolve(appearance.entries.get('N')).kind === 'stream' ? null : 'field-appearance'
}

/** Numbers of the objects through which the one page got its new annotation. */
function comparePages(
  previous: PdfFile,
  next: PdfFile,
  field: PdfReference,
  touched: ReadonlySet<number>,
): readonly number[] | string {
  const [before, after] = [previous.listPages(), next.listPages()]
  if (before.length !== after.length) return 'page-count'
  const explained: number[] = []
  for (const [i, page] of after.entries()) {
    const old = before[i]
    if (old === undefined || !sameValue(old.reference, page.reference)) return 'page-order'
    const list = page.dictionary.entries.get('Annots')
    const isTouched = touched.has(page.reference.number) || (list?.kind === 'reference' && touched.has(list.number))
    if (!isTouched) continue
    const numbers = comparePage(previous, next, { old, page, field })
    if (numbers === null) return `page-${i + 1}`
    explained.push(...numbers)
  }
  return explained
}

function comparePage(
  previous: PdfFile,
  next: PdfFile,
  { old, page, field }: { readonly old: PdfPage; readonly page: PdfPage; readonly field: PdfReference },
): readonly number[] | null {
  if (!sameExcept(old.dictionary, page.dictionary, ['Annots'])) return null
  const oldList = old.dictionary.entries.get('Annots')
  const [was, is] = [previous.findArray(oldList) ?? pdfArray([]), next.findArray(page.dictionary.entries.get('Annots'))]
  const added = is === null ? null : addedReference(was, is)
  if (added === null || !sameValue(added, field)) return null
  return oldList?.kind === 'reference' ? [page.reference.number, oldList.number] : [page.reference.number]
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

/** What a file must not contain when it is sealed: anything that could later show other content under the same seal. */
import { fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { PdfFile } from './file.ts'
import { nameOf, type PdfDictionary } from './objects.ts'
import { sealFieldKey } from './seal-objects.ts'

/** Stable reasons in `details.reason` of a `pdf.refused` error. */
export type SealingRefusal =
  | 'encrypted'
  | 'active-content'
  | 'embedded-files'
  | 'layers'
  | 'dynamic-form'
  | 'annotation'
  | 'form-field'
  | 'hidden-bytes'
  | 'no-such-page'
  | 'rotated-page'
  | 'outside-page'
  | 'too-long'
  | 'too-few-pages'
  | 'not-first'

function refuse(reason: SealingRefusal, details: Readonly<Record<string, string | number>> = {}): CryptoError {
  return new CryptoError('pdf.refused', `the file may not be sealed: ${reason}`, { reason, ...details })
}

/** Throws pdf.refused unless the file shows one fixed content to everyone. */
export function assertSealable(file: PdfFile): void {
  if (file.sections.some((section) => section.trailer.entries.has('Encrypt'))) throw refuse('encrypted')
  const { dictionary } = file.getCatalog()
  for (const key of ['OpenAction', 'AA']) if (dictionary.entries.has(key)) throw refuse('active-content', { key })
  if (dictionary.entries.has('OCProperties')) throw refuse('layers')
  if (dictionary.entries.has('AF')) throw refuse('embedded-files')
  const names = file.findDictionary(dictionary.entries.get('Names'))
  if (names?.entries.has('JavaScript') === true) throw refuse('active-content', { key: 'JavaScript' })
  if (names?.entries.has('EmbeddedFiles') === true) throw refuse('embedded-files')
  assertForm(file, dictionary)
  file.listPages().forEach((page, i) => assertPage(file, page.dictionary, i + 1))
  assertEveryByteKnown(file)
}

function assertForm(file: PdfFile, catalog: PdfDictionary): void {
  const form = file.findDictionary(catalog.entries.get('AcroForm'))
  if (form === null) return
  if (form.entries.has('XFA')) throw refuse('dynamic-form')
  for (const item of file.findArray(form.entries.get('Fields'))?.items ?? []) {
    if (nameOf(file.findDictionary(item)?.entries.get('FT')) !== 'Sig') throw refuse('form-field')
  }
}

function assertPage(file: PdfFile, page: PdfDictionary, number: number): void {
  if (page.entries.has('AA')) throw refuse('active-content', { page: number })
  for (const item of file.findArray(page.entries.get('Annots'))?.items ?? []) {
    const annotation = file.findDictionary(item)
    // The strips of a seal over the seam are stamps that name its field.
    const owner = annotation?.entries.get(sealFieldKey)
    const field = owner === undefined ? annotation : file.findDictionary(owner)
    const kind = owner === undefined ? 'Widget' : 'Stamp'
    const isSeal = nameOf(field?.entries.get('FT')) === 'Sig' && nameOf(annotation?.entries.get('Subtype')) === kind
    if (!isSeal || annotation?.entries.has('A') === true || annotation?.entries.has('AA') === true) {
      throw refuse('annotation', { page: number })
    }
  }
}

/** Every byte outside white space and comments must belong to an object or section that the file's own tables name. */
function assertEveryByteKnown(file: PdfFile): void {
  const gap = findUnknownBytes(file, 0)
  if (gap !== null) throw refuse('hidden-bytes', { offset: gap })
}

/** Offset of the first byte from `start` on that no cross-reference section accounts for, or `null`. */
export function findUnknownBytes(file: PdfFile, start: number): number | null {
  const spans: { readonly from: number; readonly to: number }[] = []
  for (const section of file.sections) {
    if (section.end > start) spans.push({ from: section.offset, to: section.end })
    for (const entry of section.entries.values()) {
      if (entry.kind !== 'offset' || entry.offset < start) continue
      spans.push({ from: entry.offset, to: file.readAt(entry.offset).end })
    }
  }
  spans.sort((left, right) => left.from - right.from)
  let at = start
  for (const span of spans) {
    if (span.from > at && !isFiller(file.bytes.subarray(at, span.from))) return at
    at = Math.max(at, span.to)
  }
  return isFiller(file.bytes.subarray(at)) ? null : at
}

/** White space, the header and its binary comment, and `startxref` with its number and `%%EOF`. */
function isFiller(bytes: Uint8Array): boolean {
  if (bytes.length > 4096) return false
  return /^(?:\s|%PDF-\d\.\d[\r\n]|%[\x80-\xff]{1,16}[\r\n]|%%EOF|startxref\s+\d+\s)*$/.test(fromLatin1(bytes))
}

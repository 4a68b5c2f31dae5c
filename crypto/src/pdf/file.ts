/** A PDF file opened for looking up objects; nothing is repaired, objects are parsed when asked for. */
import { fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { Budget } from './budget.ts'
import {
  nameOf,
  numberOf,
  type PdfArray,
  type PdfDictionary,
  type PdfObject,
  type PdfReference,
  type PdfValue,
  pdfNull,
} from './objects.ts'
import { PdfParser } from './parser.ts'
import { decodeStream, readXrefChain, type XrefEntry, type XrefSection } from './xref.ts'

/** An opened file. `sections` run from the newest to the oldest revision. */
export class PdfFile {
  readonly bytes: Uint8Array
  readonly sections: readonly XrefSection[]
  readonly budget: Budget
  readonly #entries = new Map<number, XrefEntry>()
  readonly #objects = new Map<number, PdfObject>()
  readonly #opening = new Set<number>()

  /** @throws CryptoError pdf.malformed, pdf.unsupported, pdf.too-large */
  constructor(bytes: Uint8Array, budget: Budget = new Budget()) {
    if (!/^%PDF-[12]\.\d/.test(fromLatin1(bytes.subarray(0, 8))))
      throw new CryptoError('pdf.malformed', 'no PDF header')
    this.bytes = bytes
    this.budget = budget
    this.sections = readXrefChain(bytes, budget)
    for (const section of this.sections) {
      for (const [number, entry] of section.entries) if (!this.#entries.has(number)) this.#entries.set(number, entry)
    }
  }

  /** Trailer of the newest revision. */
  get trailer(): PdfDictionary {
    const [newest] = this.sections
    if (newest === undefined) throw new CryptoError('pdf.malformed', 'no trailer')
    return newest.trailer
  }

  /** Objects in use, newest entries, in the order of their numbers. */
  listEntries(): readonly (readonly [number, XrefEntry])[] {
    return [...this.#entries].filter(([, entry]) => entry.kind !== 'free').sort(([a], [b]) => a - b)
  }

  /** The entry of an object, if there is one. */
  findEntry(number: number): XrefEntry | undefined {
    return this.#entries.get(number)
  }

  /** First object number that no revision has used: object and cross-reference streams count too. */
  nextNumber(): number {
    const sizes = this.sections.map((section) => numberOf(section.trailer.entries.get('Size')) ?? 0)
    const numbers = this.sections.flatMap((section) => [...section.entries.keys()])
    return numbers.reduce((most, number) => Math.max(most, number + 1), Math.max(1, ...sizes))
  }

  /** An object by number; a missing one is null, as the standard says. */
  get(number: number): PdfObject {
    const known = this.#objects.get(number)
    if (known !== undefined) return known
    if (this.#opening.has(number)) throw new CryptoError('pdf.malformed', 'an object needs itself', { number })
    this.#opening.add(number)
    const object = this.#read(number)
    this.#opening.delete(number)
    this.#objects.set(number, object)
    return object
  }

  #read(number: number): PdfObject {
    const entry = this.#entries.get(number)
    if (entry === undefined || entry.kind === 'free') return pdfNull
    if (entry.kind === 'compressed') return this.#readCompressed(entry.stream, number)
    const found = this.readAt(entry.offset)
    if (found.number !== number || found.generation !== entry.generation) {
      throw new CryptoError('pdf.malformed', 'another object is at the entry’s offset', { number })
    }
    return found.value
  }

  /** Parses the indirect object that starts at an offset. */
  readAt(offset: number): ReturnType<PdfParser['readIndirectObject']> {
    if (offset >= this.bytes.length) throw new CryptoError('pdf.malformed', 'offset behind the end', { offset })
    return new PdfParser(this.bytes, offset, this.budget).readIndirectObject((value) => numberOf(this.resolve(value)))
  }

  #readCompressed(streamNumber: number, number: number): PdfObject {
    const stream = this.#entries.get(streamNumber)?.kind === 'offset' ? this.get(streamNumber) : pdfNull
    if (stream.kind !== 'stream' || nameOf(stream.dictionary.entries.get('Type')) !== 'ObjStm') {
      throw new CryptoError('pdf.malformed', 'no object stream', { number: streamNumber })
    }
    const data = decodeStream(stream, this.budget)
    const count = numberOf(stream.dictionary.entries.get('N')) ?? 0
    const first = numberOf(stream.dictionary.entries.get('First')) ?? 0
    const header = new PdfParser(data, 0, this.budget)
    for (let i = 0; i < count; i++) {
      this.budget.spendObject()
      const [inner, offset] = [header.readCount(), header.readCount()]
      const entry = this.#entries.get(inner)
      if (entry?.kind !== 'compressed' || entry.stream !== streamNumber || this.#objects.has(inner)) continue
      this.#objects.set(inner, new PdfParser(data, first + offset, this.budget).readValue())
    }
    return this.#objects.get(number) ?? pdfNull
  }

  /** Follows references until a value or stream is found. */
  resolve(value: PdfObject | undefined): PdfObject {
    let current: PdfObject = value ?? pdfNull
    for (let step = 0; current.kind === 'reference'; step++) {
      if (step > 32) throw new CryptoError('pdf.malformed', 'references form a loop')
      current = this.get(current.number)
    }
    return current
  }

  /** A dictionary behind a value, or `null`. */
  findDictionary(value: PdfObject | undefined): PdfDictionary | null {
    const found = this.resolve(value)
    return found.kind === 'dictionary' ? found : null
  }

  /** An array behind a value, or `null`. */
  findArray(value: PdfObject | undefined): PdfArray | null {
    const found = this.resolve(value)
    return found.kind === 'array' ? found : null
  }

  /** Reference and dictionary of the catalogue. */
  getCatalog(): { readonly reference: PdfReference; readonly dictionary: PdfDictionary } {
    const reference = this.trailer.entries.get('Root')
    const dictionary = this.findDictionary(reference)
    if (reference?.kind !== 'reference' || dictionary === null) throw new CryptoError('pdf.malformed', 'no catalogue')
    return { reference, dictionary }
  }

  /** Pages in reading order, with what they inherit. */
  listPages(): readonly PdfPage[] {
    const pages: PdfPage[] = []
    const root = this.getCatalog().dictionary.entries.get('Pages')
    if (root?.kind === 'reference') this.#collectPages(root, new Map(), pages, new Set())
    return pages
  }

  #collectPages(
    reference: PdfReference,
    inherited: ReadonlyMap<string, PdfValue>,
    pages: PdfPage[],
    seen: Set<number>,
  ): void {
    if (seen.has(reference.number) || seen.size > 200_000) throw new CryptoError('pdf.malformed', 'page tree is a loop')
    seen.add(reference.number)
    const node = this.findDictionary(reference)
    if (node === null) throw new CryptoError('pdf.malformed', 'page tree is damaged')
    const passed = new Map(inherited)
    for (const key of ['MediaBox', 'CropBox', 'Rotate']) {
      const value = node.entries.get(key)
      if (value !== undefined) passed.set(key, value)
    }
    const kids = this.findArray(node.entries.get('Kids'))
    if (kids === null) {
      pages.push({ reference, dictionary: node, inherited: passed })
      return
    }
    for (const kid of kids.items) if (kid.kind === 'reference') this.#collectPages(kid, passed, pages, seen)
  }
}

/** A page with its inherited attributes merged in `inherited`. */
export interface PdfPage {
  readonly reference: PdfReference
  readonly dictionary: PdfDictionary
  readonly inherited: ReadonlyMap<string, PdfValue>
}

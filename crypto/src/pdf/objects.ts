/** Values of a PDF file. Source: ISO 32000-1:2008 clause 7.3. */

/** A reference to an indirect object. */
export interface PdfReference {
  readonly kind: 'reference'
  readonly number: number
  readonly generation: number
}

/** A dictionary. */
export interface PdfDictionary {
  readonly kind: 'dictionary'
  readonly entries: ReadonlyMap<string, PdfValue>
}

/** A string; `start` and `end` are file offsets of its token, delimiters included. */
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
  readonly hexadecimal: boolean
  readonly start: number
  readonly end: number
}

/** An array. */
export interface PdfArray {
  readonly kind: 'array'
  readonly items: readonly PdfValue[]
}

/** A stream: its dictionary and its raw, still encoded bytes. */
export interface PdfStream {
  readonly kind: 'stream'
  readonly dictionary: PdfDictionary
  readonly data: Uint8Array
}

/** A number with the text it was or will be written as. */
export interface PdfNumber {
  readonly kind: 'number'
  readonly value: number
  readonly text: string
}

/** Points (1/72 inch) in a millimetre. */
export const pointsPerMm = 72 / 25.4

/** A measure in points, written with three digits. */
export const pdfMeasure = (value: number): PdfNumber => ({
  kind: 'number',
  value,
  text: value.toFixed(3).replace(/\.?0+$/, ''),
})

/** Any direct value. Numbers keep their text so that rewriting an object changes nothing else. */
export type PdfValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | PdfNumber
  | { readonly kind: 'name'; readonly name: string }
  | PdfString
  | PdfArray
  | PdfDictionary
  | PdfReference

/** What an indirect object can be. */
export type PdfObject = PdfValue | PdfStream

/** The null value. */
export const pdfNull: PdfValue = { kind: 'null' }

/** A number value. */
export const pdfNumber = (value: number): PdfValue => ({
  kind: 'number',
  value,
  text: Number.isInteger(value) ? String(value) : value.toFixed(4).replace(/\.?0+$/, ''),
})

/** A name value, without its slash. */
export const pdfName = (name: string): PdfValue => ({ kind: 'name', name })

/** A reference to generation 0 unless given. */
export const pdfReference = (number: number, generation = 0): PdfReference => ({
  kind: 'reference',
  number,
  generation,
})

/** A literal string of the given bytes. */
export const pdfString = (bytes: Uint8Array): PdfString => ({
  kind: 'string',
  bytes,
  hexadecimal: true,
  start: -1,
  end: -1,
})

/** An array of values. */
export const pdfArray = (items: readonly PdfValue[]): PdfArray => ({ kind: 'array', items })

/** A dictionary of the given entries, in order. */
export const pdfDictionary = (entries: Readonly<Record<string, PdfValue>>): PdfDictionary => ({
  kind: 'dictionary',
  entries: new Map(Object.entries(entries)),
})

/** A copy of the dictionary with some entries put in or replaced. */
export function withEntries(dictionary: PdfDictionary, entries: Readonly<Record<string, PdfValue>>): PdfDictionary {
  return { kind: 'dictionary', entries: new Map([...dictionary.entries, ...Object.entries(entries)]) }
}

/** Name text of a value, or `null`. */
export function nameOf(value: PdfObject | undefined): string | null {
  return value?.kind === 'name' ? value.name : null
}

/** Number of a value, or `null`. */
export function numberOf(value: PdfObject | undefined): number | null {
  return value?.kind === 'number' ? value.value : null
}

/** Whether two values are the same in every part (numbers by their text, strings by their bytes). */
export function sameValue(left: PdfObject | undefined, right: PdfObject | undefined): boolean {
  return left !== undefined && right !== undefined && describeValue(left) === describeValue(right)
}

/** A canonical text of a value, for comparing. Streams include their encoded bytes. */
export function describeValue(value: PdfObject): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'name':
      return `/${JSON.stringify(value.name)}`
    case 'string':
      return `(${value.bytes.join(',')})`
    case 'array':
      return `[${value.items.map(describeValue).join(' ')}]`
    case 'dictionary':
      return `<${[...value.entries]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => `${JSON.stringify(key)} ${describeValue(entry)}`)
        .join(' ')}>`
    case 'reference':
      return `${value.number} ${value.generation} R`
    case 'stream':
      return `${describeValue(value.dictionary)}stream(${value.data.join(',')})`
  }
}

import { concatBytes, fromLatin1, latin1 } from '../src/bytes.ts'
import { PdfFile } from '../src/pdf/file.ts'
import { writeIncrement } from '../src/pdf/increment.ts'
import { type PdfDictionary, type PdfValue, withEntries } from '../src/pdf/objects.ts'
import { writePdfDictionary } from '../src/pdf/serialise.ts'

/** Replaces the first occurrence of a text in the bytes; throws when there is none. */
export function patch(bytes: Uint8Array, from: string | RegExp, to: string | ((found: string) => string)): Uint8Array {
  const text = fromLatin1(bytes)
  const changed = typeof to === 'string' ? text.replace(from, () => to) : text.replace(from, to)
  if (changed === text) throw new Error('nothing to patch')
  return latin1(changed)
}

/** Pads a replacement to the length of what it replaces. */
export const padded =
  (to: string): ((found: string) => string) =>
  (found) =>
    to.padEnd(found.length)

/** Appends a complete, well-formed revision with the given objects (number → body text). */
export function appendRevision(bytes: Uint8Array, objects: Readonly<Record<number, string>>): Uint8Array {
  const file = new PdfFile(bytes)
  const list = Object.entries(objects).map(([number, body]) => ({
    number: Number(number),
    generation: 0,
    body: latin1(body),
  }))
  const next = Math.max(file.nextNumber(), ...list.map((object) => object.number + 1))
  return writeIncrement(file, list, next).bytes
}

/** Body text of a dictionary with some entries put in. */
export function bodyWith(dictionary: PdfDictionary, entries: Readonly<Record<string, PdfValue>>): string {
  return writePdfDictionary(withEntries(dictionary, entries))
}

/** Puts bytes in front of, or behind, a file. */
export const glue = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  concatBytes(...parts.map((part) => (typeof part === 'string' ? latin1(part) : part)))

import { concatBytes, latin1, toHex } from '../bytes.ts'
import type { PdfDictionary, PdfObject, PdfValue } from './objects.ts'

function nameText(name: string): string {
  const escaped = name.replaceAll(/[^!-~]|[#%()/<>[\]{}]/g, (character) => {
    return `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return `/${escaped}`
}

/** PDF text of a direct value. Strings are written in hexadecimal. */
export function writePdfValue(value: PdfValue): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'name':
      return nameText(value.name)
    case 'string':
      return `<${toHex(value.bytes)}>`
    case 'array':
      return `[${value.items.map(writePdfValue).join(' ')}]`
    case 'dictionary':
      return writePdfDictionary(value)
    case 'reference':
      return `${value.number} ${value.generation} R`
  }
}

/** PDF text of a dictionary. */
export function writePdfDictionary(dictionary: PdfDictionary): string {
  return `<<${[...dictionary.entries].map(([key, value]) => `${nameText(key)} ${writePdfValue(value)}`).join('\n')}>>`
}

/** Bytes of the body of an indirect object. */
export function writePdfObject(object: PdfObject): Uint8Array {
  if (object.kind !== 'stream') return latin1(writePdfValue(object))
  const head = latin1(`${writePdfDictionary(object.dictionary)}\nstream\n`)
  return concatBytes(head, object.data, latin1('\nendstream'))
}

/** Incremental updates: the old bytes stay, changed and new objects are appended. Source: ISO 32000-1:2008 clause 7.5.6. */
import { concatBytes, latin1 } from '../bytes.ts'
import type { PdfFile } from './file.ts'
import {
  type PdfDictionary,
  pdfArray,
  pdfDictionary,
  pdfName,
  pdfNumber,
  type PdfValue,
  withEntries,
} from './objects.ts'
import { writePdfDictionary } from './serialise.ts'

/** An object to append; `body` is what stands between `obj` and `endobj`. */
export interface AppendedObject {
  readonly number: number
  readonly generation: number
  readonly body: Uint8Array
}

/** The file with its update, and the offset of each appended object's body. */
export interface Increment {
  readonly bytes: Uint8Array
  readonly bodyOffsets: ReadonlyMap<number, number>
}

interface Placed {
  readonly number: number
  readonly generation: number
  readonly offset: number
}

/**
 * Appends objects with a cross-reference section of the file's own kind.
 * `nextNumber` must be above every number used before and in `objects`; a cross-reference stream takes it.
 */
export function writeIncrement(file: PdfFile, objects: readonly AppendedObject[], nextNumber: number): Increment {
  const endsLine = file.bytes.at(-1) === 10 || file.bytes.at(-1) === 13
  const parts: Uint8Array[] = endsLine ? [file.bytes] : [file.bytes, latin1('\n')]
  let position = file.bytes.length + (endsLine ? 0 : 1)
  const placed: Placed[] = []
  const bodyOffsets = new Map<number, number>()
  for (const { number, generation, body } of objects) {
    const head = latin1(`${number} ${generation} obj\n`)
    const tail = latin1('\nendobj\n')
    placed.push({ number, generation, offset: position })
    bodyOffsets.set(number, position + head.length)
    parts.push(head, body, tail)
    position += head.length + body.length + tail.length
  }
  placed.sort((left, right) => left.number - right.number)
  parts.push(writeXref(file, placed, position, nextNumber))
  return { bytes: concatBytes(...parts), bodyOffsets }
}

function writeXref(file: PdfFile, placed: readonly Placed[], position: number, nextNumber: number): Uint8Array {
  const [newest] = file.sections
  const end = latin1(`\nstartxref\n${position}\n%%EOF\n`)
  if (newest?.kind === 'table') {
    const rows = runsOf(placed).map((run) => `${run[0]?.number ?? 0} ${run.length}\n${run.map(tableRow).join('')}`)
    const trailer = writePdfDictionary(trailerFor(file, nextNumber))
    return concatBytes(latin1(`xref\n${rows.join('')}trailer\n${trailer}`), end)
  }
  const all = [...placed, { number: nextNumber, generation: 0, offset: position }]
  const data = concatBytes(...all.map(streamRow))
  const dictionary = withEntries(trailerFor(file, nextNumber + 1), {
    Type: pdfName('XRef'),
    W: pdfArray([1, 5, 2].map(pdfNumber)),
    Index: pdfArray(runsOf(all).flatMap((run) => [pdfNumber(run[0]?.number ?? 0), pdfNumber(run.length)])),
    Length: pdfNumber(data.length),
  })
  const head = latin1(`${nextNumber} 0 obj\n${writePdfDictionary(dictionary)}\nstream\n`)
  return concatBytes(head, data, latin1('\nendstream\nendobj'), end)
}

function trailerFor(file: PdfFile, size: number): PdfDictionary {
  const kept: Record<string, PdfValue> = {}
  for (const key of ['Root', 'Info', 'ID']) {
    const value = file.trailer.entries.get(key)
    if (value !== undefined) kept[key] = value
  }
  return pdfDictionary({ Size: pdfNumber(size), ...kept, Prev: pdfNumber(file.sections[0]?.offset ?? 0) })
}

function runsOf(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const runs: Placed[][] = []
  for (const entry of placed) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1)?.number === entry.number - 1) run.push(entry)
    else runs.push([entry])
  }
  return runs
}

function tableRow(entry: Placed): string {
  return `${String(entry.offset).padStart(10, '0')} ${String(entry.generation).padStart(5, '0')} n \n`
}

function streamRow(entry: Placed): Uint8Array {
  const row = new Uint8Array(8)
  const view = new DataView(row.buffer)
  view.setUint8(0, 1)
  view.setUint8(1, Math.floor(entry.offset / 0x1_0000_0000))
  view.setUint32(2, entry.offset % 0x1_0000_0000)
  view.setUint16(6, entry.generation)
  return row
}

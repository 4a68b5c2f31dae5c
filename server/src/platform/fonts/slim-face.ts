/** Reading font files piece by piece: collections take tens of megabytes, of which opening a face needs a few hundred kilobytes. */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { FontFormatError } from './sfnt.ts'

const pieceBytes = 256 * 1024
const windowBytes = 32 * 1024
/** What `readFace` reads; of the others it only asks whether they are there. */
const readTags: ReadonlySet<string> = new Set(['head', 'hhea', 'maxp', 'hmtx', 'cmap', 'name', 'OS/2'])
const entryBytes = 16

/** A face's file: its digest and a small font of one face with the tables needed to open it.
 *
 * @param sha256 the digest when it is known already
 * @throws FontFormatError when it is not a font or ends too early; system errors when it cannot be read
 */
export function readSlimFace(file: string, index: number, sha256?: string): { readonly sha256: string; readonly bytes: Uint8Array } {
  const handle = openSync(file, 'r')
  try {
    const size = fstatSync(handle).size
    return { sha256: sha256 ?? digestOf(handle), bytes: slimFace((at, length) => readPiece(handle, { at, length, size }), index) }
  } finally {
    closeSync(handle)
  }
}

/** A table of an open face: `read` gives what there is from `at` on, at most `length` bytes. */
export interface OpenTable {
  readonly length: number
  readonly read: (at: number, length: number) => Uint8Array
}

/** Opens a face's file for reading inside its tables, and closes it behind `work`.
 *
 * @throws FontFormatError when it is not a font or ends too early; system errors when it cannot be read
 */
export function readingTables<T>(file: string, index: number, work: (table: (tag: string) => OpenTable | null) => T): T {
  const handle = openSync(file, 'r')
  try {
    const read = readAhead(handle, fstatSync(handle).size)
    const start = startOf(read, index)
    const directory = read(start + 12, read(start, 12).readUInt16BE(4) * entryBytes)
    return work((tag) => {
      for (let at = 0; at < directory.length; at += entryBytes) {
        if (directory.toString('latin1', at, at + 4) !== tag) continue
        const [offset, length] = [directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12)]
        return { length, read: (from, count) => read(offset + Math.min(from, length), Math.max(0, Math.min(count, length - from))) }
      }
      return null
    })
  } finally {
    closeSync(handle)
  }
}

function digestOf(handle: number): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafeSlow(pieceBytes)
  for (let at = 0; ; ) {
    const count = readSync(handle, piece, 0, pieceBytes, at)
    if (count === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, count))
    at += count
  }
}

function readPiece(handle: number, wanted: { readonly at: number; readonly length: number; readonly size: number }): Buffer {
  if (wanted.at + wanted.length > wanted.size) throw new FontFormatError('the font file is cut short')
  const piece = Buffer.alloc(wanted.length)
  readSync(handle, piece, 0, wanted.length, wanted.at)
  return piece
}

/** Reads small pieces out of a larger one: glyphs lie beside one another in the order they are asked for. */
function readAhead(handle: number, size: number): Read {
  const ahead = Buffer.allocUnsafeSlow(windowBytes)
  let [begin, end] = [0, 0]
  return (at, length) => {
    if (length > windowBytes / 4 || at + length > size) return readPiece(handle, { at, length, size })
    if (at < begin || at + length > end) {
      begin = at
      end = at + readSync(handle, ahead, 0, Math.min(windowBytes, size - at), at)
    }
    // A copy: the window moves on.
    return Buffer.from(ahead.subarray(at - begin, at - begin + length))
  }
}

type Read = (at: number, length: number) => Buffer

/** A table directory with the same tables, and behind it the contents of those that are read. */
function slimFace(read: Read, index: number): Uint8Array {
  const start = startOf(read, index)
  const head = read(start, 12)
  const count = head.readUInt16BE(4)
  const directory = read(start + 12, count * entryBytes)
  const contents: Buffer[] = []
  let end = 12 + directory.length
  for (let at = 0; at < directory.length; at += entryBytes) {
    const [offset, length] = [directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12)]
    const isRead = readTags.has(directory.toString('latin1', at, at + 4))
    // Also what is not kept has to be in the file.
    if (!isRead && length > 0) read(offset + length - 1, 1)
    const content = isRead ? read(offset, length) : Buffer.alloc(0)
    directory.writeUInt32BE(end, at + 8)
    directory.writeUInt32BE(content.length, at + 12)
    contents.push(content)
    end += content.length
  }
  return Buffer.concat([head, directory, ...contents])
}

/** Where the face begins: at the front, or where the collection says. */
function startOf(read: Read, index: number): number {
  const isCollection = read(0, 4).toString('latin1') === 'ttcf'
  if (!isCollection) return 0
  if (index >= read(8, 4).readUInt32BE()) throw new FontFormatError(`no face ${index} in this collection`)
  return read(12 + 4 * index, 4).readUInt32BE()
}

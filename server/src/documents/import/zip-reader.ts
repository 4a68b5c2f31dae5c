/** Reads the parts of a ZIP within declared limits. Nothing is ever written to disk, and nothing in the file is trusted: names,
 * sizes and offsets are checked before a byte is inflated.
 * Source: PKWARE APPNOTE 6.3.10, 4.3 */
import { crc32, inflateRawSync } from 'node:zlib'
import { importLimits } from './limits.ts'
import { Unreadable } from './unreadable.ts'

/** An open archive. */
export interface ZipArchive {
  /** Names of all parts, as stored. */
  readonly names: readonly string[]
  /** The bytes of a part, or null when there is none of that name.
   *
   * @throws Unreadable when it is damaged or larger than the limits
   */
  read(name: string): Uint8Array | null
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  readonly offset: number
}

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const endLength = 22
const longestComment = 0xffff

/** Opens an archive.
 *
 * @throws Unreadable when it is no ZIP, damaged, encrypted, has too many parts or names that lead out of it
 */
export function openZip(file: Uint8Array): ZipArchive {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const entries = new Map<string, Entry>()
  for (const entry of readDirectory(bytes)) {
    if (entries.has(entry.name)) throw new Unreadable('documents.dangerous-file', { reason: 'duplicate-part' })
    entries.set(entry.name, entry)
  }
  let total = 0
  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const part = inflate(bytes, entry)
      total += part.length
      if (total > importLimits.zipTotalBytes) throw new Unreadable('documents.oversized-file')
      return part
    },
  }
}

function readDirectory(bytes: Buffer): readonly Entry[] {
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > importLimits.zipEntries || count === 0xffff) throw new Unreadable('documents.oversized-file')
  const entries: Entry[] = []
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== directorySignature) throw new Unreadable('documents.damaged-file')
    const nameLength = bytes.readUInt16LE(at + 28)
    const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) throw new Unreadable('documents.damaged-file')
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new Unreadable('documents.encrypted-file')
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    assertSafeName(name)
    entries.push({
      name,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      bytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    })
    at = next
  }
  return entries
}

function findEnd(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - endLength - longestComment)
  for (let at = bytes.length - endLength; at >= lowest; at -= 1) if (bytes.readUInt32LE(at) === endSignature) return at
  throw new Unreadable('documents.damaged-file')
}

/** Names that lead out of the archive are only made by those who want to harm. */
function assertSafeName(name: string): void {
  const isSafe = !/[\u0000-\u001f\\:]/.test(name) && !name.startsWith('/') && !name.split('/').includes('..')
  if (!isSafe) throw new Unreadable('documents.dangerous-file', { reason: 'path' })
}

function inflate(bytes: Buffer, entry: Entry): Uint8Array {
  const { offset, packedBytes } = entry
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localSignature) throw new Unreadable('documents.damaged-file')
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  if (start + packedBytes > bytes.length) throw new Unreadable('documents.damaged-file')
  const packed = bytes.subarray(start, start + packedBytes)
  const isBomb = entry.bytes > importLimits.zipRatioFromBytes && entry.bytes > packedBytes * importLimits.zipRatio
  if (isBomb || entry.bytes > importLimits.zipEntryBytes) throw new Unreadable('documents.oversized-file')
  const part = unpack(packed, entry)
  if (part.length !== entry.bytes || crc32(part) !== entry.crc) throw new Unreadable('documents.damaged-file')
  return part
}

function unpack(packed: Buffer, entry: Entry): Uint8Array {
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw new Unreadable('documents.damaged-file')
  try {
    // One byte more than declared, so that a part that lies about its size is found out and not believed.
    return inflateRawSync(packed, { maxOutputLength: entry.bytes + 1 })
  } catch {
    // Whatever is wrong with the stream, the part cannot be read; zlib's own words would tell the user nothing.
    throw new Unreadable('documents.damaged-file')
  }
}

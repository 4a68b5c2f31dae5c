/**
 * ZIP packages read strictly: what two readers could see differently is refused. Entries keep their compressed bytes, so that a package can
 * grow without touching what it holds. Source: PKWARE APPNOTE 4.3.
 */
import { fromLatin1, joinBytes, latin1, utf8 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import type { Budget } from '../pdf/budget.ts'
import { inflateRaw } from '../pdf/inflate.ts'
import { crc32 } from '../picture/crc32.ts'

/** A file of the package as it lies there; `method` 0 is stored, 8 deflated. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly packed: Uint8Array
}

const mostEntries = 20_000

function refused(message: string, details: Readonly<Record<string, string | number>> = {}): CryptoError {
  return new CryptoError('ofd.malformed', message, details)
}

/** Entries in the order of the directory. @throws CryptoError ofd.malformed */
export function readZip(bytes: Uint8Array, budget: Budget): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - 22
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw refused('the package does not end with its directory')
  const [count, size, start] = [view.getUint16(end + 10, true), view.getUint32(end + 12, true), view.getUint32(end + 16, true)]
  const isWhole = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count && view.getUint16(end + 20, true) === 0
  // Zip64 marks its fields with all ones; a package that needs it is refused with them.
  if (!isWhole || start + size !== end || count > mostEntries) throw refused('the directory is damaged', { count })
  const entries: ZipEntry[] = []
  const spans: (readonly [number, number])[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    budget.spendObject()
    const found = readEntry(bytes, view, at, start)
    entries.push(found.entry)
    spans.push(found.span)
    at = found.next
  }
  if (at !== end) throw refused('the directory holds something else')
  assertApart(spans)
  assertNames(entries.map((entry) => entry.name))
  return entries
}

interface ReadEntry {
  readonly entry: ZipEntry
  readonly span: readonly [number, number]
  readonly next: number
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, end: number): ReadEntry {
  if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw refused('the directory is damaged')
  const u16 = (offset: number): number => view.getUint16(at + offset, true)
  const u32 = (offset: number): number => view.getUint32(at + offset, true)
  const [flags, method, nameLength] = [u16(8), u16(10), u16(28)]
  const next = at + 46 + nameLength + u16(30) + u16(32)
  const [crc, packedSize, size, offset] = [u32(16), u32(20), u32(24), u32(42)]
  // Bit 0 encrypted, bit 6 strong encryption, bit 13 masked; the high half of the attributes is the Unix mode.
  const isLink = ((u32(38) >>> 28) & 0xf) === 0xa
  if ((flags & 0x2041) !== 0 || (method !== 0 && method !== 8) || isLink || u16(34) !== 0) {
    throw refused('an entry is encrypted, linked or packed in an unknown way')
  }
  const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength)
  if (offset + 30 > end || view.getUint32(offset, true) !== 0x04034b50) throw refused('an entry is missing')
  const data = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const localName = bytes.subarray(offset + 30, offset + 30 + view.getUint16(offset + 26, true))
  const isLate = (flags & 8) !== 0 // sizes follow the data
  const same =
    fromLatin1(localName) === fromLatin1(nameBytes) &&
    view.getUint16(offset + 8, true) === method &&
    (isLate || (view.getUint32(offset + 14, true) === crc && view.getUint32(offset + 18, true) === packedSize && view.getUint32(offset + 22, true) === size))
  if (!same || data + packedSize > end) throw refused('an entry and the directory say different things')
  const entry = { name: readName(nameBytes), method, crc, size, packed: bytes.subarray(data, data + packedSize) }
  return { entry, span: [offset, data + packedSize], next }
}

function readName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Old producers write names in the system's code page; as bytes they are at least unmistakable.
    return fromLatin1(bytes)
  }
}

function assertApart(spans: readonly (readonly [number, number])[]): void {
  const sorted = spans.toSorted(([a], [b]) => a - b)
  if ((sorted[0]?.[0] ?? 0) !== 0) throw refused('something stands in front of the package')
  sorted.forEach(([from], i) => {
    if (i > 0 && from < (sorted[i - 1]?.[1] ?? 0)) throw refused('entries overlap')
  })
}

function assertNames(names: readonly string[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    const parts = name.split('/')
    const isFolder = parts.at(-1) === ''
    const inner = isFolder ? parts.slice(0, -1) : parts
    if (/[\\\0:]/.test(name) || inner.some((part) => part === '' || part === '.' || part === '..')) {
      throw refused('a name leads out of the package', { name })
    }
    const folded = name.toLowerCase()
    if (seen.has(folded)) throw refused('two entries have one name', { name })
    seen.add(folded)
  }
}

/** The bytes of an entry. @throws CryptoError ofd.malformed, pdf.too-large */
export function openEntry(entry: ZipEntry, budget: Budget): Uint8Array {
  const bytes = entry.method === 0 ? entry.packed : unpack(entry, budget)
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw refused('an entry is damaged', { name: entry.name })
  return bytes
}

function unpack(entry: ZipEntry, budget: Budget): Uint8Array {
  try {
    return inflateRaw(entry.packed, budget)
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code === 'pdf.malformed') throw refused('an entry is damaged', { name: entry.name })
    throw cause
  }
}

/** An entry of bytes, stored as they are. */
export function storedEntry(name: string, bytes: Uint8Array): ZipEntry {
  return { name, method: 0, crc: crc32(bytes), size: bytes.length, packed: bytes }
}

/** Writes a package; equal entries give equal bytes. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const name = utf8(entry.name)
    const common = fields(20, 2, 0x0800, 2, entry.method, 2, 0, 2, 0x0021, 2, entry.crc, 4, entry.packed.length, 4, entry.size, 4, name.length, 2, 0, 2)
    parts.push(latin1('PK\u0003\u0004'), common, name, entry.packed)
    directory.push(latin1('PK\u0001\u0002'), fields(20, 2), common, fields(0, 2, 0, 2, 0, 2, 0, 4, offset, 4), name)
    offset += 30 + name.length + entry.packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = fields(0, 2, 0, 2, entries.length, 2, entries.length, 2, size, 4, offset, 4, 0, 2)
  return joinBytes([...parts, ...directory, latin1('PK\u0005\u0006'), end])
}

/** Little-endian numbers, each followed by its size in bytes. */
function fields(...pairs: readonly number[]): Uint8Array {
  const bytes: number[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    for (let k = 0; k < (pairs[i + 1] ?? 0); k++) bytes.push(Math.floor((pairs[i] ?? 0) / 256 ** k) % 256)
  }
  return Uint8Array.from(bytes)
}

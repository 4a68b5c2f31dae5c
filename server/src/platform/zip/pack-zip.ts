/** Writes ZIP archives: Word files, OFD packages, archive and evidence packages. Equal entries give equal bytes, in the order given.
 * Source: PKWARE APPNOTE 6.3.10, 4.3 (local headers, central directory, end record); names are UTF-8 (general purpose bit 11) */
import { crc32, deflateRawSync } from 'node:zlib'
import { assert } from '../log/fault.ts'

/** A file to pack. `name` uses `/` between folders. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

/** How to pack. `stored` keeps every file readable byte for byte by any tool, now and in thirty years; `deflated` makes it smaller
 * where it can. */
export interface ZipPacking {
  readonly packing: 'stored' | 'deflated'
  /** Time of all entries (ms); ZIP keeps it as civil time in China with two seconds' precision. Without one, the first day ZIP knows. */
  readonly at?: number
}

const version = 20
const utf8Names = 0x0800
const largest = 0xffff_ffff
/** 1 January 1980. */
const firstDay = { time: 0, date: 0x21 } as const

/** Packs the entries. Below 4 GiB and 65,535 entries: a larger package is a bug of the caller. */
export function packZip(entries: readonly ZipEntry[], { packing, at }: ZipPacking): Uint8Array {
  const moment = at === undefined ? firstDay : dosTime(at)
  const chunks: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const deflated = packing === 'deflated' ? deflateRawSync(bytes, { level: 9 }) : bytes
    const isSmaller = deflated.length < bytes.length
    const data = isSmaller ? deflated : bytes
    const utf8 = Buffer.from(name, 'utf8')
    // What stands in local headers and in the directory alike: version … length of the extra field.
    const common = numbers([version, 2], [utf8Names, 2], [isSmaller ? 8 : 0, 2], [moment.time, 2], [moment.date, 2], [crc32(bytes), 4], [data.length, 4], [bytes.length, 4], [utf8.length, 2], [0, 2])
    const local = Buffer.concat([numbers([0x04034b50, 4]), common, utf8])
    directory.push(Buffer.concat([numbers([0x02014b50, 4], [version, 2]), common, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), utf8]))
    chunks.push(local, data)
    offset += local.length + data.length
  }
  const listed = Buffer.concat(directory)
  assert(offset + listed.length <= largest && entries.length < 0xffff, 'a package beyond 4 GiB needs ZIP64')
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [listed.length, 4], [offset, 4], [0, 2])
  return Buffer.concat([...chunks, listed, end])
}

function dosTime(at: number): { readonly time: number; readonly date: number } {
  const china = new Date(at + 8 * 3_600_000)
  return {
    time: (china.getUTCHours() << 11) | (china.getUTCMinutes() << 5) | (china.getUTCSeconds() >> 1),
    date: ((china.getUTCFullYear() - 1980) << 9) | ((china.getUTCMonth() + 1) << 5) | china.getUTCDate(),
  }
}

/** Little-endian numbers of two or four bytes. */
function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of fields) at = bytes === 4 ? buffer.writeUInt32LE(value, at) : buffer.writeUInt16LE(value, at)
  return buffer
}

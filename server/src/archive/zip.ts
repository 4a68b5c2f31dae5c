/** Writing a ZIP without compression: every file inside can be read byte for byte by any tool, now and in thirty years.
 * Source: PKWARE APPNOTE 6.3.10, 4.3 (local headers, central directory, end record); names are UTF-8 (general purpose bit 11) */
import { crc32 } from 'node:zlib'
import { assert } from '../platform/log/fault.ts'

/** A file to pack. `name` uses `/` between folders. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

const utf8Names = 0x0800
const version = 20
const largest = 0xffff_ffff

/** Packs files in the order given.
 *
 * @param at time of all entries, ms; ZIP keeps it as civil time in China with two seconds' precision
 */
export function packZip(entries: readonly ZipEntry[], at: number): Uint8Array {
  const time = dosTime(at)
  const chunks: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name)
    const common = commonHeader(entry, name.length, time)
    const local = Buffer.concat([uint32(0x04034b50), common, name])
    directory.push(Buffer.concat([uint32(0x02014b50), uint16(version), common, uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset), name]))
    chunks.push(local, entry.bytes)
    offset += local.length + entry.bytes.length
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  assert(offset + size <= largest && entries.length < 0xffff, 'a package beyond 4 GiB needs ZIP64')
  const end = Buffer.concat([uint32(0x06054b50), uint16(0), uint16(0), uint16(entries.length), uint16(entries.length), uint32(size), uint32(offset), uint16(0)])
  return Buffer.concat([...chunks, ...directory, end])
}

/** Fields that stand in local headers and in the central directory alike: version … extra length. */
function commonHeader({ bytes }: ZipEntry, nameLength: number, time: { readonly time: number; readonly date: number }): Uint8Array {
  const size = uint32(bytes.length)
  return Buffer.concat([uint16(version), uint16(utf8Names), uint16(0), uint16(time.time), uint16(time.date), uint32(crc32(bytes)), size, size, uint16(nameLength), uint16(0)])
}

function dosTime(at: number): { readonly time: number; readonly date: number } {
  const china = new Date(at + 8 * 3_600_000)
  return {
    time: (china.getUTCHours() << 11) | (china.getUTCMinutes() << 5) | (china.getUTCSeconds() >> 1),
    date: ((china.getUTCFullYear() - 1980) << 9) | ((china.getUTCMonth() + 1) << 5) | china.getUTCDate(),
  }
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

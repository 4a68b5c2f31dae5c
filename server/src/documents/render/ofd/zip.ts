/** Zip packages with equal bytes for equal contents: entries in the order given, one fixed date, deflated unless that makes them
 * larger. Source: PKWARE APPNOTE 4.3 */
import { crc32, deflateRawSync } from 'node:zlib'

/** A file of the package; `name` has forward slashes. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
}

/** 1980-01-01, the earliest date a zip can hold. */
const dosDate = 0x0021
/** Names are UTF-8. */
const flags = 0x0800

interface Packed {
  readonly name: Buffer
  readonly method: 0 | 8
  readonly crc: number
  readonly data: Uint8Array
  readonly size: number
  readonly offset: number
}

/** Packs the entries. Below 4 GiB and 65,536 entries: larger packages are a bug of the caller. */
export function packZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const packed: Packed[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const deflated = deflateRawSync(bytes, { level: 9 })
    const isSmaller = deflated.length < bytes.length
    const entry: Packed = { name: Buffer.from(name, 'utf8'), method: isSmaller ? 8 : 0, crc: crc32(bytes), data: isSmaller ? deflated : bytes, size: bytes.length, offset }
    const header = localHeader(entry)
    parts.push(header, entry.data)
    packed.push(entry)
    offset += header.length + entry.data.length
  }
  const directory = packed.map(centralHeader)
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  return Buffer.concat([...parts, ...directory, endRecord(packed.length, size, offset)])
}

function localHeader(entry: Packed): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  writeCommon(head, 4, entry)
  return Buffer.concat([head, entry.name])
}

function centralHeader(entry: Packed): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(20, 4)
  writeCommon(head, 6, entry)
  head.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([head, entry.name])
}

/** Version needed up to the length of the extra field: the same in both headers. */
function writeCommon(head: Buffer, at: number, entry: Packed): void {
  head.writeUInt16LE(20, at)
  head.writeUInt16LE(flags, at + 2)
  head.writeUInt16LE(entry.method, at + 4)
  head.writeUInt16LE(0, at + 6)
  head.writeUInt16LE(dosDate, at + 8)
  head.writeUInt32LE(entry.crc, at + 10)
  head.writeUInt32LE(entry.data.length, at + 14)
  head.writeUInt32LE(entry.size, at + 18)
  head.writeUInt16LE(entry.name.length, at + 22)
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}

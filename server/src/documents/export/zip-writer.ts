/** Packs the parts of an Office file. Equal parts give equal bytes: all carry the first date ZIP knows.
 * Source: PKWARE APPNOTE 6.3.10, 4.3 */
import { crc32, deflateRawSync } from 'node:zlib'

/** A part. */
export interface ZipPart {
  readonly name: string
  readonly bytes: Uint8Array
}

const version = 20
const utf8Names = 0x0800
const deflated = 8
/** 1 January 1980. */
const firstDay = 0x21

/** The archive of these parts, in their order. */
export function packParts(parts: readonly ZipPart[]): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const name = Buffer.from(part.name)
    const packed = deflateRawSync(part.bytes)
    const fields = numbers([version, 2], [utf8Names, 2], [deflated, 2], [0, 2], [firstDay, 2], [crc32(part.bytes), 4], [packed.length, 4], [part.bytes.length, 4], [name.length, 2], [0, 2])
    const local = Buffer.concat([numbers([0x04034b50, 4]), fields, name, packed])
    directory.push(numbers([0x02014b50, 4], [version, 2]), fields, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name)
    locals.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [listed.length, 4], [offset, 4], [0, 2])
  return Buffer.concat([...locals, listed, end])
}

function numbers(...fields: readonly (readonly [value: number, bytes: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of fields) at = bytes === 4 ? buffer.writeUInt32LE(value, at) : buffer.writeUInt16LE(value, at)
  return buffer
}

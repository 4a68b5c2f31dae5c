/** Makes pictures for tests: a PNG of one grey, whole or with something wrong in it. */
import { crc32, deflateSync } from 'node:zlib'

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length, 0)
  head.write(name, 4, 'latin1')
  const foot = Buffer.alloc(4)
  foot.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])), 0)
  return Buffer.concat([head, body, foot])
}

/** What the frame of a PNG claims. */
export interface PngLook {
  readonly widthPx: number
  readonly heightPx: number
  readonly grey?: number
  readonly isInterlaced?: boolean
  /** Rows really there; all by default. A picture that lies has few. */
  readonly rows?: number
}

/** The bytes of a PNG. */
export function pngFile({ widthPx, heightPx, grey = 128, isInterlaced = false, rows = heightPx }: PngLook): Buffer {
  const frame = Buffer.alloc(13)
  frame.writeUInt32BE(widthPx, 0)
  frame.writeUInt32BE(heightPx, 4)
  frame.set([8, 0, 0, 0, isInterlaced ? 1 : 0], 8)
  const data = Buffer.alloc(rows * (Math.min(widthPx, 4096) + 1), grey)
  for (let row = 0; row < rows; row += 1) data[row * (Math.min(widthPx, 4096) + 1)] = 0
  return Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), chunk('IHDR', frame), chunk('IDAT', deflateSync(data)), chunk('IEND', Buffer.alloc(0))])
}

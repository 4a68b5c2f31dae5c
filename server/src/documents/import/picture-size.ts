/** Looks at the bytes of a picture without decoding it: what it is, how large, and whether our pages can draw it.
 * Source: PNG (ISO/IEC 15948) 5, 11.2; JPEG (ISO/IEC 10918-1) B.2 */
import { crc32 } from 'node:zlib'
import { importLimits } from './limits.ts'

/** What was seen. `other` is a picture of a kind pages do not draw, `name` says which; `broken` is none at all or cut off. */
export type SeenPicture =
  | { readonly kind: 'drawable'; readonly widthPx: number; readonly heightPx: number }
  | { readonly kind: 'other'; readonly name: string }
  | { readonly kind: 'broken' }

const broken: SeenPicture = { kind: 'broken' }

/** First bytes (Latin-1) of kinds that Word files hold and pages cannot draw. */
const otherKinds: readonly (readonly [start: string, name: string])[] = [
  ['GIF8', 'GIF'], ['BM', 'BMP'], ['II*\u0000', 'TIFF'], ['MM\u0000*', 'TIFF'], ['\u0001\u0000\u0000\u0000', 'EMF'], ['\u00d7\u00cd\u00c6\u009a', 'WMF'], ['\u0001\u0000\u0009\u0000', 'WMF'], ['RIFF', 'WebP'], ['<svg', 'SVG'], ['<?xml', 'SVG'],
]

/** Looks at a picture. A drawable one is whole as far as its frame says. */
export function seePicture(file: Uint8Array): SeenPicture {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const start = bytes.toString('latin1', 0, 8)
  const seen = start === '\u0089PNG\r\n\u001a\n' ? seePng(bytes) : start.startsWith('\u00ff\u00d8\u00ff') ? seeJpeg(bytes) : null
  if (seen === null) {
    const other = otherKinds.find(([first]) => start.startsWith(first))
    return other ? { kind: 'other', name: other[1] } : broken
  }
  if (seen.kind !== 'drawable') return seen
  const { widthPx, heightPx } = seen
  if (widthPx === 0 || heightPx === 0) return broken
  // A few bytes can claim a picture no memory holds.
  return widthPx * heightPx > importLimits.picturePixels ? { kind: 'other', name: `${widthPx}×${heightPx}` } : seen
}

const pngStart = 8

/** All chunks must be whole: a picture cut in two is not shown in half. */
function seePng(bytes: Buffer): SeenPicture {
  let hasData = false
  for (let at = pngStart; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return broken
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (at === pngStart && (name !== 'IHDR' || length !== 13)) return broken
    hasData ||= name === 'IDAT'
    if (name === 'IEND') return hasData ? pngFrame(bytes) : broken
    at = end
  }
  return broken
}

function pngFrame(bytes: Buffer): SeenPicture {
  const isInterlaced = bytes[28] !== 0
  if (isInterlaced || (bytes[24] ?? 0) > 8) return { kind: 'other', name: isInterlaced ? 'PNG interlaced' : 'PNG 16 bit' }
  return { kind: 'drawable', widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) }
}

function seeJpeg(bytes: Buffer): SeenPicture {
  // Some cameras leave zeros behind the end mark.
  if (!bytes.subarray(-1024).includes(Buffer.from([0xff, 0xd9]))) return broken
  for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (!isFrame) continue
    const components = bytes[at + 9] ?? 0
    if (components !== 1 && components !== 3) return { kind: 'other', name: 'JPEG CMYK' }
    return { kind: 'drawable', heightPx: bytes.readUInt16BE(at + 5), widthPx: bytes.readUInt16BE(at + 7) }
  }
  return broken
}

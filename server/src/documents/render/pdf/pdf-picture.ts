/** Pictures in a PDF: JPEG as it is, PNG by its own compressed rows where it has no transparency, else laid over white: an
 * archive page has nothing behind it. Source: ISO 32000-1 7.4.4.4, 8.9; PNG (ISO/IEC 15948) 9 */
import { inflateSync } from 'node:zlib'
import { pictureKind } from '../pictures.ts'
import type { PdfFile, PdfRef } from './pdf-file.ts'

/** Embeds a picture; null when it cannot be read (interlaced, 16 bit, damaged). */
export function embedPicture(file: PdfFile, bytes: Uint8Array): PdfRef | null {
  const kind = pictureKind(bytes)
  if (kind === 'jpg') return embedJpeg(file, bytes)
  return kind === 'png' ? embedPng(file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) : null
}

function embedJpeg(file: PdfFile, bytes: Uint8Array): PdfRef | null {
  const frame = jpegFrame(bytes)
  if (!frame) return null
  const space = frame.components === 1 ? '/DeviceGray' : frame.components === 3 ? '/DeviceRGB' : null
  if (space === null) return null
  return file.addStream(bytes, `/Type /XObject /Subtype /Image /Width ${frame.width} /Height ${frame.height} /ColorSpace ${space} /BitsPerComponent 8 /Filter /DCTDecode`, true)
}

/** Size and number of colours from the first frame header. */
function jpegFrame(bytes: Uint8Array): { readonly width: number; readonly height: number; readonly components: number } | null {
  const two = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + two(at + 2)) {
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { height: two(at + 5), width: two(at + 7), components: bytes[at + 9] ?? 0 }
  }
  return null
}

interface Png {
  readonly width: number
  readonly height: number
  readonly depth: number
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. */
  readonly type: number
  readonly palette: Buffer
  readonly data: Buffer
}

function readPng(bytes: Buffer): Png | null {
  const parts: Buffer[] = []
  let palette: Buffer = Buffer.alloc(0)
  if (bytes.length < 33 || bytes[28] !== 0) return null
  for (let at = 8; at + 8 <= bytes.length; ) {
    const [length, name] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)]
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (name === 'IDAT') parts.push(body)
    if (name === 'PLTE') palette = body
    // Transparency by colour is left alone: it would need the whole picture to be laid over white for a rare case.
    at += 12 + length
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), depth: bytes[24] ?? 0, type: bytes[25] ?? 0, palette, data: Buffer.concat(parts) }
}

const mostPixels = 64 * 1024 * 1024

function embedPng(file: PdfFile, bytes: Buffer): PdfRef | null {
  const png = readPng(bytes)
  if (!png || png.depth > 8 || png.width * png.height > mostPixels || png.width === 0 || png.height === 0) return null
  const size = `/Type /XObject /Subtype /Image /Width ${png.width} /Height ${png.height} /BitsPerComponent ${png.depth}`
  if (png.type === 4 || png.type === 6) {
    const flat = overWhite(png)
    return flat ? file.addStream(flat, `${size} /ColorSpace ${png.type === 4 ? '/DeviceGray' : '/DeviceRGB'}`) : null
  }
  const colours = png.type === 2 ? 3 : 1
  const space = png.type === 0 ? '/DeviceGray' : png.type === 2 ? '/DeviceRGB' : `[/Indexed /DeviceRGB ${png.palette.length / 3 - 1} <${png.palette.toString('hex')}>]`
  if (png.type === 3 && png.palette.length < 3) return null
  const rows = `/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors ${colours} /BitsPerComponent ${png.depth} /Columns ${png.width} >>`
  return file.addStream(png.data, `${size} /ColorSpace ${space} ${rows}`, true)
}

/** The picture's colours laid over white, or null when its data is damaged. */
function overWhite(png: Png): Buffer | null {
  const channels = png.type === 4 ? 2 : 4
  const stride = png.width * channels
  const raw = inflateOrNull(png.data, (stride + 1) * png.height)
  if (!raw || raw.length < (stride + 1) * png.height || png.depth !== 8) return null
  unfilter(raw, { stride, height: png.height, channels })
  const out = Buffer.alloc(png.width * png.height * (channels - 1))
  let to = 0
  for (let row = 0; row < png.height; row += 1) {
    for (let at = row * (stride + 1) + 1; at < (row + 1) * (stride + 1); at += channels) {
      const alpha = (raw[at + channels - 1] ?? 255) / 255
      for (let channel = 0; channel < channels - 1; channel += 1) {
        out[to] = Math.round((raw[at + channel] ?? 0) * alpha + 255 * (1 - alpha))
        to += 1
      }
    }
  }
  return out
}

function inflateOrNull(data: Buffer, most: number): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: most + 1024 })
  } catch {
    // A damaged picture is drawn as a crossed box by the caller.
    return null
  }
}

/** Undoes the filters of the rows in place. Source: ISO/IEC 15948 9.2 */
function unfilter(raw: Buffer, size: { readonly stride: number; readonly height: number; readonly channels: number }): void {
  const { stride, height, channels } = size
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1) + 1
    const filter = raw[start - 1] ?? 0
    for (let column = 0; column < stride; column += 1) {
      const left = column >= channels ? (raw[start + column - channels] ?? 0) : 0
      const up = row > 0 ? (raw[start + column - stride - 1] ?? 0) : 0
      const corner = row > 0 && column >= channels ? (raw[start + column - stride - 1 - channels] ?? 0) : 0
      raw[start + column] = ((raw[start + column] ?? 0) + predicted(filter, { left, up, corner })) & 0xff
    }
  }
}

function predicted(filter: number, near: { readonly left: number; readonly up: number; readonly corner: number }): number {
  const { left, up, corner } = near
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

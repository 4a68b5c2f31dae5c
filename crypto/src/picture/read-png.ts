/** Reading PNG pictures from strangers, within limits. Source: W3C PNG (third edition); interlaced files and 16 bits a sample are refused. */
import { concatBytes, fromLatin1 } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { Budget } from '../pdf/budget.ts'
import { inflate } from '../pdf/inflate.ts'
import { crc32 } from './crc32.ts'

/** A picture as pixels: red, green, blue, opacity, row by row from the top left. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
}

/** Samples a pixel, by colour type: grey, –, RGB, palette, grey with opacity, –, RGB with opacity. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const malformed = (what: string): CryptoError => new CryptoError('picture.malformed', what)

/**
 * Reads a picture of at most `mostPixels`.
 * @throws CryptoError picture.malformed, picture.too-large
 */
export function readPng(bytes: Uint8Array, mostPixels: number): Pixels {
  if (!signature.every((byte, i) => bytes[i] === byte)) throw malformed('not a PNG file')
  const { header, palette, opacity, data } = readChunks(bytes, mostPixels)
  const rowBytes = Math.ceil((header.width * header.depth * (samplesOf[header.colour] ?? 1)) / 8)
  const rows = unfilter(inflateWithin(data, (rowBytes + 1) * header.height), header, rowBytes)
  return { width: header.width, height: header.height, rgba: paint(rows, header, rowBytes, { palette, opacity }) }
}

interface Chunks {
  readonly header: Header
  readonly palette: Uint8Array
  readonly opacity: Uint8Array
  readonly data: Uint8Array
}

function readChunks(bytes: Uint8Array, mostPixels: number): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let [header, palette, opacity]: [Header | null, Uint8Array, Uint8Array] = [null, new Uint8Array(), new Uint8Array()]
  const data: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    if (length > bytes.length - at - 12) throw malformed('a part reaches beyond the file')
    const type = fromLatin1(bytes.subarray(at + 4, at + 8))
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) >>> 0 !== view.getUint32(at + 8 + length)) throw malformed('a part is damaged')
    if (type === 'IHDR') header = readHeader(body, mostPixels)
    else if (header === null) throw malformed('the header is missing')
    else if (type === 'PLTE') palette = body
    else if (type === 'tRNS') opacity = body
    else if (type === 'IDAT') data.push(body)
    else if (type === 'IEND') {
      // Two files in one are read differently by different readers: nothing may follow the picture.
      if (at + 12 + length !== bytes.length) throw malformed('something else follows the picture')
      return { header, palette, opacity, data: concatBytes(...data) }
    }
    at += 12 + length
  }
  throw malformed('the file ends too early')
}

function readHeader(body: Uint8Array, mostPixels: number): Header {
  if (body.length !== 13) throw malformed('the header is not of its size')
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const [width, height, depth, colour] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9)]
  if (width === 0 || height === 0) throw malformed('the picture is empty')
  if (width * height > mostPixels) throw new CryptoError('picture.too-large', 'the picture has too many pixels', { width, height })
  const isKnown = samplesOf[colour] !== undefined && (depth === 8 || ((colour === 0 || colour === 3) && [1, 2, 4].includes(depth)))
  if (!isKnown || body[10] !== 0 || body[11] !== 0 || body[12] !== 0) throw malformed('this kind of PNG is not read')
  return { width, height, depth, colour }
}

function inflateWithin(data: Uint8Array, sizeBytes: number): Uint8Array {
  try {
    const budget = new Budget({ maxBytes: data.length, maxObjects: 1, maxInflatedBytes: sizeBytes * 3 + 65_536, deadlineMs: 3000 })
    const bytes = inflate(data, budget)
    if (bytes.length < sizeBytes) throw malformed('rows are missing')
    return bytes
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code === 'pdf.too-large') throw new CryptoError('picture.too-large', 'the picture unpacks to more than it says')
    if (cause instanceof CryptoError && cause.code === 'pdf.malformed') throw malformed('the rows cannot be unpacked')
    throw cause
  }
}

/** Undoes the prediction of each row. Source: PNG clause 9 */
function unfilter(packed: Uint8Array, { width, height, depth, colour }: Header, rowBytes: number): Uint8Array {
  const step = Math.max(1, Math.ceil((depth * (samplesOf[colour] ?? 1)) / 8))
  const rows = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y++) {
    const filter = packed[y * (rowBytes + 1)] ?? 0
    if (filter > 4 || width === 0) throw malformed('an unknown prediction')
    for (let i = 0; i < rowBytes; i++) {
      const at = y * rowBytes + i
      const left = i >= step ? (rows[at - step] ?? 0) : 0
      const up = y > 0 ? (rows[at - rowBytes] ?? 0) : 0
      const corner = i >= step && y > 0 ? (rows[at - rowBytes - step] ?? 0) : 0
      rows[at] = (packed[y * (rowBytes + 1) + 1 + i] ?? 0) + predict(filter, left, up, corner)
    }
  }
  return rows
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function paint(rows: Uint8Array, header: Header, rowBytes: number, colours: Pick<Chunks, 'palette' | 'opacity'>): Uint8Array {
  const { width, height, depth, colour } = header
  const samples = samplesOf[colour] ?? 1
  const rgba = new Uint8Array(width * height * 4)
  const scale = colour === 0 ? 255 / (2 ** depth - 1) : 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sample = (i: number): number => {
        if (depth === 8) return rows[y * rowBytes + x * samples + i] ?? 0
        const bit = x * depth
        return ((rows[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
      }
      const first = sample(0)
      const grey = first * scale
      const [red, green, blue, alpha] =
        colour === 3
          ? [colours.palette[first * 3] ?? 0, colours.palette[first * 3 + 1] ?? 0, colours.palette[first * 3 + 2] ?? 0, colours.opacity[first] ?? 255]
          : samples >= 3
            ? [first, sample(1), sample(2), samples === 4 ? sample(3) : 255]
            : [grey, grey, grey, samples === 2 ? sample(1) : 255]
      rgba.set([red, green, blue, alpha], (y * width + x) * 4)
    }
  }
  return rgba
}

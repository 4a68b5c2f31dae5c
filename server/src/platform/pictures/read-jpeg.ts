/** Reading JPEG pictures from strangers, within limits. Only in a thread: the decoder is not ours, and a hostile file may keep it busy. */
import { CryptoError, type Pixels } from '@xiewen/crypto'
import { decode } from 'jpeg-js'

/** How much the decoder may allocate; coefficients and samples of a picture within the pixels allowed need far less. */
const mostMemoryMiB = 256

/** Whether the bytes begin as a JPEG file does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

/**
 * Reads a baseline or progressive JPEG of at most `mostPixels`, in grey, colour or the four inks of printers.
 * @throws CryptoError picture.malformed, also when anything follows the end of the picture; picture.too-large
 */
export function readJpeg(bytes: Uint8Array, mostPixels: number): Pixels {
  const { width, height, end } = readFrame(bytes)
  if (width * height > mostPixels) throw new CryptoError('picture.too-large', 'the picture has too many pixels', { width, height })
  if (bytes.subarray(end).some((byte) => byte !== 0)) throw new CryptoError('picture.malformed', 'something else follows the picture')
  const { data, ...size } = decodeStrictly(bytes)
  if (size.width !== width || size.height !== height || data.length !== width * height * 4) throw new CryptoError('picture.malformed', 'the picture is not of the size it names')
  return { width, height, rgba: data }
}

function decodeStrictly(bytes: Uint8Array) {
  try {
    return decode(bytes, { useTArray: true, formatAsRGBA: true, tolerantDecoding: false, maxMemoryUsageInMB: mostMemoryMiB })
  } catch (error) {
    // The decoder throws plain errors whatever is wrong with the file; the thread's own end (out of memory) is no exception here.
    throw new CryptoError('picture.malformed', error instanceof Error ? error.message : 'the picture cannot be decoded')
  }
}

/** Size of the picture and where it ends, from its markers alone: nothing is decoded yet. Source: ITU-T T.81 annex B */
function readFrame(bytes: Uint8Array): { readonly width: number; readonly height: number; readonly end: number } {
  const malformed = (what: string): CryptoError => new CryptoError('picture.malformed', what)
  if (!isJpeg(bytes)) throw malformed('not a JPEG file')
  let size: { readonly width: number; readonly height: number } | null = null
  const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== 0xff) throw malformed('a marker is missing')
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) {
      if (size === null) throw malformed('the picture has no frame')
      return { ...size, end: at + 2 }
    }
    const length = word(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) throw malformed('a part reaches beyond the file')
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (size !== null) throw malformed('the picture has two frames')
      size = { height: word(at + 5), width: word(at + 7) }
      if (size.width === 0 || size.height === 0) throw malformed('the picture is empty')
    }
    at += 2 + length
    if (marker === 0xda) at = endOfScan(bytes, at)
  }
  throw malformed('the file ends too early')
}

/** Where the coded data of a scan ends: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/** A picture of a seal, decoded and cleaned: ground away, red kept, cropped, as outlines. Runs in the thread. */
import { CryptoError, measureSealPicture, type Pixels, readPng, type SealDrawing, traceSealPicture } from '@xiewen/crypto'
import { isJpeg, readJpeg } from '../../platform/pictures/read-jpeg.ts'

/** What the thread is handed. A scan must be large and round enough; a seal from outside has the size its authority gave it. */
export type PictureToRead = { readonly bytes: Uint8Array; readonly limits: { readonly mostPixels: number; readonly leastAcross: number } } & (
  | { readonly kind: 'scan'; readonly widthMm: number }
  | { readonly kind: 'outside'; readonly widthMm: number; readonly heightMm: number }
)

/** What it answers: outlines, or the code of what is wrong. */
export type PictureAnswer =
  | { readonly kind: 'drawn'; readonly drawing: SealDrawing }
  | { readonly kind: 'refused'; readonly code: string; readonly params: Readonly<Record<string, string | number>> }

const refusals: Readonly<Record<string, string>> = {
  'picture.too-large': 'seals.scan-large', 'picture.malformed': 'seals.scan-unreadable', 'picture.no-seal': 'seals.scan-no-seal', 'picture.too-noisy': 'seals.scan-noisy',
}

/** Reads a picture. @throws what is no property of the picture */
export function answerFor(picture: PictureToRead): PictureAnswer {
  try {
    return draw(picture)
  } catch (error) {
    const code = error instanceof CryptoError ? refusals[error.code] : undefined
    if (code === undefined) throw error
    return { kind: 'refused', code, params: {} }
  }
}

function draw(picture: PictureToRead): PictureAnswer {
  const { mostPixels, leastAcross } = picture.limits
  // Only PNG stands in seals from outside; strangers' JPEG is read of scans alone.
  const pixels = picture.kind === 'scan' && isJpeg(picture.bytes) ? readJpeg(picture.bytes, mostPixels) : readPng(picture.bytes, mostPixels)
  if (picture.kind === 'outside') return { kind: 'drawn', drawing: traceSealPicture(pixels, { widthMm: picture.widthMm, heightMm: picture.heightMm }) }
  const problem = judgeScan(pixels, leastAcross)
  return problem ?? { kind: 'drawn', drawing: traceSealPicture(pixels, { widthMm: picture.widthMm, heightMm: picture.widthMm }) }
}

/** As many pixels across as a sharp print needs, and as wide as high, because official seals are round. */
function judgeScan(pixels: Pixels, leastAcross: number): PictureAnswer | null {
  const { width, height } = measureSealPicture(pixels)
  const [least, most] = [Math.min(width, height), Math.max(width, height)]
  if (least < leastAcross) return { kind: 'refused', code: 'seals.scan-small', params: { pixels: Math.round(least), least: leastAcross } }
  return most / least > 1.1 ? { kind: 'refused', code: 'seals.scan-not-round', params: {} } : null
}

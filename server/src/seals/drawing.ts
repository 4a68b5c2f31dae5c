/** The picture of a seal: drawn by rule from the office's own faces, kept as outlines so that fonts may change afterwards. */
import { randomUUID } from 'node:crypto'
import { CryptoError, drawRoundSeal, type GlyphSource, type SealDrawing, transformPath } from '@xiewen/crypto'
import { type BlobDigest, type Result, accept, refuse } from '@xiewen/shared/base'
import { z } from 'zod'
import type { Fonts } from '../platform/fonts/index.ts'
import type { Services } from '../platform/services.ts'

/** Characters of official seals are 宋体 (国发〔1999〕25号: 简化的宋体字). */
const role = 'songti'

function glyphsFor(fonts: Fonts, text: string): GlyphSource {
  const outlines = fonts.glyphPaths(role, text)
  const unitsPerEm = 1000
  return {
    unitsPerEm,
    findGlyph: (character) => {
      const outline = outlines.get(character)
      if (!outline) return null
      return { path: scalePath(outline.path, unitsPerEm / outline.unitsPerEm), advance: outline.advance * unitsPerEm }
    },
  }
}

/** Faces that lend a character may count their em in other units than the rest of the name. */
function scalePath(path: string, factor: number): string {
  return factor === 1 ? path : path.replaceAll(/-?\d+(?:\.\d+)?/g, (number) => String(Number(number) * factor))
}

/** Draws the seal.
 *
 * @returns refused `seals.name-undrawable` when the words are too long or a face lacks a character
 */
export function drawSeal(fonts: Fonts, seal: { readonly name: string; readonly bottomLine: string; readonly diameterMm: number }): Result<SealDrawing> {
  try {
    const line = seal.bottomLine === '' ? {} : { bottomLine: seal.bottomLine }
    return accept(drawRoundSeal({ diameterMm: seal.diameterMm, name: seal.name, ...line }, glyphsFor(fonts, seal.name + seal.bottomLine)))
  } catch (error) {
    if (error instanceof CryptoError && error.code === 'text.malformed') return refuse('seals.name-undrawable')
    throw error
  }
}

/** The drawing in another size, as wide as high. */
export function scaleDrawing(drawing: SealDrawing, sideMm: number): SealDrawing {
  const [toX, toY] = [sideMm / drawing.widthMm, sideMm / drawing.heightMm]
  const scale = { a: toX, b: 0, c: 0, d: toY, e: 0, f: 0 }
  return { widthMm: sideMm, heightMm: sideMm, paths: drawing.paths.map((path) => transformPath(path, scale)) }
}

const drawingSchema = z.object({ widthMm: z.number(), heightMm: z.number(), paths: z.array(z.array(z.unknown())) })

/** Stores the drawing of a scan that was handed in, under a mark of its own: nothing else in the store has these bytes, so that they may go with the scan. */
export function keepHandedIn(services: Services, drawing: SealDrawing): Promise<BlobDigest> {
  return services.blobs.put(new TextEncoder().encode(JSON.stringify({ ...drawing, handedIn: randomUUID() })))
}

/** Whether these bytes are such a drawing. */
export function isHandedIn(bytes: Uint8Array): boolean {
  return handedInSchema.safeParse(readJson(bytes)).success
}

const handedInSchema = z.object({ handedIn: z.uuid() })

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Stores a drawing. */
export function keepDrawing(services: Services, drawing: SealDrawing): Promise<BlobDigest> {
  return services.blobs.put(new TextEncoder().encode(JSON.stringify(drawing)))
}

/** Drawings read lately, by the digest of their bytes, which never changes; a batch of impressions asks for the same one. */
const recent = new Map<string, SealDrawing>()
const mostRecent = 64

/** Reads a drawing back. */
export async function getDrawing(services: Services, blob: string): Promise<SealDrawing> {
  const known = recent.get(blob)
  if (known !== undefined) return known
  // Safe because the column is written by `keepDrawing` only.
  const bytes = await services.blobs.get(blob as BlobDigest)
  const parsed = drawingSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  // Safe because the blob store checks the digest, and `keepDrawing` wrote the commands.
  const drawing = parsed as SealDrawing
  if (recent.size >= mostRecent) recent.clear()
  recent.set(blob, drawing)
  return drawing
}

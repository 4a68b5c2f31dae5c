/** Faces in use: where their bytes come from and what they can do. */
import { readFileSync } from 'node:fs'
import { UnknownOutlines } from './cff/cff-file.ts'
import { type CffSource, cutCff } from './cff/cut-cff.ts'
import type { FaceFacts, FaceFactsStore } from './face-facts.ts'
import type { SfntFace } from './sfnt.ts'
import { FontFormatError } from './sfnt.ts'
import { readingTables } from './slim-face.ts'
import { subsetFont } from './subset.ts'

/** Where a face was found. */
export type FaceOrigin = 'office' | 'data' | 'system' | 'npm'

/** A face of one file. Only its tables of widths and signs stay in memory. */
export interface FontFace {
  /** Unique among the faces in use. */
  readonly id: string
  readonly file: string
  readonly index: number
  readonly origin: FaceOrigin
  readonly genuine: boolean
  /** Slices of one face share it; equals `id` elsewhere. */
  readonly set: string
  /** Weight a variable face is fixed at. */
  readonly weight?: number
  readonly sha256: string
  readonly facts: FaceFacts
  /** Read when it is first asked for: most faces only stand by to lend a sign. */
  readonly sfnt: SfntFace
  /** The file's bytes, read anew. */
  readBytes(): Uint8Array
  /** The same face in another role. */
  as(genuine: boolean): FontFace
}

/** How a face is to be opened. */
export interface FaceGiven {
  readonly index: number
  readonly origin: FaceOrigin
  readonly genuine: boolean
  readonly set?: string
  readonly weight?: number
}

/** Opens a face.
 *
 * @throws FontFormatError when the file is not a font; system errors when it cannot be read
 */
export function openFace(file: string, given: FaceGiven, store: FaceFactsStore): FontFace {
  const { facts, read } = store.get(file, given.index)
  let sfnt: SfntFace | null = null
  const id = `${file}#${given.index}`
  const face = (genuine: boolean): FontFace => ({
    id,
    file,
    set: id,
    ...given,
    genuine,
    sha256: facts.sha256,
    facts,
    get sfnt() {
      sfnt ??= read()
      return sfnt
    },
    readBytes: () => readFileSync(file),
    as: face,
  })
  return face(given.genuine)
}

/** The face cut to the given code points, a variable one fixed at its weight: what is embedded, drawn and served. CFF faces give
 * up their glyphs without being read as a whole; all others are cut by HarfBuzz. */
export function cutFace(face: FontFace, codePoints: Iterable<number>): Uint8Array {
  const wanted = [...codePoints]
  const { sfnt } = face
  if (sfnt.isCff && !sfnt.isVariable && sfnt.unitsPerEm === 1000) {
    try {
      return cffSourceOf(face, (source) => cutCff(source, wanted))
    } catch (problem) {
      // HarfBuzz knows more kinds of outlines, and says itself when a face cannot be used.
      if (!(problem instanceof UnknownOutlines) && !(problem instanceof FontFormatError)) throw problem
    }
  }
  const weight = sfnt.isVariable && face.weight !== undefined ? { weight: face.weight } : {}
  return subsetFont(face.readBytes(), { index: face.index, codePoints: wanted, ...weight })
}

/** Opens a face's file for `cutCff`, and closes it behind `work`. */
export function cffSourceOf<T>(face: FontFace, work: (source: CffSource) => T): T {
  const { sfnt } = face
  return readingTables(face.file, face.index, (table) =>
    work({ table, glyphOf: (codePoint) => sfnt.glyphOf(codePoint), widthOf: (glyph) => Math.round(sfnt.advanceOf(glyph) * sfnt.unitsPerEm) }),
  )
}

/** Faces in use: where their bytes come from and what they can do. */
import { readFileSync } from 'node:fs'
import type { SfntFace } from './sfnt.ts'
import { readFace } from './sfnt.ts'
import { readSlimFace } from './slim-face.ts'
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
  readonly sfnt: SfntFace
  /** The file's bytes, read anew. */
  readBytes(): Uint8Array
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
export function openFace(file: string, given: FaceGiven): FontFace {
  return { id: `${file}#${given.index}`, file, set: `${file}#${given.index}`, ...given, ...readDigest(file, given.index), readBytes: () => readFileSync(file) }
}

function readDigest(file: string, index: number): Pick<FontFace, 'sha256' | 'sfnt'> {
  const { sha256, bytes } = readSlimFace(file, index)
  return { sha256, sfnt: readFace(bytes) }
}

/** The face cut to the given code points, a variable one fixed at its weight: what is embedded, drawn and served. */
export function cutFace(face: FontFace, codePoints: Iterable<number>): Uint8Array {
  const weight = face.sfnt.isVariable && face.weight !== undefined ? { weight: face.weight } : {}
  return subsetFont(face.readBytes(), { index: face.index, codePoints, ...weight })
}

/** Faces in use: where their bytes come from and what they can do. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SfntFace } from './sfnt.ts'
import { readFace } from './sfnt.ts'

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
  readonly sha256: string
  readonly sfnt: SfntFace
  /** The file's bytes, read anew. */
  readBytes(): Uint8Array
}

/** Opens a face.
 *
 * @throws FontFormatError when the file is not a font; system errors when it cannot be read
 */
export function openFace(file: string, given: { readonly index: number; readonly origin: FaceOrigin; readonly genuine: boolean }): FontFace {
  const bytes = readFileSync(file)
  return {
    id: `${file}#${given.index}`,
    file,
    ...given,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sfnt: readFace(bytes, given.index),
    readBytes: () => readFileSync(file),
  }
}

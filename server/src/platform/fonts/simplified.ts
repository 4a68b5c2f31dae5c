/** Copies of finely traced faces with fewer segments, made once: whole faces cut to all their signs, so that a document only has to
 * take glyphs out of them. */
import { mkdirSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UnknownOutlines } from './cff/cff-file.ts'
import { cutCff } from './cff/cut-cff.ts'
import type { FontFace } from './face.ts'
import { cffSourceOf } from './face.ts'
import { FontFormatError } from './sfnt.ts'

/** The simplified copy of a face, made when it is not there yet.
 *
 * @param tolerance how far (font units) an outline may stand from where it is drawn
 * @param dirs where copies are kept; the first that can be written is used
 * @returns its file, or null when there is none: the face itself serves then
 */
export function simplifiedCopy(face: FontFace, tolerance: number, dirs: readonly string[]): string | null {
  const name = `${basename(face.file).replace(/\.\w+$/u, '')}-${face.sha256.slice(0, 12)}-${tolerance}.otf`
  const made = dirs.map((dir) => join(dir, name)).find((file) => existsSync(file))
  if (made !== undefined) return made
  const bytes = simplify(face, tolerance)
  if (bytes === null) return null
  for (const dir of dirs) if (write(join(dir, name), bytes)) return join(dir, name)
  return null
}

function simplify(face: FontFace, tolerance: number): Uint8Array | null {
  const signs: number[] = []
  face.sfnt.eachSign((codePoint) => signs.push(codePoint))
  try {
    return cffSourceOf(face, (source) => cutCff({ ...source, tolerance }, signs))
  } catch (problem) {
    if (problem instanceof UnknownOutlines || problem instanceof FontFormatError) return null
    throw problem
  }
}

/** Whole or not at all: other processes may be looking. */
function write(file: string, bytes: Uint8Array): boolean {
  const part = `${file}.${process.pid}.part`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(part, bytes)
    renameSync(part, file)
    return true
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return false
  }
}

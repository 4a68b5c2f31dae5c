/** Outlines of glyphs as SVG path data, drawn by HarfBuzz for CFF and TrueType alike. */
import type { FontFace } from './face.ts'
import { cutFace } from './face.ts'
import { readFace } from './sfnt.ts'

/** One outline in font units, y upwards, origin on the baseline. */
export interface Outline {
  /** SVG path commands (M L Q C Z), absolute; empty for a space. */
  readonly path: string
  readonly unitsPerEm: number
  /** Advance in em. */
  readonly advance: number
}

let harfbuzz: typeof import('harfbuzzjs') | null = null

/** Loads HarfBuzz; whoever draws outlines waits for it once. */
export async function prepareOutlines(): Promise<void> {
  harfbuzz ??= await import('harfbuzzjs')
}

/** At most this many outlines are kept. */
const capacity = 20_000

/** Outlines of faces, kept for the next page. */
export class OutlineStore {
  readonly #known = new Map<string, Outline>()

  /** Outlines of code points the face has.
   *
   * @returns by code point
   */
  get(face: FontFace, codePoints: Iterable<number>): ReadonlyMap<number, Outline> {
    const wanted = [...new Set(codePoints)]
    const absent = wanted.filter((each) => !this.#known.has(`${face.id} ${each}`))
    if (absent.length > 0) this.#draw(face, absent)
    return new Map(wanted.flatMap((each) => {
      const outline = this.#known.get(`${face.id} ${each}`)
      return outline ? [[each, outline] as const] : []
    }))
  }

  #draw(face: FontFace, codePoints: readonly number[]): void {
    if (this.#known.size + codePoints.length > capacity) this.#known.clear()
    if (harfbuzz === null) throw new Error('Bug: the faces were loaded without outlines')
    const { Blob, Face, Font } = harfbuzz
    const bytes = cutFace(face, codePoints)
    const sfnt = readFace(bytes)
    const font = new Font(new Face(new Blob(bytes)))
    for (const codePoint of codePoints) {
      const glyph = sfnt.glyphOf(codePoint)
      const outline = { path: font.glyphToPath(glyph), unitsPerEm: sfnt.unitsPerEm, advance: sfnt.advanceOf(glyph) }
      this.#known.set(`${face.id} ${codePoint}`, outline)
    }
  }
}

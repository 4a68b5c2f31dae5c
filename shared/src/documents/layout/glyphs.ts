/** Glyphs before they have a place: one per code point, with its type, width and origin. */
import type { TextRun } from '../model.ts'
import { emOf } from './geometry.ts'
import type { FontMetrics, FontRole, GlyphRun, Ink } from './model.ts'

/** One code point with its type. `advance` is its width in mm before any line is justified. */
export interface Glyph {
  readonly char: string
  readonly role: FontRole
  readonly sizePt: number
  readonly ink: Ink
  readonly advance: number
  /** How far the drawing is moved right inside its cell (mm). */
  readonly shift?: number
  readonly source: { readonly block: number; readonly offset: number } | null
  readonly bold?: true
  readonly change?: NonNullable<GlyphRun['change']>
}

/** How text is to be typed. */
export interface Style {
  readonly role: FontRole
  readonly sizePt: number
  readonly ink?: Ink
}

/** Measures text and remembers what no face has. One per layout. */
export interface Typesetter {
  readonly metrics: FontMetrics
  readonly showChanges: boolean
  /** Signs without a face, by role, in order of appearance. */
  readonly missing: Map<FontRole, Set<string>>
}

/** Glyphs of text that is in no block: labels, numbers, elements. */
export function derivedGlyphs(setter: Typesetter, text: string, style: Style): Glyph[] {
  return [...text].map((char) => glyphOf(setter, char, style, null))
}

/** Glyphs of a block's runs. Pending deletions are left out unless changes are shown; offsets always count them.
 *
 * @param style of each code point, by its UTF-16 offset in the clean text when it varies (a run-in heading)
 * @param start offset of the first run in its block (cells of a table)
 */
export function runGlyphs(
  setter: Typesetter,
  runs: readonly TextRun[],
  origin: { readonly block: number; readonly start?: number; readonly style: (offset: number) => Style },
): Glyph[] {
  const glyphs: Glyph[] = []
  let offset = origin.start ?? 0
  for (const run of runs) {
    for (const char of run.text) {
      const hidden = run.change?.kind === 'deletion' && !setter.showChanges
      if (!hidden && char !== '\n' && char !== '\r') {
        const plain = glyphOf(setter, char, origin.style(offset), { block: origin.block, offset })
        glyphs.push({ ...plain, ...(run.bold ? { bold: true as const } : {}), ...changeOf(setter, run) })
      }
      offset += char.length
    }
  }
  return glyphs
}

function changeOf(setter: Typesetter, run: TextRun): { readonly change?: NonNullable<GlyphRun['change']> } {
  if (!setter.showChanges || !run.change) return {}
  return { change: { kind: run.change.kind, personId: run.change.personId } }
}

function glyphOf(setter: Typesetter, char: string, style: Style, source: Glyph['source']): Glyph {
  const advance = setter.metrics.advance(style.role, char.codePointAt(0) ?? 0)
  if (advance === null) noteMissing(setter, style.role, char)
  const em = emOf(style.sizePt)
  const plain = { char, role: style.role, sizePt: style.sizePt, ink: style.ink ?? 'black', source } as const
  // Some faces draw Chinese quotation marks as narrow Western ones; on an official page a mark takes a whole cell.
  if (advance !== null && advance < 0.9 && '“”‘’'.includes(char)) {
    return { ...plain, advance: em, ...('“‘'.includes(char) ? { shift: (1 - advance) * em } : {}) }
  }
  return { ...plain, advance: (advance ?? 1) * em }
}

function noteMissing(setter: Typesetter, role: FontRole, char: string): void {
  const known = setter.missing.get(role)
  if (known) known.add(char)
  else setter.missing.set(role, new Set([char]))
}

/** Width of glyphs set solid (mm). */
export function widthOf(glyphs: readonly Glyph[]): number {
  return glyphs.reduce((sum, glyph) => sum + glyph.advance, 0)
}

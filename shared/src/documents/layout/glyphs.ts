/** Glyphs before they have a place: one per code point, with its look, width and origin. */
import type { TextRun } from '../model.ts'
import { emOf, size } from './geometry.ts'
import type { FontMetrics, FontRole, GlyphRun, Ink } from './model.ts'

/** How a stretch of glyphs is drawn; one object for all of them. */
export interface GlyphLook {
  readonly role: FontRole
  readonly sizePt: number
  readonly ink: Ink
  readonly bold?: true
  readonly change?: NonNullable<GlyphRun['change']>
  /** Raised above the baseline of its line (mm): marks of footnotes. */
  readonly lift?: number
}

/** One code point. `advance` is its width in mm before any line is justified. */
export interface Glyph {
  readonly char: string
  readonly look: GlyphLook
  readonly advance: number
  /** How far the drawing is moved right inside its cell (mm). */
  readonly shift: number
  /** UTF-16 offset in its block, -1 for derived text. */
  readonly offset: number
  /** The footnote this glyph is the mark of. */
  readonly note: Footnote | null
}

/** A footnote (脚注) with its number, counted through the document. */
export interface Footnote {
  readonly number: number
  readonly text: string
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
  const look = lookOf(style)
  return [...text].map((char) => glyphOf(setter, { char, look, offset: -1 }))
}

/** Where the glyphs of a block's runs come from. */
export interface GlyphOrigin {
  /** Offset of the first run in its block (cells of a table). */
  readonly start?: number
  /** Type of each code point by its offset: it varies in a run-in heading. */
  readonly style: (offset: number) => Style
  /** Number of the first footnote; 1 by default. */
  readonly firstNote?: number
  /** Keep line feeds as glyphs without width: cells of a table have paragraphs. */
  readonly keepsBreaks?: boolean
}

/** Glyphs of a block's runs. Pending deletions are left out unless changes are shown; offsets always count them. Behind a run
 * with a footnote stands the footnote's mark. */
export function runGlyphs(setter: Typesetter, runs: readonly TextRun[], origin: GlyphOrigin): Glyph[] {
  const glyphs: Glyph[] = []
  let offset = origin.start ?? 0
  let number = origin.firstNote ?? 1
  for (const run of runs) {
    if (run.change?.kind === 'deletion' && !setter.showChanges) {
      offset += run.text.length
      continue
    }
    offset = pushRun(glyphs, setter, { run, origin, offset })
    if (run.footnote !== undefined) {
      glyphs.push(noteMark(setter, { number, text: run.footnote }))
      number += 1
    }
  }
  return glyphs
}

function pushRun(glyphs: Glyph[], setter: Typesetter, from: { readonly run: TextRun; readonly origin: GlyphOrigin; readonly offset: number }): number {
  const { run, origin } = from
  let offset = from.offset
  let style: Style | null = null
  let look: GlyphLook | null = null
  for (const char of run.text) {
    if (char !== '\n' && char !== '\r') {
      const wanted = origin.style(offset)
      if (look === null || wanted !== style) look = lookOf(wanted, run, setter.showChanges)
      style = wanted
      glyphs.push(glyphOf(setter, { char, look, offset }))
    } else if (char === '\n' && origin.keepsBreaks) glyphs.push({ char, look: lookOf(origin.style(offset)), advance: 0, shift: 0, offset, note: null })
    offset += char.length
  }
  return offset
}

function lookOf(style: Style, run?: TextRun, showChanges = false): GlyphLook {
  const { role, sizePt, ink = 'black' } = style
  const change = showChanges && run?.change ? { kind: run.change.kind, personId: run.change.personId } : null
  return { role, sizePt, ink, ...(run?.bold ? { bold: true as const } : {}), ...(change ? { change } : {}) }
}

const noteMarkLook: GlyphLook = { role: 'songti', sizePt: size.note, ink: 'black', lift: 2 }

function noteMark(setter: Typesetter, note: Footnote): Glyph {
  return { ...glyphOf(setter, { char: noteSign(note.number), look: noteMarkLook, offset: -1 }), note }
}

/** The mark of a footnote: ① to ⑳, then ※. */
export function noteSign(number: number): string {
  return number <= 20 ? String.fromCodePoint(0x245f + number) : '※'
}

function glyphOf(setter: Typesetter, given: { readonly char: string; readonly look: GlyphLook; readonly offset: number }): Glyph {
  const { char, look, offset } = given
  const advance = setter.metrics.advance(look.role, char.codePointAt(0) ?? 0)
  const em = emOf(look.sizePt)
  if (advance === null) noteMissing(setter, look.role, char)
  // Some faces draw Chinese quotation marks as narrow Western ones; on an official page a mark takes a whole cell.
  else if (advance < 0.9 && isQuotation(char)) return { char, look, advance: em, shift: char === '“' || char === '‘' ? (1 - advance) * em : 0, offset, note: null }
  return { char, look, advance: (advance ?? 1) * em, shift: 0, offset, note: null }
}

function isQuotation(char: string): boolean {
  return char === '“' || char === '”' || char === '‘' || char === '’'
}

function noteMissing(setter: Typesetter, role: FontRole, char: string): void {
  const known = setter.missing.get(role)
  if (known) known.add(char)
  else setter.missing.set(role, new Set([char]))
}

/** Width of glyphs set solid (mm). */
export function widthOf(glyphs: readonly Glyph[]): number {
  let sum = 0
  for (const glyph of glyphs) sum += glyph.advance
  return sum
}

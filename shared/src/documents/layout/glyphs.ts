/** Glyphs before they have a place: one per code point, with its look, width and origin. */
import type { TextRun } from '../model.ts'
import { type Manners, mannersOf } from './characters.ts'
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

/** A sign (字) in one look: everything about it but its place. One object however often it stands in the text, so that a long
 * text costs two words a sign. */
export interface Sign {
  readonly char: string
  readonly look: GlyphLook
  /** Width in mm before any line is justified. */
  readonly advance: number
  /** How far the drawing is moved right inside its cell (mm). */
  readonly shift: number
  readonly manners: Manners
  /** The footnote this sign is the mark of. */
  readonly note: Footnote | null
  /** No face of its role has it. */
  readonly isMissing: boolean
}

/** One code point in its place. */
export interface Glyph {
  readonly sign: Sign
  /** UTF-16 offset in its block, -1 for derived text. */
  readonly offset: number
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

/** Measures text and remembers what no face has. One per layout: `createTypesetter`. */
export interface Typesetter {
  readonly metrics: FontMetrics
  readonly showChanges: boolean
  /** Plain looks by style, and the signs met so far by look and code point. */
  readonly looks: Map<Style, GlyphLook>
  readonly signs: Map<GlyphLook, Map<number, Sign>>
  /** Signs without a face, by role, in order of appearance. */
  readonly missing: Map<FontRole, Set<string>>
}

/** A typesetter that has met no sign yet. */
export function createTypesetter(metrics: FontMetrics, showChanges = false): Typesetter {
  return { metrics, showChanges, looks: new Map(), signs: new Map(), missing: new Map() }
}

/** Glyphs of text that is in no block: labels, numbers, elements. */
export function derivedGlyphs(setter: Typesetter, text: string, style: Style): Glyph[] {
  const look = plainLook(setter, style)
  const signs = signsOf(setter, look)
  return [...text].map((char) => ({ sign: signOf(setter, { look, signs }, char.codePointAt(0) ?? 0), offset: -1 }))
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
      glyphs.push({ sign: noteMark(setter, { number, text: run.footnote }), offset: -1 })
      number += 1
    }
  }
  return glyphs
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

function pushRun(glyphs: Glyph[], setter: Typesetter, from: { readonly run: TextRun; readonly origin: GlyphOrigin; readonly offset: number }): number {
  const { run, origin } = from
  const { text } = run
  let style: Style | null = null
  let type: Type | null = null
  // By code point: this runs for every sign of the text, and taking it apart into strings would cost more than all the rest.
  for (let at = 0; at < text.length; at += 1) {
    const codePoint = text.codePointAt(at) ?? 0
    const offset = from.offset + at
    if (codePoint > 0xffff) at += 1
    if (codePoint === carriageReturn || (codePoint === lineFeed && !origin.keepsBreaks)) continue
    const wanted = origin.style(offset)
    if (type === null || wanted !== style) type = typeOf(setter, lookOf(setter, wanted, run))
    style = wanted
    glyphs.push({ sign: signOf(setter, type, codePoint), offset })
  }
  return from.offset + text.length
}

/** A look and the signs met in it. */
interface Type {
  readonly look: GlyphLook
  readonly signs: Map<number, Sign>
}

function typeOf(setter: Typesetter, look: GlyphLook): Type {
  return { look, signs: signsOf(setter, look) }
}

function plainLook(setter: Typesetter, style: Style): GlyphLook {
  let look = setter.looks.get(style)
  if (!look) setter.looks.set(style, (look = { role: style.role, sizePt: style.sizePt, ink: style.ink ?? 'black' }))
  return look
}

function lookOf(setter: Typesetter, style: Style, run: TextRun): GlyphLook {
  const look = plainLook(setter, style)
  const change = setter.showChanges && run.change ? { kind: run.change.kind, personId: run.change.personId } : null
  if (!run.bold && !change) return look
  return { ...look, ...(run.bold ? { bold: true as const } : {}), ...(change ? { change } : {}) }
}

function signsOf(setter: Typesetter, look: GlyphLook): Map<number, Sign> {
  let signs = setter.signs.get(look)
  if (!signs) setter.signs.set(look, (signs = new Map()))
  return signs
}

const noteMarkLook: GlyphLook = { role: 'songti', sizePt: size.note, ink: 'black', lift: 2 }

function noteMark(setter: Typesetter, note: Footnote): Sign {
  return { ...signOf(setter, typeOf(setter, noteMarkLook), noteSign(note.number).codePointAt(0) ?? 0), note }
}

/** The mark of a footnote: ① to ⑳, then ※. */
export function noteSign(number: number): string {
  return number <= 20 ? String.fromCodePoint(0x245f + number) : '※'
}

function signOf(setter: Typesetter, type: Type, codePoint: number): Sign {
  let sign = type.signs.get(codePoint)
  if (!sign) type.signs.set(codePoint, (sign = makeSign(setter.metrics, type.look, codePoint)))
  if (sign.isMissing) noteMissing(setter, sign.look.role, sign.char)
  return sign
}

function makeSign(metrics: FontMetrics, look: GlyphLook, codePoint: number): Sign {
  const char = String.fromCodePoint(codePoint)
  const [manners, em] = [mannersOf(char), emOf(look.sizePt)]
  if (codePoint === lineFeed) return { char, look, advance: 0, shift: 0, manners, note: null, isMissing: false }
  const advance = metrics.advance(look.role, codePoint)
  // Some faces draw Chinese quotation marks as narrow Western ones; on an official page a mark takes a whole cell.
  if (advance !== null && advance < 0.9 && isQuotation(char)) {
    return { char, look, advance: em, shift: char === '“' || char === '‘' ? (1 - advance) * em : 0, manners, note: null, isMissing: false }
  }
  return { char, look, advance: (advance ?? 1) * em, shift: 0, manners, note: null, isMissing: advance === null }
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
  for (const { sign } of glyphs) sum += sign.advance
  return sum
}

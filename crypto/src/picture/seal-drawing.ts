/**
 * Round official seals drawn from rules. Source: 国发〔1999〕25号 (round, star in the middle, organ name around it from
 * left to right in an arc); the proportions inside are a house rule.
 */
import { CryptoError } from '../errors.ts'
import { circlePath, parsePath, type PathCommand, starPath, transformPath } from './path.ts'

/** Outline of one character: an SVG path in font units with y upwards, and its advance in font units. */
export interface GlyphOutline {
  readonly path: string
  readonly advance: number
}

/** Where outlines come from; this library has no fonts. */
export interface GlyphSource {
  readonly unitsPerEm: number
  /** Outline of one character, or `null` when the font lacks it. */
  findGlyph(character: string): GlyphOutline | null
}

/** What a round seal shows. `bottomLine` is a straight line under the star, such as “合同专用章”. */
export interface RoundSealOrder {
  readonly diameterMm: number
  readonly name: string
  readonly bottomLine?: string
}

/** A drawing in one colour: outlines filled by the non-zero rule; millimetres, origin top left, y downwards. */
export interface SealDrawing {
  readonly widthMm: number
  readonly heightMm: number
  readonly paths: readonly (readonly PathCommand[])[]
}

/** Widest angle the name may take, leaving the foot of the circle open. */
const widestArc = (256 / 180) * Math.PI
/** Angle of one character while the name is short. */
const usualStep = (26 / 180) * Math.PI

/**
 * Draws a round seal.
 * @throws CryptoError text.malformed when the name is empty or longer than 40 characters, or the font lacks a character
 */
export function drawRoundSeal(order: RoundSealOrder, glyphs: GlyphSource): SealDrawing {
  const radius = order.diameterMm / 2
  const ring = Math.max(0.5, order.diameterMm * 0.0286)
  const shapes = [
    [...circlePath(radius), ...circlePath(radius - ring, true)],
    starPath(order.diameterMm / 6),
    ...drawArc(order.name, radius - ring, glyphs),
    ...(order.bottomLine === undefined ? [] : drawLine(order.bottomLine, radius, glyphs)),
  ]
  const toPage = { a: 1, b: 0, c: 0, d: 1, e: radius, f: radius }
  return {
    widthMm: order.diameterMm,
    heightMm: order.diameterMm,
    paths: shapes.map((shape) => transformPath(shape, toPage)),
  }
}

function glyphOf(
  character: string,
  glyphs: GlyphSource,
): { readonly path: readonly PathCommand[]; readonly advance: number } {
  const outline = glyphs.findGlyph(character)
  if (outline === null) throw new CryptoError('text.malformed', 'the font has no such character', { character })
  return { path: parsePath(outline.path), advance: outline.advance }
}

/** Places characters on an arc, feet towards the centre, the middle of the name at the top. */
function drawArc(name: string, inside: number, glyphs: GlyphSource): readonly (readonly PathCommand[])[] {
  const characters = [...name]
  if (characters.length === 0 || characters.length > 40) throw new CryptoError('text.malformed', 'seal name length')
  const height = inside * 0.3
  const baseline = inside * 0.94 - height
  const step = Math.min(usualStep, widestArc / characters.length)
  const width = Math.min(height * 0.92, step * (baseline + height / 2) * 0.9)
  return characters.map((character, i) => {
    const { path, advance } = glyphOf(character, glyphs)
    const angle = (i - (characters.length - 1) / 2) * step
    const [sx, sy] = [width / advance, height / glyphs.unitsPerEm]
    // Font descent of about 12 % of the em sits below the baseline; the cell is centred on it.
    const drop = glyphs.unitsPerEm * 0.12
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
    const upright = transformPath(path, { a: sx, b: 0, c: 0, d: -sy, e: -width / 2, f: -baseline - drop * sy })
    return transformPath(upright, { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 })
  })
}

/** Places a straight line of characters below the star. */
function drawLine(text: string, radius: number, glyphs: GlyphSource): readonly (readonly PathCommand[])[] {
  const characters = [...text]
  const size = Math.min(radius * 0.2, (radius * 1.15) / Math.max(1, characters.length))
  const start = (-size * characters.length) / 2
  return characters.map((character, i) => {
    const { path } = glyphOf(character, glyphs)
    const scale = (size * 0.94) / glyphs.unitsPerEm
    return transformPath(path, { a: scale, b: 0, c: 0, d: -scale, e: start + size * i, f: radius * 0.66 })
  })
}

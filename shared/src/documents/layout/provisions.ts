/** Regulations (规定、办法、条例) on the page: 章 centred in 黑体, 节 centred in 楷体, each with a blank line above and below; 条 with its
 * number in 黑体 and one blank, 项 and 目 as text; 题注 centred under the title. Practice of the gazettes (公报). */
import type { Block, TextRun } from '../model.ts'
import { evenLines } from './even-lines.ts'
import { flow, hasNotes, piecesOf, type Place } from './flow.ts'
import { cell, size, typeArea } from './geometry.ts'
import type { Glyph, Style, Typesetter } from './glyphs.ts'
import { derivedGlyphs, runGlyphs } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines } from './lines.ts'
import type { Piece } from './pieces.ts'
import type { BodyScene } from './scene.ts'

const text: Style = { role: 'fangsong', sizePt: size.three }
const black: Style = { role: 'heiti', sizePt: size.three }
const regular: Style = { role: 'kaiti', sizePt: size.three }
const blank: Piece = { kind: 'gap', lines: 1 }

/** Lines centred in the type area: one if it holds them, else as few as leave two characters of air on either side, of about equal
 * length and broken between words. */
function centred(scene: BodyScene, glyphs: readonly Glyph[]): readonly Line[] {
  const whole = breakLines(glyphs, () => ({ indent: 0, width: typeArea.width }))
  const { organNames = [], wordBreaks } = scene.options
  const names = [...scene.document.elements.issuers, ...organNames]
  const options = { width: typeArea.width - 4 * cell, organNames: names, ...(wordBreaks ? { wordBreaks } : {}) }
  const lines = whole.length === 1 ? whole : evenLines(glyphs, options)
  return lines.map((line) => {
    const shift = Math.max(0, (typeArea.width - line.width) / 2)
    return { ...line, x: line.x.map((x) => x + shift) }
  })
}

/** 题注 directly below the title; a blank line sets it off from the text. */
export function titleNotePieces(scene: BodyScene, runs: readonly TextRun[], place: Place): readonly Piece[] {
  const glyphs = runGlyphs(scene.setter, runs, { style: () => regular })
  return glyphs.length === 0 ? [] : [...piecesOf(centred(scene, glyphs), place.index, { isBody: false }), blank]
}

/** 章 or 节. The blank line above is not doubled under a title or another of them. */
export function partHeadingPieces(scene: BodyScene, part: { readonly kind: 'chapter' | 'section'; readonly runs: readonly TextRun[] }, place: Place): readonly Piece[] {
  const style = part.kind === 'chapter' ? black : regular
  const glyphs = [...derivedGlyphs(scene.setter, place.label ?? '', style), ...runGlyphs(scene.setter, part.runs, { style: () => style })]
  const lines = piecesOf(centred(scene, glyphs), place.index, { isBody: true })
  const { blocks } = scene.document
  const after = linesAfter(blocks[place.index + 1])
  const kept = lines.map((piece, index): Piece => (index === 0 && piece.kind === 'line' && after > 0 ? { ...piece, keep: lines.length - 1 + after } : piece))
  return [...(isSetOff(blocks[place.index - 1]) ? [] : [blank]), ...kept, blank]
}

/** What a 章 or 节 keeps on its page: a blank line and a line of text, or a 节 between them as well. */
function linesAfter(next: Block | undefined): number {
  if (next === undefined || next.kind === 'annex-title') return 0
  return next.kind === 'section' ? 4 : 2
}

/** Whether a blank line follows a block by itself. */
function isSetOff(before: Block | undefined): boolean {
  return before === undefined || ['title', 'title-note', 'annex-title', 'chapter', 'section'].includes(before.kind)
}

/** 条 with its number in 黑体; 项 and 目 as text. */
export function provisionPieces(scene: BodyScene, part: { readonly kind: 'article' | 'item' | 'subitem'; readonly runs: readonly TextRun[] }, place: Place): readonly Piece[] {
  const own = part.kind === 'article' ? black : text
  const noted = hasNotes(part.runs)
  const make = (setter: Typesetter): readonly Line[] => {
    const glyphs = runGlyphs(setter, part.runs, { style: () => text, firstNote: place.firstNote })
    return flow([...derivedGlyphs(setter, place.label ?? '', own), ...glyphs], 2 * cell)
  }
  const lines = scene.memory.lines(part.runs, [part.kind, place.label, noted ? place.firstNote : null], scene.setter, make)
  return piecesOf(lines, place.index, { isBody: true, hasNotes: noted })
}

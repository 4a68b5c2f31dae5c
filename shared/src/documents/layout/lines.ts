/** Breaking text into lines: kinsoku (避头尾) by squeezing first and pushing second, then justifying to both margins. */
import { isForbiddenAtHead, isForbiddenAtTail, isGlued, isIdeographic, isSqueezableLeft, isSqueezableRight } from './characters.ts'
import type { Glyph } from './glyphs.ts'

/** A line of glyphs; `x[i]` is where glyph i starts, from the line's own left edge (mm). */
export interface Line {
  readonly glyphs: readonly Glyph[]
  readonly x: readonly number[]
  readonly width: number
}

/** Room of a line: `indent` counts from the left edge of the column, `width` from the indent. */
export interface LineRoom {
  readonly indent: number
  readonly width: number
}

const eps = 1e-6
/** At most this much of a punctuation mark's cell may be squeezed out. */
const squeezeShare = 0.5

/** Breaks glyphs into justified lines; the last line keeps its natural width.
 *
 * @param room of line `index`
 * @returns at least one line, which may be empty; x includes the indent
 */
export function breakLines(glyphs: readonly Glyph[], room: (index: number) => LineRoom): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  do {
    const { indent, width } = room(lines.length)
    const end = lineEnd(glyphs, start, width)
    lines.push(placeLine(glyphs.slice(start, end), { indent, width }, end >= glyphs.length))
    start = end
  } while (start < glyphs.length)
  return lines
}

/** Sets glyphs solid on one line from `indent`. */
export function solidLine(glyphs: readonly Glyph[], indent = 0): Line {
  let at = indent
  const x = glyphs.map((glyph) => {
    const here = at
    at += glyph.advance
    return here
  })
  return { glyphs, x, width: at - indent }
}

/** Where the line that starts at `start` ends: behind as much as fits, or a little more when squeezing closing punctuation
 * lets it stay, or less when a sign may not end or begin a line. */
function lineEnd(glyphs: readonly Glyph[], start: number, width: number): number {
  let end = start
  let sum = 0
  while (end < glyphs.length && sum + (glyphs[end]?.advance ?? 0) <= width + eps) {
    sum += glyphs[end]?.advance ?? 0
    end += 1
  }
  // A column narrower than a sign still takes one a line.
  end = Math.max(end, start + 1)
  if (end >= glyphs.length) return end
  if (isLegalBreak(glyphs, end)) return end
  const squeezed = squeezedEnd(glyphs, start, { end, width })
  if (squeezed !== null) return squeezed
  for (let back = end - 1; back > start; back -= 1) if (isLegalBreak(glyphs, back)) return back
  return end
}

/** The end of the line when up to two more closing signs are squeezed in, or null when they do not fit. */
function squeezedEnd(glyphs: readonly Glyph[], start: number, natural: { end: number; width: number }): number | null {
  for (let end = natural.end + 1; end <= natural.end + 3 && end <= glyphs.length; end += 1) {
    const added = glyphs[end - 1]
    if (!added || !(isForbiddenAtHead(added.char) || added.note)) return null
    if (end < glyphs.length && !isLegalBreak(glyphs, end)) continue
    const line = glyphs.slice(start, end)
    const excess = line.reduce((sum, glyph) => sum + glyph.advance, 0) - natural.width
    return excess <= line.reduce((sum, glyph) => sum + squeezeOf(glyph), 0) + eps ? end : null
  }
  return null
}

/** Whether a line may break before glyph `index`. */
function isLegalBreak(glyphs: readonly Glyph[], index: number): boolean {
  const before = glyphs[index - 1]?.char ?? ''
  const after = glyphs[index]?.char ?? ''
  if (isForbiddenAtHead(after) || isForbiddenAtTail(before) || glyphs[index]?.note) return false
  return !isGlued(before, after)
}

function squeezeOf(glyph: Glyph): number {
  return isSqueezableRight(glyph.char) || isSqueezableLeft(glyph.char) ? glyph.advance * squeezeShare : 0
}

/** Gives each glyph its x: squeezed when too wide, stretched to the full width unless it is the last line. */
function placeLine(glyphs: readonly Glyph[], room: LineRoom, isLast: boolean): Line {
  const natural = glyphs.reduce((sum, glyph) => sum + glyph.advance, 0)
  const excess = natural - room.width
  if (excess > eps) return squeezeLine(glyphs, room, excess)
  if (isLast || -excess < eps) return { ...solidLine(glyphs, room.indent), width: natural }
  return stretchLine(glyphs, room, -excess)
}

/** The last sign gives way first, so that most lines lose nothing but the blank behind their last mark. */
function squeezeLine(glyphs: readonly Glyph[], room: LineRoom, excess: number): Line {
  const last = glyphs.at(-1)
  const fromLast = last && isSqueezableRight(last.char) ? Math.min(excess, squeezeOf(last)) : 0
  const others = glyphs.slice(0, -1).reduce((sum, glyph) => sum + squeezeOf(glyph), 0)
  const share = others > 0 ? Math.min(1, (excess - fromLast) / others) : 0
  let at = room.indent
  const x = glyphs.map((glyph, index) => {
    const cut = index === glyphs.length - 1 ? fromLast : squeezeOf(glyph) * share
    const here = isSqueezableLeft(glyph.char) ? at - cut : at
    at += glyph.advance - cut
    return here
  })
  return { glyphs, x, width: room.width }
}

function stretchLine(glyphs: readonly Glyph[], room: LineRoom, slack: number): Line {
  const isGap = (index: number): boolean => {
    const [before, after] = [glyphs[index - 1]?.char ?? '', glyphs[index]?.char ?? '']
    return !isGlued(before, after) && (isIdeographic(before) || isIdeographic(after) || after === ' ')
  }
  const gaps = glyphs.reduce((count, _glyph, index) => count + (index > 0 && isGap(index) ? 1 : 0), 0)
  let at = room.indent
  const x = glyphs.map((glyph, index) => {
    if (index > 0 && gaps > 0 && isGap(index)) at += slack / gaps
    const here = at
    at += glyph.advance
    return here
  })
  return { glyphs, x, width: at - room.indent }
}

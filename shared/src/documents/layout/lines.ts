/** Breaking text into lines: kinsoku (避头尾) by squeezing first and pushing second, then justifying to both margins. */
import type { Glyph, Sign } from './glyphs.ts'
import { widthOf } from './glyphs.ts'

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
  const x: number[] = []
  let at = indent
  for (const { sign } of glyphs) {
    x.push(at)
    at += sign.advance
  }
  return { glyphs, x, width: at - indent }
}

/** Where the line that starts at `start` ends: behind as much as fits, or a little more when squeezing closing punctuation
 * lets it stay, or less when a sign may not end or begin a line. */
function lineEnd(glyphs: readonly Glyph[], start: number, width: number): number {
  let end = start
  let sum = 0
  while (end < glyphs.length) {
    sum += glyphs[end]?.sign.advance ?? 0
    if (sum > width + eps) break
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
    const added = glyphs[end - 1]?.sign
    if (!added || !(added.manners.noHead || added.note)) return null
    if (end < glyphs.length && !isLegalBreak(glyphs, end)) continue
    const line = glyphs.slice(start, end)
    const excess = widthOf(line) - natural.width
    return excess <= line.reduce((sum, { sign }) => sum + squeezeOf(sign), 0) + eps ? end : null
  }
  return null
}

/** Whether a line may break before glyph `index`. */
function isLegalBreak(glyphs: readonly Glyph[], index: number): boolean {
  const [before, after] = [glyphs[index - 1]?.sign, glyphs[index]?.sign]
  if (!before || !after) return true
  return !(after.manners.noHead || before.manners.noTail || after.note) && !isGlued(before, after)
}

/** Whether two neighbours belong to the same unbreakable unit: numbers, Latin words, 0.5%, ——, ……. */
function isGlued(before: Sign, after: Sign): boolean {
  return before.manners.unit !== null && before.manners.unit === after.manners.unit
}

function squeezeOf(sign: Sign): number {
  return sign.manners.squeezesRight || sign.manners.squeezesLeft ? sign.advance * squeezeShare : 0
}

/** Gives each glyph its x: squeezed when too wide, stretched to the full width unless it is the last line. */
function placeLine(glyphs: readonly Glyph[], room: LineRoom, isLast: boolean): Line {
  const natural = widthOf(glyphs)
  const excess = natural - room.width
  if (excess > eps) return squeezeLine(glyphs, room, excess)
  if (isLast || -excess < eps) return { ...solidLine(glyphs, room.indent), width: natural }
  return stretchLine(glyphs, room, -excess)
}

/** The last sign gives way first, so that most lines lose nothing but the blank behind their last mark. */
function squeezeLine(glyphs: readonly Glyph[], room: LineRoom, excess: number): Line {
  const last = glyphs.at(-1)?.sign
  const fromLast = last?.manners.squeezesRight ? Math.min(excess, squeezeOf(last)) : 0
  const others = glyphs.slice(0, -1).reduce((sum, { sign }) => sum + squeezeOf(sign), 0)
  const share = others > 0 ? Math.min(1, (excess - fromLast) / others) : 0
  let at = room.indent
  const x = glyphs.map(({ sign }, index) => {
    const cut = index === glyphs.length - 1 ? fromLast : squeezeOf(sign) * share
    const here = sign.manners.squeezesLeft ? at - cut : at
    at += sign.advance - cut
    return here
  })
  return { glyphs, x, width: room.width }
}

function stretchLine(glyphs: readonly Glyph[], room: LineRoom, slack: number): Line {
  let gaps = 0
  for (let index = 1; index < glyphs.length; index += 1) if (isGap(glyphs[index - 1]?.sign, glyphs[index]?.sign)) gaps += 1
  const share = gaps > 0 ? slack / gaps : 0
  const x: number[] = []
  let at = room.indent
  let before: Sign | undefined
  for (const { sign } of glyphs) {
    if (isGap(before, sign)) at += share
    x.push(at)
    at += sign.advance
    before = sign
  }
  return { glyphs, x, width: at - room.indent }
}

/** Whether the space between two neighbours may grow. */
function isGap(before: Sign | undefined, after: Sign | undefined): boolean {
  if (!before || !after || isGlued(before, after)) return false
  return before.manners.isIdeographic || after.manners.isIdeographic || after.char === ' '
}

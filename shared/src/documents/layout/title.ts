/** Shaping titles: centred lines in the form of a trapezium (梯形) or a diamond (菱形), words kept whole.
 * Source: GB/T 9704-2012 7.3.1 */
import type { Glyph } from './glyphs.ts'
import { widthOf } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines, solidLine } from './lines.ts'
import type { WordBreaks } from './words.ts'
import { priceBreaks } from './words.ts'

/** What shaping needs to know. */
export interface ShapeOptions {
  /** Width of the column (mm). */
  readonly width: number
  readonly organNames: readonly string[]
  readonly wordBreaks?: WordBreaks
}

/** Titles of more lines are not shaped: the choices grow with every line. */
const mostShaped = 4

interface Split {
  readonly cost: number
  readonly ends: readonly number[]
}

/** Lines of a title, each centred: x counts from the column's left edge. */
export function shapeTitle(glyphs: readonly Glyph[], options: ShapeOptions): readonly Line[] {
  const total = widthOf(glyphs)
  if (glyphs.length === 0) return []
  const em = total / glyphs.length
  const fewest = Math.ceil(total / (options.width - em * 0.4) - 1e-9)
  // What fills more lines than any title is text in the wrong place: it is only centred.
  if (fewest > mostShaped) return breakLines(glyphs, () => ({ indent: 0, width: options.width })).map((line) => centred(line.glyphs, options.width))
  let best: Split | null = null
  for (let count = fewest; count <= fewest + 1; count += 1) {
    const split = bestSplit(glyphs, count, options)
    const cost = split ? split.cost + (count - fewest) * 45 : Infinity
    if (split && (best === null || cost < best.cost)) best = { ...split, cost }
  }
  const ends = best?.ends ?? [glyphs.length]
  return ends.map((end, index) => centred(glyphs.slice(ends[index - 1] ?? 0, end), options.width))
}

function centred(glyphs: readonly Glyph[], width: number): Line {
  return solidLine(glyphs, Math.max(0, (width - widthOf(glyphs)) / 2))
}

/** The cheapest way to cut the title into `count` lines that fit. */
function bestSplit(glyphs: readonly Glyph[], count: number, options: ShapeOptions): Split | null {
  if (count <= 1) return widthOf(glyphs) <= options.width ? { cost: 0, ends: [glyphs.length] } : null
  const prices = pricesByGlyph(glyphs, options)
  const sums = glyphs.reduce<number[]>((list, { sign }) => [...list, (list.at(-1) ?? 0) + sign.advance], [0])
  const span = (from: number, to: number): number => (sums[to] ?? 0) - (sums[from] ?? 0)
  let best: Split | null = null
  const walk = (from: number, ends: readonly number[], price: number): void => {
    if (best !== null && price >= best.cost) return
    if (ends.length === count - 1) {
      if (span(from, glyphs.length) > options.width) return
      const all = [...ends, glyphs.length]
      const cost = price + shapeCost(all.map((end, index) => span(all[index - 1] ?? 0, end)), options.width)
      if (best === null || cost < best.cost) best = { cost, ends: all }
      return
    }
    for (let end = from + 1; end < glyphs.length && span(from, end) <= options.width; end += 1) {
      const here = prices[end] ?? Infinity
      const left = count - ends.length - 1
      if (here < Infinity && span(end, glyphs.length) <= left * options.width) walk(end, [...ends, end], price + here)
    }
  }
  walk(0, [], 0)
  return best
}

/** Price of a break before each glyph; Infinity where none may be. Falls back to any kinsoku break in text without words.
 *
 * @param text what the glyphs say, unless the prices are to be those of other signs of the same length
 */
export function pricesByGlyph(glyphs: readonly Glyph[], options: ShapeOptions, text = glyphs.map(({ sign }) => sign.char).join('')): readonly number[] {
  const prices = priceBreaks(text, options.organNames, options.wordBreaks)
  let offset = 0
  return glyphs.map(({ sign }) => {
    const price = prices.get(offset) ?? (sign.manners.noHead ? Infinity : 400)
    offset += sign.char.length
    return price
  })
}

/** How far the lines are from a trapezium or a diamond, in the width of a sign or so. */
function shapeCost(widths: readonly number[], column: number): number {
  const share = widths.map((width) => width / column)
  const [first, last] = [share[0] ?? 0, share.at(-1) ?? 0]
  const steps = share.slice(1).map((each, index) => each - (share[index] ?? 0))
  const even = steps.reduce((sum, step) => sum + (Math.abs(step) < 0.04 ? 6 : Math.max(0, Math.abs(step) - 0.3) * 90), 0)
  const tiny = share.reduce((sum, each) => sum + Math.max(0, 0.3 - each) * 200, 0)
  const full = share.reduce((sum, each) => sum + Math.max(0, each - 0.95) * 60, 0)
  const middle = share.slice(1, -1)
  const isHourglass = middle.some((each) => each < first && each < last)
  const isUpright = first < last
  return even + tiny + full + (isHourglass ? 120 : 0) + (share.length === 2 && isUpright ? 2 : 0)
}

/** Centred text of more than one line that is no title (题注, long names of 章 and 节): lines about as long as each other, words kept whole. */
import type { Glyph } from './glyphs.ts'
import { widthOf } from './glyphs.ts'
import type { Line } from './lines.ts'
import { breakLines, solidLine } from './lines.ts'
import type { ShapeOptions } from './title.ts'
import { pricesByGlyph } from './title.ts'

/** What one sign's width off the mean costs, squared, beside the prices of breaks. */
const costOfUnevenness = 0.7
/** Text of more lines is no heading, and the search for its best lines would take as long as its square. */
const mostLines = 8
/** Dates and ordinals read as one: 2026年11月18日, 第十六届. */
const whole = /\d{4}年\d{1,2}月\d{1,2}日|第[〇零一二三四五六七八九十百0-9]{1,6}[届次期号]/gu

/** Breaks glyphs into as few lines as fit, or one more where only that keeps their units whole; x counts from the line's own left edge.
 *
 * @param options.width the longest a line may be (mm)
 */
export function evenLines(glyphs: readonly Glyph[], options: ShapeOptions): readonly Line[] {
  const plain = breakLines(glyphs, () => ({ indent: 0, width: options.width }))
  if (plain.length > mostLines) return plain
  const text = glyphs.map(({ sign }) => sign.char).join('')
  // The bracket around a whole 题注 holds nothing together: only what stands in it does.
  const opened = text.replace(/^（/u, '〔')
  const prices = pricesByGlyph(glyphs, { ...options, organNames: [...options.organNames, ...(text.match(whole) ?? [])] }, opened)
  for (let count = plain.length; count <= plain.length + 1; count += 1) {
    const ends = cheapestEnds({ glyphs, prices, width: options.width }, count)
    if (ends) return ends.map((end, index) => solidLine(glyphs.slice(ends[index - 1] ?? 0, end)))
  }
  return plain
}

interface Breaking {
  readonly glyphs: readonly Glyph[]
  readonly prices: readonly number[]
  readonly width: number
}

interface Way {
  readonly cost: number
  readonly ends: readonly number[]
}

/** Where `count` lines end at the least cost; null where they cannot fit. */
function cheapestEnds({ glyphs, prices, width }: Breaking, count: number): readonly number[] | null {
  const sums = glyphs.reduce<number[]>((list, { sign }) => [...list, (list.at(-1) ?? 0) + sign.advance], [0])
  const sign = widthOf(glyphs) / glyphs.length
  const mean = widthOf(glyphs) / count
  let ways = new Map<number, Way>([[0, { cost: 0, ends: [] }]])
  for (let line = 1; line <= count; line += 1) {
    const next = new Map<number, Way>()
    for (const [from, way] of ways) {
      for (let end = from + 1; end <= glyphs.length; end += 1) {
        const span = (sums[end] ?? 0) - (sums[from] ?? 0)
        if (span > width) break
        const price = end === glyphs.length ? 0 : (prices[end] ?? Infinity)
        const cost = way.cost + price + costOfUnevenness * ((span - mean) / sign) ** 2
        if (cost < (next.get(end)?.cost ?? Infinity)) next.set(end, { cost, ends: [...way.ends, end] })
      }
    }
    ways = next
  }
  return ways.get(glyphs.length)?.ends ?? null
}

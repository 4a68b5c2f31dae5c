/** The legend of a redline (花脸稿图例): who revised, each in his own colour. It stands in the margin below the last page, or on a page of
 * its own where that is full, so that not one sign of the text is moved. */
import { emOf, oneLine, sheet, typeArea } from './geometry.ts'
import { createTypesetter, derivedGlyphs, type Glyph, type Style, type Typesetter, widthOf } from './glyphs.ts'
import { type FontMetrics, glyphPoint, type GlyphRun, type LaidOutPage, type Layout, type PageItem } from './model.ts'
import { paintGlyphs } from './paint.ts'

/** A reviser in the legend. */
export interface LegendEntry {
  readonly personId: string
  /** Drawn in the person's colour and underlined like what he added. */
  readonly name: string
  /** What stands behind the name: post and steps; may be empty. */
  readonly detail: string
}

const style: Style = { role: 'songti', sizePt: 9 }
/** From line to line (mm). */
const step = 4.6
/** Air between the page and the legend, and below it: printers leave the edge of a sheet white (mm). */
const margin = { above: 2, below: 7 } as const

/** The layout with its legend.
 *
 * @param words what the lines mean, set before the first name
 * @param entries in the order of the legend; none: the layout stays as it is
 */
export function withLegend(layout: Layout, metrics: FontMetrics, { words, entries }: { readonly words: string; readonly entries: readonly LegendEntry[] }): Layout {
  const last = layout.pages.at(-1)
  if (entries.length === 0 || last === undefined) return layout
  const lines = linesOf(createTypesetter(metrics), words, entries)
  const bottom = Math.max(typeArea.bottom + oneLine, ...last.items.map((item) => bottomOf(item, last)))
  const fits = bottom + margin.above + lines.length * step <= last.heightMm - margin.below
  if (fits) return { ...layout, pages: [...layout.pages.slice(0, -1), { ...last, items: [...last.items, ...paint(lines, bottom + margin.above)] }] }
  const pages = chunksOf(lines, Math.floor(typeArea.height / step)).map((part): LaidOutPage => ({ widthMm: sheet.width, heightMm: sheet.height, items: paint(part, typeArea.top), blocks: null }))
  return { ...layout, pages: [...layout.pages, ...pages] }
}

/** A stretch of a line in one colour; `personId` is null in black. */
interface Stretch {
  readonly glyphs: readonly Glyph[]
  readonly personId: string | null
}

function linesOf(setter: Typesetter, words: string, entries: readonly LegendEntry[]): readonly (readonly Stretch[])[] {
  const stretch = (text: string, personId: string | null): Stretch => ({ glyphs: derivedGlyphs(setter, text, style), personId })
  const parts = [[stretch(words, null)], ...entries.map((entry) => [stretch(entry.name, entry.personId), stretch(entry.detail, null)])]
  const gap = 2 * emOf(9)
  const lines: Stretch[][] = [[]]
  let used = 0
  for (const part of parts.map((each) => each.flatMap(cut))) {
    const width = part.reduce((sum, each) => sum + widthOf(each.glyphs), 0)
    const before = used === 0 ? 0 : gap
    if (used > 0 && used + before + width > typeArea.width) {
      lines.push([])
      used = 0
    } else if (before > 0) lines.at(-1)?.push({ glyphs: derivedGlyphs(setter, '\u3000\u3000', style), personId: null })
    used += used === 0 ? 0 : gap
    for (const each of part) {
      if (used > 0 && used + widthOf(each.glyphs) > typeArea.width) {
        lines.push([])
        used = 0
      }
      lines.at(-1)?.push(each)
      used += widthOf(each.glyphs)
    }
  }
  return lines
}

/** A stretch in single signs, so that a long entry goes on in the next line. */
function cut(stretch: Stretch): readonly Stretch[] {
  return stretch.glyphs.map((glyph) => ({ ...stretch, glyphs: [glyph] }))
}

function chunksOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_each, index) => list.slice(index * size, (index + 1) * size))
}

function paint(lines: readonly (readonly Stretch[])[], top: number): readonly GlyphRun[] {
  return lines.flatMap((line, index) => {
    let x: number = typeArea.left
    return joined(line).flatMap(({ glyphs, personId }): readonly GlyphRun[] => {
      const places = glyphs.map(({ sign }) => {
        const here = x
        x += sign.advance
        return here
      })
      const change = personId === null ? {} : { change: { kind: 'insertion' as const, personId } }
      return paintGlyphs(glyphs, { x: places, baseline: top + index * step + emOf(9) }).map((run) => ({ ...run, ...change, artifact: true as const }))
    })
  })
}

function joined(line: readonly Stretch[]): readonly Stretch[] {
  const parts: Stretch[] = []
  for (const each of line) {
    const last = parts.at(-1)
    if (last && last.personId === each.personId) parts[parts.length - 1] = { ...last, glyphs: [...last.glyphs, ...each.glyphs] }
    else parts.push(each)
  }
  return parts
}

/** The lowest edge of an item (mm). */
function bottomOf(item: PageItem, page: LaidOutPage): number {
  switch (item.kind) {
    case 'text':
      return item.text === '' ? 0 : glyphPoint(item, 0, page).y + (item.turned ? 0 : item.sizePt * 0.05)
    case 'rule':
      return Math.max(item.y1, item.y2)
    case 'image':
      return item.y + item.heightMm
    case 'seal-anchor':
      return item.centreY + item.heightMm / 2
  }
}

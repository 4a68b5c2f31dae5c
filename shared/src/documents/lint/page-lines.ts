/** Lines of print, read back from the boxes of a layout: what the rules of geometry measure. The measures here are the
 * standard's own, not the engine's, so that the checker checks the engine too. */
import type { GlyphRun, LaidOutPage, Layout, Rule, SealAnchor } from '../layout/model.ts'

/** Millimetres by GB/T 9704-2012 5.2.1: type area (版心), and the tolerance of 5.2 (±1 mm). */
export const paper = {
  width: 210,
  height: 297,
  left: 28,
  right: 184,
  top: 37,
  bottom: 262,
  tolerance: 1,
  /** Sizes in points: 2号, 3号, 4号. */
  two: 22,
  three: 16,
  four: 14,
  mmPerPt: 25.4 / 72,
} as const

/** Everything printed on one baseline of one page, from left to right. */
export interface PrintLine {
  readonly page: number
  readonly baseline: number
  readonly text: string
  readonly left: number
  readonly right: number
  readonly runs: readonly GlyphRun[]
  /** The blocks its text comes from; empty for derived text. */
  readonly blocks: ReadonlySet<number>
}

/** The lines of a page from the top. */
export function linesOf(page: LaidOutPage, number: number): readonly PrintLine[] {
  const rows = new Map<number, GlyphRun[]>()
  for (const item of page.items) {
    // A table that lies across has lines of its own, which run up the sheet.
    if (item.kind !== 'text' || item.turned || item.text.trim() === '') continue
    const key = Math.round(item.baseline * 10)
    const row = rows.get(key)
    if (row) row.push(item)
    else rows.set(key, [item])
  }
  return [...rows.values()]
    .map((runs) => lineOf(runs.toSorted((a, b) => (a.x[0] ?? 0) - (b.x[0] ?? 0)), number))
    .sort((a, b) => a.baseline - b.baseline)
}

function lineOf(runs: readonly GlyphRun[], page: number): PrintLine {
  const blocks = new Set(runs.flatMap((run) => (run.source ? [run.source.block] : [])))
  return {
    page,
    baseline: runs[0]?.baseline ?? 0,
    text: runs.map((run) => run.text).join(''),
    left: Math.min(...runs.map((run) => run.x[0] ?? 0)),
    right: Math.max(...runs.map(rightOf)),
    runs,
    blocks,
  }
}

/** Right edge of a run: its last sign takes a whole em, half of one when it is Latin, a quarter as a Latin mark; blanks take none. */
function rightOf(run: GlyphRun): number {
  const signs = [...run.text]
  const at = signs.findLastIndex((sign) => sign.trim() !== '')
  const sign = signs[at] ?? ''
  // Closing marks may be squeezed to half a cell at the margin: the ink ends there.
  const share = /[,.;:!'"()[\]|]/.test(sign) ? 0.25 : /[\u0000-\u00ff，。、；：）》”’〕】]/.test(sign) ? 0.5 : 1
  return (run.x[at] ?? 0) + share * run.sizePt * paper.mmPerPt * run.scale
}

/** All lines of a layout, page by page. */
export function allLines(layout: Layout): readonly PrintLine[] {
  return layout.pages.flatMap((page, index) => linesOf(page, index + 1))
}

/** Straight lines of a page. */
export function rulesOf(page: LaidOutPage | undefined): readonly Rule[] {
  return page?.items.filter((item) => item.kind === 'rule') ?? []
}

/** Places of seals with their page. */
export function sealsOf(layout: Layout): readonly { readonly page: number; readonly seal: SealAnchor }[] {
  return layout.pages.flatMap((page, index) =>
    page.items.flatMap((item) => (item.kind === 'seal-anchor' ? [{ page: index + 1, seal: item }] : [])),
  )
}

/** The line that carries the page number, or null. It lies under the type area. */
export function pageNumberOf(lines: readonly PrintLine[]): PrintLine | null {
  return lines.find((line) => line.baseline > paper.bottom + 2 && line.blocks.size === 0 && /^\s*[—-]?\s*\d+\s*[—-]?\s*$/.test(line.text)) ?? null
}

/** From the text to the page and back: carets, marks of the checker, clicks in the preview. */
import { ascent, emOf, sheet as a4 } from './geometry.ts'
import type { GlyphRun, LaidOutPage, Layout } from './model.ts'

/** A place on a page: the left edge of a glyph. `page` counts from 0; mm from the sheet's top left corner. */
export interface PagePosition {
  readonly page: number
  readonly x: number
  readonly baseline: number
  readonly sizePt: number
  /** On a wide table: `x` and `baseline` count in the turned frame, see `glyphPoint`. */
  readonly turned?: true
}

/** A place in the text. */
export interface TextPosition {
  readonly block: number
  readonly offset: number
}

/** Where the sign at a UTF-16 offset of a block stands, or where the next one that is drawn does; null when none is.
 *
 * @param offset may be the length of the block's text: then the right edge of its last sign is meant
 */
export function positionAt(layout: Layout, block: number, offset: number): PagePosition | null {
  let best: { readonly distance: number; readonly position: PagePosition } | null = null
  for (const [page, sheet] of layout.pages.entries()) {
    // Pages are painted when they are looked at: only those where the block may stand are.
    if (sheet.blocks !== undefined && !isOn(sheet.blocks, block)) continue
    for (const item of sheet.items) {
      if (item.kind !== 'text' || item.source?.block !== block) continue
      const found = nearestIn(item, offset)
      if (best === null || found.distance < best.distance) {
        best = { distance: found.distance, position: { page, x: found.x, baseline: item.baseline, sizePt: item.sizePt, ...(item.turned ? { turned: true as const } : {}) } }
      }
    }
  }
  return best?.position ?? null
}

function isOn(blocks: readonly [number, number] | null, block: number): boolean {
  return blocks !== null && block >= blocks[0] && block <= blocks[1]
}

/** The x nearest to the offset in one run, with how far the offset is from it: what begins later is nearer than what ended. */
function nearestIn(run: GlyphRun, offset: number): { readonly distance: number; readonly x: number } {
  const start = run.source?.offset ?? 0
  if (offset < start) return { distance: (start - offset) * 2, x: run.x[0] ?? 0 }
  let at = start
  let index = 0
  for (const char of run.text) {
    if (offset < at + char.length) return { distance: 0, x: run.x[index] ?? 0 }
    at += char.length
    index += 1
  }
  return { distance: (offset - at) * 2 + 1, x: (run.x.at(-1) ?? 0) + lastWidth(run) }
}

/** Width of a run's last sign, as far as the run itself tells. */
function lastWidth(run: GlyphRun): number {
  const [before, last] = [run.x.at(-2), run.x.at(-1)]
  return before !== undefined && last !== undefined ? last - before : emOf(run.sizePt)
}

/** The place in the text under a point of a page, or null where no block's text stands on that line.
 *
 * @param page counts from 0
 */
export function textAt(layout: { readonly pages: readonly Pick<LaidOutPage, 'items'>[] }, page: number, point: { readonly x: number; readonly y: number }): TextPosition | null {
  let best: { readonly distance: number; readonly position: TextPosition } | null = null
  for (const item of layout.pages[page]?.items ?? []) {
    if (item.kind !== 'text' || !item.source) continue
    const em = emOf(item.sizePt)
    const top = item.baseline - ascent * em
    const at = item.turned ? { x: a4.height - point.y, y: point.x } : point
    if (at.y < top - em / 2 || at.y > top + em * 1.5) continue
    const found = offsetIn(item, item.source, at.x)
    if (best === null || found.distance < best.distance) best = found
  }
  return best?.position ?? null
}

function offsetIn(run: GlyphRun, source: TextPosition, x: number): { readonly distance: number; readonly position: TextPosition } {
  let offset = source.offset
  let best = { distance: Infinity, position: source }
  for (const [index, char] of [...run.text].entries()) {
    const left = run.x[index] ?? 0
    const distance = Math.abs(x - left)
    if (distance < best.distance) best = { distance, position: { block: source.block, offset } }
    offset += char.length
  }
  const end = Math.abs(x - ((run.x.at(-1) ?? 0) + lastWidth(run)))
  return end < best.distance ? { distance: end, position: { block: source.block, offset } } : best
}

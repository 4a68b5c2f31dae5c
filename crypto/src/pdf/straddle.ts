/**
 * 骑缝章: one seal split over the edges of many sheets, whole again only when the sheets lie fanned in their order. Each sheet carries
 * one strip at the middle of its right edge. House rule: at most `mostStrips` sheets share one seal (a narrower strip would carry nothing to
 * compare); more sheets form groups as even as possible.
 */
import { CryptoError } from '../errors.ts'

/** `single`: every page is a sheet. `double`: two pages share a sheet and the strip stands on its front, the odd page. */
export type SheetKind = 'single' | 'double'

/** A strip of the seal: page from 1, the strip's number from 0 and how many make the seal. */
export interface SealStrip {
  readonly page: number
  readonly index: number
  readonly count: number
}

/** The most sheets that share one seal. */
export const mostStrips = 16

/** Splits the pages of a file into strips. @throws CryptoError pdf.refused `too-few-pages` when there is only one sheet */
export function planStraddle(pageCount: number, sheets: SheetKind = 'single'): readonly SealStrip[] {
  const step = sheets === 'double' ? 2 : 1
  const fronts = Array.from({ length: Math.ceil(pageCount / step) }, (_, i) => 1 + i * step)
  if (fronts.length < 2) {
    throw new CryptoError('pdf.refused', 'one sheet has no seam', { reason: 'too-few-pages', pages: pageCount })
  }
  const groups = Math.ceil(fronts.length / mostStrips)
  return Array.from({ length: groups }, (_, group) => {
    const from = Math.floor((group * fronts.length) / groups)
    const to = Math.floor(((group + 1) * fronts.length) / groups)
    return fronts.slice(from, to).map((page, index, { length: count }) => ({ page, index, count }))
  }).flat()
}

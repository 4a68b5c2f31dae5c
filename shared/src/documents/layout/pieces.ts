/** Pieces: what flows down the pages. A line of body text sits on the page's grid, a solid keeps its own height. */
import type { Footnote } from './glyphs.ts'
import type { Line } from './lines.ts'
import type { PageItem } from './model.ts'

/** A piece of the flow. */
export type Piece =
  /** One line of text on the grid. `isBody` counts as body text for the rules about pages without any. */
  | {
      readonly kind: 'line'
      readonly line: Line
      readonly block: number | null
      readonly isBody: boolean
      /** Lines that must follow it on the same page: a heading never ends a page. */
      readonly keep?: number
      /** Footnotes whose marks stand in the line: they go to the foot of its page. */
      readonly notes?: readonly Footnote[]
    }
  /** Blank lines; dropped at the top of a page. */
  | { readonly kind: 'gap'; readonly lines: number }
  /** What may not be torn: items with y from 0, `heightMm` high. On the grid it begins at a line's top. */
  | {
      readonly kind: 'solid'
      readonly items: readonly PageItem[]
      readonly heightMm: number
      readonly block: number | null
      readonly isBody: boolean
      readonly onGrid: boolean
      /** Items repeated above it when it begins a page (header rows of a table). */
      readonly repeat?: { readonly items: readonly PageItem[]; readonly heightMm: number }
      /** A wide table on a page of its own: its items are set in the turned frame already. */
      readonly turned?: true
      /** Set on the block of 署名 and 成文日期: it must not stand alone on a page. */
      readonly isClosing?: true
    }
  /** A new page. An attachment's pages are set with the usual number of lines, whatever the main part had to do. */
  | {
      readonly kind: 'break'
      /** Only when something stands on the page already, and the spacing stays: around a turned table. */
      readonly isSoft?: true
    }

/** What the flow is laid on. */
export interface FlowPlan {
  /** Lines that fill a page: 22, or near it when the closing has to be kept with its text (7.3.5.5). */
  readonly lines: number
  /** Lines of text carried to the next page together with the closing. */
  readonly carried: number
  readonly recipientsInImprint: boolean
  /** Share of their usual size the names of a joint mark are set in: less when the first page would show no text otherwise. */
  readonly markShare: number
}

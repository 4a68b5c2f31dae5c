/** What is said between a window and the worker that lays out its pages. */
import type { Block, Elements, LayoutFinding, PackedMetrics, PageItem, PagePosition, SignReport } from '@xiewen/shared/documents'

/** A place in the text whose place on the pages is asked for. */
export interface Spot {
  readonly key: string
  readonly block: number
  readonly offset: number
}

/** What changed in the text since the last message: `removed` blocks from `from` on gave way to `blocks`. */
export interface TextChange {
  readonly elements?: Elements
  readonly from: number
  readonly removed: number
  readonly blocks: readonly Block[]
}

/** To the worker. Pages `first` to `last` (from 0) are wanted painted. */
export type ToWorker =
  | { readonly kind: 'metrics'; readonly packed: PackedMetrics }
  | { readonly kind: 'lay'; readonly change: TextChange | null; readonly showChanges: boolean; readonly first: number; readonly last: number; readonly spots: readonly Spot[] }

/** A painted page; `index` counts from 0. */
export interface PaintedPage {
  readonly index: number
  readonly items: readonly PageItem[]
}

/** From the worker: pages at once, and in a quiet moment, when they changed, the signs of all pages that are not as they should be. */
export type FromWorker = LaidPages | { readonly kind: 'signs'; readonly signs: SignReport }

/** How many pages there are, those asked for, where the spots are, and what the layout has to say. */
export interface LaidPages {
  readonly kind: 'laid'
  readonly count: number
  readonly pages: readonly PaintedPage[]
  readonly spots: readonly { readonly key: string; readonly position: PagePosition | null }[]
  readonly findings: readonly LayoutFinding[]
  readonly missing: readonly { readonly role: string; readonly text: string }[]
}

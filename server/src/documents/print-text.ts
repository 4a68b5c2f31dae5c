/** The text as it would be printed now, its layout, and the few layouts worth keeping. */
import { civilDateAt, instant, type Instant } from '@xiewen/shared/base'
import { completeDocument, type Layout, layoutDocument, type LegendEntry, type OfficialDocument, withLegend } from '@xiewen/shared/documents'
import type { ReadDb } from '../platform/database/index.ts'
import type { Fonts } from '../platform/fonts/index.ts'
import { readLiveText } from './live-text.ts'
import type { PlacedAnchor } from './renditions.ts'
import { numberOf } from './repository.ts'
import type { DocumentRecord } from './tables.ts'
import { canonicalDigest, getFrozen } from './versions.ts'

/** What would be printed. `key` changes whenever it does. */
export interface PrintText {
  readonly document: OfficialDocument
  /** Of a redline: what its lines mean and who revised. */
  readonly legend?: { readonly words: string; readonly entries: readonly LegendEntry[] }
  readonly key: string
}

/** The frozen text completed with number and dates once signed, the live text before. */
export async function readPrintText(db: ReadDb, row: DocumentRecord, now: Instant): Promise<PrintText> {
  const frozen = await getFrozen(db, row.id)
  if (frozen) {
    const signedOn = civilDateAt(instant(frozen.at))
    const printedOn = row.number_serial === null ? null : civilDateAt(now)
    const document = completeDocument(frozen.document, { number: numberOf(row), signedOn, printedOn, organName: row.organ_name })
    return { document, key: `${row.id} ${frozen.digest} ${row.number_code}${row.number_serial} ${printedOn}` }
  }
  const live = await readLiveText(db, row.id)
  if (!live) throw new Error(`Bug: document ${row.id} has no text`)
  return { document: live.document, key: `${row.id} ${live.seq} ${canonicalDigest(live.document) ?? 'pending'}` }
}

const kept = new Map<string, Layout>()
const mostKept = 6

/** The layout of a text; the last few are kept, because the pages of one are fetched one by one. */
export function layOut(text: PrintText, fonts: Fonts, showChanges: boolean): Layout {
  const key = `${text.key} ${showChanges} ${fonts.metrics.fingerprint}`
  const known = kept.get(key)
  if (known) return known
  const plain = layoutDocument(text.document, fonts.metrics, { showChanges })
  const layout = showChanges && text.legend ? withLegend(plain, fonts.metrics, text.legend) : plain
  const oldest = kept.keys().next()
  if (kept.size >= mostKept && !oldest.done) kept.delete(oldest.value)
  kept.set(key, layout)
  return layout
}

/** Where seals belong, with pages from 1. */
export function anchorsOf(layout: Layout): readonly PlacedAnchor[] {
  return layout.pages.flatMap((page, index) => page.items.flatMap((item) => (item.kind === 'seal-anchor' ? [{ ...item, page: index + 1 }] : [])))
}

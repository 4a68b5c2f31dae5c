/** Deciding whether a document may be filed (归档), and under which serial. */
import type { Result } from '../../base/result.ts'
import { accept, refuse } from '../../base/result.ts'
import type { DocumentOrigin, DocumentState } from '../../documents/index.ts'
import type { Period } from '../model.ts'
import { type ArchiveNumber, documentsCategory } from './archive-number.ts'

/** What is known before filing. */
export interface FilingScene {
  readonly origin: DocumentOrigin
  readonly state: DocumentState
  /** Whether handling and reading of a received document are finished. */
  readonly isFinished: boolean
  readonly isFiled: boolean
  readonly isLeftOut: boolean
  /** 全宗号 of the organ, null until it is set. */
  readonly fonds: string | null
  /** Year of the document's date: nothing is filed under an earlier one. */
  readonly documentYear: number
  readonly currentYear: number
}

/** What the archivist chose. */
export interface FilingOrder {
  readonly year: number
  readonly period: Period
}

/** Decides about filing; the serial follows once the order is accepted.
 *
 * @returns the number without its serial; refuses `archive.already-filed`, `.left-out`, `.not-issued`, `.not-finished`, `.fonds-missing`, `.wrong-year`
 * Source: 党政机关公文处理工作条例 第27条; 国家档案局令第8号 第10条
 */
export function decideFiling(scene: FilingScene, order: FilingOrder): Result<Omit<ArchiveNumber, 'serial'>> {
  if (scene.isFiled) return refuse('archive.already-filed')
  if (scene.isLeftOut) return refuse('archive.left-out')
  if (scene.origin === 'incoming' && !scene.isFinished) return refuse('archive.not-finished')
  if (scene.origin !== 'incoming' && scene.state !== 'issued') return refuse('archive.not-issued')
  if (scene.fonds === null) return refuse('archive.fonds-missing')
  if (order.year < scene.documentYear || order.year > scene.currentYear) return refuse('archive.wrong-year', { from: scene.documentYear, to: scene.currentYear })
  return accept({ fonds: scene.fonds, category: documentsCategory, year: order.year, period: order.period })
}

/** The next serial of a series: one more than the last, so that there are no gaps. `last` is 0 for an empty series. */
export function nextSerial(last: number): number {
  return last + 1
}

/** Decides whether an organ may take a 全宗号: it belongs to nobody else, and once pieces carry one it stays.
 *
 * @returns `archive.fonds-taken` or `archive.fonds-in-use` when it may not
 */
export function decideFonds(scene: { readonly current: string | null; readonly pieces: number; readonly isTaken: boolean }, fonds: string): Result<string> {
  if (scene.isTaken) return refuse('archive.fonds-taken', { fonds })
  if (scene.pieces > 0 && scene.current !== fonds) return refuse('archive.fonds-in-use', { fonds: scene.current ?? '' })
  return accept(fonds)
}

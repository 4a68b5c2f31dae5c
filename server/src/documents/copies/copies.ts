/** What lists, desks and search know of a text. */
import { cleanText, type OfficialDocument, textOf } from '@xiewen/shared/documents'

/** Copies of a live text. */
export interface Copies {
  readonly title: string
  readonly kind: OfficialDocument['elements']['kind']
  readonly urgency: OfficialDocument['elements']['urgency']
  /** The plain text. */
  readonly body: string
}

/** The copies of a document. */
export function copiesOf(document: OfficialDocument): Copies {
  const { kind, urgency } = document.elements
  return { title: titleOf(document), kind, urgency, body: textOf(document) }
}

/** What lists, desks and envelopes call a document: its clean title. Minutes and orders may have none on their pages (GB/T 9704-2012 10.2, 10.3);
 * they go by their mark; lists show the number beside it. */
export function titleOf({ blocks, elements }: OfficialDocument): string {
  const title = blocks.find((block) => block.kind === 'title')
  const written = title && title.kind === 'title' ? cleanText(title.runs).replaceAll(/\s+/g, '').slice(0, 300) : ''
  const { format, issuers, markSuffix } = elements
  return written !== '' || (format !== 'minutes' && format !== 'order') || issuers.length === 0 ? written : issuers.join('') + markSuffix
}

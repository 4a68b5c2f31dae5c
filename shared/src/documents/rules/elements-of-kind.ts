/** Which elements a document of a kind has: what the form shows, and what an empty draft begins with. */
import { type DocumentKind, emptyElements, type Elements, type TextBlockKind } from '../model.ts'

/** Elements that are written in the text itself. Source: 条例 第9条 (七)—(十五) */
export const textElements = ['title', 'recipients', 'attachment-note', 'signature', 'date', 'note', 'annex-title'] as const satisfies readonly TextBlockKind[]
/** One of them. */
export type TextElement = (typeof textElements)[number]

/** Kinds made public, which name no 主送. */
const publicKinds: ReadonlySet<DocumentKind> = new Set(['决议', '命令', '公报', '公告', '通告'])

/** Whether a kind is made public (公布类). */
export function isPublicKind(kind: DocumentKind): boolean {
  return publicKinds.has(kind)
}

/** How a kind uses an element written in the text: it must be there, it may, or it has no place.
 *
 * Source: GB/T 9704-2012 7, 10; practice for 纪要, which is not signed
 */
export function useOfElement(element: TextElement, { kind, format }: Pick<Elements, 'kind' | 'format'>): 'required' | 'optional' | 'unused' {
  switch (element) {
    case 'title':
      return format === 'order' || format === 'minutes' ? 'optional' : 'required'
    case 'recipients':
      return isPublicKind(kind) || format === 'order' || format === 'minutes' ? 'unused' : 'required'
    case 'signature':
    case 'date':
      return format === 'minutes' ? 'optional' : 'required'
    case 'attachment-note':
    case 'note':
    case 'annex-title':
      return 'optional'
  }
}

/** Whether the heading names those who signed (签发人): documents that go up. */
export function hasSigners(elements: Pick<Elements, 'direction' | 'signers'>): boolean {
  return elements.direction === 'up' || elements.signers.length > 0
}

/** Whether a signature stamp with the signer's post (签名章) takes the seal's place. */
export function hasSignatureStamp(elements: Pick<Elements, 'kind' | 'format'>): boolean {
  return elements.format === 'order' || elements.kind === '议案'
}

/** What else changes when a draft becomes another kind: fields that still are as the former kind begins with become as the new
 * one does; what somebody has chosen stays. */
export function changeOfKind(elements: Elements, to: DocumentKind): Partial<Elements> {
  const [before, after] = [firstElements(elements.kind), firstElements(to)]
  return {
    kind: to,
    ...(elements.format === before.format ? { format: after.format } : {}),
    ...(elements.direction === before.direction ? { direction: after.direction } : {}),
    ...(elements.markSuffix === before.markSuffix ? { markSuffix: after.markSuffix } : {}),
  }
}

/** Elements a draft of a kind begins with. */
export function firstElements(kind: DocumentKind): Elements {
  const empty = emptyElements(kind)
  return isPublicKind(kind) ? { ...empty, direction: 'public' } : empty
}

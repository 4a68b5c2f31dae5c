/** Which elements a document of a kind has: what the form shows, and what an empty draft begins with. */
import { type DocumentKind, emptyElements, type Elements, type TextBlockKind } from '../model.ts'
import { adoptedByMeetings } from './adoption.ts'

/** Elements that are written in the text itself. Source: 条例 第9条 (七)—(十五) */
export const textElements = ['title', 'title-note', 'recipients', 'attachment-note', 'signature', 'date', 'note', 'annex-title'] as const satisfies readonly TextBlockKind[]
/** One of them. */
export type TextElement = (typeof textElements)[number]

/** Kinds made public, which name no 主送. */
const publicKinds: ReadonlySet<DocumentKind> = new Set(['决议', '命令', '公报', '公告', '通告'])

/** Whether a kind is made public (公布类). */
export function isPublicKind(kind: DocumentKind): boolean {
  return publicKinds.has(kind)
}

/** What decides about the elements in a text. `isAdopted`: its 题注 says that a meeting adopted it. */
export interface ElementScene extends Pick<Elements, 'kind' | 'format'> {
  readonly isAdopted?: boolean
}

/** How a kind uses an element written in the text: it must be there, it may, or it has no place.
 *
 * Source: GB/T 9704-2012 7, 10; 条例 第8条(一), 第9条(十二) for what a meeting adopts; practice for 纪要, which is not signed, and for
 * 决议, whose 题注 stands for 署名 and 成文日期
 */
export function useOfElement(element: TextElement, scene: ElementScene): 'required' | 'optional' | 'unused' {
  const { kind, format } = scene
  switch (element) {
    case 'title':
      return format === 'order' || format === 'minutes' ? 'optional' : 'required'
    case 'title-note':
      return kind === '决议' ? 'required' : adoptedByMeetings.has(kind) && kind !== '纪要' ? 'optional' : 'unused'
    case 'recipients':
      return isPublicKind(kind) || format === 'order' || format === 'minutes' ? 'unused' : 'required'
    case 'signature':
    case 'date':
      if (format === 'minutes') return 'optional'
      return isSignedByNote(scene) ? 'unused' : 'required'
    case 'attachment-note':
    case 'note':
    case 'annex-title':
      return 'optional'
  }
}

/** Whether 题注 stands for 署名 and 成文日期: always in a 决议, in a 决定 or 公报 where it tells of the adoption. */
export function isSignedByNote({ kind, isAdopted = false }: ElementScene): boolean {
  return kind === '决议' || (isAdopted && kind !== '纪要' && adoptedByMeetings.has(kind))
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

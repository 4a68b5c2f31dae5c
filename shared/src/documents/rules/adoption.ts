/** What a meeting adopted (会议通过): the day and the meeting stand in the 题注 below the title, and nobody signs at the end. */
import type { CivilDate } from '../../base/instant.ts'
import { type Block, cleanText, type DocumentKind, type OfficialDocument } from '../model.ts'
import { parseDate } from '../text/patterns.ts'

/** Kinds a meeting may adopt: their 成文日期 is the day of adoption, which only the text can name. */
export const adoptedByMeetings: ReadonlySet<DocumentKind> = new Set<DocumentKind>(['决议', '决定', '公报', '纪要'])

/** Whether final pages go out without a seal: only what a meeting adopts may be signed by nobody, and then has no place for one.
 *
 * Source: 条例 第9条(十三)
 */
export function mayGoUnsealed(kind: DocumentKind, sealPlaces: number): boolean {
  return sealPlaces === 0 && adoptedByMeetings.has(kind)
}

/** What a 题注 says of the adoption; `block` is its index, `on` null where it names no such day. */
export interface Adoption {
  readonly block: number
  readonly text: string
  readonly on: CivilDate | null
}

/** A 题注 is a line or two: what is longer is not read to its end. */
const longestNote = 300
/** A day and, with no other day between, the word that it was adopted. */
const adoptedOn = /(\d{4}年\s?\d{1,2}月\s?\d{1,2}日)(?:(?!\d{4}年\s?\d{1,2}月)[^，。；;　])*(?:通过|批准)/gu
const adopted = /通过|批准/u

/** The adoption a 题注 tells of in its words, or null where it tells of none (published, amended, in force). */
export function adoptionIn(note: string): Omit<Adoption, 'block'> | null {
  const text = note.slice(0, longestNote)
  if (!adopted.test(text)) return null
  // Of several, the last one is that of the text as it stands.
  const last = [...text.matchAll(adoptedOn)].at(-1)?.[1]
  return { text: note, on: last === undefined ? null : parseDate(last) }
}

/** The adoption of the document itself: attachments (a regulation behind an order) have 题注 of their own. */
export function readAdoption({ blocks }: Pick<OfficialDocument, 'blocks'>): Adoption | null {
  for (const [block, each] of mainBlocks(blocks).entries()) {
    const found = each.kind === 'title-note' ? adoptionIn(cleanText(each.runs)) : null
    if (found) return { block, ...found }
  }
  return null
}

/** The 成文日期 a document bears: the date at its end, else the day its 题注 says it was adopted; null where it has neither.
 *
 * Source: 条例 第9条(十二)
 */
export function dateOfDocument(document: Pick<OfficialDocument, 'blocks'>): CivilDate | null {
  const date = mainBlocks(document.blocks).find((block) => block.kind === 'date')
  const written = date?.kind === 'date' ? parseDate(cleanText(date.runs)) : null
  return written ?? readAdoption(document)?.on ?? null
}

/** The blocks before the first attachment. */
export function mainBlocks(blocks: readonly Block[]): readonly Block[] {
  const end = blocks.findIndex((block) => block.kind === 'annex-title')
  return end < 0 ? blocks : blocks.slice(0, end)
}

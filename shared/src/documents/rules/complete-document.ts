/** What is known only after 签发 and is added when the frozen text is typeset: number, 成文日期, date of printing. */
import { chineseDate, type CivilDate } from '../../base/instant.ts'
import type { Block, DocumentNumber, OfficialDocument } from '../model.ts'
import { cleanText } from '../model.ts'
import { parseDate } from '../text/patterns.ts'
import { adoptedByMeetings, mainBlocks, readAdoption } from './adoption.ts'

/** Data of signing and registration. */
export interface IssueData {
  readonly number: DocumentNumber | null
  /** Day of 签发 in China. */
  readonly signedOn: CivilDate
  /** Day the document goes to print, null before it is registered. */
  readonly printedOn: CivilDate | null
  /** Name of the issuing organ, for an imprint left empty. */
  readonly organName: string
}

/** The document as it will be printed. Its 成文日期 is the day of 签发, whatever day was written while drafting; what a meeting
 * adopts (决议、决定、公报、纪要) keeps the day written in it, at its end or in its 题注. Source: 条例 第9条(十二) 署会议通过或者发文机关负责人签发的日期;
 * GB/T 9704-2012 7.3.5.4, 7.4.3
 *
 * The digest signed at 签发 is that of the text without these: they are facts of the register, not words of the text.
 */
export function completeDocument(document: OfficialDocument, data: IssueData): OfficialDocument {
  const { elements } = document
  const hasImprint = elements.format === 'general'
  // Minutes name organ and day under their mark; the organ only where somebody has written it.
  const hasDate = hasImprint || (elements.format === 'minutes' && elements.printedBy !== '')
  const isAdopted = adoptedByMeetings.has(elements.kind)
  const day = (isAdopted ? readAdoption(document)?.on : null) ?? data.signedOn
  return {
    ...document,
    elements: {
      ...elements,
      number: data.number ?? elements.number,
      printedOn: elements.printedOn ?? (hasDate ? data.printedOn : null),
      printedBy: elements.printedBy === '' && hasImprint ? data.organName : elements.printedBy,
    },
    blocks: withDate(document.blocks, day, isAdopted),
  }
}

/** The 成文日期 a document is printed with, where another day was written in it; null where the two agree or none was written.
 * Whoever signs or registers is told. */
export function findReplacedDate(document: OfficialDocument, signedOn: CivilDate): string | null {
  if (adoptedByMeetings.has(document.elements.kind)) return null
  const date = mainBlocks(document.blocks).find((block) => block.kind === 'date')
  if (date?.kind !== 'date') return null
  const text = cleanText(date.runs)
  const written = parseDate(text)
  return written !== null && written !== signedOn ? text : null
}

function withDate(blocks: readonly Block[], day: CivilDate, keepsWritten: boolean): readonly Block[] {
  const main = mainBlocks(blocks)
  const date: Block = { kind: 'date', runs: [{ text: chineseDate(day) }] }
  const at = main.findIndex((block) => block.kind === 'date')
  const found = main[at]
  if (found?.kind === 'date') {
    return keepsWritten && parseDate(cleanText(found.runs)) ? blocks : blocks.map((block, index) => (index === at ? date : block))
  }
  const signature = main.findLastIndex((block) => block.kind === 'signature')
  return signature < 0 ? blocks : [...blocks.slice(0, signature + 1), date, ...blocks.slice(signature + 1)]
}

/** What is known only after 签发 and is added when the frozen text is typeset: number, 成文日期, date of printing. */
import { chineseDate, type CivilDate } from '../../base/instant.ts'
import type { Block, DocumentNumber, OfficialDocument } from '../model.ts'
import { cleanText } from '../model.ts'
import { parseDate } from '../text/patterns.ts'

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

/** The document as it will be printed. A 成文日期 that is missing or left blank（年 月 日）becomes the day of 签发; one that was
 * written, as for a document adopted by a meeting, stays. Source: 条例 第9条(十二); GB/T 9704-2012 7.3.5.4, 7.4.3
 *
 * The digest signed at 签发 is that of the text without these: they are facts of the register, not words of the text.
 */
export function completeDocument(document: OfficialDocument, data: IssueData): OfficialDocument {
  const { elements } = document
  const hasImprint = elements.format === 'general'
  return {
    ...document,
    elements: {
      ...elements,
      number: data.number ?? elements.number,
      printedOn: elements.printedOn ?? (hasImprint ? data.printedOn : null),
      printedBy: elements.printedBy === '' && hasImprint ? data.organName : elements.printedBy,
    },
    blocks: withDate(document.blocks, data.signedOn),
  }
}

function withDate(blocks: readonly Block[], signedOn: CivilDate): readonly Block[] {
  const end = blocks.findIndex((block) => block.kind === 'annex-title')
  const main = blocks.slice(0, end < 0 ? blocks.length : end)
  const date: Block = { kind: 'date', runs: [{ text: chineseDate(signedOn) }] }
  const at = main.findIndex((block) => block.kind === 'date')
  const found = main[at]
  if (found?.kind === 'date') {
    return parseDate(cleanText(found.runs)) ? blocks : blocks.map((block, index) => (index === at ? date : block))
  }
  const signature = main.findLastIndex((block) => block.kind === 'signature')
  return signature < 0 ? blocks : [...blocks.slice(0, signature + 1), date, ...blocks.slice(signature + 1)]
}

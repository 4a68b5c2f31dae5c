/** A document as plain text, every derived number and label written out: for search, comparison and the round trip of import. */
import type { Block, Elements, OfficialDocument } from '../model.ts'
import { formatDocumentNumber } from '../model.ts'
import { deriveLabels } from '../gongwen/numbering.ts'
import { blockText } from './runs.ts'

const urgencyWords = { none: '', urgent: '加急', 'extra-urgent': '特急' } as const

/** The whole document as text, one block a line, 版头 first and 版记 last. Pending insertions are in, deletions out. */
export function textOf(document: OfficialDocument): string {
  const labels = deriveLabels(document.blocks)
  const post = document.elements.signerPost
  const signature = post === '' ? -1 : document.blocks.findIndex((block) => block.kind === 'signature')
  const body = document.blocks.map((block, index) =>
    writtenBlock(block, index === signature ? `${post}　` : (labels[index] ?? '')),
  )
  return [...headLines(document.elements), ...body, ...imprintLines(document.elements)]
    .filter((line) => line !== '')
    .join('\n')
}

/** As on the page: indented by two characters where GB/T 9704 indents, the label of an attachment on its own line. */
function writtenBlock(block: Block, label: string): string {
  const text = blockText(block)
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'article':
    case 'item':
    case 'subitem':
    case 'attachment-note':
      return `　　${label}${text}`
    case 'note':
      return `　　（${text}）`
    case 'chapter':
    case 'section':
      return label + text
    case 'annex-title':
      return label === '' ? text : `${label}\n${text}`
    case 'signature':
      return label + text
    default:
      return text
  }
}

function headLines(elements: Elements): readonly string[] {
  const mark = elements.issuers.join('\n') + elements.markSuffix
  return [
    elements.copyNumber,
    elements.secrecy,
    urgencyWords[elements.urgency],
    elements.issuers.length > 0 ? mark : '',
    elements.number ? formatDocumentNumber(elements.number) : '',
    elements.signers.length > 0 ? `签发人：${elements.signers.join('　')}` : '',
  ]
}

function imprintLines(elements: Elements): readonly string[] {
  const { attendees, absentees, observers, copyTo, printedBy, printedOn } = elements
  const [year, month, day] = (printedOn ?? '').split('-').map(Number)
  const printed = printedOn ? `${year}年${month}月${day}日印发` : ''
  return [
    attendees && `出席：${attendees}`,
    absentees && `请假：${absentees}`,
    observers && `列席：${observers}`,
    copyTo.length > 0 ? `抄送：${copyTo.join('，')}。` : '',
    [printedBy, printed].filter((part) => part !== '').join('　'),
  ]
}

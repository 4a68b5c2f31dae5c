/** The elements of a document as data: the eighteen core items of the metadata standard, by their Chinese names and in its order.
 * Source: GB/T 33480-2016 (names and order from its table of contents; the codes of its annex A are not used) */
import { chineseDate } from '@xiewen/shared/base'
import { cleanText, dateOfDocument, deriveLabels, formatDocumentNumber, type OfficialDocument } from '@xiewen/shared/documents'
import { xmlPart, xmlText } from './xml-text.ts'

/** One item; several values where the standard allows them. */
export interface MetadataItem {
  readonly name: string
  readonly values: readonly string[]
}

const urgencyWords = { none: '', urgent: '加急', 'extra-urgent': '特急' } as const

/** The items in the order of the standard; items without a value have an empty list. */
export function metadataOf(document: OfficialDocument, id: string): readonly MetadataItem[] {
  const { elements, blocks } = document
  const firstAnnex = blocks.findIndex((block) => block.kind === 'annex-title')
  const main = firstAnnex < 0 ? blocks : blocks.slice(0, firstAnnex)
  const textsOf = (kind: 'title' | 'recipients' | 'signature' | 'date' | 'note'): string[] => main.flatMap((block) => (block.kind === kind ? [cleanText(block.runs)] : []))
  // What a meeting adopted bears its day in the 题注 only.
  const day = dateOfDocument(document)
  const dates = textsOf('date').filter((text) => text !== '')
  const labels = deriveLabels(blocks)
  const attachments = main.flatMap((block, index) => (block.kind === 'attachment-note' ? [`${(labels[index] ?? '').replace(/^附件：/, '')}${cleanText(block.runs)}`] : []))
  return item([
    ['公文标识', [id]],
    ['文种', [elements.kind]],
    ['份号', [elements.copyNumber]],
    ['密级和保密期限', [elements.secrecy]],
    ['紧急程度', [urgencyWords[elements.urgency]]],
    ['发文机关标志', elements.issuers.length === 0 ? [] : [elements.issuers.join('　') + elements.markSuffix]],
    ['发文字号', elements.number ? [formatDocumentNumber(elements.number)] : []],
    ['签发人', elements.signers],
    ['标题', textsOf('title')],
    ['主送机关', textsOf('recipients').map((text) => text.replace(/[：:]\s*$/, ''))],
    ['附件说明', attachments],
    ['发文机关或签发人署名', textsOf('signature')],
    ['成文日期', dates.length > 0 || day === null ? dates : [chineseDate(day)]],
    ['附注', textsOf('note')],
    ['抄送机关', elements.copyTo],
    ['印发机关', [elements.printedBy]],
    ['印发日期', [elements.printedOn ?? '']],
    // How far down a document is released is not an element of ours.
    ['发布层次', []],
  ])
}

function item(list: readonly (readonly [name: string, values: readonly string[]])[]): readonly MetadataItem[] {
  return list.map(([name, values]) => ({ name, values: values.filter((value) => value !== '') }))
}

/** As XML: one element an item, repeated where it has several values. */
export function metadataXml(items: readonly MetadataItem[]): Uint8Array {
  const inside = items.flatMap(({ name, values }) => (values.length === 0 ? [`  <${name}/>`] : values.map((value) => `  <${name}>${xmlText(value)}</${name}>`)))
  return xmlPart(`<公文元数据 标准="GB/T 33480-2016">\n${inside.join('\n')}\n</公文元数据>\n`)
}

/** As JSON: a list of values by name. */
export function metadataJson(items: readonly MetadataItem[]): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(Object.fromEntries(items.map(({ name, values }) => [name, values])), null, 2)}\n`)
}

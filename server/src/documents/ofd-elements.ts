/** What an OFD says about the document in it. */
import { chineseDate } from '@xiewen/shared/base'
import { dateOfDocument, formatDocumentNumber, type OfficialDocument } from '@xiewen/shared/documents'

/** Elements by their names in the standard, for the metadata of an OFD. Source: GB/T 33480-2016 */
export function namedElements(document: OfficialDocument): Readonly<Record<string, string>> {
  const { elements } = document
  const day = dateOfDocument(document)
  const all: readonly (readonly [string, string])[] = [
    ['文种', elements.kind],
    ['发文机关标志', elements.issuers.join(' ') + elements.markSuffix],
    ['发文字号', elements.number ? formatDocumentNumber(elements.number) : ''],
    ['份号', elements.copyNumber],
    ['密级和保密期限', elements.secrecy],
    ['签发人', elements.signers.join('、')],
    ['成文日期', day ? chineseDate(day) : ''],
    ['抄送机关', elements.copyTo.join('，')],
    ['印发机关', elements.printedBy],
    ['印发日期', elements.printedOn ?? ''],
  ]
  return Object.fromEntries(all.filter(([, value]) => value !== ''))
}

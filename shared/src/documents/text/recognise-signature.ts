/** Reads 署名, 成文日期 and 附注. */
import type { SourceLine } from './lines.ts'
import { withoutBlanks } from './lines.ts'
import { isDateLine, isOrganName, parseTypedNumber } from './patterns.ts'
import type { Reading } from './reading.ts'
import { pushRecognised } from './reading.ts'

/** 署名 lines followed by a date, or a date alone. */
export function readSignature(reading: Reading, line: SourceLine, index: number): number {
  let length = 0
  while (length < 12 && isSignatureLine(reading.lines[index + length]?.text ?? '')) length += 1
  const date = reading.lines[index + length]
  if (!date || !isDateLine(date.text)) return 0
  for (const each of reading.lines.slice(index, index + length)) {
    const organs = each.text.split(/[ \u3000\t]{2,}|\u3000/)
    if (readSignerOfOrder(reading, each)) continue
    const names = organs.every((organ) => isOrganName(organ)) ? organs : [each.text]
    for (const text of names) pushRecognised(reading, 'signature', 'signature', { text, line: each.line })
  }
  pushRecognised(reading, 'date', 'date', { text: withoutBlanks(date.text), line: date.line })
  reading.isSigned = !reading.isAnnex
  return length + 1
}

/** `市长 张明` below an order or a bill: the post is an element, the name the signature (签名章). Source: GB/T 9704-2012 7.3.5.3 */
function readSignerOfOrder(reading: Reading, line: SourceLine): boolean {
  const signer =
    /^([\u4e00-\u9fff]{1,20}(?:长|主席|主任))[ \u3000\t]+([\u4e00-\u9fff·]{1,6}(?:[ \u3000][\u4e00-\u9fff]{1,3})?)$/.exec(
      line.text,
    )
  if (!signer?.[1] || !signer[2] || reading.elements.signerPost) return false
  reading.elements.signerPost = signer[1]
  pushRecognised(reading, 'signature', 'signature', { text: withoutBlanks(signer[2]), line: line.line })
  return true
}

function isSignatureLine(text: string): boolean {
  return (
    text !== '' &&
    text.length <= 50 &&
    !/[。；;！？，]/.test(text) &&
    !/^附件|[:：]$/.test(text) &&
    !isDateLine(text) &&
    parseTypedNumber(text) === null
  )
}

const notePattern = /^[（(]?(此件[^。]{0,40}|联系人[:：].{2,80}|此文[^。]{0,40})[)）]?$/

/** 附注: 此件公开发布, a contact. Its brackets are derived. */
export function readNote(reading: Reading, line: SourceLine): number {
  const match = line.text.length > 120 ? null : notePattern.exec(line.text)
  const wrapped = /^[（(].+[)）]$/.test(line.text)
  if (!match?.[1] || (!wrapped && !/^此件/.test(line.text))) return 0
  const text = wrapped ? line.text.slice(1, -1) : line.text
  if (/不予公开|不公开/.test(text)) reading.elements.disclosure = 'closed'
  else if (/依申请公开/.test(text)) reading.elements.disclosure = 'on-request'
  pushRecognised(reading, 'note', 'note', { text, line: line.line })
  return 1
}

/** Reads 附件说明 and the beginnings of attachments. */
import type { SourceLine } from './lines.ts'
import { isTable } from './lines.ts'
import { bareText, parseTypedNumber } from './patterns.ts'
import type { Reading } from './reading.ts'
import { pushRecognised } from './reading.ts'

/** 附件 or 附件1 on its own line, the title below it. */
export function readAnnexLabel(reading: Reading, line: SourceLine, index: number): number {
  const label = /^附件\s?(\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[:：]?$/.exec(line.text)
  const following = reading.lines[index + 1]
  if (!label || !following || isTable(following) || (!reading.isSigned && !reading.isAnnex)) return 0
  if (following.text.length > 100 || parseTypedNumber(following.text)) return 0
  beginAnnex(reading, following)
  return 2
}

function beginAnnex(reading: Reading, title: { text: string; line: number }): void {
  pushRecognised(reading, 'annex-title', 'annex', title)
  reading.counter.restart()
  reading.provisions.restart()
  reading.isAnnex = true
  reading.isSigned = false
}

const itemMark = /^\d{1,2}\s?[.．、]\s?/

/** `附件：1. 甲` and the lines 2. 乙 … below it, or `附件：甲`. */
export function readAttachmentNote(reading: Reading, line: SourceLine): number {
  const match = /^附件\s?(?:\d{1,2}\s?)?[:：]\s?(.{1,300})$/.exec(line.text)
  const isListItem =
    reading.blocks.at(-1)?.kind === 'attachment-note' && itemMark.test(line.text) && line.text.length <= 300
  if (!match && !isListItem) return 0
  if (match && reading.isSigned && !reading.isAnnex) {
    beginAnnex(reading, { text: match[1] ?? '', line: line.line })
    return 1
  }
  const names = (match?.[1] ?? line.text).split(/[\s\u3000]+(?=\d{1,2}[.．、])/)
  for (const name of names) {
    const text = name.replace(itemMark, '')
    reading.names.add(bareText(text))
    pushRecognised(reading, 'attachment-note', 'attachment-note', { text, line: line.line })
  }
  return 1
}

/** The heading of an attachment whose name is known, printed on up to three lines. */
export function readKnownAnnexTitle(reading: Reading, first: SourceLine, index: number): number {
  const afterNote = reading.blocks.at(-1)?.kind === 'attachment-note'
  if (!reading.isSigned && !reading.isAnnex && !afterNote) return 0
  let text = ''
  for (let taken = 1; taken <= 3; taken += 1) {
    const line = reading.lines[index + taken - 1]
    if (isTable(line)) return 0
    text += line?.text ?? ''
    if (text.length > 150) return 0
    if (bareText(text) !== '' && reading.names.delete(bareText(text))) {
      beginAnnex(reading, { text, line: first.line })
      return taken
    }
  }
  return 0
}

/** After the date only 版记 and attachments can follow: a short line there heads an attachment. */
export function readUnknownAnnexTitle(reading: Reading, line: SourceLine, index: number): number {
  if (!reading.isSigned || index >= reading.lines.length - 1) return 0
  if (line.text.length > 80 || /[。；;：:，,]$/.test(line.text) || parseTypedNumber(line.text)) return 0
  reading.report.guessed.push({ topic: 'annex-guessed', line: line.line, text: line.text })
  beginAnnex(reading, line)
  return 1
}

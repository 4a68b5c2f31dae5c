/** Reads what follows the head: paragraphs, headings, 附件说明, 署名, 成文日期, 附注, 版记 and attachments. */
import { headingCounter } from '../gongwen/numbering.ts'
import type { DraftBlock, DraftElements, DraftKind } from './draft.ts'
import { draftBlock, draftHeading, draftText, extendDraft } from './draft.ts'
import type { SourceLine } from './lines.ts'
import { withoutBlanks } from './lines.ts'
import { bareText, isDateLine, isOrganName, parseTypedNumber } from './patterns.ts'
import type { LineReader, Reading } from './reading.ts'
import { readAttendance, readCopyTo, readPrinted } from './recognise-imprint.ts'
import type { ImportTopic, ReportWriter } from './report.ts'

const readers: readonly LineReader[] = [
  readCopyTo,
  readPrinted,
  readAttendance,
  readNote,
  readAnnexLabel,
  readAttachmentNote,
  readKnownAnnexTitle,
  readSignature,
  readUnknownAnnexTitle,
  readHeading,
]

/** Reads the body and everything after it into `blocks` and `elements`.
 *
 * @param lines  from the first line after the head
 * @param title  text of the title: names the issued text (关于印发…的通知)
 */
export function readBody(
  lines: readonly SourceLine[],
  head: { readonly title: string; readonly elements: DraftElements },
  report: ReportWriter,
): readonly DraftBlock[] {
  const reading: Reading = {
    lines,
    blocks: [],
    elements: head.elements,
    report,
    counter: headingCounter(),
    names: issuedNames(head.title),
    isSigned: false,
    isAnnex: false,
  }
  let index = 0
  while (index < lines.length) {
    const line = lines[index]
    if (!line) break
    let taken = 0
    for (const read of readers) {
      taken = read(reading, line, index)
      if (taken > 0) break
    }
    if (taken === 0) readParagraph(reading, line)
    index += Math.max(1, taken)
  }
  return notesAfterDate(reading.blocks)
}

function issuedNames(title: string): Set<string> {
  const issued = /(?:印发|转发|批转|发布|公布)(.{2,120})的(?:通知|决定|公告)$/.exec(title)?.[1] ?? ''
  const quoted = /《(.{2,100})》/.exec(title)?.[1] ?? ''
  return new Set([bareText(issued), bareText(quoted)].filter((name) => name.length >= 4))
}

function push(reading: Reading, kind: DraftKind, topic: ImportTopic, source: { text: string; line: number }): void {
  reading.report.recognised.push({ topic, line: source.line, text: source.text })
  reading.blocks.push(draftBlock(kind, source.text, source.line))
}

const notePattern = /^[（(]?(此件[^。]{0,40}|联系人[:：].{2,80}|此文[^。]{0,40})[)）]?$/

function readNote(reading: Reading, line: SourceLine): number {
  const match = line.text.length > 120 ? null : notePattern.exec(line.text)
  const wrapped = /^[（(].+[)）]$/.test(line.text)
  if (!match?.[1] || (!wrapped && !/^此件/.test(line.text))) return 0
  const text = wrapped ? line.text.slice(1, -1) : line.text
  if (/不予公开|不公开/.test(text)) reading.elements.disclosure = 'closed'
  else if (/依申请公开/.test(text)) reading.elements.disclosure = 'on-request'
  push(reading, 'note', 'note', { text, line: line.line })
  return 1
}

function readAnnexLabel(reading: Reading, line: SourceLine, index: number): number {
  const label = /^附件\s?(\d{1,2}|[一二三四五六七八九十]{1,2})?\s?[:：]?$/.exec(line.text)
  const following = reading.lines[index + 1]
  if (!label || !following || (!reading.isSigned && !reading.isAnnex)) return 0
  if (following.text.length > 100 || parseTypedNumber(following.text)) return 0
  beginAnnex(reading, following)
  return 2
}

function beginAnnex(reading: Reading, title: { text: string; line: number }): void {
  push(reading, 'annex-title', 'annex', title)
  reading.counter.restart()
  reading.isAnnex = true
  reading.isSigned = false
}

const itemMark = /^\d{1,2}\s?[.．、]\s?/

/** `附件：1. 甲` and the lines 2. 乙 … below it, or `附件：甲`. */
function readAttachmentNote(reading: Reading, line: SourceLine): number {
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
    push(reading, 'attachment-note', 'attachment-note', { text, line: line.line })
  }
  return 1
}

/** The heading of an attachment whose name is known, printed on up to three lines. */
function readKnownAnnexTitle(reading: Reading, line: SourceLine, index: number): number {
  const afterNote = reading.blocks.at(-1)?.kind === 'attachment-note'
  if (!reading.isSigned && !reading.isAnnex && !afterNote) return 0
  let text = ''
  for (let taken = 1; taken <= 3; taken += 1) {
    text += reading.lines[index + taken - 1]?.text ?? ''
    if (text.length > 150) return 0
    if (bareText(text) !== '' && reading.names.delete(bareText(text))) {
      beginAnnex(reading, { text, line: line.line })
      return taken
    }
  }
  return 0
}

/** 署名 lines followed by a date, or a date alone. */
function readSignature(reading: Reading, line: SourceLine, index: number): number {
  let length = 0
  while (length < 12 && isSignatureLine(reading.lines[index + length]?.text ?? '')) length += 1
  const date = reading.lines[index + length]
  if (!date || !isDateLine(date.text)) return 0
  for (const each of reading.lines.slice(index, index + length)) {
    const organs = each.text.split(/[ \u3000\t]{2,}|\u3000/)
    if (readSignerOfOrder(reading, each)) continue
    const names = organs.every((organ) => isOrganName(organ)) ? organs : [each.text]
    for (const text of names) push(reading, 'signature', 'signature', { text, line: each.line })
  }
  push(reading, 'date', 'date', { text: withoutBlanks(date.text), line: date.line })
  reading.isSigned = !reading.isAnnex
  return length + 1
}

/** 市长　张明 below an order or a bill: the post is an element, the name the signature (签名章). Source: GB/T 9704-2012 7.3.5.3 */
function readSignerOfOrder(reading: Reading, line: SourceLine): boolean {
  const signer =
    /^([\u4e00-\u9fff]{1,20}(?:长|主席|主任))[ \u3000\t]+([\u4e00-\u9fff·]{1,6}(?:[ \u3000][\u4e00-\u9fff]{1,3})?)$/.exec(
      line.text,
    )
  if (!signer?.[1] || !signer[2]) return false
  reading.elements.signerPost = signer[1]
  push(reading, 'signature', 'signature', { text: withoutBlanks(signer[2]), line: line.line })
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

/** After the date only 版记 and attachments can follow: a short line there heads an attachment. */
function readUnknownAnnexTitle(reading: Reading, line: SourceLine, index: number): number {
  if (!reading.isSigned || index >= reading.lines.length - 1) return 0
  if (line.text.length > 80 || /[。；;：:，,]$/.test(line.text) || parseTypedNumber(line.text)) return 0
  reading.report.guessed.push({ topic: 'annex-guessed', line: line.line, text: line.text })
  beginAnnex(reading, line)
  return 1
}

function readHeading(reading: Reading, line: SourceLine): number {
  const number = parseTypedNumber(line.text)
  if (!number || line.text.length <= number.length) return 0
  const restart = reading.counter.next(number.level, false)
  const onward = reading.counter.next(number.level, true)
  const isExact = number.count === restart || number.count === onward
  if (number.damaged && (!isExact || /^[^（(]{1,12}[）)]/.test(line.text.slice(number.length)))) return 0
  if (!isExact && (number.count < restart || number.count > restart + 2)) return 0
  const continues = number.count !== restart && number.count === onward
  reading.counter.count(number.level, continues)
  const text = line.text.slice(number.length)
  reading.blocks.push(draftHeading(number.level, continues, { text, line: line.line }))
  reading.report.recognised.push({ topic: 'heading', line: line.line, text: line.text.slice(0, 60) })
  const guessed = !isExact
    ? 'heading-renumbered'
    : number.damaged
      ? 'heading-repaired'
      : number.style
        ? 'number-style'
        : null
  if (guessed) reading.report.guessed.push({ topic: guessed, line: line.line, text: line.text.slice(0, 60) })
  return 1
}

/** The text a notice or order issues is named in its first sentences: 《……》……现印发给你们, 现予公布. */
function noteIssuedNames(reading: Reading, text: string): void {
  if (
    reading.isSigned ||
    reading.isAnnex ||
    text.length > 1000 ||
    !/现(?:将|予|印发)|印发给你们|予以(?:公布|印发)/.test(text)
  )
    return
  for (const quoted of text.matchAll(/《([^《》]{2,100})》/g)) reading.names.add(bareText(quoted[1] ?? ''))
}

function readParagraph(reading: Reading, line: SourceLine): void {
  noteIssuedNames(reading, line.text)
  const last = reading.blocks.at(-1)
  if (last && isBroken(last, line)) {
    reading.report.guessed.push({ topic: 'lines-joined', line: line.line, text: line.text.slice(0, 40) })
    extendDraft(last, line.text)
  } else reading.blocks.push(draftBlock('paragraph', line.text, line.line))
}

/** A paragraph shorter than this was not broken by the width of a page. */
const brokenLength = 18

/** Whether `line` goes on with the block before it: that one is long, has no stop at its end, and no indent begins a new one. */
function isBroken(block: DraftBlock, line: SourceLine): boolean {
  if (line.indented || block.length < brokenLength) return false
  const end = block.pieces.at(-1) ?? ''
  if (block.kind === 'heading' && !block.pieces.some((piece) => piece.includes('。'))) return false
  if (block.kind !== 'paragraph' && block.kind !== 'heading') return false
  if (/[。！？!?；;：:….]$/.test(end)) return false
  return !/[）)”’》]$/.test(end) || !line.afterBlank
}

/** 附注 stands below the date, wherever the web page printed it. Source: GB/T 9704-2012 7.3.6 */
function notesAfterDate(blocks: readonly DraftBlock[]): readonly DraftBlock[] {
  const firstAnnex = blocks.findIndex((block) => block.kind === 'annex-title')
  const main = firstAnnex < 0 ? blocks : blocks.slice(0, firstAnnex)
  const rest = firstAnnex < 0 ? [] : blocks.slice(firstAnnex)
  if (!main.some((block) => block.kind === 'date')) return blocks
  const notes = main.filter((block) => block.kind === 'note')
  return [...main.filter((block) => block.kind !== 'note'), ...notes, ...rest]
}

/** The signatures of the main document, for whoever needs the issuing organ. */
export function signaturesIn(blocks: readonly DraftBlock[]): readonly string[] {
  const end = blocks.findIndex((block) => block.kind === 'annex-title')
  return blocks
    .slice(0, end < 0 ? undefined : end)
    .filter((block) => block.kind === 'signature')
    .map(draftText)
}

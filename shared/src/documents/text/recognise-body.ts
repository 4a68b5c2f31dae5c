/** Reads what follows the head: paragraphs, headings, 附件说明, 署名, 成文日期, 附注, 版记 and attachments. */
import { headingCounter, provisionCounter } from '../gongwen/numbering.ts'
import type { DraftBlock, DraftElements } from './draft.ts'
import { draftBlock, draftHeading, draftTable, draftText, extendDraft } from './draft.ts'
import type { SourceLine } from './lines.ts'
import { bareText, parseTypedNumber } from './patterns.ts'
import type { LineReader, Reading } from './reading.ts'
import { readAnnexLabel, readAttachmentNote, readKnownAnnexTitle, readUnknownAnnexTitle } from './recognise-annexes.ts'
import { readAttendance, readCopyTo, readPrinted } from './recognise-imprint.ts'
import { readProvision, readTitleNote } from './recognise-provisions.ts'
import { readNote, readSignature } from './recognise-signature.ts'
import type { ReportWriter } from './report.ts'

const readers: readonly LineReader[] = [
  readTable,
  readCopyTo,
  readPrinted,
  readAttendance,
  readTitleNote,
  readNote,
  readAnnexLabel,
  readAttachmentNote,
  readKnownAnnexTitle,
  readSignature,
  readProvision,
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
    provisions: provisionCounter(),
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

function readTable(reading: Reading, line: SourceLine): number {
  if (!line.table) return 0
  reading.blocks.push(draftTable(line.table, line.line, line.landscape === true))
  reading.report.recognised.push({ topic: 'table', line: line.line, text: `${line.table.length}×${line.table[0]?.cells.length ?? 0}` })
  return 1
}

/** A longer line is no heading, whatever style a source gave it. */
const longestStyledHeading = 100

/** A heading by its style alone: its number is derived, so it gets one it did not have. */
function readStyledHeading(reading: Reading, line: SourceLine): number {
  const level = line.hint?.level
  if (level === undefined || line.text.length > longestStyledHeading || /[，；：,;:]$/.test(line.text)) return 0
  reading.counter.count(level, false)
  reading.blocks.push(draftHeading(level, false, line))
  reading.report.guessed.push({ topic: 'heading-styled', line: line.line, text: line.text.slice(0, 60) })
  return 1
}

function readHeading(reading: Reading, line: SourceLine): number {
  const number = parseTypedNumber(line.text)
  if (!number) return readStyledHeading(reading, line)
  if (line.text.length <= number.length) return 0
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
    extendDraft(last, line.text, line.line)
  } else {
    reading.blocks.push(draftBlock('paragraph', line.text, line.line))
    reading.provisions.pass()
  }
}

/** A paragraph shorter than this was not broken by the width of a page. */
const brokenLength = 18

/** Whether `line` goes on with the block before it: that one is long, has no stop at its end, and no indent begins a new one. */
function isBroken(block: DraftBlock, line: SourceLine): boolean {
  if (line.indented || block.rows || block.length < brokenLength) return false
  const end = block.pieces.at(-1) ?? ''
  if (block.kind === 'heading' && !block.pieces.some((piece) => piece.includes('。'))) return false
  if (!['paragraph', 'heading', 'article', 'item', 'subitem'].includes(block.kind)) return false
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

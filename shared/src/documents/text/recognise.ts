/** Recognises an official document in plain text: what a drafter pastes or imports becomes a document with structure. */
import type { DocumentKind, Elements, OfficialDocument, TextRun } from '../model.ts'
import { emptyElements, versionOfContent } from '../model.ts'
import { dropFurniture } from './chrome.ts'
import type { DraftBlock, DraftElements, LineFormats } from './draft.ts'
import { draftBlock, draftText, finishDraft } from './draft.ts'
import type { SourceLine } from './lines.ts'
import { mendSpaces, readLines } from './lines.ts'
import { isOrganName, kindOfTitle, parseDate } from './patterns.ts'
import { placeFigures, takeFigures } from './place-figures.ts'
import { readBody, signaturesIn } from './recognise-body.ts'
import { readHead } from './recognise-head.ts'
import type { ImportReport, ReportWriter } from './report.ts'
import { openReport } from './report.ts'
import { joinTitleNotes } from './title-note-lines.ts'
import { dropContents, flattenFrames, tabTables } from './source-tables.ts'

/** A recognised document and what its reader should check. */
export interface Recognition {
  readonly document: OfficialDocument
  readonly report: ImportReport
}

/** Finds title, 主送, headings, 附件, 署名, date and 版记 in plain text.
 *
 * Typed heading numbers are taken off because they are derived; a count that runs on under a new parent stays one by
 * `continues`. Text that is no page furniture is never lost. Never throws; time grows with the length of the text.
 */
export function recogniseText(text: string): Recognition {
  const report = openReport()
  return recogniseLines(tabTables(dropContents(readLines(text, report), report), report), report)
}

/** The same for the lines of a richer source (Word, web page, Markdown), whose hints and tables count.
 *
 * @param report what reading the source had to say already; it is added to and handed back
 */
export function recogniseLines(source: readonly SourceLine[], report: ReportWriter): Recognition {
  const taken = takeFigures(source)
  const lines = joinTitleNotes(mendSpaces(dropFurniture(flattenFrames(taken.lines), report), report), report)
  const head = readHead(lines, report)
  const titleBlock = head.blocks.find((block) => block.kind === 'title')
  const title = titleBlock ? draftText(titleBlock) : ''
  const body = readBody(lines.slice(head.next), { title, elements: head.elements }, report)
  const issuedOn = body.find((block) => block.kind === 'date')
  const year = Number((issuedOn ? parseDate(draftText(issuedOn)) : null)?.slice(0, 4) ?? Number.NaN)
  // An order's number has no year: that of the date of issue.
  const bare = head.elements.number ? null : head.bareNumber
  const numberYear = bare?.year ?? year
  const isDated = bare !== null && numberYear >= 1949 && numberYear <= 2999
  if (isDated) head.elements.number = { code: bare.code, year: numberYear, serial: bare.serial }
  const undated = head.bareNumber !== null && !isDated ? [draftBlock('paragraph', head.bareNumber.text, 1)] : []
  const elements = settleElements(head.elements, { title, signatures: signaturesIn(body) }, report)
  const drafts = [...head.blocks, ...undated, ...body]
  const formats = formatsOf(lines)
  const finished = drafts.map((draft) => finishDraft(draft, formats))
  reportLostFormats(drafts, formats, report)
  const blocks = placeFigures({ drafts, blocks: finished, head: head.blocks.length + undated.length }, taken.figures, formatsOf(taken.figures.flatMap(({ caption }) => caption ?? [])))
  return { document: { version: versionOfContent(blocks), elements, blocks }, report }
}

function formatsOf(lines: readonly SourceLine[]): LineFormats {
  return new Map(lines.flatMap((line) => (line.runs ? [[line.line, line.runs] as const] : [])))
}

/** Pending deletions and footnotes in lines that became elements, where there is no place for them. */
function reportLostFormats(drafts: readonly DraftBlock[], formats: LineFormats, report: ReportWriter): void {
  const kept = new Set(drafts.flatMap((draft) => draft.lines))
  for (const [line, runs] of formats) {
    if (kept.has(line)) continue
    const text = deletedText(runs)
    if (text !== '') report.dropped.push({ topic: 'deletion', line, text })
    for (const run of runs) if (run.footnote !== undefined) report.dropped.push({ topic: 'footnote', line, text: run.footnote })
  }
}

function deletedText(runs: readonly TextRun[]): string {
  return runs.flatMap((run) => (run.change?.kind === 'deletion' ? [run.text] : [])).join('')
}

/** Kinds that are published rather than sent. Source: 条例 第8条 */
const publicKinds: readonly DocumentKind[] = ['公告', '通告', '公报', '决议', '命令']

function organOfTitle(title: string): string | null {
  const organ = /^(.{3,60}?)关于/.exec(title)?.[1] ?? ''
  return isOrganName(organ) || /(?:会议|大会)$/.test(organ) ? organ : null
}

/** Fills in what the text does not say: kind from the title, organ from the signature, format from the number. */
function settleElements(
  found: DraftElements,
  text: { readonly title: string; readonly signatures: readonly string[] },
  report: ReportWriter,
): Elements {
  const kind =
    kindOfTitle(text.title) ??
    (/令$/.test(found.markSuffix ?? '') ? '命令' : found.markSuffix === '纪要' ? '纪要' : null)
  if (kind === null) report.guessed.push({ topic: 'kind', line: 1, text: '通知' })
  const settled: Elements = { ...emptyElements(kind ?? '通知'), ...found }
  const direction = publicKinds.includes(settled.kind) ? 'public' : settled.direction
  // 市长　张明 signs for the organ in the title; a resolution is not signed at all.
  const titled = settled.signerPost === '' && text.signatures.length > 0 ? null : organOfTitle(text.title)
  const signed = titled === null ? text.signatures.map((name) => name.slice(0, 60)).slice(0, 12) : [titled]
  const issuers = settled.issuers.length > 0 ? settled.issuers : signed
  if (issuers !== settled.issuers && issuers.length > 0) {
    report.guessed.push({ topic: titled === null ? 'issuers-from-signature' : 'issuers-from-title', line: 1, text: issuers.join('、') })
  }
  const code = settled.number?.code ?? ''
  const isLetter = found.markSuffix === undefined && code.endsWith('函') && settled.format === 'general'
  if (!isLetter) return { ...settled, direction, issuers }
  report.guessed.push({ topic: 'format-letter', line: 1, text: code })
  return { ...settled, direction, issuers, format: 'letter', markSuffix: '' }
}

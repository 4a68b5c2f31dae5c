/** Reads Markdown into lines the recogniser understands: headings, emphasis, tables; all other marks are taken off.
 * Source: CommonMark 0.31, and the table extension of GFM, as far as texts of offices use them */
import type { HeadingLevel } from '../../gongwen/numbering.ts'
import type { TableRow, TextRun } from '../../model.ts'
import type { SourceLine } from '../lines.ts'
import { visibleText } from '../lines.ts'
import type { ReportWriter } from '../report.ts'
import { mergeRuns } from '../runs.ts'
import { decodeReferences } from './entities.ts'

/** Widest table that is taken for one (columns). */
const mostColumns = 60

interface Heading {
  readonly depth: number
  readonly text: string
}

/** Reads Markdown. A single heading of the first depth is the title; those below it are the levels of the text. Never throws. */
export function readMarkdown(source: string, report: ReportWriter): readonly SourceLine[] {
  const lines = visibleText(source, report).split(/\r\n|\r|\n/)
  const titles = lines.filter((line) => headingOf(line)?.depth === 1).length
  const reader = { lines, report, shift: titles === 1 ? 1 : 0, found: [] as SourceLine[] }
  let afterBlank = true
  let isFenced = false
  for (let index = 0; index < lines.length; index += 1) {
    const raw = lines[index] ?? ''
    if (/^\s{0,3}(?:```|~~~)/.test(raw)) isFenced = !isFenced
    else if (raw.trim() === '') afterBlank = true
    else if (isFenced) addText(reader, { raw, index, afterBlank, isPlain: true })
    else {
      index += readMarkdownLine(reader, raw, index, afterBlank)
      afterBlank = false
    }
  }
  return reader.found
}

interface MarkdownReader {
  readonly lines: readonly string[]
  readonly report: ReportWriter
  /** By how much headings stand deeper than levels of the text. */
  readonly shift: number
  readonly found: SourceLine[]
}

/** Reads what begins at a line and returns how many lines after it were taken as well. */
function readMarkdownLine(reader: MarkdownReader, raw: string, index: number, afterBlank: boolean): number {
  const following = reader.lines[index + 1] ?? ''
  const table = tableAt(reader, index)
  if (table) {
    reader.found.push({ line: index + 1, text: '', indented: true, afterBlank, table: table.rows })
    return table.taken
  }
  if (/^\s{0,3}(?:\*\s*){3,}$|^\s{0,3}(?:-\s*){3,}$|^\s{0,3}(?:_\s*){3,}$/.test(raw)) return 0
  const isSetext = /^\s{0,3}(?:=+|-{2,})\s*$/.test(following) && !/^\s{0,3}[#>\-*+|]/.test(raw)
  const heading = isSetext ? { depth: following.trim().startsWith('=') ? 1 : 2, text: raw.trim() } : headingOf(raw)
  if (!heading) {
    addText(reader, { raw, index, afterBlank, isPlain: false })
    return 0
  }
  addHeading(reader, heading, index)
  return isSetext ? 1 : 0
}

function headingOf(line: string): Heading | null {
  const match = line.length > 1000 ? null : /^\s{0,3}(#{1,6})(?:\s+|(?=[^#\s]))(.*?)\s*#*\s*$/.exec(line)
  return match?.[2] ? { depth: match[1]?.length ?? 1, text: match[2] } : null
}

function addHeading(reader: MarkdownReader, heading: Heading, index: number): void {
  const rank = heading.depth - reader.shift
  const level: HeadingLevel = rank >= 4 ? 4 : rank === 3 ? 3 : rank === 2 ? 2 : 1
  const text = wordsOf(reader, heading.text, index).map((run) => run.text).join('')
  reader.found.push({ line: index + 1, text, indented: true, afterBlank: true, hint: rank === 0 ? { title: true } : { level } })
}

function addText(reader: MarkdownReader, given: { readonly raw: string; readonly index: number; readonly afterBlank: boolean; readonly isPlain: boolean }): void {
  const { raw, index, afterBlank } = given
  const bare = given.isPlain ? raw : raw.replace(/^(?:\s{0,3}>\s?){1,9}/, '')
  const bullet = given.isPlain ? null : /^\s*[-*+]\s+(?:\[[ xX]\]\s+)?/.exec(bare)
  if (bullet) reader.report.dropped.push({ topic: 'bullet', line: index + 1, text: bullet[0].trim() })
  const text = bullet ? bare.slice(bullet[0].length) : bare
  const indented = afterBlank || bullet !== null || /^[\s\u3000]{2}/.test(text) || /(?: {2}|\\)$/.test(reader.lines[index - 1] ?? '')
  const runs = given.isPlain ? [{ text: text.trim() }] : wordsOf(reader, text.trim().replace(/\\$/, ''), index)
  const words = runs.map((run) => run.text).join('').trim()
  if (words === '') return
  reader.found.push({ line: index + 1, text: words, indented, afterBlank, ...(runs.some((run) => run.bold === true) ? { runs } : {}) })
}

/** The words of a line with emphasis as runs; links keep their words, pictures and addresses go into the report. */
function wordsOf(reader: MarkdownReader, raw: string, index: number): readonly TextRun[] {
  const line = index + 1
  const plain = raw
    .replace(/!\[([^\]]{0,500})\]\([^)\s]{0,2000}(?:\s+"[^"]{0,200}")?\)/g, (_whole, words: string) => {
      reader.report.dropped.push({ topic: 'image', line, text: words })
      return ''
    })
    .replace(/\[([^\]]{1,500})\]\(([^)\s]{1,2000})(?:\s+"[^"]{0,200}")?\)/g, (_whole, words: string, address: string) => {
      reader.report.dropped.push({ topic: 'external-reference', line, text: address.slice(0, 200) })
      return words
    })
    .replace(/<(?:\/?(?:br|p|div|span|b|i|u|strong|em|sup|sub|center|font)\b[^<>]{0,300})>/gi, '')
    .replace(/(?<!\\)`([^`]{1,500})`/g, '$1')
  return mergeRuns(
    plain.split(/(\*\*[^*]{1,2000}\*\*|__[^_]{1,2000}__)/).map((part): TextRun => {
      const isBold = /^(?:\*\*.+\*\*|__.+__)$/.test(part)
      const inner = isBold ? part.slice(2, -2) : part
      const text = decodeReferences(inner.replace(/(?<!\\)\*([^*]{1,2000})\*/g, '$1').replace(/~~([^~]{1,500})~~/g, '$1').replace(/\\([\\`*_{}[\]()#+\-.!|>~])/g, '$1'))
      return isBold ? { text, bold: true } : { text }
    }),
  )
}

function tableAt(reader: MarkdownReader, index: number): { readonly rows: readonly TableRow[]; readonly taken: number } | null {
  const { lines } = reader
  const head = lines[index] ?? ''
  if (!head.includes('|') || !/^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/.test((lines[index + 1] ?? '').slice(0, 4000)) || !(lines[index + 1] ?? '').includes('-')) return null
  const columns = splitCells(head).length
  if (columns > mostColumns) return null
  const rows: TableRow[] = [rowOf(reader, head, { index, columns, header: true })]
  let next = index + 2
  while ((lines[next] ?? '').includes('|')) {
    rows.push(rowOf(reader, lines[next] ?? '', { index: next, columns, header: false }))
    next += 1
  }
  return { rows, taken: next - index - 1 }
}

function rowOf(reader: MarkdownReader, line: string, at: { readonly index: number; readonly columns: number; readonly header: boolean }): TableRow {
  const texts = splitCells(line)
  const cells = texts.length < at.columns ? [...texts, ...Array<string>(at.columns - texts.length).fill('')] : texts
  return { header: at.header, cells: cells.map((text) => ({ columns: 1, runs: wordsOf(reader, text, at.index) })) }
}

function splitCells(line: string): readonly string[] {
  return line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/<br\s*\/?>/gi, '\n'))
}

/** Tables in a source that are none, and tables that are not marked as such: frames that only lay out a 版头, a 版记 or the facts
 * of a web page become lines; rows pasted as words and tabs become a table. */
import type { TableRow } from '../model.ts'
import { isFurniture } from './chrome.ts'
import { cleanText } from '../model.ts'
import type { SourceLine } from './lines.ts'
import { withoutBlanks } from './lines.ts'
import { bareText, isOrganName, parseNumber } from './patterns.ts'
import type { ReportWriter } from './report.ts'
import { plainRuns } from './runs.ts'

/** Frames of the 版头 stand this near to the beginning (lines). */
const headZone = 12
/** A frame holds short lines; a longer cell is text. */
const longestFrameCell = 400

/** The lines with every frame taken apart, one line a row. */
export function flattenFrames(lines: readonly SourceLine[]): readonly SourceLine[] {
  if (!lines.some((line) => line.table)) return lines
  return lines.flatMap((line, index) => {
    if (!line.table) return [line]
    const rows = line.table.map((row) => row.cells.map((cell) => cleanText(cell.runs)))
    const frame = frameLines(rows, { isHead: index < headZone, isTail: index >= lines.length - headZone })
    return frame === null ? [line] : frame.map((text): SourceLine => ({ line: line.line, text, indented: true, afterBlank: false }))
  })
}

/** The lines of a frame, or null when the table is one. */
function frameLines(
  rows: readonly (readonly string[])[],
  place: { readonly isHead: boolean; readonly isTail: boolean },
): readonly string[] | null {
  const cells = rows.flat().filter((cell) => cell.trim() !== '')
  if (cells.length === 0) return []
  if (rows.length === 1 && cells.length === 1) return splitLines(cells)
  if (cells.some((cell) => cell.length > longestFrameCell)) return null
  if (place.isHead && isFactsTable(cells)) return rows.flatMap(factLines)
  if (place.isHead && cells.some(isHeadCell)) return headFrame(rows)
  if (place.isTail && cells.some((cell) => /^(?:抄送|抄报|分送|主送)\s*[:：]|日\s*印发$/.test(cell.trim()))) return rows.map(joinedRow)
  return null
}

function splitLines(cells: readonly string[]): readonly string[] {
  return cells.flatMap((cell) => cell.split('\n')).map((text) => text.trim()).filter((text) => text !== '')
}

function joinedRow(row: readonly string[]): string {
  return row.map((cell) => cell.replace(/\n/g, '').trim()).filter((cell) => cell !== '').join('　').replace(/([:：])　/g, '$1')
}

function isHeadCell(cell: string): boolean {
  const tight = withoutBlanks(cell).replace(/\n/g, '')
  return /文件$/.test(tight) || /^签发人[:：]/.test(tight) || /^(?:特急|加急)$/.test(tight) || (tight.length < 40 && parseNumber(tight) !== null)
}

/** 版头 of several organs: 文件 stands beside all of them and belongs after the last. */
function headFrame(rows: readonly (readonly string[])[]): readonly string[] {
  const organs = rows.flatMap((row) => splitLines(row)).filter((text) => isOrganName(withoutBlanks(text)))
  const texts = rows.flatMap((row) => (row.some((cell) => cell.includes('\n')) ? splitLines(row) : [joinedRow(row)]))
  const isBeside = rows.flat().some((cell) => withoutBlanks(cell) === '文件')
  if (!isBeside || organs.length < 2) return texts.filter((text) => text !== '')
  const others = texts.filter((text) => !/^文件$/.test(withoutBlanks(text)) && !organs.includes(text.replace(/　文件$/, '').trim()))
  return [...organs.slice(0, -1), `${organs.at(-1) ?? ''}文件`, ...others.filter((text) => text !== '')]
}

const factLabel = /^(?:索引号|主题分类|发文机关|制发机关|发布机构|公开主体|成文日期|发文日期|发布日期|公布日期|生成日期|标题|名称|发文字号|文号|主题词|有效性|体裁分类|信息分类|公开方式|统一编号|关键词|废止日期|实施日期)[:：]?$/

/** The facts a policy page prints in a table above the text: 索引号, 发文机关, 成文日期 … */
function isFactsTable(cells: readonly string[]): boolean {
  const facts = cells.filter((cell) => factLabel.test(withoutBlanks(cell)) || (cell.length < 120 && isFurniture(cell)))
  return facts.length >= 2
}

function factLines(row: readonly string[]): readonly string[] {
  const texts = row.map((cell) => cell.replace(/\s+/g, ' ').trim())
  const lines: string[] = []
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? ''
    const isLabel = factLabel.test(withoutBlanks(text))
    if (text !== '') lines.push(isLabel ? `${withoutBlanks(text).replace(/[:：]$/, '')}：${texts[index + 1] ?? ''}` : text)
    if (isLabel) index += 1
  }
  return lines
}

/** Most lines a table of contents has. */
const longestContents = 300

/** The lines without a pasted table of contents (目录): its lines name what stands further down, with page numbers behind. */
export function dropContents(lines: readonly SourceLine[], report: ReportWriter): readonly SourceLine[] {
  const start = lines.findIndex((line) => /^(?:目录|目次)$/.test(withoutBlanks(line.text)))
  if (start < 0) return lines
  const later = new Set(lines.slice(start + 1).map((line) => bareText(line.text)))
  let end = start + 1
  while (end < Math.min(lines.length, start + longestContents) && isContentsLine(lines[end]?.text ?? '', later)) end += 1
  // Without page numbers the list ends where its first line comes again: there the text itself begins.
  const wordsOf = (line: SourceLine | undefined): string => bareText((line?.text ?? '').replace(contentsNumber, ''))
  const again = lines.findIndex((line, index) => index > start + 1 && index < end && wordsOf(line) === wordsOf(lines[start + 1]))
  const stop = again > 0 ? again : end
  if (stop - start < 3) return lines
  for (const line of lines.slice(start, stop)) report.dropped.push({ topic: 'contents', line: line.line, text: line.text })
  return [...lines.slice(0, start), ...lines.slice(stop)]
}

const contentsNumber = /[\s.…·—-]*\d{1,3}$/

function isContentsLine(text: string, later: ReadonlySet<string>): boolean {
  if (text === '' || text.length > 120 || /[。；]$/.test(text)) return false
  const words = text.replace(contentsNumber, '')
  return (words.length < text.length && /[\t.…·]\s*[.…·]*\s*\d{1,3}$|\s{2,}\d{1,3}$/.test(text)) || later.has(bareText(words)) || later.has(bareText(text))
}

/** Rows pasted as words and tabs, gathered into tables. A pair of columns needs three rows, more columns two. */
export function tabTables(lines: readonly SourceLine[], report: ReportWriter): readonly SourceLine[] {
  const result: SourceLine[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const rows = tabRows(lines, index)
    const line = lines[index]
    if (!line) break
    if (rows === null) result.push(line)
    else {
      result.push({ line: line.line, text: '', indented: true, afterBlank: line.afterBlank, table: tableOf(rows) })
      report.guessed.push({ topic: 'table-guessed', line: line.line, text: (rows[0] ?? []).join('｜').slice(0, 60) })
      index += rows.length - 1
    }
  }
  return result
}

/** Longest cell of a pasted row (characters). */
const longestTabCell = 500
/** Widest pasted table that is taken for one (columns). */
const mostColumns = 30

function tabRows(lines: readonly SourceLine[], from: number): readonly (readonly string[])[] | null {
  const first = cellsOf(lines[from])
  if (first === null) return null
  const rows = [first]
  for (let index = from + 1; index < lines.length; index += 1) {
    const cells = cellsOf(lines[index])
    if (cells === null || Math.abs(cells.length - first.length) > 1) break
    rows.push(cells)
  }
  const columns = Math.max(...rows.map((row) => row.length))
  if (rows.length < (columns >= 3 ? 2 : 3)) return null
  return rows.map((row) => [...row, ...Array<string>(columns - row.length).fill('')])
}

function cellsOf(line: SourceLine | undefined): readonly string[] | null {
  if (!line || line.table || !line.text.includes('\t') || isHeadCell(line.text) || isFurniture(line.text)) return null
  const cells = line.text.split('\t').map((cell) => cell.trim())
  const isRow = cells.length >= 2 && cells.length <= mostColumns && cells.every((cell) => cell.length <= longestTabCell)
  return isRow && cells.filter((cell) => cell !== '').length >= 2 ? cells : null
}

function tableOf(rows: readonly (readonly string[])[]): readonly TableRow[] {
  const hasHeader = (rows[0] ?? []).every((cell) => cell !== '' && !/^[\d.,%\s]+$/.test(cell))
  return rows.map((row, index) => ({
    header: hasHeader && index === 0,
    cells: row.map((text) => ({ columns: 1, runs: plainRuns(text) })),
  }))
}

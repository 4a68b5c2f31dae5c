/** Reads the paragraphs and tables of a Word file into lines the recogniser understands.
 * Source: ECMA-376 part 1, 17.3.1, 17.4 */
import { cleanText, type LineHint, mergeRuns, type SourceLine, type TableRow, type TextRun, visibleText } from '@xiewen/shared/documents'
import { importLimits } from '../limits.ts'
import { Unreadable } from '../unreadable.ts'
import { childOf, childrenOf, descendantsOf, isOn, valueOf, type XmlElement } from '../xml.ts'
import { readInline, textBelow } from './inline.ts'
import { drop, type WordScene } from './scene.ts'
import { lookOf, type ResolvedStyle } from './styles.ts'

/** The lines of a body, a text box or a cell. */
export function readBlocks(scene: WordScene, parent: XmlElement, depth = 0): SourceLine[] {
  const lines: SourceLine[] = []
  for (const child of childrenOf(parent)) lines.push(...readBlock(scene, child, { depth, before: lines }))
  return lines
}

interface BlockContext {
  readonly depth: number
  /** The lines before it, for a paragraph that was deleted as a whole. */
  readonly before: SourceLine[]
}

function readBlock(scene: WordScene, element: XmlElement, context: BlockContext): readonly SourceLine[] {
  const { depth } = context
  if (scene.line > importLimits.lines) throw new Unreadable('documents.oversized-file')
  if (depth > importLimits.nesting) return readParagraph(scene, flattened(element), context)
  switch (element.name) {
    case 'w:p':
      return readParagraph(scene, element, context)
    case 'w:tbl':
      return [readTable(scene, element, depth)]
    case 'w:sdt':
      if (isContents(element)) {
        drop(scene, 'contents', textBelow(childOf(element, 'w:sdtContent') ?? element))
        return []
      }
      return readBlocks(scene, childOf(element, 'w:sdtContent') ?? element, depth + 1)
    case 'w:commentRangeStart':
      scene.comments.opens(element.attributes.get('w:id') ?? '')
      return []
    case 'w:commentRangeEnd':
      scene.comments.closes(element.attributes.get('w:id') ?? '')
      return []
    case 'w:altChunk':
    case 'w:subDoc':
      drop(scene, 'embedded-object', element.name)
      return []
    case 'w:customXml':
    case 'w:ins':
    case 'w:moveTo':
      return readBlocks(scene, element, depth + 1)
    default:
      return []
  }
}

/** What stands too deep for its structure: its words in one paragraph. */
function flattened(element: XmlElement): XmlElement {
  return { name: 'w:p', attributes: new Map(), children: descendantsOf(element, 'w:r') }
}

function isContents(element: XmlElement): boolean {
  return childrenOf(childOf(element, 'w:sdtPr')).some((child) => /contents/i.test(valueOf(child, 'w:docPartGallery') ?? ''))
}

function readParagraph(scene: WordScene, paragraph: XmlElement, { depth, before }: BlockContext): readonly SourceLine[] {
  scene.line += 1
  const properties = childOf(paragraph, 'w:pPr')
  const style = scene.styles.resolve(valueOf(properties, 'w:pStyle'), 'paragraph')
  const own = lookOf(properties, undefined)
  const look = { ...style, ...own }
  const inline = readInline(scene, paragraph, style)
  scene.comments.breaks()
  const boxed = inline.boxes.flatMap((box) => readBlocks(scene, box, depth + 1))
  const figures = (): readonly SourceLine[] => inline.figures.map((figure) => ({ line: scene.line, text: '', indented: true, afterBlank: false, figure }))
  const clean = cleanText(inline.runs)
  if (/^toc\s?\d/i.test(style.name)) {
    drop(scene, 'contents', clean)
    return boxed
  }
  if (clean.trim() === '') {
    keepDeletions(before, inline.runs)
    return [...boxed, ...figures()]
  }
  const label = numberOf(scene, look.numbering ?? null)
  const runs = label === '' ? inline.runs : [{ text: label }, ...inline.runs]
  const hint = hintOf(style, { ...look, sizePt: inline.sizePt, isRed: inline.isRed })
  return [...boxed, ...linesOf(scene, runs, hint), ...figures()]
}

/** A paragraph that was deleted as a whole goes on at the end of the one before it. */
function keepDeletions(before: SourceLine[], runs: readonly TextRun[]): void {
  const last = before.at(-1)
  const deleted = runs.filter((run) => run.change?.kind === 'deletion')
  if (last && !last.table && deleted.length > 0) before[before.length - 1] = { ...last, runs: [...(last.runs ?? [{ text: last.text }]), ...deleted] }
}

function numberOf(scene: WordScene, numbering: { readonly list: string; readonly level: number } | null): string {
  if (numbering === null || numbering.list === '0') return ''
  const number = scene.numbers.next(numbering.list, numbering.level)
  if (number === null) return ''
  if (!number.isBullet) return number.text
  drop(scene, 'bullet', number.text)
  return ''
}

function hintOf(style: ResolvedStyle, look: { readonly outline?: number; readonly centred?: boolean; readonly sizePt: number; readonly isRed: boolean }): LineHint {
  const named = /^(?:heading|标题)\s?([1-4])$/i.exec(style.name)
  const level = named ? Number(named[1]) : look.outline === undefined ? 0 : look.outline + 1
  return {
    ...(/^(?:title|标题)$/i.test(style.name) ? { title: true } : {}),
    ...(level === 1 || level === 2 || level === 3 || level === 4 ? { level } : {}),
    ...(/^(?:caption|题注)$/i.test(style.name) ? { caption: true } : {}),
    ...(look.centred ? { centred: true } : {}),
    ...(look.isRed ? { red: true } : {}),
    ...(look.sizePt > 0 ? { sizePt: look.sizePt } : {}),
  }
}

/** One line, or several where the paragraph has soft breaks: those go on with the line before as in any broken text. */
function linesOf(scene: WordScene, runs: readonly TextRun[], hint: LineHint): readonly SourceLine[] {
  return splitAtBreaks(runs).flatMap((piece, index) => {
    const text = visibleText(cleanText(piece), scene.report).trim()
    if (text === '') return []
    if (index > 0) scene.line += 1
    const hasFormat = piece.some((run) => run.bold === true || run.change !== undefined || run.reformatted !== undefined || run.footnote !== undefined)
    return [{ line: scene.line, text, indented: index === 0, afterBlank: false, hint, ...(hasFormat ? { runs: piece } : {}) }]
  })
}

function splitAtBreaks(runs: readonly TextRun[]): readonly (readonly TextRun[])[] {
  const pieces: TextRun[][] = [[]]
  for (const run of runs) {
    const { footnote, ...plain } = run
    const texts = run.text.split('\n')
    texts.forEach((text, index) => {
      if (index > 0) pieces.push([])
      const note = index === texts.length - 1 && footnote !== undefined ? { footnote } : {}
      if (text !== '') pieces.at(-1)?.push({ ...plain, text, ...note })
    })
  }
  return pieces
}

function readTable(scene: WordScene, table: XmlElement, depth: number): SourceLine {
  scene.line += 1
  const line = scene.line
  const found = rowsOf(table)
  if (found.length > importLimits.tableRows) throw new Unreadable('documents.oversized-file')
  const rows = mergeDown(found.map((row) => readRow(scene, row, depth)))
  const isHeaded = rows.some((row) => row.header)
  const [first] = rows
  const isBoldHead = rows.length > 1 && first !== undefined && first.cells.every((cell) => cell.runs.length > 0 && cell.runs.every((run) => run.bold === true))
  const [head, ...rest] = rows
  const headed = !isHeaded && isBoldHead && head ? [{ ...head, header: true }, ...rest] : rows
  return { line, text: '', indented: true, afterBlank: false, table: headed, ...(scene.across.has(table) ? { landscape: true } : {}) }
}

/** Rows, also those inside content controls and revisions. */
function rowsOf(table: XmlElement): readonly XmlElement[] {
  return childrenOf(table).flatMap((child) => {
    if (child.name === 'w:tr') return [child]
    return child.name === 'w:sdt' ? rowsOf(childOf(child, 'w:sdtContent') ?? child) : child.name === 'w:ins' ? rowsOf(child) : []
  })
}

function cellsOf(row: XmlElement): readonly XmlElement[] {
  return childrenOf(row).flatMap((child) => (child.name === 'w:tc' ? [child] : child.name === 'w:sdt' ? cellsOf(childOf(child, 'w:sdtContent') ?? child) : []))
}

interface GridCell {
  readonly columns: number
  readonly runs: readonly TextRun[]
  readonly goesOn: boolean
}

interface GridRow {
  readonly header: boolean
  readonly cells: readonly GridCell[]
}

/** Word repeats a cell that reaches down in every row; the model says at its beginning over how many rows it reaches. */
function mergeDown(rows: readonly GridRow[]): readonly TableRow[] {
  const open = new Map<number, { columns: number; rows: number; runs: readonly TextRun[] }>()
  return rows
    .map((row) => {
      const cells: { columns: number; rows: number; runs: readonly TextRun[] }[] = []
      let column = 0
      for (const { columns, runs, goesOn } of row.cells) {
        const above = open.get(column)
        if (goesOn && above?.columns === columns) {
          above.rows += 1
          above.runs = runs.length === 0 ? above.runs : mergeRuns([...above.runs, { text: '\n' }, ...runs])
        } else {
          const cell = { columns, rows: 1, runs }
          open.set(column, cell)
          cells.push(cell)
        }
        column += columns
      }
      return { header: row.header, cells }
    })
    .map((row) => ({ header: row.header, cells: row.cells.map(({ columns, rows: down, runs }) => (down > 1 ? { columns, rows: down, runs } : { columns, runs })) }))
}

function readRow(scene: WordScene, row: XmlElement, depth: number): GridRow {
  const cells = cellsOf(row).map((cell) => readCell(scene, cell, depth))
  const columns = cells.reduce((sum, cell) => sum + cell.columns, 0)
  if (columns > importLimits.tableColumns) throw new Unreadable('documents.table-too-wide', { columns, limit: importLimits.tableColumns })
  return { header: isOn(childOf(row, 'w:trPr'), 'w:tblHeader'), cells }
}

function readCell(scene: WordScene, cell: XmlElement, depth: number): GridCell {
  const properties = childOf(cell, 'w:tcPr')
  const span = Number(valueOf(properties, 'w:gridSpan') ?? 1)
  const lines = readBlocks(scene, cell, depth + 1).filter((each) => each.figure === undefined || namedFigure(scene))
  const runs = lines.flatMap((line, index) => [...(index > 0 ? [{ text: '\n' }] : []), ...runsOfLine(line)])
  return { columns: Number.isInteger(span) && span >= 1 ? Math.min(span, importLimits.tableColumns + 1) : 1, runs: mergeRuns(runs), goesOn: isMergedUp(cell) }
}

/** Cells hold words only: the picture of one is named. */
function namedFigure(scene: WordScene): false {
  const seen = scene.report.recognised.findLastIndex((entry) => entry.topic === 'figure')
  const [entry] = seen < 0 ? [] : scene.report.recognised.splice(seen, 1)
  drop(scene, 'image', entry?.text ?? '')
  return false
}

/** Goes on with the cell above it. */
function isMergedUp(cell: XmlElement): boolean {
  const merge = childOf(childOf(cell, 'w:tcPr'), 'w:vMerge')
  return merge !== undefined && merge.attributes.get('w:val') !== 'restart'
}

/** A table inside a cell becomes lines of it. */
function runsOfLine(line: SourceLine): readonly TextRun[] {
  if (!line.table) return line.runs ?? [{ text: line.text }]
  const rows = line.table.map((row) => row.cells.map((cell) => cleanText(cell.runs)).join('　'))
  return [{ text: rows.join('\n') }]
}

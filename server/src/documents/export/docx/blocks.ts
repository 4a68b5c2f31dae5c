/** The blocks of a document as Word paragraphs and tables, each where the layout has it. */
import { type Block, cleanText, deriveLabels, type FontRole, type OfficialDocument, type TableRow, type TextRun } from '@xiewen/shared/documents'
import { baselineShare, margins, paragraphXml, type ParagraphLook, runXml, twips } from './look.ts'
import type { Place } from './places.ts'

/** Where the paragraph before ended. */
export interface Cursor {
  page: number
  /** Lower edge of its last line box, mm from the sheet's top. */
  y: number
}

/** What all blocks share. */
export interface BlockWriter {
  readonly document: OfficialDocument
  readonly places: ReadonlyMap<number, Place>
  /** From line to line of body text (mm). */
  readonly pitch: number
  readonly cursor: Cursor
  /** Texts of footnotes, in order; the Word file numbers them. */
  readonly footnotes: string[]
  readonly pictures: PictureSource
}

/** Gives the drawing of a figure, or null when its bytes are gone. */
export type PictureSource = (block: Extract<Block, { kind: 'figure' }>) => string | null

const columnMm = 156
const bodyPt = 16
/** Lower edge of a page’s last line box. */
const lastLineMm = 262

/** The body of the document: everything between head and imprint. */
export function blocksXml(writer: BlockWriter): string {
  const labels = deriveLabels(writer.document.blocks)
  return writer.document.blocks.map((block, index) => blockXml(writer, block, { index, label: labels[index] ?? '' })).join('')
}

interface At {
  readonly index: number
  readonly label: string
}

function blockXml(writer: BlockWriter, block: Block, at: At): string {
  const place = writer.places.get(at.index)
  switch (block.kind) {
    case 'table':
      return tableXml(writer, block.rows, place)
    case 'figure':
      return figureXml(writer, block, place)
    case 'annex-title':
      return annexXml(writer, block.runs, at, place)
    case 'title':
      // A format without a title (令) shows none; its words would be out of place.
      return place ? textXml(writer, titleRuns(place), place, { align: 'center', keepNext: true }) : ''
    case 'recipients':
      return place ? textXml(writer, runsXml(writer, block.runs, () => 'fangsong'), place, { leftMm: 0 }) : ''
    case 'signature':
    case 'date':
      return textXml(writer, runsXml(writer, block.runs, () => 'fangsong'), place, { align: 'left', leftMm: place ? place.firstX - margins.leftMm : 0 })
    case 'heading':
      return textXml(writer, runXml(at.label, { role: roleOfLevel(block.level), sizePt: bodyPt }) + headingRuns(writer, block), place, { firstLineMm: indentOf(2), outline: block.level - 1 })
    case 'attachment-note':
      return textXml(writer, runXml(at.label, { role: 'fangsong', sizePt: bodyPt }) + runsXml(writer, block.runs, () => 'fangsong'), place, hangingOf(place))
    case 'note':
      return textXml(writer, runXml(`（${cleanText(block.runs)}）`, { role: 'fangsong', sizePt: bodyPt }), place, { firstLineMm: indentOf(2) })
    case 'paragraph':
      return textXml(writer, runsXml(writer, block.runs, () => 'fangsong'), place, { firstLineMm: indentOf(2) })
  }
}

function indentOf(characters: number): number {
  return (columnMm / 28) * characters
}

function roleOfLevel(level: 1 | 2 | 3 | 4): FontRole {
  return level === 1 ? 'heiti' : level === 2 ? 'kaiti' : 'fangsong'
}

/** The first sentence of a heading that runs on has its face, what follows is text. */
function headingRuns(writer: BlockWriter, block: Extract<Block, { kind: 'heading' }>): string {
  const stop = cleanText(block.runs).indexOf('。')
  const end = stop < 0 ? Number.POSITIVE_INFINITY : stop + 1
  return runsXml(writer, block.runs, (offset) => (offset < end ? roleOfLevel(block.level) : 'fangsong'), end)
}

/** Runs of a block; a run is cut at `cut`, where the face changes. */
function runsXml(writer: BlockWriter, runs: readonly TextRun[], roleAt: (offset: number) => FontRole, cut = Number.POSITIVE_INFINITY): string {
  let offset = 0
  const parts: string[] = []
  for (const run of runs) {
    if (run.change?.kind === 'deletion') continue
    const head = run.text.slice(0, Math.max(0, cut - offset))
    for (const text of [head, run.text.slice(head.length)]) {
      if (text !== '') parts.push(runXml(text, { role: roleAt(offset), sizePt: bodyPt, ...(run.bold ? { bold: true } : {}) }))
      offset += text.length
    }
    if (run.footnote !== undefined) parts.push(footnoteMark(writer, run.footnote))
  }
  return parts.join('')
}

function footnoteMark(writer: BlockWriter, text: string): string {
  writer.footnotes.push(text)
  return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="${writer.footnotes.length + 1}"/></w:r>`
}

function titleRuns(place: Place): string {
  return runXml(place.lines.join('\n'), { role: 'xiaobiaosong', sizePt: place.sizePt })
}

function hangingOf(place: Place | undefined): Partial<ParagraphLook> {
  if (!place) return { firstLineMm: indentOf(2) }
  return { leftMm: place.nextX - margins.leftMm, firstLineMm: place.firstX - place.nextX, align: 'left' }
}

/** A paragraph as far below the one before as the layout has it; at the head of a page it follows by itself. */
function textXml(writer: BlockWriter, runs: string, place: Place | undefined, look: Partial<ParagraphLook>): string {
  const pitchMm = place && place.pitch > 0 ? place.pitch : writer.pitch
  const { cursor } = writer
  const isSamePage = place !== undefined && place.page === cursor.page
  // Where the layout left a page before it was full (署名 in company of text, 7.3.5.5), the file must be told to.
  const isMoved = place !== undefined && place.page > cursor.page && cursor.y < lastLineMm - pitchMm
  const beforeMm = isSamePage ? place.firstBaseline - baselineShare * pitchMm - cursor.y : 0
  if (place) {
    cursor.page = place.lastPage
    cursor.y = place.lastBaseline + (1 - baselineShare) * pitchMm
  }
  return paragraphXml(runs, { pitchMm, beforeMm: beforeMm < 0.4 ? 0 : beforeMm, ...(isMoved ? { newPage: true } : {}), ...look })
}

function annexXml(writer: BlockWriter, runs: readonly TextRun[], at: At, place: Place | undefined): string {
  const title = runXml(place ? place.lines.join('\n') : cleanText(runs), { role: 'xiaobiaosong', sizePt: place?.sizePt ?? 22 })
  if (place) {
    writer.cursor.page = place.page
    writer.cursor.y = margins.topMm
  }
  if (at.label === '') return textXml(writer, title, place, { align: 'center', newPage: true, keepNext: true, outline: 0 })
  const label = paragraphXml(runXml(at.label, { role: 'heiti', sizePt: bodyPt }), { pitchMm: writer.pitch, newPage: true, keepNext: true })
  writer.cursor.y += writer.pitch
  return label + textXml(writer, title, place, { align: 'center', keepNext: true, outline: 0 })
}

function figureXml(writer: BlockWriter, block: Extract<Block, { kind: 'figure' }>, place: Place | undefined): string {
  const drawing = writer.pictures(block)
  const picture = drawing === null ? '' : `<w:p><w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr><w:r>${drawing}</w:r></w:p>`
  const caption = runsXml(writer, block.runs, () => 'fangsong')
  if (place) {
    writer.cursor.page = place.lastPage
    writer.cursor.y = place.lastBaseline + (1 - baselineShare) * writer.pitch
  }
  return picture + (caption === '' ? '' : paragraphXml(caption, { pitchMm: writer.pitch, align: 'center' }))
}

/** Size of letters in tables and the height of their lines. */
const tablePt = 12
const tablePitchMm = 6.6

function tableXml(writer: BlockWriter, rows: readonly TableRow[], place: Place | undefined): string {
  const columns = Math.max(1, ...gridOf(rows).map((row) => row.reduce((sum, cell) => sum + cell.columns, 0)))
  const width = twips(columnMm / columns)
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('')
  const body = gridOf(rows).map((row, index) => `<w:tr>${rows[index]?.header ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${row.map((cell) => cellXml(cell, width, rows[index]?.header === true)).join('')}</w:tr>`)
  if (place) {
    writer.cursor.page = place.lastPage
    writer.cursor.y = place.lastBaseline + 2
  }
  return `<w:tbl><w:tblPr><w:tblW w:w="${width * columns}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${`<w:gridCol w:w="${width}"/>`.repeat(columns)}</w:tblGrid>${body.join('')}</w:tbl>`
}

interface GridCell {
  readonly columns: number
  readonly runs: readonly TextRun[]
  readonly merge: 'none' | 'begins' | 'goes-on'
}

/** Rows as Word wants them: a cell that reaches down is there again in every row it reaches. */
function gridOf(rows: readonly TableRow[]): readonly (readonly GridCell[])[] {
  const open = new Map<number, { columns: number; left: number }>()
  return rows.map((row) => {
    const cells: GridCell[] = []
    let column = 0
    const carry = (): void => {
      for (let above = open.get(column); above && above.left > 0; above = open.get(column)) {
        above.left -= 1
        cells.push({ columns: above.columns, runs: [], merge: 'goes-on' })
        column += above.columns
      }
    }
    for (const cell of row.cells) {
      carry()
      const down = cell.rows ?? 1
      open.set(column, { columns: cell.columns, left: down - 1 })
      cells.push({ columns: cell.columns, runs: cell.runs, merge: down > 1 ? 'begins' : 'none' })
      column += cell.columns
    }
    carry()
    return cells
  })
}

function cellXml(cell: GridCell, width: number, isHeader: boolean): string {
  const merge = cell.merge === 'begins' ? '<w:vMerge w:val="restart"/>' : cell.merge === 'goes-on' ? '<w:vMerge/>' : ''
  const paragraphs = cleanText(cell.runs).split('\n').map((text) => paragraphXml(runXml(text, { role: isHeader ? 'heiti' : 'fangsong', sizePt: tablePt }), { pitchMm: tablePitchMm, align: isHeader ? 'center' : 'left' }))
  return `<w:tc><w:tcPr><w:tcW w:w="${width * cell.columns}" w:type="dxa"/><w:gridSpan w:val="${cell.columns}"/>${merge}<w:vAlign w:val="center"/></w:tcPr>${paragraphs.join('')}</w:tc>`
}

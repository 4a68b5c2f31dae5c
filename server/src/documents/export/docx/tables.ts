/** Tables of the Word file: columns, lines and rows as the layout has them, wide ones on pages of their own that lie across.
 * Source: ECMA-376 part 1, 17.4, 17.6; GB/T 9704-2012 8 */
import { cleanText, type FontRole, type TableRow, type TextRun } from '@xiewen/shared/documents'
import { paragraphXml, twips } from './look.ts'
import { hasChanges, type RunsLook, type RunWriter, runsXml } from './runs.ts'

const tablePt = 12
/** From line to line in a cell, and the air inside it (mm): what the layout has. */
const tablePitchMm = (tablePt * 25.4 * 1.45) / 72
const padding = { xMm: 1.2, yMm: 1.7 } as const

/** What stands on one line may reach this far into the air: other programs set air between Chinese and figures, and their faces
 * are a little wider (mm). */
const slackMm = 1.1

/** What such a program may add to a line of ours: a fifth of an em where Chinese and Latin letters meet, and the difference of
 * its faces' figures to ours, which are half an em wide (ems). LibreOffice 7.4 reads no `autoSpaceDE`. */
const foreignAir = 0.2
const foreignFigure = 0.06
/** Letters are never made narrower than this share of their width: Word, which adds no air, shows it, and must not look odd. */
const narrowest = 0.92

/** A table to be written; `edges` are the left edges of its columns and the right edge of the last (mm from its left). */
export interface TableToWrite {
  readonly rows: readonly TableRow[]
  readonly edges: readonly number[]
}

/** The table. */
export function tableXml(writer: RunWriter, { rows, edges }: TableToWrite): string {
  const columns = edges.slice(1).map((edge, index) => twips(edge - (edges[index] ?? 0)))
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('')
  const margins = `<w:tblCellMar><w:top w:w="${twips(padding.yMm)}" w:type="dxa"/><w:left w:w="${twips(padding.xMm)}" w:type="dxa"/><w:bottom w:w="${twips(padding.yMm)}" w:type="dxa"/><w:right w:w="${twips(padding.xMm)}" w:type="dxa"/></w:tblCellMar>`
  const width = columns.reduce((sum, each) => sum + each, 0)
  const body = gridOf(rows).map((row, index) => `<w:tr><w:trPr><w:cantSplit/>${rows[index]?.header ? '<w:tblHeader/>' : ''}</w:trPr>${row.map((cell) => cellXml(writer, cell, { columns, isHeader: rows[index]?.header === true })).join('')}</w:tr>`)
  return `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>${margins}</w:tblPr><w:tblGrid>${columns.map((each) => `<w:gridCol w:w="${each}"/>`).join('')}</w:tblGrid>${body.join('')}</w:tbl>`
}

interface GridCell {
  readonly column: number
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
        cells.push({ column, columns: above.columns, runs: [], merge: 'goes-on' })
        column += above.columns
      }
    }
    for (const cell of row.cells) {
      carry()
      const down = cell.rows ?? 1
      open.set(column, { columns: cell.columns, left: down - 1 })
      cells.push({ column, columns: cell.columns, runs: cell.runs, merge: down > 1 ? 'begins' : 'none' })
      column += cell.columns
    }
    carry()
    return cells
  })
}

function cellXml(writer: RunWriter, cell: GridCell, table: { readonly columns: readonly number[]; readonly isHeader: boolean }): string {
  const merge = cell.merge === 'begins' ? '<w:vMerge w:val="restart"/>' : cell.merge === 'goes-on' ? '<w:vMerge/>' : ''
  const role: FontRole = table.isHeader ? 'heiti' : 'fangsong'
  const width = table.columns.slice(cell.column, cell.column + cell.columns).reduce((sum, each) => sum + each, 0)
  const text = cleanText(cell.runs)
  const isShort = !text.includes('\n') && widthMm(text) < (width / 1440) * 25.4 - 2 * padding.xMm
  const align = table.isHeader || isShort ? 'center' : 'left'
  const roomMm = (width / 1440) * 25.4 - 2 * (padding.xMm - slackMm)
  const look: RunsLook = { roleAt: () => role, sizePt: tablePt, ...(isShort ? { scale: narrower(text, roomMm) } : {}) }
  const paragraphs = linesOf(writer, cell.runs).map((line) => paragraphXml(runsXml(writer, line, look), { pitchMm: tablePitchMm, align, ...(isShort ? { leftMm: -slackMm, rightMm: -slackMm } : {}) }))
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:gridSpan w:val="${cell.columns}"/>${merge}<w:vAlign w:val="center"/></w:tcPr>${paragraphs.join('')}</w:tc>`
}

/** About as wide as a text is: letters and figures are half as wide as Chinese. */
function widthMm(text: string): number {
  const ems = [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x100 ? 0.5 : 1), 0)
  return (ems * tablePt * 25.4) / 72
}

/** How much narrower letters are drawn (share of their width) so that one line of ours stays one where a program adds air of its
 * own. Narrower letters, not closer ones: LibreOffice sets letters closer inside a stretch of one script only. */
function narrower(text: string, roomMm: number): number {
  const seams = text.match(/[!-~](?=[^ -~])|[^ -~](?=[!-~])/g)?.length ?? 0
  const figures = text.match(/[!-~]/g)?.length ?? 0
  const emMm = (tablePt * 25.4) / 72
  const share = (roomMm - seams * foreignAir * emMm) / (widthMm(text) + figures * foreignFigure * emMm)
  return Math.min(1, Math.max(narrowest, share))
}

/** The paragraphs of a cell; one at least, since Word wants one. */
function linesOf(writer: RunWriter, runs: readonly TextRun[]): readonly (readonly TextRun[])[] {
  const shown = hasChanges(writer, runs) ? runs : runs.filter((run) => run.change?.kind !== 'deletion')
  const lines: TextRun[][] = [[]]
  for (const run of shown) {
    if (!run.text.includes('\n')) {
      // The very run: comments know it.
      if (run.text !== '') lines.at(-1)?.push(run)
      continue
    }
    const { footnote, ...plain } = run
    const pieces = run.text.split('\n')
    pieces.forEach((text, index) => {
      if (index > 0) lines.push([])
      const note = footnote !== undefined && index === pieces.length - 1 ? { footnote } : {}
      if (text !== '') lines.at(-1)?.push({ ...plain, text, ...note })
    })
  }
  return lines
}

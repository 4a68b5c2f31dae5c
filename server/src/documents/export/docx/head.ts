/** 版头, 版记 and page numbers of the Word file. Source: GB/T 9704-2012 7.2, 7.4, 7.5, 10 */
import { chineseDate } from '@xiewen/shared/base'
import { cleanText, type Elements, type Layout, type OfficialDocument } from '@xiewen/shared/documents'
import type { Cursor } from './blocks.ts'
import { baselineShare, margins, paragraphXml, runXml, twips } from './look.ts'
import { headLines, type HeadLine } from './places.ts'

const mmPerPt = 25.4 / 72
/** Lines of the head are this much higher than their letters. */
const headLead = 1.15
const letterOverhangMm = 8
const typeRightMm = 184

/** The paragraphs of the head; the cursor moves to its lower edge. */
export function headXml(layout: Layout, elements: Elements, cursor: Cursor): string {
  const lines = mergeBeside(headLines(layout))
  return lines.map((line, index) => {
    const pitchMm = line.sizePt * mmPerPt * headLead
    const beforeMm = Math.max(0, line.baseline - baselineShare * pitchMm - cursor.y)
    const rule = ruleBelow(elements, lines, index)
    cursor.y += beforeMm + pitchMm + rule.heightMm
    return lineXml(line, { pitchMm, beforeMm, ...(rule.borders === undefined ? {} : { borders: rule.borders }) })
  }).join('')
}

/** 文件 beside several organs has a baseline of its own; Word sets it on the line of the organ above it. */
function mergeBeside(lines: readonly HeadLine[]): readonly HeadLine[] {
  return lines.reduce<HeadLine[]>((merged, line) => {
    const last = merged.at(-1)
    const isBeside = last && line.baseline - last.baseline < 0.6 * Math.min(line.sizePt, last.sizePt) * mmPerPt
    return isBeside ? [...merged.slice(0, -1), { ...last, parts: [...last.parts, ...line.parts] }] : [...merged, line]
  }, [])
}

function lineXml(line: HeadLine, look: Parameters<typeof paragraphXml>[1]): string {
  const isMark = line.ink === 'red'
  const isAlone = line.parts.length === 1 || (isMark && line.parts.every((part) => part.sizePt === line.sizePt && part.role === line.parts[0]?.role))
  const runs = line.parts.map((part, index) => (index > 0 && !isAlone && part.x - (line.parts[index - 1]?.x ?? 0) > 12 ? '<w:r><w:tab/></w:r>' : '') + runXml(part.text, part)).join('')
  if (isMark && isAlone) return paragraphXml(runs, { ...look, align: 'center' })
  const [only] = line.parts
  // What ends at the margin is held there, whatever the width of its figures in the reader's fonts.
  if (line.parts.length === 1 && only && only.right > typeRightMm - 2) return paragraphXml(runs, { ...look, align: 'right' })
  const tabsMm = line.parts.slice(1).map((part) => part.x - margins.leftMm)
  return paragraphXml(runs, { ...look, align: 'left', leftMm: (line.parts[0]?.x ?? margins.leftMm) - margins.leftMm, ...(tabsMm.length > 0 ? { tabsMm } : {}) })
}

/** The red line under the head, or the double line under the mark of a letter. */
function ruleBelow(elements: Elements, lines: readonly HeadLine[], index: number): { readonly borders?: string; readonly heightMm: number } {
  const isLast = index === lines.length - 1
  const isMarkOfLetter = elements.format === 'letter' && lines[index]?.ink === 'red' && lines[index + 1]?.ink !== 'red'
  if (isMarkOfLetter) return { borders: '<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="8" w:color="FF0000"/>', heightMm: 11 * mmPerPt }
  const hasLine = elements.format === 'general' || elements.format === 'minutes'
  return hasLine && isLast ? { borders: '<w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/>', heightMm: 12.5 * mmPerPt } : { heightMm: 0 }
}

const smallPt = 14
const smallMm = smallPt * mmPerPt
const imprintPitchMm = smallMm + 4.84

/** 版记 as a table that floats at the foot of the last page. `toPage` is how many pages after the text it stands. */
export function imprintXml(document: OfficialDocument, movedRecipients: boolean, toPage: number): string {
  const { elements } = document
  const isLetter = elements.format === 'letter'
  const recipients = movedRecipients ? document.blocks.find((block) => block.kind === 'recipients') : undefined
  const moved = recipients?.kind === 'recipients' ? [listRow('主送：', `${cleanText(recipients.runs).replace(/[：:]\s*$/, '')}。`)] : []
  const copies = elements.copyTo.length > 0 ? [listRow('抄送：', `${elements.copyTo.join('，').replace(/。$/, '')}。`)] : []
  const printed = isLetter || (elements.printedBy === '' && elements.printedOn === null) ? [] : [printedRow(elements)]
  const rows = [...moved, ...copies, ...printed]
  if (rows.length === 0) return ''
  const line = (side: string, weight: number): string => `<w:${side} w:val="${isLetter ? 'nil' : 'single'}" w:sz="${weight}" w:space="0" w:color="000000"/>`
  // Thick 0.35 mm is 8 eighths of a point, thin 0.25 mm is 6. Between 主送 and 抄送 there is none.
  const body = rows.map((row, index) => {
    const borders = (index === 0 ? line('top', 8) : index === rows.length - 1 && printed.length > 0 ? line('top', 6) : '') + (index === rows.length - 1 ? line('bottom', 8) : '')
    return `<w:tr><w:tc><w:tcPr><w:tcW w:w="${twips(156)}" w:type="dxa"/><w:tcBorders>${borders}</w:tcBorders></w:tcPr>${row}</w:tc></w:tr>`
  })
  const place = `<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpYSpec="bottom"/>`
  const cells = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
  const table = `<w:tbl><w:tblPr>${place}<w:tblW w:w="${twips(156)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>${cells}</w:tblPr><w:tblGrid><w:gridCol w:w="${twips(156)}"/></w:tblGrid>${body.join('')}</w:tbl>`
  const breaks = Array.from({ length: toPage }, () => paragraphXml('', { pitchMm: 0.4, newPage: true })).join('')
  return `${breaks}${table}${paragraphXml('', { pitchMm: 0.4 })}`
}

function listRow(label: string, text: string): string {
  return paragraphXml(runXml(label + text, { role: 'fangsong', sizePt: smallPt }), { pitchMm: imprintPitchMm, leftMm: 4 * smallMm, rightMm: smallMm, firstLineMm: -3 * smallMm, align: 'left' })
}

function printedRow(elements: Elements): string {
  const date = elements.printedOn ? `${chineseDate(elements.printedOn)}印发` : ''
  const dateMm = [...date].reduce((sum, sign) => sum + (/\d/.test(sign) ? smallMm / 2 : smallMm), 0)
  const runs = `${runXml(elements.printedBy, { role: 'fangsong', sizePt: smallPt })}<w:r><w:tab/></w:r>${runXml(date, { role: 'fangsong', sizePt: smallPt })}`
  return paragraphXml(runs, { pitchMm: imprintPitchMm, leftMm: smallMm, align: 'left', tabsMm: [156 - smallMm - dateMm] })
}

/** How far the footer's lower edge lies above the sheet's (mm): where the letter's lower double line is drawn. */
export const footerMm = 20
/** From there up to the page number. */
const numberLiftMm = 5.4

/** The page number, outside: right on odd pages, left on even ones, one character in. */
export function pageNumberXml(side: 'odd' | 'even'): string {
  const look = { role: 'songti', sizePt: smallPt } as const
  const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
  const runs = `${runXml('— ', look)}${field('begin')}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('separate')}${runXml('1', look)}${field('end')}${runXml(' —', look)}`
  const number = paragraphXml(runs, { pitchMm: smallMm, align: side === 'odd' ? 'right' : 'left', leftMm: side === 'even' ? smallMm : 0, rightMm: side === 'odd' ? smallMm : 0 })
  return number + paragraphXml('', { pitchMm: numberLiftMm })
}

/** The footer of a letter's first page: the lower double line instead of a number. Source: GB/T 9704-2012 10.1 */
export function letterFooterXml(): string {
  return paragraphXml('', { pitchMm: 1, leftMm: -letterOverhangMm, rightMm: -letterOverhangMm, borders: '<w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="FF0000"/>' })
}

/** Reads the lines of the 版记 and of the attendance of minutes: 抄送, 印发机关和印发日期, 出席, 请假, 列席. */
import type { SourceLine } from './lines.ts'
import { isTable } from './lines.ts'
import { parseDate } from './patterns.ts'
import type { Reading } from './reading.ts'

/** 抄送, over as many lines as it takes to its stop. */
export function readCopyTo(reading: Reading, line: SourceLine, index: number): number {
  const match = /^(?:抄送|抄报|分送)[:：](.*)$/.exec(line.text)
  if (!match) return 0
  let text = match[1] ?? ''
  let taken = 1
  while (taken < 10 && !/。$/.test(text)) {
    const following = reading.lines[index + taken]
    if (!following || isTable(following) || printedPattern.test(following.text) || following.text.length > 200) break
    text += following.text
    taken += 1
  }
  const organs = text
    .replace(/。$/, '')
    .split(/[、，,；;\s\u3000]+/)
    .filter(Boolean)
  // More or longer than the element holds: better a paragraph than a loss.
  if (organs.length > 60 || organs.some((organ) => organ.length > 60) || reading.elements.copyTo) return 0
  reading.elements.copyTo = organs
  reading.report.recognised.push({ topic: 'copy-to', line: line.line, text: line.text })
  return taken
}

const printedPattern = /^([^\d]{2,40}?)[\s\u3000]*(\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s?印发$/

/** 印发机关 and 印发日期 on one line. */
export function readPrinted(reading: Reading, line: SourceLine): number {
  const match = line.text.length > 120 ? null : printedPattern.exec(line.text)
  const printedOn = parseDate(match?.[2] ?? '')
  if (!match?.[1] || !printedOn || reading.elements.printedOn) return 0
  reading.elements.printedBy = match[1].trim()
  reading.elements.printedOn = printedOn
  reading.report.recognised.push({ topic: 'printed', line: line.line, text: line.text })
  return 1
}

const attendanceFields = { 出席: 'attendees', 请假: 'absentees', 列席: 'observers' } as const

/** 出席, 请假 and 列席 of minutes. Source: GB/T 9704-2012 10.3 */
export function readAttendance(reading: Reading, line: SourceLine): number {
  const match = /^(出席|请假|列席)[:：](.{1,2000})$/.exec(line.text)
  const label = match?.[1]
  if (!match || (label !== '出席' && label !== '请假' && label !== '列席')) return 0
  if (reading.elements[attendanceFields[label]]) return 0
  reading.elements[attendanceFields[label]] = match[2] ?? ''
  return 1
}

/** 题注 that a page broke into several lines becomes one line again, before anything is read. */
import type { TextRun } from '../model.ts'
import type { SourceLine } from './lines.ts'
import { isTable } from './lines.ts'
import type { ReportWriter } from './report.ts'

/** 题注 below a title: （2026年1月8日市人民政府第3次常务会议通过）, or without its brackets. */
export const captionPattern =
  /^(?:[（(].{4,120}(?:通过|公布|发布|印发|批准|修订|修正|施行)\s?[）)]|\d{4}年\s?\d{1,2}月\s?\d{1,2}日[^。；，]{2,100}会[^。；，]{0,40}(?:通过|批准))$/

const opening = /^[（(]\s?\d{4}年\s?\d{1,2}月\s?\d{1,2}日[^）)。]*$/
/** A 题注 has no more lines than this. */
const mostLines = 3

/** The lines with every broken 题注 in one; what was joined stands in the report. */
export function joinTitleNotes(lines: readonly SourceLine[], report: ReportWriter): readonly SourceLine[] {
  const joined: SourceLine[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]
    if (!line) break
    const count = opening.test(line.text.slice(0, 121)) ? linesOfNote(lines, index) : 1
    if (count === 1) joined.push(line)
    else {
      const parts = lines.slice(index, index + count)
      joined.push(joinLines(line, parts))
      report.guessed.push({ topic: 'lines-joined', line: line.line, text: line.text.slice(0, 40) })
    }
    index += count - 1
  }
  return joined
}

/** How many lines the 题注 that opens at `index` has; 1 where no line closes it. */
function linesOfNote(lines: readonly SourceLine[], index: number): number {
  let text = ''
  for (let count = 1; count <= mostLines; count += 1) {
    const line = lines[index + count - 1]
    if (!line || isTable(line) || line.figure) return 1
    text += line.text
    if (count > 1 && text.length <= 122 && captionPattern.test(text)) return count
  }
  return 1
}

function joinLines(first: SourceLine, parts: readonly SourceLine[]): SourceLine {
  const text = parts.map((part) => part.text).join('')
  if (parts.every((part) => part.runs === undefined)) return { ...first, text }
  return { ...first, text, runs: parts.flatMap((part): readonly TextRun[] => part.runs ?? [{ text: part.text }]) }
}

/** Reads 份号, 密级和保密期限 and 紧急程度 where they stand typed above the title, one a line or several beside each other.
 * Source: GB/T 9704-2012 7.2.1–7.2.3; 条例 第9条(一)–(三) */
import type { DraftElements } from './draft.ts'
import type { SourceLine } from './lines.ts'
import { withoutBlanks } from './lines.ts'
import type { ImportTopic, ReportWriter } from './report.ts'

/** One mark: the element it is and its value. */
type Mark =
  | { readonly topic: 'copy-number'; readonly copyNumber: string }
  | { readonly topic: 'secrecy'; readonly secrecy: string; readonly isClassified: boolean }
  | { readonly topic: 'urgency'; readonly urgency: 'urgent' | 'extra-urgent' }

const longestMarkLine = 40
const copyNumber = /^(?:份号[:：]?|№|No\.?|NO\.?)?(\d{6})$/
const secrecy = /^(?:密级[:：]?)?((?:绝密|机密|秘密)(?:★?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月)|★?长期|★)?|内部|内部文件)$/
const urgency = /^(?:紧急程度[:：]?)?(特急|加急)$/

/** Takes a line made of marks only; false when any part of it is none, or says again what was said. */
export function readMarks(line: SourceLine, elements: DraftElements, report: ReportWriter): boolean {
  if (line.text.length > longestMarkLine) return false
  const marks = markOf(withoutBlanks(line.text)) ?? marksOf(line.text)
  if (marks === null || marks.some((mark) => isKnown(elements, mark))) return false
  for (const mark of marks) {
    take(elements, mark)
    report.recognised.push({ topic: mark.topic, line: line.line, text: line.text })
    const guess: ImportTopic | null = mark.topic === 'secrecy' && mark.isClassified ? 'classified' : null
    if (guess !== null) report.guessed.push({ topic: guess, line: line.line, text: line.text })
  }
  return true
}

function marksOf(text: string): readonly Mark[] | null {
  const parts = text.split(/[\s\u3000]+/).filter((part) => part !== '')
  const marks = parts.flatMap((part) => markOf(part) ?? [])
  return parts.length > 1 && marks.length === parts.length && new Set(marks.map((mark) => mark.topic)).size === marks.length ? marks : null
}

function markOf(text: string): readonly Mark[] | null {
  const number = copyNumber.exec(text)?.[1]
  if (number !== undefined) return [{ topic: 'copy-number', copyNumber: number }]
  const secret = secrecy.exec(text)?.[1]
  if (secret !== undefined) return [{ topic: 'secrecy', secrecy: secret, isClassified: !secret.startsWith('内部') }]
  const urgent = urgency.exec(text)?.[1]
  return urgent === undefined ? null : [{ topic: 'urgency', urgency: urgent === '特急' ? 'extra-urgent' : 'urgent' }]
}

function isKnown(elements: DraftElements, mark: Mark): boolean {
  if (mark.topic === 'copy-number') return (elements.copyNumber ?? '') !== ''
  return mark.topic === 'secrecy' ? (elements.secrecy ?? '') !== '' : elements.urgency !== undefined
}

function take(elements: DraftElements, mark: Mark): void {
  if (mark.topic === 'copy-number') elements.copyNumber = mark.copyNumber
  else if (mark.topic === 'secrecy') elements.secrecy = mark.secrecy
  else elements.urgency = mark.urgency
}

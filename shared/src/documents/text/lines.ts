/** Cuts raw text into lines worth reading: control characters, debris of copying and blank lines taken out, nothing else. */
import type { ReportWriter } from './report.ts'

/** A line with text in it. */
export interface SourceLine {
  /** Counts from 1 in the source. */
  readonly line: number
  readonly text: string
  /** It began with an indent, so it begins a paragraph. */
  readonly indented: boolean
  /** A blank line stood before it. */
  readonly afterBlank: boolean
}

/** Blanks between two Chinese characters are debris of broken lines in lines longer than this. */
const debrisLength = 24

// Space-like characters but the line feed: tab, no-break, en–hair spaces, ideographic.
const blank = '[\\t \\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]'
const leading = new RegExp(`^${blank}+`)
const trailing = new RegExp(`${blank}$`)
const betweenChinese =
  /(?<=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…])[\t \u00a0\u2000-\u200a]+(?=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…])/g
const afterHalfWidthMark = /(?<=[,;:][\t \u00a0]{0,4})[\t \u00a0]+(?=[\u4e00-\u9fff])/g
const invisible = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}]/gu
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The lines of a text that hold something. */
export function readLines(text: string, report: ReportWriter): readonly SourceLine[] {
  const visible = text.replace(invisible, '').replace(loneSurrogate, '\ufffd')
  if (visible.length < text.length) {
    report.dropped.push({ topic: 'control-characters', line: 1, text: String(text.length - visible.length) })
  }
  const lines: SourceLine[] = []
  let afterBlank = true
  visible.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/).forEach((raw, index) => {
    const trimmed = trimEnd(raw.replace(leading, ''))
    if (trimmed === '') afterBlank = true
    else {
      lines.push({ line: index + 1, text: trimmed, indented: leading.test(raw), afterBlank })
      afterBlank = false
    }
  })
  return lines
}

/** The lines with the blanks taken out that copying from a page left between Chinese characters; short lines, where blanks set
 * names apart, stay as they are. */
export function mendSpaces(lines: readonly SourceLine[], report: ReportWriter): readonly SourceLine[] {
  return lines.map((line) => {
    if (line.text.length <= debrisLength) return line
    const text = line.text.replace(betweenChinese, '').replace(afterHalfWidthMark, '')
    if (text.length === line.text.length) return line
    report.guessed.push({ topic: 'spaces-removed', line: line.line, text: text.slice(0, 40) })
    return { ...line, text }
  })
}

/** From the end, so that a long run of blanks inside the line costs nothing. */
function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && trailing.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

/** A line with every blank taken out: for comparing and for dates typed with blanks in them. */
export function withoutBlanks(text: string): string {
  return text.replace(/[\t \u00a0\u2000-\u200a\u202f\u205f\u3000]+/g, '')
}

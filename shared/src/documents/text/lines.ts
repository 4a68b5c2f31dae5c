/** Cuts raw text into lines worth reading: control characters, debris of copying and blank lines taken out, nothing else. */
import type { HeadingLevel } from '../gongwen/numbering.ts'
import type { FigureImage, TableRow, TextRun } from '../model.ts'
import type { ReportWriter } from './report.ts'

/** What a richer source than plain text says about a line. */
export interface LineHint {
  /** Its style is that of a title (标题). */
  readonly title?: true
  /** Its style or outline level makes it a heading (层次标题) though no number may be typed before it. */
  readonly level?: HeadingLevel
  readonly centred?: true
  /** Its style is that of the words under a figure (题注). */
  readonly caption?: true
  /** Drawn in red: part of the 版头. */
  readonly red?: true
  /** Size of its letters in points. */
  readonly sizePt?: number
}

/** A line with text in it, or a table. */
export interface SourceLine {
  /** Counts from 1 in the source. */
  readonly line: number
  readonly text: string
  /** It began with an indent, so it begins a paragraph. */
  readonly indented: boolean
  /** A blank line stood before it. */
  readonly afterBlank: boolean
  /** The same text with its format and with the deletions still pending in it, where the source has any. */
  readonly runs?: readonly TextRun[]
  readonly hint?: LineHint
  /** A table; `text` is empty then. */
  readonly table?: readonly TableRow[]
  /** The table stands on pages that lie across. */
  readonly landscape?: true
  /** A picture that stands here; `text` is empty then. */
  readonly figure?: FigureImage
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
/** Blanks that pages set around figures: 到 2020 年底, 25 . 5 %. */
const beforeFigure = /(?<=[\u4e00-\u9fff，。；：、“（])[ \u00a0]+(?=\d[\d.,]{0,12}[ \u00a0]*[年月日号个%％万亿项家条人次元倍天时分公亩批种类张件部台套座处所名级以])/g
const afterFigure = /(?<=\d)[ \u00a0]+(?=[年月日号个%％万亿项家条人次元倍天时分公亩批种类张件部台套座处所名级以])/g
const insideFigure = /(?<=\d)[ \u00a0]+(?=\.[ \u00a0]*\d)|(?<=\d[ \u00a0]{0,2}\.)[ \u00a0]+(?=\d{1,4}[ \u00a0]*[%％万亿])/g
const invisible = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cf}]/gu
const privateUse = /[\ue000-\uf8ff\u{f0000}-\u{10fffd}]/gu
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The lines of a text that hold something. */
export function readLines(text: string, report: ReportWriter): readonly SourceLine[] {
  const visible = visibleText(text, report)
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

/** Characters nobody sees (bidi overrides, zero-width, control) taken out, and private-use ones named, in the report. */
export function visibleText(text: string, report: ReportWriter): string {
  const visible = text.replace(invisible, '').replace(loneSurrogate, '\ufffd')
  if (visible.length < text.length) {
    report.dropped.push({ topic: 'control-characters', line: 1, text: countedCodes(text.match(invisible) ?? []) })
  }
  const ownCodes = visible.match(privateUse)
  if (ownCodes) report.guessed.push({ topic: 'private-use', line: 1, text: countedCodes(ownCodes) })
  return visible
}

/** `U+202E ×3、U+200B`, the first eight. */
function countedCodes(characters: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts]
    .slice(0, 8)
    .map(([character, count]) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} ×${count}`)
    .join('、')
}

/** Whether a line is a table rather than words. */
export function isTable(line: SourceLine | undefined): boolean {
  return line?.table !== undefined
}

/** The lines with the blanks taken out that copying from a page left between Chinese characters; short lines, where blanks set
 * names apart, stay as they are. */
export function mendSpaces(lines: readonly SourceLine[], report: ReportWriter): readonly SourceLine[] {
  return lines.map((line) => {
    if (line.text.length <= debrisLength) return line
    const text = line.text.replace(betweenChinese, '').replace(afterHalfWidthMark, '').replace(insideFigure, '').replace(beforeFigure, '').replace(afterFigure, '')
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

/** Reads the head of a typed document: organ mark, 发文字号, 签发人, title, 主送. */
import type { DraftBlock, DraftElements } from './draft.ts'
import { draftBlock } from './draft.ts'
import type { SourceLine } from './lines.ts'
import { isTable, withoutBlanks } from './lines.ts'
import { bareText, isDateLine, isOrganName, kindOfTitle, parseNumber, parseTypedNumber } from './patterns.ts'
import { readMarks } from './recognise-marks.ts'
import type { ReportWriter } from './report.ts'
import { captionPattern } from './title-note-lines.ts'

/** A head: its blocks, the elements it printed and the index of the first line of the body. */
export interface RecognisedHead {
  readonly blocks: readonly DraftBlock[]
  readonly elements: DraftElements
  /** The number of an order or of minutes, which has no 机关代字. */
  readonly bareNumber: BareNumber | null
  readonly next: number
}

/** 第36号 of an order (令), 第9期 or 〔2026〕9号 of minutes (纪要): `code` stands for the form, `year` is null when the line has none. */
export interface BareNumber {
  readonly code: '令' | '第期' | '〔〕'
  readonly year: number | null
  readonly serial: number
  readonly text: string
}

/** A head has no more lines than this. */
const longestHead = 30

/** Reads the head from the lines of a document, page furniture already taken out. */
export function readHead(lines: readonly SourceLine[], report: ReportWriter): RecognisedHead {
  const salutation = findSalutation(lines)
  const end = salutation ?? endOfTitle(lines)
  const elements: DraftElements = {}
  const blocks: DraftBlock[] = []
  const candidates = lines.slice(0, end).filter((line) => !readElement(line, elements, report))
  const named = takeIssuers(candidates, elements, report)
  const bare = findBareNumber(named, elements.markSuffix ?? '')
  const unnumbered = bare === null ? named : named.filter((line) => line !== bare.line)
  const { above, titled, below } = takeLetterMark(splitAtTitle(unnumbered), elements, report)
  const title = titleOf(titled, report)
  blocks.push(...above.map(paragraphOf), ...(title ? [title] : []), ...below.map((line) => (captionPattern.test(line.text) ? titleNoteOf(line, report) : paragraphOf(line))))
  if (title === null && bare === null && elements.markSuffix !== '纪要') report.guessed.push({ topic: 'no-title', line: 1, text: '' })
  const recipients = salutation === null ? undefined : lines[salutation]
  if (recipients) {
    report.recognised.push({ topic: 'recipients', line: recipients.line, text: recipients.text })
    blocks.push(draftBlock('recipients', recipients.text, recipients.line))
  }
  if (bare !== null) report.recognised.push({ topic: 'number', line: bare.line.line, text: bare.line.text })
  return { blocks, elements, bareNumber: bare?.number ?? null, next: recipients ? end + 1 : end }
}

function paragraphOf(line: SourceLine): DraftBlock {
  return draftBlock('paragraph', line.text, line.line)
}

function titleNoteOf(line: SourceLine, report: ReportWriter): DraftBlock {
  report.recognised.push({ topic: 'title-note', line: line.line, text: line.text })
  return draftBlock('title-note', line.text, line.line)
}

/** Size of a title on a page: 2号 is 22 points; offices that save room print it at 18. */
const smallestTitlePt = 18

function isStyledTitle(line: SourceLine): boolean {
  const { hint } = line
  return hint !== undefined && (hint.title === true || (hint.centred === true && (hint.sizePt ?? 0) >= smallestTitlePt && !hint.red))
}

/** A letter (信函格式) has its organ's bare name in red for a mark, without 文件. Source: GB/T 9704-2012 10.1 */
function takeLetterMark(split: TitleSplit, elements: DraftElements, report: ReportWriter): TitleSplit {
  const marks = split.above.filter((line) => line.hint?.red === true && isOrganName(line.text))
  if (elements.issuers || marks.length === 0 || marks.length > 12) return split
  elements.issuers = marks.map((line) => line.text)
  elements.markSuffix = ''
  elements.format = 'letter'
  for (const line of marks) report.recognised.push({ topic: 'organ-mark', line: line.line, text: line.text })
  return { ...split, above: split.above.filter((line) => !marks.includes(line)) }
}

/** The title and what its style or form sets apart from it. */
interface TitleSplit {
  readonly above: readonly SourceLine[]
  readonly titled: readonly SourceLine[]
  readonly below: readonly SourceLine[]
}

/** The lines of the title, and those around it that its style or their form sets apart from it. */
function splitAtTitle(lines: readonly SourceLine[]): TitleSplit {
  const first = lines.findIndex(isStyledTitle)
  const last = lines.findLastIndex(isStyledTitle)
  if (first >= 0 && lines.slice(first, last + 1).every(isStyledTitle))
    return { above: lines.slice(0, first), titled: lines.slice(first, last + 1), below: lines.slice(last + 1) }
  const isCaption = (line: SourceLine): boolean => captionPattern.test(line.text)
  return { above: [], titled: lines.filter((line) => !isCaption(line)), below: lines.filter(isCaption) }
}

/** A part of a regulation: no line of a head. */
const beginsProvision = /^第[一二三四五六七八九十百零]{1,7}[章节条]/

const orderNumber = /^第([1-9]\d{0,4})号$/
const issueNumber = /^[（(]?第([1-9]\d{0,4})期[）)]?$/
const yearedNumber = /^〔(\d{4})〕第?([1-9]\d{0,4})[号期]$/

function findBareNumber(lines: readonly SourceLine[], markSuffix: string): { readonly line: SourceLine; readonly number: BareNumber } | null {
  for (const line of lines) {
    const text = withoutBlanks(line.text)
    const number = markSuffix.endsWith('令') ? orderNumberOf(text) : markSuffix === '纪要' ? issueNumberOf(text) : null
    if (number !== null) return { line, number }
  }
  return null
}

function orderNumberOf(text: string): BareNumber | null {
  const serial = orderNumber.exec(text)?.[1]
  return serial === undefined ? null : { code: '令', year: null, serial: Number(serial), text }
}

function issueNumberOf(text: string): BareNumber | null {
  const issue = issueNumber.exec(text)?.[1]
  if (issue !== undefined) return { code: '第期', year: null, serial: Number(issue), text }
  const [, year, serial] = yearedNumber.exec(text) ?? []
  return year === undefined || serial === undefined ? null : { code: '〔〕', year: Number(year), serial: Number(serial), text }
}

/** Words that open or carry a sentence and are in no list of organs: 为规范……，启用以下设备：. */
const sentenceWords = /^(?:为(?!民)|根据|按照|依据|鉴于|针对|随着|经(?!济|贸|开|营|管|委|信)|据|因|自\d|近[年期日]|目前|日前|\d{4}年)|现[将就]|以下|下列|特此|决定(?!$)/

/** 主送: the first line that ends with a colon and is no sentence. */
function findSalutation(lines: readonly SourceLine[]): number | null {
  if (isTable(lines[0])) return null
  for (let index = 1; index < Math.min(lines.length, longestHead); index += 1) {
    const text = lines[index]?.text ?? ''
    if (isTable(lines[index]) || parseTypedNumber(text) !== null || /^附件/.test(text) || beginsProvision.test(text)) return null
    const isSalutation = /[:：]$/.test(text) && !/[。？！；]/.test(text) && (text.length <= longestAddress || isListOfNames(text))
    if (isSalutation) return sentenceWords.test(text) || /如下[:：]$|通知[:：]$|包括[:：]$/.test(text) ? null : index
    if (/。$/.test(text) && text.length > 30) return null
  }
  return null
}

/** A longer line before a colon is an address only when it is a list of names. */
const [longestAddress, longestList, longestName] = [600, 6000, 40]

/** 84 organs named one by one. */
function isListOfNames(text: string): boolean {
  return text.length <= longestList && text.split(/[、，,]/).every((name) => name.length <= longestName)
}

/** Without 主送 the head is the short lines up to the one that names a kind (文种), or the first one alone. */
function endOfTitle(lines: readonly SourceLine[]): number {
  const styled = lines.slice(0, longestHead).findLastIndex(isStyledTitle)
  if (styled >= 0) return styled + 1
  const isHeadLine = (text: string): boolean =>
    text !== '' && !beginsProvision.test(text) &&
    text.length <= 60 && !/[。；;：:，,]$/.test(text) && parseTypedNumber(text) === null && !isDateLine(text)
  let end = 0
  while (end < Math.min(lines.length, 8) && isHeadLine(lines[end]?.text ?? '')) end += 1
  for (let index = 0; index < end; index += 1) {
    if (kindOfTitle(lines[index]?.text ?? '') && !/(?:命令|令|纪要)$/.test(lines[index]?.text ?? '')) {
      const following = lines[index + 1]?.text ?? ''
      return parseNumber(following) ? index + 2 : index + 1
    }
  }
  return Math.min(end, 3)
}

const signersPattern = /签发人[:：](.{1,60})$/

/** Takes a line that is an element of the 版头; false when it belongs to the title. */
function readElement(line: SourceLine, elements: DraftElements, report: ReportWriter): boolean {
  return readMarks(line, elements, report) || readNumberLine(line, elements, report)
}

/** The label of a page's facts before a number, and the facts that follow it on the line. */
const numberLabel = /^(?:发\s*文\s*字\s*号|发\s*文\s*号|公\s*文\s*文\s*号|文\s*号)\s*[:：]\s*/
const otherFacts = /[\s\u3000]*(?:有\s*效\s*性|公开方式|主题词|主题分类|成文日期|发布日期|公开日期|索引号)\s*[:：].*$/

/** 发文字号, 签发人, or both on one line as in documents to superiors. */
function readNumberLine(line: SourceLine, elements: DraftElements, report: ReportWriter): boolean {
  const signers = signersOf(line.text)
  const rest = line.text.replace(signersPattern, '').replace(numberLabel, '').replace(otherFacts, '')
  const number = parseNumber(rest)
  const facts = number ? `${numberLabel.exec(line.text)?.[0] ?? ''}${otherFacts.exec(line.text)?.[0] ?? ''}`.trim() : ''
  if (facts !== '') report.dropped.push({ topic: 'page-furniture', line: line.line, text: facts })
  if (number && elements.number) {
    const isSame = elements.number.code === number.number.code && elements.number.serial === number.number.serial
    if (isSame && signers.length === 0) report.dropped.push({ topic: 'page-title', line: line.line, text: line.text })
    return isSame && signers.length === 0
  }
  if (signers.length > 0 && (elements.signers || (!number && withoutBlanks(rest) !== ''))) return false
  if (number) {
    elements.number = number.number
    report.recognised.push({ topic: 'number', line: line.line, text: line.text })
    if (number.repaired) report.guessed.push({ topic: 'number-repaired', line: line.line, text: line.text })
  }
  if (signers.length > 0) {
    elements.signers = signers
    report.recognised.push({ topic: 'signers', line: line.line, text: line.text })
  }
  return number !== null || signers.length > 0
}

/** The names after 签发人：, none when the element could not hold them. */
function signersOf(text: string): string[] {
  const parts = (signersPattern.exec(text)?.[1] ?? '').split(/[\s\u3000、，,]+/).filter(Boolean)
  // 王　强: a name of two characters is set with a blank, so two single characters are one name.
  const names = parts.reduce<string[]>((found, part) => {
    const last = found.at(-1)
    return part.length === 1 && last?.length === 1 ? [...found.slice(0, -1), last + part] : [...found, part]
  }, [])
  return names.length <= 12 && names.every((name) => name.length <= 30) ? names : []
}

/** Takes the organ mark (发文机关标志) out of the lines before the title. */
function takeIssuers(
  lines: readonly SourceLine[],
  elements: DraftElements,
  report: ReportWriter,
): readonly SourceLine[] {
  // Minutes often have no other line: 云州市人民政府第12次常务会议纪要 is the mark, unless it is set as a title.
  const isAlone = lines.length === 1 && !lines.some(isStyledTitle) && markOf(lines[0]?.text ?? '')?.suffix === '纪要'
  const mark = lines.findIndex((line, index) => (isAlone || index < lines.length - 1) && markOf(line.text) !== null)
  const last = lines[mark]
  const parts = last ? markOf(last.text) : null
  if (!last || !parts) return lines
  const others = lines.slice(0, mark).filter((line) => isOrganName(line.text))
  if (others.length > 11) return lines
  elements.issuers = [...others.map((line) => line.text), parts.organ]
  elements.markSuffix = parts.suffix
  for (const line of [...others, last])
    report.recognised.push({ topic: 'organ-mark', line: line.line, text: line.text })
  return lines.filter((line) => line !== last && !others.includes(line))
}

function markOf(text: string): { readonly organ: string; readonly suffix: string } | null {
  const tight = withoutBlanks(text)
  if (tight.length > 60 || /关于/.test(tight)) return null
  const match = /^(.{2,55}?)(文件|命令|令|会议纪要|纪要)$/.exec(tight)
  if (!match?.[1] || !match[2]) return null
  return match[2] === '会议纪要' ? { organ: `${match[1]}会议`, suffix: '纪要' } : { organ: match[1], suffix: match[2] }
}

/** Joins the lines of the title; a line that only repeats what follows is the title of the web page. */
function titleOf(lines: readonly SourceLine[], report: ReportWriter): DraftBlock | null {
  const kept = lines.filter((line, index) => {
    const rest = bareText(
      lines
        .slice(index + 1)
        .map((each) => each.text)
        .join(''),
    )
    const own = bareText(line.text)
    // The first line may also be the short name of what a notice issues; an organ's name comes again in any title.
    const isNamed = index === 0 && own.length >= 10 && !isOrganName(line.text) && rest.includes(own)
    const repeats = own.length >= 6 && (rest.endsWith(own) || rest.startsWith(own) || isNamed)
    if (repeats) report.dropped.push({ topic: 'page-title', line: line.line, text: line.text })
    return !repeats
  })
  const first = kept[0]
  if (!first) return null
  const text = kept.map((line) => line.text).join('')
  const page = lines.find((line) => !kept.includes(line))
  if (page && !text.includes(page.text))
    report.guessed.push({ topic: 'title-differs', line: page.line, text: page.text })
  report.recognised.push({ topic: 'title', line: first.line, text })
  return { ...draftBlock('title', text, first.line), lines: kept.map((line) => line.line) }
}

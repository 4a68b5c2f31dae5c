/** Reads minutes sentence by sentence: where one ends, and who is to do what by when. */
import { addDays, type CivilDate, civilDate, isCivilDate } from '../../base/instant.ts'
import { blockText, type OfficialDocument } from '../../documents/index.ts'

/** A sentence with the block it stands in. */
export interface MinutesSentence {
  readonly block: number
  readonly text: string
}

/** What a sentence says about its doing. Names are as written; `dueOn` is the last day. */
export interface Commitment {
  readonly leads: readonly string[]
  readonly supports: readonly string[]
  readonly dueOn: CivilDate | null
}

const openers = '（(《“「【'
const closers = '）)》”」】'

/** Splits at 。！？； outside brackets and quotation marks; the stop stays with its sentence. */
export function splitSentences(text: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let current = ''
  for (const character of text) {
    current += character
    if (openers.includes(character)) depth += 1
    if (closers.includes(character)) depth = Math.max(0, depth - 1)
    if (depth === 0 && '。！？；'.includes(character)) {
      found.push(current.trim())
      current = ''
    }
  }
  return [...found, current.trim()].filter((sentence) => sentence !== '')
}

/** Sentences of headings and paragraphs, in the order of the text. Pending deletions are left out. */
export function sentencesOf(document: OfficialDocument): readonly MinutesSentence[] {
  return document.blocks.flatMap((block, index) =>
    block.kind === 'heading' || block.kind === 'paragraph' ? splitSentences(blockText(block)).map((text) => ({ block: index, text })) : [],
  )
}

const unitEnding = '(?:局|委员会|委|办公室|办公厅|办|厅|部|中心|院|处|科|室|股|政府|集团|公司|银行|街道|学校|大学|医院|支队|站|所|县|区|镇|乡)'
const unitName = `\\p{Script=Han}{1,30}?${unitEnding}`
/** Names joined by 和 or 与 are set apart only after a whole unit: 发展和改革局 is one. */
const betweenUnits = new RegExp(`、|(?<=${unitEnding})[和及与]`, 'u')
const unitList = `${unitName}(?:[、和及与]${unitName})*`
const leadAfter = new RegExp(`(?:由|请|责成|责令|要求|[，,；;。：:（(]|^)(${unitList})(?:共同)?(?:负责)?(?:牵头|负责|主办|承办)`, 'gu')
const listEnd = '(?=[；;，,。）)\\s]|$)'
const leadLabel = new RegExp(`(?:牵头|责任|主办|承办)(?:单位|部门)[：:](${unitList})${listEnd}`, 'gu')
const leadAsked = new RegExp(`(?:由|请|责成|责令|要求)(${unitList})(?=于|在|尽快|抓紧|会同|按|认真|进一步|落实|研究|制定|提出|做好|组织|开展|完善|对|将)`, 'gu')
const supportAfter = new RegExp(`(?:[，,；;。（(]|^)(${unitList})(?:等)?(?:积极)?(?:配合|协助|参与|协办)`, 'gu')
const supportLabel = new RegExp(`(?:配合|协办|参加)(?:单位|部门)[：:](${unitList})${listEnd}`, 'gu')
const supportAsked = new RegExp(`会同(${unitList})`, 'gu')

/** Reads lead units, supporting units and the due date of a sentence, e.g. 由市财政局牵头，市审计局配合，12月15日前完成.
 *
 * @param on the day of the meeting: dates without a year are the next such day from then on
 */
export function parseCommitment(sentence: string, on: CivilDate): Commitment {
  const text = sentence.slice(0, 2000)
  const named = namesIn(text, leadAfter, leadLabel)
  const leads = named.length > 0 ? named : namesIn(text, leadAsked)
  const supports = namesIn(text, supportAfter, supportLabel, supportAsked).filter((name) => !leads.includes(name))
  return { leads, supports, dueOn: parseDueDate(text, on) }
}

function namesIn(text: string, ...patterns: readonly RegExp[]): readonly string[] {
  const lists = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
  return [...new Set(lists.flatMap((list) => list.split(betweenUnits)).map((name) => name.replace(/^(?:由|请|责成|责令|要求|并)/, '')))].filter((name) => name !== '')
}

const dayPattern = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:之?前|以前|底前)/
const monthPattern = /(?:(\d{4})年|(今年|本年|明年))?(\d{1,2})月(底|末|上旬|中旬|下旬)(?:之?前|以前)?/
const anyDayPattern = /(?:完成时限|完成时间|时限|截止)[^\d]{0,6}(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日/
const dayOfPart: Readonly<Record<string, number>> = { 上旬: 10, 中旬: 20 }

/** The last day a sentence names, or null: 12月15日前, 2027年1月底前, 12月中旬, 本月底前, 下月底前, 年底前. */
export function parseDueDate(sentence: string, on: CivilDate): CivilDate | null {
  const day = dayPattern.exec(sentence) ?? anyDayPattern.exec(sentence)
  if (day) return nextSuchDay(day[1], Number(day[2]), Number(day[3]), on)
  const month = monthPattern.exec(sentence)
  if (month) {
    const year = month[1] ?? (month[2] === undefined ? undefined : String(Number(on.slice(0, 4)) + (month[2] === '明年' ? 1 : 0)))
    const number = Number(month[3])
    return nextSuchDay(year, number, dayOfPart[month[4] ?? ''] ?? 'last', on)
  }
  const [thisYear, thisMonth] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))]
  if (/本月(?:底|末)/.test(sentence)) return dateOf(thisYear, thisMonth, 'last')
  if (/下(?:个)?月(?:底|末)/.test(sentence)) return thisMonth === 12 ? dateOf(thisYear + 1, 1, 'last') : dateOf(thisYear, thisMonth + 1, 'last')
  if (/明年年?底/.test(sentence)) return dateOf(thisYear + 1, 12, 31)
  return /年(?:底|末)/.test(sentence) ? dateOf(thisYear, 12, 31) : null
}

function nextSuchDay(year: string | undefined, month: number, day: number | 'last', on: CivilDate): CivilDate | null {
  if (year !== undefined) return dateOf(Number(year), month, day)
  const thisYear = Number(on.slice(0, 4))
  const date = dateOf(thisYear, month, day)
  return date !== null && date >= on ? date : dateOf(thisYear + 1, month, day)
}

function dateOf(year: number, month: number, day: number | 'last'): CivilDate | null {
  if (month < 1 || month > 12) return null
  if (day === 'last') return addDays(month === 12 ? civilDate(`${year + 1}-01-01`) : civilDate(`${year}-${pad(month + 1)}-01`), -1)
  const text = `${year}-${pad(month)}-${pad(day)}`
  return isCivilDate(text) ? text : null
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

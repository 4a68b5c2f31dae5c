/** How the elements of a document look when typed. Every pattern is anchored and linear. */
import type { DocumentKind, DocumentNumber } from '../model.ts'
import { documentKinds } from '../model.ts'
import type { CivilDate } from '../../base/instant.ts'
import { isCivilDate } from '../../base/instant.ts'
import type { HeadingLevel } from '../gongwen/numbering.ts'
import { parseChineseNumeral } from '../gongwen/numerals.ts'
import { withoutBlanks } from './lines.ts'

/** Ends of names that are organs (机关) in all likelihood. */
export const organEnd =
  /(?:人民政府|政府|办公厅|办公室|委员会|管委会|指挥部|领导小组|党组|党委|市委|县委|区委|省委|纪委|监委|厅|局|委|部|院|署|会|社|中心|集团|公司|大学|学院|学校|银行|总队|支队|大队|站|馆|所|处|科|办|法院|检察院|政协|人大)$/

/** Whether a short line may be the name of an organ: no stop in it, ends like one. */
export function isOrganName(text: string): boolean {
  return text.length >= 3 && text.length <= 60 && !/[。，,；;：:？?！!]/.test(text) && organEnd.test(text)
}

const numberPattern =
  /^([\u4e00-\u9fff]{2,20})[〔[［（(【《〈⟨〖]?\s?(\d{4})\s?[〕\]］）)】》〉⟩〗]?第?0{0,4}([1-9]\d{0,4})\s?号?$/
const exactNumber = /^([\u4e00-\u9fff]{1,20})〔(\d{4})〕([1-9]\d{0,4})号$/

/** A 发文字号 and whether it had to be repaired (brackets, 第, zeros, a lost 〕 or 号). */
export function parseNumber(text: string): { readonly number: DocumentNumber; readonly repaired: boolean } | null {
  const tight = withoutBlanks(text)
  if (tight.length > 40 || !/[字发办函政委厅局通令党规人财教]|[〔[［（(【]/.test(tight)) return null
  const match = numberPattern.exec(tight)
  if (!match?.[1]) return null
  const year = Number(match[2])
  const hasMark = /[〔〕[\]［］（）()【】号]/.test(tight)
  if (year < 1949 || year > 2999 || !hasMark) return null
  return { number: { code: match[1], year, serial: Number(match[3]) }, repaired: !exactNumber.test(tight) }
}

const arabicDate = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/
const chineseDate = /^[一二三四五六七八九零〇○ОOo0]{4}年[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,4}日$/

/** Whether a line is nothing but a date of issue, in Arabic or Chinese figures, blanks allowed. */
export function isDateLine(text: string): boolean {
  if (text.length > 60) return false
  const tight = withoutBlanks(text)
  return arabicDate.test(tight) || chineseDate.test(tight) || /^\d{4}[-./]\d{1,2}[-./]\d{1,2}$/.test(tight)
}

/** The civil date of `2026年8月1日` (padding tolerated), or null when there is no such day. */
export function parseDate(text: string): CivilDate | null {
  const match = arabicDate.exec(withoutBlanks(text))
  if (!match) return null
  const iso = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
  return isCivilDate(iso) ? iso : null
}

/** The kind (文种) a title ends with, or null. 命令 is also written 令. */
export function kindOfTitle(title: string): DocumentKind | null {
  const end = withoutBlanks(title)
    .replace(/[（(][^（()）]{1,20}[）)]$/, '')
    .replace(/[。.!！]+$/, '')
  return documentKinds.find((kind) => end.endsWith(kind)) ?? (end.endsWith('令') ? '命令' : null)
}

/** A typed heading number. `damaged` means its closing bracket is missing; `style` means its stop is not
 * the usual one (1、 or （一）、). */
export interface TypedNumber {
  readonly level: HeadingLevel
  readonly count: number
  /** Length of the marker in the line. */
  readonly length: number
  readonly damaged: boolean
  readonly style: boolean
}

const chineseDigits = '[一二三四五六七八九十百零]{1,7}'
const level1 = new RegExp(`^(${chineseDigits})\\s?([、.．，,])\\s?`)
const level2 = new RegExp(`^([（(])\\s?(${chineseDigits})\\s?([）)]?)(、?)\\s?`)
const level3 = /^(\d{1,3})\s?([.．、])\s?(?!\d)/
const level4 = /^([（(])\s?(\d{1,3})\s?([）)])(、?)\s?/
/** Words that begin with 一 and are no number: 一般, 一些 … */
const notANumber = /^[（(](?:一般|一定|一些|一个|一方面|一切|一致|一旦|一律|十分|百分|三农|两)/

/** 一、二类 or 三、四季度 begins a sentence, not a heading. */
const enumeration = /^[一二三四五六七八九十]、[一二三四五六七八九十][类级线季月期等产号楼]/

/** The heading number a line begins with, or null. */
export function parseTypedNumber(text: string): TypedNumber | null {
  const head = text.slice(0, 16)
  const second = level2.exec(head)
  if (second && !notANumber.test(head)) {
    const [whole, , digits, close, stop] = second
    return typed(2, parseChineseNumeral(digits ?? ''), whole, { damaged: close === '', style: stop !== '' })
  }
  const first = level1.exec(head)
  if (first && !enumeration.test(head))
    return typed(1, parseChineseNumeral(first[1] ?? ''), first[0], { damaged: false, style: first[2] !== '、' })
  const third = level3.exec(head)
  if (third) return typed(3, Number(third[1]), third[0], { damaged: false, style: third[2] !== '.' })
  const fourth = level4.exec(head)
  if (!fourth) return null
  return typed(4, Number(fourth[2]), fourth[0], { damaged: false, style: fourth[4] !== '' })
}

function typed(
  level: HeadingLevel,
  count: number | null,
  marker: string,
  flags: { damaged: boolean; style: boolean },
): TypedNumber | null {
  return count === null || count < 1 ? null : { level, count, length: marker.length, ...flags }
}

/** Letters and digits only: for comparing titles whose marks were lost. */
export function bareText(text: string): string {
  return text.replace(/[^\u4e00-\u9fffA-Za-z0-9]+/g, '')
}

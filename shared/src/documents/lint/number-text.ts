/** What can be wrong with a 发文字号 as typed: in the registry, in a citation, in an import. */
import { parseChineseNumeral } from '../gongwen/numerals.ts'
import type { Elements } from '../model.ts'

/** One fault of a typed number, by the rule that names it. */
export interface NumberFault {
  readonly rule: 'A01' | 'A02' | 'A03'
  /** The number set right, or null when only a person can. */
  readonly fix: string | null
}

const exact = /^[\u4e00-\u9fff]{1,20}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号$/
const orderNumber = /^[\u4e00-\u9fff]{0,20}\s?第[1-9]\d{0,4}号$/
/** 金人社发2027年12号: the year without its brackets. */
const unbracketed = /^([\u4e00-\u9fff]{1,20})((?:19|20)\d{2})年第?0*(\d{1,5})号$/
/** 云政规〔2025〕十二号: the serial stands in Arabic figures. */
const inWords = /^([\u4e00-\u9fff]{1,20})〔((?:19|20)\d{2})〕第?([一二三四五六七八九十百]{1,7})号$/
const loose =
  /^([\u4e00-\u9fff]{1,20})\s?([〔[［（(【《〈⟨〖]?)\s?(\d{1,4})\s?([〕\]］）)】》〉⟩〗]?)\s?(第?)(0*)(\d{1,5})\s?(号?)$/

/** The faults of a typed number; none when it is right.
 *
 * @param format page format: an order (令) carries 第N号 instead of a year
 * Source: GB/T 9704-2012 7.2.5, 10.2
 */
export function findNumberFaults(text: string, format: Elements['format'] = 'general'): readonly NumberFault[] {
  if (format === 'order' && orderNumber.test(text)) return []
  if (exact.test(text)) return []
  const [, bareCode, bareYear, bareSerial] = unbracketed.exec(text) ?? []
  if (bareYear !== undefined && Number(bareSerial) > 0) return [{ rule: 'A02', fix: `${bareCode}〔${bareYear}〕${Number(bareSerial)}号` }]
  const [, wordedCode, wordedYear, words] = inWords.exec(text) ?? []
  const worded = words === undefined ? null : parseChineseNumeral(words)
  if (worded !== null) return [{ rule: 'A01', fix: `${wordedCode}〔${wordedYear}〕${worded}号` }]
  const match = loose.exec(text)
  if (!match) return [{ rule: 'A01', fix: null }]
  const [, code = '', open = '', year = '', close = '', ordinal, zeros, serial = '', end] = match
  const isWhole = /^(?:19|20)\d{2}$/.test(year) && Number(serial) > 0
  // 〔201823: where the year ends is a guess, and a guess is not a repair.
  const isClear = isWhole && (close !== '' || ordinal !== '')
  const fix = isClear ? `${code}〔${year}〕${Number(serial)}号` : null
  const faults: NumberFault[] = []
  if (open !== '〔' || close !== '〕') faults.push({ rule: open === '' || close === '' ? 'A01' : 'A02', fix })
  if (!isWhole || end === '') faults.push({ rule: 'A01', fix })
  if (ordinal !== '' || zeros !== '' || (faults.length === 0 && /\s/.test(text))) faults.push({ rule: 'A03', fix })
  return faults
}

/** Numbers cited in prose, right or wrong: a code, brackets of some sort round a year, a serial. A year of four digits in brackets before
 * a serial is unmistakable; one of two digits in round brackets (地块（12）5号) needs a code that looks like one. */
export const citedNumber =
  /[\u4e00-\u9fff]{2,11}[〔[［（(【〖〈《]\s?(?:19|20)\d{2}\s?[〕\]］）)】〗〉》]\s?第?\d{1,5}\s?号|[\u4e00-\u9fff]{2,11}[〔[［]\s?\d{2,3}\s?[〕\]］]\s?第?\d{1,5}\s?号|[\u4e00-\u9fff]{2,11}〔(?:19|20)\d{2}〕(?:第?[一二三四五六七八九十百]{1,7})?号|[\u4e00-\u9fff]{2,11}〔(?:19|20)\d{2}〕第?\d{1,5}(?![\d号\-—～~至、.])|[\u4e00-\u9fff]{1,10}(?:发|函|办|字|令|通|规|党|委|政|厅|局|财|教|人)[〔[［（(【〖]\s?\d{2,4}\s?[〕\]］）)】〗]\s?第?\d{1,5}\s?号|[\u4e00-\u9fff]{1,10}(?:发|函|办|字)〔\d{5,9}(?!\d*〕)|[\u4e00-\u9fff]{1,10}(?:(?<![印颁下签转核制散分开收补出派])发|办函)(?:19|20)\d{2}年第?\d{1,5}号/g

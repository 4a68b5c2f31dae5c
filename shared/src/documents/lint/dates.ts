/** Dates as drafters type them. */
import { chineseNumeral } from '../gongwen/numerals.ts'
import { parseDate } from '../text/patterns.ts'

const chineseDigits = '〇一二三四五六七八九'

/** The lawful form of a date written otherwise, or null when it names no day.
 *
 * Source: GB/T 9704-2012 7.3.5.4
 */
export function rightDate(text: string): string | null {
  const tight = text.slice(0, 40).replace(/\s+/g, '')
  const arabic = /^(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?$/.exec(tight)
  const chinese =
    /^([一二三四五六七八九零〇○OoＯ]{4})年([一二三四五六七八九十元]{1,2})月([一二三四五六七八九十]{1,3})日$/.exec(tight)
  const parts =
    arabic?.slice(1).map(Number) ??
    (chinese ? [chineseYear(chinese[1] ?? ''), chineseCount(chinese[2] ?? ''), chineseCount(chinese[3] ?? '')] : null)
  if (!parts) return null
  const written = `${parts[0]}年${parts[1]}月${parts[2]}日`
  return parseDate(written) === null ? null : written
}

/** 二〇二六 → 2026; the several zeros people type count as one. */
export function chineseYear(text: string): number {
  return Number([...text.replace(/[零○OoＯ]/g, '〇')].map((digit) => chineseDigits.indexOf(digit)).join(''))
}

/** 八 → 8, 二十一 → 21, 元 → 1; 0 for anything else. Up to 31. */
export function chineseCount(text: string): number {
  if (text === '元') return 1
  for (let count = 1; count <= 31; count += 1) if (chineseNumeral(count) === text) return count
  return 0
}

/** 2026年8月1日 from a civil date. */
export function printDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

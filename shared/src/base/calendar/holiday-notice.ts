/** Reads the yearly holiday notice (关于…年部分节假日安排的通知) as it is published, so that nobody types thirty dates by hand:
 * 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。 */
import { addDays, type CivilDate, isCivilDate } from '../instant.ts'
import type { Holiday, YearArrangement } from './arrangement.ts'

/** What was read, and the lines that name dates but could not be read. */
export interface ReadNotice {
  readonly arrangement: YearArrangement
  readonly unread: readonly string[]
}

const longestNotice = 20_000
const itemStart = /^[一二三四五六七八九十]{1,3}、\s*([\p{Script=Han}、]{2,12})[:：]/u
const dateText = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日`
const bracket = String.raw`(?:[（(][^）)]{1,12}[）)])?`
const run = new RegExp(`${dateText}${bracket}(?:(?:至|—|－|-|~)${dateText}${bracket})?`, 'gu')

/** Reads a notice.
 *
 * @param text     the notice as copied; at most 20,000 characters are looked at
 * @param ifSilent the year to take where the text names none
 * @returns        null when no item of the form 一、元旦：… is found
 */
export function readHolidayNotice(text: string, ifSilent: number): ReadNotice | null {
  const lines = text.slice(0, longestNotice).split(/\r?\n/).map((line) => line.replaceAll(/\s+/g, '')).filter((line) => line !== '')
  const year = Number(/(\d{4})年(?:部分)?(?:节假日|元旦)/.exec(lines.join(''))?.[1] ?? ifSilent)
  const items = lines.map((line) => ({ line, name: itemStart.exec(line)?.[1] })).filter((item): item is { line: string; name: string } => item.name !== undefined)
  if (items.length === 0) return null
  const read = items.map(({ line, name }) => ({ line, ...readItem(line.replace(itemStart, ''), name, year) }))
  return {
    arrangement: {
      year,
      source: /国办发(?:明电|电)?〔\d{4}〕\d+号/.exec(lines.join(''))?.[0] ?? '',
      holidays: read.flatMap(({ holidays }) => holidays),
      makeUpDays: [...new Set(read.flatMap(({ makeUpDays }) => makeUpDays))].sort(),
    },
    unread: read.filter(({ holidays }) => holidays.length === 0).map(({ line }) => line),
  }
}

/** One item: the sentence with 放假 gives the days off, the one with 上班 the make-up days. */
function readItem(text: string, name: string, year: number): { readonly holidays: readonly Holiday[]; readonly makeUpDays: readonly CivilDate[] } {
  const sentences = text.split('。')
  const runs = sentences.filter((sentence) => sentence.includes('放假')).flatMap((sentence) => readRuns(sentence, name, year))
  const worked = sentences.filter((sentence) => sentence.includes('上班')).flatMap((sentence) => readRuns(sentence, name, year))
  return { holidays: runs, makeUpDays: worked.flatMap(({ from, to }) => daysBetween(from, to)) }
}

function readRuns(sentence: string, name: string, year: number): readonly Holiday[] {
  let month = ''
  return [...sentence.matchAll(run)].flatMap(([, fromYear, fromMonth, fromDay, toYear, toMonth, toDay]) => {
    month = fromMonth ?? month
    const from = dateOf(fromYear ?? String(yearBefore(name, month, year)), month, fromDay)
    const to = toDay === undefined ? from : dateOf(toYear ?? from?.slice(0, 4) ?? '', toMonth ?? month, toDay)
    month = toMonth ?? month
    return from && to ? [{ name, from, to }] : []
  })
}

/** New Year's holiday may begin in December of the year before. */
function yearBefore(name: string, month: string, year: number): number {
  return name.includes('元旦') && month === '12' ? year - 1 : year
}

function dateOf(year: string, month: string, day: string | undefined): CivilDate | null {
  const text = `${year}-${month.padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
  return isCivilDate(text) ? text : null
}

function daysBetween(from: CivilDate, to: CivilDate): readonly CivilDate[] {
  const days: CivilDate[] = []
  for (let date = from; date <= to && days.length < 15; date = addDays(date, 1)) days.push(date)
  return days
}

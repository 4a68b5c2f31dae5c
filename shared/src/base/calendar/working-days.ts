/** Working days (工作日): weekends, public holidays and make-up days (调休). Deadlines count in them.
 * Source: the yearly holiday notice of the State Council General Office; years without one are provisional. */
import { addDays, type CivilDate, epochDay, weekday } from '../instant.ts'

/** Days off and make-up working days of the years whose notice has been published. */
export interface WorkCalendar {
  readonly holidays: ReadonlySet<CivilDate>
  readonly makeUpDays: ReadonlySet<CivilDate>
  /** Years for which a notice is known; in others only the days off by law count, and every date is provisional. */
  readonly publishedYears: ReadonlySet<number>
}

/** Whether people work on that date. */
export function isWorkDay(calendar: WorkCalendar, date: CivilDate): boolean {
  if (calendar.makeUpDays.has(date)) return true
  if (calendar.holidays.has(date)) return false
  const day = weekday(date)
  return day !== 0 && day !== 6
}

/** Whether the answer for that date rests on a published notice. */
export function isPublished(calendar: WorkCalendar, date: CivilDate): boolean {
  return calendar.publishedYears.has(Number(date.slice(0, 4)))
}

/** The date `days` working days after `from`: the day itself is day 0, counting starts on the next working day.
 * With 0, `from` itself if it is a working day, else the next one.
 *
 * @param days whole number ≥ 0
 */
export function addWorkDays(calendar: WorkCalendar, from: CivilDate, days: number): CivilDate {
  let date = from
  let left = days
  if (left === 0) while (!isWorkDay(calendar, date)) date = addDays(date, 1)
  while (left > 0) {
    date = addDays(date, 1)
    if (isWorkDay(calendar, date)) left -= 1
  }
  return date
}

/** Working days from `today` (exclusive) to `due` (inclusive); negative when `due` has passed. Today itself gives 0. */
export function workDaysUntil(calendar: WorkCalendar, today: CivilDate, due: CivilDate): number {
  const forward = epochDay(due) >= epochDay(today)
  const [start, end] = forward ? [today, due] : [due, today]
  let count = 0
  for (let date = addDays(start, 1); epochDay(date) <= epochDay(end); date = addDays(date, 1)) {
    if (isWorkDay(calendar, date)) count += 1
  }
  return forward ? count : -count
}

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
  return !isWeekend(weekday(date))
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
  const forward = due >= today
  const count = forward ? workDaysAfter(calendar, today, due) : workDaysAfter(calendar, due, today)
  return forward ? count : -count
}

/** Working days from `start` (exclusive) to `end` (inclusive): whole weeks are reckoned, only days that break the week are looked
 * up. Ledgers ask this for every row and every year overdue. */
function workDaysAfter(calendar: WorkCalendar, start: CivilDate, end: CivilDate): number {
  const days = epochDay(end) - epochDay(start)
  let count = 5 * Math.floor(days / 7)
  const first = weekday(start)
  for (let day = 1; day <= days % 7; day += 1) if (!isWeekend((first + day) % 7)) count += 1
  for (const date of calendar.holidays) if (isWithin(date, start, end) && !isWeekend(weekday(date)) && !calendar.makeUpDays.has(date)) count -= 1
  for (const date of calendar.makeUpDays) if (isWithin(date, start, end) && isWeekend(weekday(date))) count += 1
  return count
}

function isWithin(date: CivilDate, start: CivilDate, end: CivilDate): boolean {
  return date > start && date <= end
}

function isWeekend(day: number): boolean {
  return day === 0 || day === 6
}

/** What the calendar page shows, without React: the months of a year and what each day is. */
import { addDays, type CivilDate, civilDate, daysOff, isWorkDay, statutoryHolidays, type WorkCalendar, weekday, type YearArrangement } from '@xiewen/shared/base'

/** What a day is: an ordinary working day or weekend, a day off of the arrangement (or of the law, where there is none), a make-up working day. */
export type DayKind = 'work' | 'weekend' | 'holiday' | 'make-up'

/** A day of the year as shown. `name` is the holiday's, empty otherwise. */
export interface ShownDay {
  readonly date: CivilDate
  readonly kind: DayKind
  readonly name: string
}

/** One month in weeks of seven places, Monday first; empty places are null. */
export interface ShownMonth {
  readonly month: number
  readonly weeks: readonly (readonly (ShownDay | null)[])[]
}

/** The twelve months of a year. */
export function monthsOf(year: number, arrangement: YearArrangement | null): readonly ShownMonth[] {
  const off = arrangement ? daysOff(arrangement) : new Set(statutoryHolidays(year))
  const calendar: WorkCalendar = { holidays: off, makeUpDays: new Set(arrangement?.makeUpDays ?? []), publishedYears: new Set() }
  return Array.from({ length: 12 }, (_each, index) => {
    const first = civilDate(`${year}-${String(index + 1).padStart(2, '0')}-01`)
    const before = (weekday(first) + 6) % 7
    const days: (ShownDay | null)[] = Array.from({ length: before }, () => null)
    for (let date = first; date.slice(0, 7) === first.slice(0, 7); date = addDays(date, 1)) days.push(shownDay(date, calendar, arrangement))
    while (days.length % 7 !== 0) days.push(null)
    return { month: index + 1, weeks: Array.from({ length: days.length / 7 }, (_week, week) => days.slice(week * 7, week * 7 + 7)) }
  })
}

function shownDay(date: CivilDate, calendar: WorkCalendar, arrangement: YearArrangement | null): ShownDay {
  if (calendar.makeUpDays.has(date)) return { date, kind: 'make-up', name: '' }
  if (calendar.holidays.has(date)) return { date, kind: 'holiday', name: arrangement?.holidays.find(({ from, to }) => from <= date && date <= to)?.name ?? '' }
  return { date, kind: isWorkDay(calendar, date) ? 'work' : 'weekend', name: '' }
}

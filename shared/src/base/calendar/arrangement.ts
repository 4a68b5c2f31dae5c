/** Yearly arrangements (节假日安排): the days off and make-up working days of one year as its notice sets them, and the calendar made of
 * them. Source: the yearly holiday notice of the State Council General Office. */
import { z } from 'zod'
import { addDays, type CivilDate, civilDateSchema, epochDay, weekday } from '../instant.ts'
import { statutoryHolidays, statutoryYears } from './statutory-holidays.ts'
import type { WorkCalendar } from './working-days.ts'

/** A run of days off, both ends included. */
export const holidaySchema = z.strictObject({ name: z.string().trim().min(1).max(20), from: civilDateSchema, to: civilDateSchema })
/** A run of days off, both ends included. */
export type Holiday = Readonly<z.output<typeof holidaySchema>>

/** One year's arrangement. Days may lie a little outside the year: New Year's holiday can begin in December. */
export const yearArrangementSchema = z.strictObject({
  year: z.number().int().min(2000).max(2100),
  holidays: z.array(holidaySchema).min(1).max(20),
  makeUpDays: z.array(civilDateSchema).max(30),
  /** Where it comes from, e.g. 国办发明电〔2025〕7号. */
  source: z.string().trim().max(80),
})
/** One year's arrangement. */
export type YearArrangement = Readonly<z.output<typeof yearArrangementSchema>>

const longestHolidayDays = 15
const reachDays = 15

/** What is wrong with an arrangement, as codes with the dates concerned; empty when it can be put in force. */
export function arrangementFaults(arrangement: YearArrangement): readonly { readonly code: ArrangementFault; readonly date: CivilDate }[] {
  const off = daysOff(arrangement)
  const first = epochDay(dayOf(arrangement.year, '01-01'))
  const last = epochDay(dayOf(arrangement.year, '12-31'))
  const isFar = (date: CivilDate): boolean => epochDay(date) < first - reachDays || epochDay(date) > last + reachDays
  return [
    ...arrangement.holidays.flatMap(({ from, to }) => {
      const days = epochDay(to) - epochDay(from)
      return days < 0 || days >= longestHolidayDays ? [{ code: 'holiday-length' as const, date: from }] : []
    }),
    ...[...off, ...arrangement.makeUpDays].filter(isFar).map((date) => ({ code: 'other-year' as const, date })),
    ...arrangement.makeUpDays.filter((date) => off.has(date)).map((date) => ({ code: 'both-ways' as const, date })),
    ...arrangement.makeUpDays.filter((date) => ![0, 6].includes(weekday(date))).map((date) => ({ code: 'make-up-on-weekday' as const, date })),
    ...statutoryHolidays(arrangement.year).filter((date) => !off.has(date)).map((date) => ({ code: 'statutory-missing' as const, date })),
  ]
}

/** Faults of an arrangement. */
export const arrangementFaultCodes = ['holiday-length', 'other-year', 'both-ways', 'make-up-on-weekday', 'statutory-missing'] as const
/** One of `arrangementFaultCodes`. */
export type ArrangementFault = (typeof arrangementFaultCodes)[number]

/** The calendar of these arrangements; of two for one year the later in the list holds. Years without one have their statutory days off. */
export function workCalendarOf(arrangements: readonly YearArrangement[]): WorkCalendar {
  const byYear = new Map(arrangements.map((arrangement) => [arrangement.year, arrangement]))
  const known = [...byYear.values()]
  const unpublished = statutoryYears.filter((year) => !byYear.has(year))
  const makeUpDays = new Set(known.flatMap((arrangement) => arrangement.makeUpDays))
  const holidays = [...known.flatMap((arrangement) => [...daysOff(arrangement)]), ...unpublished.flatMap(statutoryHolidays)]
  return { holidays: new Set(holidays), makeUpDays, publishedYears: new Set(byYear.keys()) }
}

/** Every day off of an arrangement. A run whose end lies before its start, or too far behind it, counts as its first day. */
export function daysOff({ holidays }: Pick<YearArrangement, 'holidays'>): ReadonlySet<CivilDate> {
  return new Set(
    holidays.flatMap(({ from, to }) => {
      const length = epochDay(to) - epochDay(from)
      return Array.from({ length: length >= 0 && length < 60 ? length + 1 : 1 }, (_each, day) => addDays(from, day))
    }),
  )
}

function dayOf(year: number, monthDay: string): CivilDate {
  return civilDateSchema.parse(`${year}-${monthDay}`)
}

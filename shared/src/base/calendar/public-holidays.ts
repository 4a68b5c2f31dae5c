/** Public holidays built in. Source: State Council General Office notices for 2025 and 2026. Administrators import later years. */
import { addDays, civilDate, type CivilDate, epochDay } from '../instant.ts'
import type { WorkCalendar } from './working-days.ts'

const holidayRanges = [
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
  ['2025-04-04', '2025-04-06'],
  ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'],
  ['2025-10-01', '2025-10-08'],
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
] as const

const makeUpDays = [
  '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11',
  '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10',
] as const

function datesOf(from: CivilDate, to: CivilDate): readonly CivilDate[] {
  const dates: CivilDate[] = []
  for (let date = from; epochDay(date) <= epochDay(to); date = addDays(date, 1)) dates.push(date)
  return dates
}

/** The calendar this release knows: 2025 and 2026. Later years count plain weeks until their notice is imported. */
export const builtInCalendar: WorkCalendar = {
  holidays: new Set(holidayRanges.flatMap(([from, to]) => datesOf(civilDate(from), civilDate(to)))),
  makeUpDays: new Set(makeUpDays.map(civilDate)),
  publishedYears: new Set([2025, 2026]),
}

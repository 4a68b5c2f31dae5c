/** Days off by law (法定节假日) of a year whose yearly arrangement is not published yet: the thirteen days everybody has, without the
 * weekends moved around them. Source: 全国年节及纪念日放假办法 (State Council decree 795, in force since 2025-01-01) article 2. */
import { addDays, civilDate, type CivilDate } from '../instant.ts'

/** First day of the lunar year, 清明, 端午 and 中秋, as month and day. Lunar dates cannot be reckoned simply, so they are listed. */
const movableDays: Readonly<Record<number, readonly [spring: string, qingming: string, dragonBoat: string, midAutumn: string]>> = {
  2025: ['01-29', '04-04', '05-31', '10-06'],
  2026: ['02-17', '04-05', '06-19', '09-25'],
  2027: ['02-06', '04-05', '06-09', '09-15'],
  2028: ['01-26', '04-04', '05-28', '10-03'],
  2029: ['02-13', '04-04', '06-16', '09-22'],
  2030: ['02-03', '04-05', '06-05', '09-12'],
  2031: ['01-23', '04-05', '06-24', '10-01'],
  2032: ['02-11', '04-04', '06-12', '09-19'],
  2033: ['01-31', '04-04', '06-01', '09-08'],
  2034: ['02-19', '04-05', '06-20', '09-27'],
  2035: ['02-08', '04-05', '06-10', '09-16'],
}

/** Years for which every statutory day is known. */
export const statutoryYears: readonly number[] = Object.keys(movableDays).map(Number)

/** The statutory days off of a year; of years outside `statutoryYears` only those with a fixed date. */
export function statutoryHolidays(year: number): readonly CivilDate[] {
  const on = (monthDay: string): CivilDate => civilDate(`${year}-${monthDay}`)
  const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map(on)
  const movable = movableDays[year]
  if (!movable) return fixed
  const [spring, qingming, dragonBoat, midAutumn] = movable
  // 除夕 and the first three days of the lunar year.
  const springDays = [-1, 0, 1, 2].map((days) => addDays(on(spring), days))
  return [...fixed, ...springDays, on(qingming), on(dragonBoat), on(midAutumn)]
}

/** Points in time and calendar dates. The kernel never asks a clock; callers hand these in. */
import { z } from 'zod'
import type { Brand } from './brand.ts'

/** UTC milliseconds since 1970-01-01. */
export type Instant = Brand<number, 'Instant'>
/** A civil date in Asia/Shanghai as `YYYY-MM-DD`; never shifted by time zones. */
export type CivilDate = Brand<string, 'CivilDate'>

/** Schema of an `Instant`: a non-negative safe integer of milliseconds. */
export const instantSchema: z.ZodType<Instant> =
  // Safe because an instant is any non-negative integer of milliseconds.
  z.number().int().nonnegative() as unknown as z.ZodType<Instant>

/** Schema of a `CivilDate`: a date that exists in the Gregorian calendar. */
export const civilDateSchema: z.ZodType<CivilDate> =
  // Safe because `isCivilDate` is the whole meaning of the brand.
  z.string().refine(isCivilDate, 'not a date') as unknown as z.ZodType<CivilDate>

/** Makes an `Instant` from milliseconds the caller vouches for. */
export function instant(ms: number): Instant {
  // Safe because the brand only forbids mixing with other numbers.
  return ms as Instant
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Whether `text` is `YYYY-MM-DD` and names a day that exists (leap years counted). */
export function isCivilDate(text: string): text is CivilDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && leap ? 29 : monthDays[month - 1]
  return days !== undefined && day >= 1 && day <= days
}

/** Parses a date or throws a Bug: for constants and values already checked at the boundary. */
export function civilDate(text: string): CivilDate {
  if (!isCivilDate(text)) throw new TypeError(`not a civil date: ${text}`)
  return text
}

const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * 3_600_000

/** Days since 1970-01-01 of a civil date (proleptic Gregorian). */
export function epochDay(date: CivilDate): number {
  const [y, m, d] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  const year = m <= 2 ? y - 1 : y
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The civil date of a day count, inverse of `epochDay`. */
export function civilDateOfEpochDay(day: number): CivilDate {
  const z0 = day + 719_468
  const era = Math.floor(z0 / 146_097)
  const dayOfEra = z0 - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const d = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const m = shifted < 10 ? shifted + 3 : shifted - 9
  const y = yearOfEra + era * 400 + (m <= 2 ? 1 : 0)
  const text = `${String(y).padStart(4, '0')}-${m < 10 ? '0' : ''}${m}-${d < 10 ? '0' : ''}${d}`
  if (y < 0 || y > 9999) throw new TypeError(`not a civil date: ${text}`)
  // Safe because month and day come from the reckoning itself.
  return text as CivilDate
}

/** The civil date in China at an instant. China has had one fixed offset (+08:00) since 1991-09; older dates are
 * stored as dates and never pass through here. */
export function civilDateAt(at: Instant): CivilDate {
  return civilDateOfEpochDay(Math.floor((at + shanghaiOffsetMs) / dayMs))
}

/** The instant at which a civil date begins in China (00:00, +08:00). */
export function startOfDay(date: CivilDate): Instant {
  return instant(epochDay(date) * dayMs - shanghaiOffsetMs)
}

/** The last millisecond of a civil date in China: deadlines given as dates end here. */
export function endOfDay(date: CivilDate): Instant {
  return instant(startOfDay(date) + dayMs - 1)
}

/** `date` moved by whole days. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return civilDateOfEpochDay(epochDay(date) + days)
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: CivilDate): number {
  return (((epochDay(date) + 4) % 7) + 7) % 7
}

/** The form official documents use: 2026年8月1日, no padding. Source: GB/T 9704-2012 7.3.5.4 */
export function chineseDate(date: CivilDate): string {
  return `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`
}

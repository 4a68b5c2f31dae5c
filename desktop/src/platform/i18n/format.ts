/** Dates, times, spans and sizes as officials write them. All dates are those of Asia/Shanghai. */
import { type CivilDate, chineseDate, civilDateAt, epochDay, instant } from '@xiewen/shared/base'
import type { Locale } from './words.ts'

/** Formats for one language. Instants are UTC milliseconds. */
export interface Formats {
  /** 2026年8月1日 / 1 August 2026 */
  readonly date: (atMs: number) => string
  /** A civil date in the same form. */
  readonly civilDate: (date: CivilDate) => string
  /** 8月1日 09:30; with the year when it is not `nowMs`'s year. */
  readonly moment: (atMs: number, nowMs?: number) => string
  /** 09:30 */
  readonly time: (atMs: number) => string
  /** Bytes as 12.5 MB. */
  readonly size: (bytes: number) => string
  readonly count: (value: number) => string
}

const zone = 'Asia/Shanghai'
const englishMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const

const known = new Map<Locale, Formats>()

/** The formats of a language; made once, because the browser takes its time over each and every view asks for them. */
export function formatsFor(locale: Locale): Formats {
  let formats = known.get(locale)
  if (formats === undefined) {
    formats = makeFormats(locale)
    known.set(locale, formats)
  }
  return formats
}

function makeFormats(locale: Locale): Formats {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const number = new Intl.NumberFormat(locale)
  const civil = (date: CivilDate) => (locale === 'en' ? englishDate(date) : chineseDate(date))
  return {
    date: (atMs) => civil(civilDateAt(instant(atMs))),
    civilDate: civil,
    time: (atMs) => time.format(atMs),
    moment: (atMs, nowMs) => `${shortDay(locale, atMs, nowMs ?? Date.now())} ${time.format(atMs)}`,
    size: (bytes) => sizeText(bytes),
    count: (value) => number.format(value),
  }
}

/** Whole days from today to the day of `atMs`, negative when it has passed; days change at midnight in China. */
export function daysUntil(atMs: number, nowMs: number): number {
  return epochDay(civilDateAt(instant(atMs))) - epochDay(civilDateAt(instant(nowMs)))
}

function englishDate(date: CivilDate): string {
  return `${Number(date.slice(8, 10))} ${englishMonths[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`
}

function shortDay(locale: Locale, atMs: number, nowMs: number): string {
  const day = civilDateAt(instant(atMs))
  const sameYear = civilDateAt(instant(nowMs)).slice(0, 4) === day.slice(0, 4)
  if (locale === 'en') return sameYear ? englishDate(day).replace(/ \d{4}$/, '') : englishDate(day)
  return sameYear ? chineseDate(day).replace(/^\d{4}年/, '') : chineseDate(day)
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

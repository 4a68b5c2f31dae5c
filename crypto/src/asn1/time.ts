const utcPattern = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const generalizedPattern = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/

/** Instant (ms UTC) of YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ; `null` when it is no such calendar time. */
export function parseDerTime(text: string, twoDigitYear: boolean): number | null {
  const match = (twoDigitYear ? utcPattern : generalizedPattern).exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  // RFC 5280 section 4.1.2.5.1: two-digit years from 50 on belong to the twentieth century.
  const fullYear = twoDigitYear ? (year >= 50 ? 1900 + year : 2000 + year) : year
  const instant = Date.UTC(fullYear, month - 1, day, hour, minute, second)
  return presentDerTime(instant) === `${String(fullYear).padStart(4, '0')}${text.slice(twoDigitYear ? 2 : 4)}`
    ? instant
    : null
}

/** YYYYMMDDHHMMSSZ of an instant (ms UTC); fractions of a second are dropped. */
export function presentDerTime(instant: number): string {
  const date = new Date(Math.floor(instant / 1000) * 1000)
  return `${date.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`
}

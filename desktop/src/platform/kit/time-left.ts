/** The words and colour of a remaining time. Pure. */
import { daysUntil } from '../i18n/format.ts'

/** A key of the catalogue with its number, the tone, and whether the deadline has passed. */
export interface TimeLeftView {
  readonly key: string
  readonly params: Readonly<Record<string, number>>
  readonly tone: 'red' | 'amber' | 'grey'
  readonly late: boolean
}

const hourMs = 3_600_000

/** Presents the time from `nowMs` to `dueMs` (UTC milliseconds): hours on the last day, days otherwise. */
export function presentTimeLeft(dueMs: number, nowMs: number): TimeLeftView {
  const days = daysUntil(dueMs, nowMs)
  if (nowMs > dueMs) {
    if (days === 0) return { key: 'ui.time.late-hours', params: { count: Math.ceil((nowMs - dueMs) / hourMs) }, tone: 'red', late: true }
    return { key: 'ui.time.late-days', params: { count: -days }, tone: 'red', late: true }
  }
  if (days === 0) return { key: 'ui.time.hours', params: { count: Math.ceil((dueMs - nowMs) / hourMs) }, tone: 'amber', late: false }
  return { key: days === 1 ? 'ui.time.tomorrow' : 'ui.time.days', params: { count: days }, tone: days <= 2 ? 'amber' : 'grey', late: false }
}

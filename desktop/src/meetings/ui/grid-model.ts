/** The day grid: 28 half hours from 07:00 to 21:00 (China). */
import { type CivilDate, startOfDay } from '@xiewen/shared/base'

/** Half hours shown. */
export const slotCount = 28
const firstHour = 7
const slotMs = 30 * 60_000

/** When a half hour begins. */
export function slotStart(date: CivilDate, slot: number): number {
  return startOfDay(date) + firstHour * 3_600_000 + slot * slotMs
}

/** Left edge and width of a span in per cent of the day shown; null when it lies outside. */
export function placeOnDay(date: CivilDate, from: number, to: number): { readonly left: number; readonly width: number } | null {
  const [begin, end] = [slotStart(date, 0), slotStart(date, slotCount)]
  const [a, b] = [Math.max(from, begin), Math.min(to, end)]
  return a >= b ? null : { left: ((a - begin) / (end - begin)) * 100, width: ((b - a) / (end - begin)) * 100 }
}

/** The half hours between two, whichever comes first. */
export function rangeOf(a: number, b: number): { readonly first: number; readonly last: number } {
  return { first: Math.min(a, b), last: Math.max(a, b) }
}

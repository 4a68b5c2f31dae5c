/** Times of day in China as offices write them. */
import { chineseDate, civilDateAt, instant, startOfDay } from '../../base/instant.ts'

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Minutes since midnight in China. */
export function minuteOfDay(at: number): number {
  return Math.floor((at - startOfDay(civilDateAt(instant(at)))) / 60_000)
}

/** The time of day in China, e.g. 09:30. */
export function timeOfDay(at: number): string {
  const minutes = minuteOfDay(at)
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Day and time in China, e.g. 11-25 09:30. */
export function dayAndTime(at: number): string {
  return `${civilDateAt(instant(at)).slice(5)} ${timeOfDay(at)}`
}

/** As minutes begin: 2026年11月25日上午. */
export function halfDay(at: number): string {
  const hour = minuteOfDay(at) / 60
  return `${chineseDate(civilDateAt(instant(at)))}${hour < 12 ? '上午' : hour < 18 ? '下午' : '晚上'}`
}

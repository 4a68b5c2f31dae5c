/** When the calendar urges by itself. */
import { isWorkDay, type WorkCalendar } from '../../base/calendar/index.ts'
import { addDays, type CivilDate, civilDateAt, type Instant, instant, startOfDay } from '../../base/instant.ts'
import type { Assignment } from '../model.ts'
import { isEnded } from '../policy.ts'

/** Offices open at half past eight. */
const morningMs = 8.5 * 3_600_000
const before = [3, 1] as const

/** The next moment at which an assignment is urged: at half past eight, three working days and one working day before the due
 * date, on it (the last working day up to it), and on every working day after. Null where nothing waits for the units.
 *
 * @param after UTC ms; the moment itself is past
 */
export function nextUrge(assignment: Assignment, after: number, calendar: WorkCalendar): Instant | null {
  const { dueOn, state } = assignment
  if (dueOn === null || isEnded(state) || state === 'proposed' || state === 'suspended' || state === 'completion-claimed') return null
  const last = stepBack(calendar, dueOn, 0)
  const planned = [...before.map((days) => stepBack(calendar, dueOn, days)), last].map(morningOf)
  const coming = planned.find((at) => at > after)
  if (coming !== undefined) return coming
  let day = civilDateAt(instant(after))
  while (day <= dueOn || !isWorkDay(calendar, day) || morningOf(day) <= after) day = addDays(day, 1)
  return morningOf(day)
}

function morningOf(day: CivilDate): Instant {
  return instant(startOfDay(day) + morningMs)
}

/** The working day `days` working days before the last working day at or before `date`. */
function stepBack(calendar: WorkCalendar, date: CivilDate, days: number): CivilDate {
  let day = date
  while (!isWorkDay(calendar, day)) day = addDays(day, -1)
  for (let left = days; left > 0; ) {
    day = addDays(day, -1)
    if (isWorkDay(calendar, day)) left -= 1
  }
  return day
}

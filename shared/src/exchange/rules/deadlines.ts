/** Time limits by urgency, in working days (工作日). */
import { addWorkDays, type WorkCalendar } from '../../base/calendar/index.ts'
import { type CivilDate, endOfDay, type Instant } from '../../base/instant.ts'
import type { Handling } from '../model.ts'

/** Urgency as documents carry it. */
export type Urgency = 'none' | 'urgent' | 'extra-urgent'

const signDays: Readonly<Record<Urgency, number>> = { 'extra-urgent': 0, urgent: 1, none: 2 }
/** 特急随到随办, 加急 3, 平件 10; reading is given half of that. */
const handleDays: Readonly<Record<Urgency, number>> = { 'extra-urgent': 0, urgent: 3, none: 10 }
const readDays: Readonly<Record<Urgency, number>> = { 'extra-urgent': 0, urgent: 1, none: 5 }

/** Working days a receiver has to sign for a document. */
export function usualSignDays(urgency: Urgency): number {
  return signDays[urgency]
}

/** Until when to sign for what is sent today: the end of that working day. */
export function signByOf(calendar: WorkCalendar, today: CivilDate, days: number): Instant {
  return endOfDay(addWorkDays(calendar, today, days))
}

/** Until when to handle or read what is registered today. */
export function usualDueOn(calendar: WorkCalendar, today: CivilDate, urgency: Urgency, handling: Handling): CivilDate {
  return addWorkDays(calendar, today, (handling === 'handle' ? handleDays : readDays)[urgency])
}

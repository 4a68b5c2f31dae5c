/** Lamps (灯): how an assignment stands today. Computed from dates, never stored as a colour. */
import { isWorkDay, type WorkCalendar, workDaysUntil } from '../../base/calendar/index.ts'
import { addDays, type CivilDate, civilDateAt, instant } from '../../base/instant.ts'
import type { Assignment } from '../model.ts'
import { isEnded, leadOf } from '../policy.ts'
import { feedbackDates } from './feedback.ts'

/** green 正常 · yellow 临期或滞后 · red 逾期或严重滞后 · blue 按期办结 · grey 暂停、终止、逾期办结或未交办. */
export const lampColours = ['green', 'yellow', 'red', 'blue', 'grey'] as const
/** One of `lampColours`. */
export type LampColour = (typeof lampColours)[number]

/** Working days before the due date from which the lamp is yellow. */
export const warnDays = 3
const yellowLag = 10
const redLag = 30
const redReturns = 2

/** First days on which the lamp is yellow, and red, if nothing more happens; null for never. The colour of a day follows by
 * comparing dates: that is how the ledger filters by colour inside the database. */
export interface LampDates {
  readonly yellowOn: CivilDate | null
  readonly redOn: CivilDate | null
}

/** Why a lamp is what it is. */
export type LampReason =
  | { readonly kind: 'due-in' | 'overdue' | 'overdue-closed'; readonly days: number }
  | { readonly kind: 'lag'; readonly percent: number }
  | { readonly kind: 'feedback-missed'; readonly on: CivilDate }
  | { readonly kind: 'returned-often'; readonly times: number }
  | { readonly kind: 'waiting-review' | 'on-course' | 'closed-on-time' | 'suspended' | 'cancelled' | 'not-assigned' }

/** A lamp with its reasons, the weightiest first. */
export interface Lamp {
  readonly colour: LampColour
  readonly reasons: readonly LampReason[]
  /** Working days to the due date, negative when it has passed; null where it no longer counts. */
  readonly daysLeft: number | null
}

/** Latest completion the lead has reported, 0–100; returned reports do not count. */
export function progressOf(assignment: Assignment): number {
  const lead = leadOf(assignment)
  return assignment.reports.findLast((report) => report.unitId === lead && report.review?.outcome !== 'returned')?.percent ?? 0
}

/** Completion planned for a day, 0–100: linear over the working days from 交办 to the due date. */
export function plannedProgress(assignment: Assignment, on: CivilDate, calendar: WorkCalendar): number {
  const { assignedOn, dueOn } = assignment
  if (assignedOn === null || dueOn === null || on <= assignedOn) return 0
  const whole = workDaysUntil(calendar, assignedOn, dueOn)
  return whole <= 0 || on >= dueOn ? 100 : Math.min(100, Math.floor((100 * workDaysUntil(calendar, assignedOn, on)) / whole))
}

/** Reports of the lead returned one after another, up to now. */
export function returnsInARow(assignment: Assignment): number {
  const lead = leadOf(assignment)
  let count = 0
  for (const report of assignment.reports) {
    if (report.unitId !== lead || report.review === null) continue
    count = report.review.outcome === 'returned' ? count + 1 : 0
  }
  return count
}

/** Working days to the due date; null when there is none or the end has come. */
export function daysLeftOf(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): number | null {
  if (assignment.dueOn === null || isEnded(assignment.state)) return null
  if (assignment.dueOn < today) return -overdueDays(assignment.dueOn, today, calendar)
  return workDaysUntil(calendar, today, assignment.dueOn)
}

/** Working days by which a day lies behind the due date; at least 1, so that a weekend after it is late already. */
function overdueDays(dueOn: CivilDate, on: CivilDate, calendar: WorkCalendar): number {
  return Math.max(1, workDaysUntil(calendar, dueOn, on))
}

/** When the lamp would change if nothing more happened. A claim made in time stops the clock: what is late then is its review.
 * The lag is measured on days a report was due, for nothing is known of the days between. */
export function lampDates(assignment: Assignment, calendar: WorkCalendar): LampDates {
  const { assignedOn, dueOn } = assignment
  if (!isRunning(assignment) || assignedOn === null || dueOn === null) return { yellowOn: null, redOn: null }
  const often = returnsInARow(assignment) >= redReturns ? [assignedOn] : []
  const claimedOn = claimDay(assignment)
  if (claimedOn !== null && claimedOn <= dueOn) return { yellowOn: earliest(often), redOn: earliest(often) }
  const lags = lagsOf(assignment, calendar)
  const red = [...often, addDays(dueOn, 1), ...lags.filter((lag) => lag.percent >= redLag).map((lag) => addDays(lag.on, 1))]
  const yellow = [
    ...red,
    warnFrom(dueOn, calendar),
    ...lags.filter((lag) => lag.percent >= yellowLag).map((lag) => addDays(lag.on, 1)),
    ...missedDates(assignment, calendar).map((date) => addDays(date, 1)),
  ]
  return { yellowOn: earliest(yellow), redOn: earliest(red) }
}

function isRunning(assignment: Assignment): boolean {
  return !isEnded(assignment.state) && assignment.state !== 'suspended' && assignment.state !== 'proposed'
}

function claimDay(assignment: Assignment): CivilDate | null {
  if (assignment.state !== 'completion-claimed') return null
  const claim = assignment.reports.findLast((report) => report.kind === 'completion')
  return claim ? civilDateAt(instant(claim.at)) : null
}

function earliest(dates: readonly CivilDate[]): CivilDate | null {
  return dates.reduce<CivilDate | null>((first, date) => (first === null || date < first ? date : first), null)
}

/** First day with no more than `warnDays` working days left. */
function warnFrom(dueOn: CivilDate, calendar: WorkCalendar): CivilDate {
  let day = dueOn
  for (let left = 0; ; day = addDays(day, -1)) {
    if (isWorkDay(calendar, day)) left += 1
    if (left > warnDays) return day
  }
}

/** How far the newest report lies behind the plan on each day a report is due, the final one left out. Days are counted in
 * one pass: the ledger asks for many assignments at once. */
function lagsOf(assignment: Assignment, calendar: WorkCalendar): readonly { readonly on: CivilDate; readonly percent: number }[] {
  const { assignedOn, dueOn } = assignment
  const dates = feedbackDates(assignment, calendar).filter((date) => date !== dueOn)
  if (assignedOn === null || dueOn === null || dates.length === 0) return []
  const progress = progressOf(assignment)
  const upTo = new Map<CivilDate, number>()
  let count = 0
  for (let day = addDays(assignedOn, 1); day <= dueOn; day = addDays(day, 1)) {
    if (isWorkDay(calendar, day)) count += 1
    upTo.set(day, count)
  }
  return dates.map((on) => ({ on, percent: Math.floor((100 * (upTo.get(on) ?? 0)) / Math.max(1, count)) - progress }))
}

/** Due dates for which the lead has not reported since the one before, the final one left out. */
function missedDates(assignment: Assignment, calendar: WorkCalendar): readonly CivilDate[] {
  const known = lastReportDay(assignment)
  const dates = feedbackDates(assignment, calendar).filter((date) => date !== assignment.dueOn)
  return dates.filter((_date, index) => {
    const before = dates[index - 1] ?? null
    return known === null || (before !== null && known <= before)
  })
}

function lastReportDay(assignment: Assignment): CivilDate | null {
  const lead = leadOf(assignment)
  const last = assignment.reports.findLast((report) => report.unitId === lead && report.review?.outcome !== 'returned')
  return last ? civilDateAt(instant(last.at)) : null
}

/** The lamp of a day. */
export function lampOf(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): Lamp {
  const daysLeft = daysLeftOf(assignment, today, calendar)
  const resting = restingLamp(assignment, calendar)
  if (resting) return { ...resting, daysLeft: assignment.state === 'suspended' ? daysLeft : null }
  const dates = lampDates(assignment, calendar)
  const colour = colourOn(dates, today)
  return { colour, reasons: reasonsOf(assignment, today, calendar, colour), daysLeft }
}

/** The colour of a day by the dates of a running assignment. */
export function colourOn(dates: LampDates, today: CivilDate): 'green' | 'yellow' | 'red' {
  if (dates.redOn !== null && today >= dates.redOn) return 'red'
  return dates.yellowOn !== null && today >= dates.yellowOn ? 'yellow' : 'green'
}

function restingLamp(assignment: Assignment, calendar: WorkCalendar): Pick<Lamp, 'colour' | 'reasons'> | null {
  switch (assignment.state) {
    case 'closed': {
      const { finishedOn, dueOn } = assignment
      const isLate = finishedOn !== null && dueOn !== null && finishedOn > dueOn
      return isLate
        ? { colour: 'grey', reasons: [{ kind: 'overdue-closed', days: overdueDays(dueOn, finishedOn, calendar) }] }
        : { colour: 'blue', reasons: [{ kind: 'closed-on-time' }] }
    }
    case 'suspended':
    case 'cancelled':
      return { colour: 'grey', reasons: [{ kind: assignment.state }] }
    case 'proposed':
      return { colour: 'grey', reasons: [{ kind: 'not-assigned' }] }
    default:
      return null
  }
}

function reasonsOf(assignment: Assignment, today: CivilDate, calendar: WorkCalendar, colour: LampColour): readonly LampReason[] {
  const reasons: LampReason[] = []
  const claimedOn = claimDay(assignment)
  const stopped = claimedOn !== null && assignment.dueOn !== null && claimedOn <= assignment.dueOn
  const left = daysLeftOf(assignment, today, calendar) ?? 0
  if (!stopped && left < 0) reasons.push({ kind: 'overdue', days: -left })
  if (returnsInARow(assignment) >= redReturns) reasons.push({ kind: 'returned-often', times: returnsInARow(assignment) })
  if (stopped) return [...reasons, { kind: 'waiting-review' }]
  const lag = Math.max(0, ...lagsOf(assignment, calendar).filter((each) => each.on < today).map((each) => each.percent))
  if (lag >= yellowLag) reasons.push({ kind: 'lag', percent: lag })
  const missed = missedDates(assignment, calendar).findLast((date) => date < today)
  if (missed !== undefined) reasons.push({ kind: 'feedback-missed', on: missed })
  if (left >= 0 && left <= warnDays) reasons.push({ kind: 'due-in', days: left })
  if (reasons.length > 0) return reasons
  return [colour === 'green' ? { kind: 'on-course' } : { kind: 'due-in', days: left }]
}

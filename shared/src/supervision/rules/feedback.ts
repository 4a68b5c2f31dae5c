/** When reports are due, and which were given in time. */
import { isWorkDay, type WorkCalendar } from '../../base/calendar/index.ts'
import { addDays, type CivilDate, civilDate, civilDateAt, instant, weekday } from '../../base/instant.ts'
import type { Assignment } from '../model.ts'
import { leadOf } from '../policy.ts'

const reportDay = 25
const friday = 5
const monthsOf = { monthly: 1, quarterly: 3, 'half-yearly': 6 } as const

/** Days on which the lead's reports are due, ending with the due date itself. Weekly: each Friday. Monthly, quarterly,
 * half-yearly: the 25th of the last month; a day off moves to the working day before. A first report is not asked for within
 * the week of 交办. */
export function feedbackDates(assignment: Pick<Assignment, 'assignedOn' | 'dueOn' | 'feedback'>, calendar: WorkCalendar): readonly CivilDate[] {
  const { assignedOn, dueOn, feedback } = assignment
  if (assignedOn === null || dueOn === null) return []
  const earliest = addDays(assignedOn, 5)
  const nominal = feedback === 'once' ? [] : feedback === 'weekly' ? fridays(assignedOn, dueOn) : monthDays(assignedOn, dueOn, monthsOf[feedback])
  const dates = nominal.map((date) => workDayAtOrBefore(calendar, date)).filter((date) => date >= earliest && date < dueOn)
  return [...new Set([...dates, dueOn])]
}

function fridays(from: CivilDate, until: CivilDate): CivilDate[] {
  const dates: CivilDate[] = []
  for (let date = addDays(from, (friday - weekday(from) + 7) % 7); date <= until; date = addDays(date, 7)) dates.push(date)
  return dates
}

function monthDays(from: CivilDate, until: CivilDate, every: 1 | 3 | 6): CivilDate[] {
  const dates: CivilDate[] = []
  let year = Number(from.slice(0, 4))
  let month = Number(from.slice(5, 7))
  for (;;) {
    const date = civilDate(`${year}-${String(month).padStart(2, '0')}-${reportDay}`)
    if (date > until) return dates
    if (month % every === 0 && date >= from) dates.push(date)
    month += 1
    if (month > 12) {
      month = 1
      year += 1
    }
  }
}

function workDayAtOrBefore(calendar: WorkCalendar, date: CivilDate): CivilDate {
  let day = date
  while (!isWorkDay(calendar, day)) day = addDays(day, -1)
  return day
}

/** One due report and when it was given; `givenOn` is null when it was not. A report counts for the first due date at or after
 * it that has none yet; one given late counts for the date it missed until the next comes. */
export interface FeedbackRound {
  readonly dueOn: CivilDate
  readonly givenOn: CivilDate | null
}

/** Every due date up to `until` (inclusive) with the lead's report for it: the first since the date before. */
export function feedbackRounds(assignment: Assignment, until: CivilDate, calendar: WorkCalendar): readonly FeedbackRound[] {
  const lead = leadOf(assignment)
  const given = assignment.reports.filter((report) => report.unitId === lead).map((report) => civilDateAt(instant(report.at)))
  const last = assignment.finishedOn ?? until
  const rounds: FeedbackRound[] = []
  let after: CivilDate | null = null
  for (const dueOn of feedbackDates(assignment, calendar)) {
    if (dueOn > until) break
    const since: CivilDate | null = after
    rounds.push({ dueOn, givenOn: given.find((date) => since === null || date > since) ?? null })
    after = dueOn
    if (dueOn >= last) break
  }
  return rounds
}

/** The next day a report is due, counted from `today`; the due date itself once that has passed. */
export function nextFeedback(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): CivilDate | null {
  const lead = leadOf(assignment)
  const last = assignment.reports.findLast((report) => report.unitId === lead && report.review?.outcome !== 'returned')
  const lastOn = last ? civilDateAt(instant(last.at)) : null
  const dates = feedbackDates(assignment, calendar)
  const open = dates.filter((date) => date >= today)
  // A report given since the date before stands for the coming one.
  const [coming, following] = open
  const before = coming === undefined ? null : (dates[dates.indexOf(coming) - 1] ?? null)
  const covered = lastOn !== null && coming !== undefined && coming !== assignment.dueOn && (before === null || lastOn > before)
  return (covered ? following : coming) ?? assignment.dueOn
}

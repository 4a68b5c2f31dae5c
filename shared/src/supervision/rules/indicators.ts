/** Indicators (督查考核指标) over a set of assignments. Every number can be traced to the reports it was counted from. */
import { type WorkCalendar, workDaysUntil } from '../../base/calendar/index.ts'
import { type CivilDate, civilDateAt, instant } from '../../base/instant.ts'
import type { Assignment } from '../model.ts'
import { feedbackRounds } from './feedback.ts'

/** A rate with what it was counted from; `percent` is null where nothing was due. */
export interface Rate {
  readonly count: number
  readonly of: number
  readonly percent: number | null
}

/** The indicators. */
export interface Indicators {
  readonly assigned: number
  /** 按时签收率: parts accepted by the sign-by day / parts whose day has come or that were accepted. */
  readonly signedOnTime: Rate
  /** 按时反馈率: reports given by their due date / reports due. */
  readonly reportedOnTime: Rate
  /** 按期办结率: finished by the due date (after approved extension) / assignments due. */
  readonly finishedOnTime: Rate
  /** 逾期率: overdue and not finished / assignments due. */
  readonly overdue: Rate
  /** 平均逾期天数 (working days) of those overdue now. */
  readonly averageDaysOverdue: number
  /** 一次通过率: reports accepted without return / reports reviewed. */
  readonly acceptedAtOnce: Rate
  /** 延期率: assignments with an approved extension / assigned. */
  readonly extended: Rate
  /** 综合得分, 0–100: .5 · 按期办结 + .2 · 按时反馈 + .1 · 一次通过, over the weights of those that can be counted; null where none can. */
  readonly score: number | null
}

const weights = { finishedOnTime: 0.5, reportedOnTime: 0.2, acceptedAtOnce: 0.1 } as const

/** What one assignment, or many together, add to the indicators: sums only, so that tallies can be added up. */
export interface Tally {
  readonly assigned: number
  readonly signDue: number
  readonly signedOnTime: number
  readonly reportsDue: number
  readonly reportedOnTime: number
  readonly due: number
  readonly finishedOnTime: number
  readonly overdue: number
  readonly daysOverdue: number
  readonly reviewed: number
  readonly acceptedAtOnce: number
  readonly extended: number
}

/** The tally of nothing. */
export const emptyTally: Tally = {
  assigned: 0, signDue: 0, signedOnTime: 0, reportsDue: 0, reportedOnTime: 0, due: 0, finishedOnTime: 0, overdue: 0, daysOverdue: 0,
  reviewed: 0, acceptedAtOnce: 0, extended: 0,
}

/** What an assignment adds as of a day. Proposals and cancelled assignments add nothing. */
export function tallyOf(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): Tally {
  const { dueOn, finishedOn, state } = assignment
  if (state === 'proposed' || state === 'cancelled') return emptyTally
  const isDue = dueOn !== null && (dueOn < today || finishedOn !== null)
  const rounds = feedbackRounds(assignment, today, calendar).filter((round) => round.dueOn < today || round.givenOn !== null)
  const reviews = assignment.reports.flatMap((report) => (report.review === null ? [] : [report.review]))
  return {
    assigned: 1,
    ...signTally(assignment, today),
    reportsDue: rounds.length,
    reportedOnTime: rounds.filter((round) => round.givenOn !== null && round.givenOn <= round.dueOn).length,
    due: Number(isDue),
    finishedOnTime: Number(isDue && finishedOn !== null && finishedOn <= dueOn),
    ...overdueTally(assignment, today, calendar),
    reviewed: reviews.length,
    acceptedAtOnce: reviews.filter((review) => review.outcome === 'accepted').length,
    extended: Number(assignment.extensions.some((extension) => extension.decision?.approved === true)),
  }
}

/** The sum of two tallies. */
export function addTallies(left: Tally, right: Tally): Tally {
  return {
    assigned: left.assigned + right.assigned,
    signDue: left.signDue + right.signDue,
    signedOnTime: left.signedOnTime + right.signedOnTime,
    reportsDue: left.reportsDue + right.reportsDue,
    reportedOnTime: left.reportedOnTime + right.reportedOnTime,
    due: left.due + right.due,
    finishedOnTime: left.finishedOnTime + right.finishedOnTime,
    overdue: left.overdue + right.overdue,
    daysOverdue: left.daysOverdue + right.daysOverdue,
    reviewed: left.reviewed + right.reviewed,
    acceptedAtOnce: left.acceptedAtOnce + right.acceptedAtOnce,
    extended: left.extended + right.extended,
  }
}

/** The indicators a tally amounts to. */
export function indicatorsFrom(tally: Tally): Indicators {
  const rates = {
    signedOnTime: rate(tally.signedOnTime, tally.signDue),
    reportedOnTime: rate(tally.reportedOnTime, tally.reportsDue),
    finishedOnTime: rate(tally.finishedOnTime, tally.due),
    overdue: rate(tally.overdue, tally.due),
    acceptedAtOnce: rate(tally.acceptedAtOnce, tally.reviewed),
    extended: rate(tally.extended, tally.assigned),
  }
  return { assigned: tally.assigned, ...rates, averageDaysOverdue: tally.overdue === 0 ? 0 : Math.round((10 * tally.daysOverdue) / tally.overdue) / 10, score: scoreOf(rates) }
}

/** Counts the indicators as of a day. */
export function indicatorsOf(assignments: readonly Assignment[], today: CivilDate, calendar: WorkCalendar): Indicators {
  return indicatorsFrom(assignments.map((each) => tallyOf(each, today, calendar)).reduce(addTallies, emptyTally))
}

function overdueTally(assignment: Assignment, today: CivilDate, calendar: WorkCalendar): Pick<Tally, 'overdue' | 'daysOverdue'> {
  if (assignment.dueOn === null || !isOverdue(assignment, today)) return { overdue: 0, daysOverdue: 0 }
  return { overdue: 1, daysOverdue: Math.max(1, workDaysUntil(calendar, assignment.dueOn, today)) }
}

/** Overdue: the due date has passed and no claim was made by then. */
function isOverdue(assignment: Assignment, today: CivilDate): boolean {
  const { dueOn, state } = assignment
  if (dueOn === null || dueOn >= today || state === 'closed' || state === 'suspended') return false
  const claim = state === 'completion-claimed' ? assignment.reports.findLast((report) => report.kind === 'completion') : undefined
  return claim === undefined || civilDateAt(instant(claim.at)) > dueOn
}

function signTally({ parts, signBy }: Assignment, today: CivilDate): Pick<Tally, 'signDue' | 'signedOnTime'> {
  if (signBy === null) return { signDue: 0, signedOnTime: 0 }
  const due = parts.filter((part) => part.acceptedAt !== null || signBy < today)
  const onTime = due.filter((part) => part.acceptedAt !== null && civilDateAt(instant(part.acceptedAt)) <= signBy)
  return { signDue: due.length, signedOnTime: onTime.length }
}

function rate(count: number, of: number): Rate {
  return { count, of, percent: of === 0 ? null : Math.round((1000 * count) / of) / 10 }
}

function scoreOf(rates: Readonly<Record<keyof typeof weights, Rate>>): number | null {
  const counted = [
    { percent: rates.finishedOnTime.percent, weight: weights.finishedOnTime },
    { percent: rates.reportedOnTime.percent, weight: weights.reportedOnTime },
    { percent: rates.acceptedAtOnce.percent, weight: weights.acceptedAtOnce },
  ].flatMap(({ percent, weight }) => (percent === null ? [] : [{ percent, weight }]))
  const whole = counted.reduce((sum, each) => sum + each.weight, 0)
  return whole === 0 ? null : Math.round((10 * counted.reduce((sum, each) => sum + each.percent * each.weight, 0)) / whole) / 10
}

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

/** Counts the indicators as of a day. Proposals and cancelled assignments do not count. */
export function indicatorsOf(assignments: readonly Assignment[], today: CivilDate, calendar: WorkCalendar): Indicators {
  const counted = assignments.filter((each) => each.state !== 'proposed' && each.state !== 'cancelled')
  const due = counted.filter((each) => each.dueOn !== null && (each.dueOn < today || each.finishedOn !== null))
  const late = counted.filter((each) => isOverdue(each, today))
  const rounds = counted.flatMap((each) => feedbackRounds(each, today, calendar).filter((round) => round.dueOn < today || round.givenOn !== null))
  const reviewed = counted.flatMap((each) => each.reports).filter((report) => report.review !== null)
  const rates = {
    signedOnTime: signRate(counted, today),
    reportedOnTime: rate(rounds.filter((round) => round.givenOn !== null && round.givenOn <= round.dueOn).length, rounds.length),
    finishedOnTime: rate(due.filter((each) => each.finishedOn !== null && each.dueOn !== null && each.finishedOn <= each.dueOn).length, due.length),
    overdue: rate(late.length, due.length),
    acceptedAtOnce: rate(reviewed.filter((report) => report.review?.outcome === 'accepted').length, reviewed.length),
    extended: rate(counted.filter((each) => each.extensions.some((extension) => extension.decision?.approved === true)).length, counted.length),
  }
  const days = late.reduce((sum, each) => sum + (each.dueOn ? Math.max(1, workDaysUntil(calendar, each.dueOn, today)) : 0), 0)
  return { assigned: counted.length, ...rates, averageDaysOverdue: late.length === 0 ? 0 : Math.round((10 * days) / late.length) / 10, score: scoreOf(rates) }
}

/** Overdue: the due date has passed and no claim was made by then. */
function isOverdue(assignment: Assignment, today: CivilDate): boolean {
  const { dueOn, state } = assignment
  if (dueOn === null || dueOn >= today || state === 'closed' || state === 'suspended') return false
  const claim = state === 'completion-claimed' ? assignment.reports.findLast((report) => report.kind === 'completion') : undefined
  return claim === undefined || civilDateAt(instant(claim.at)) > dueOn
}

function signRate(assignments: readonly Assignment[], today: CivilDate): Rate {
  let onTime = 0
  let all = 0
  for (const { parts, signBy } of assignments) {
    if (signBy === null) continue
    for (const part of parts) {
      if (part.acceptedAt === null && signBy >= today) continue
      all += 1
      if (part.acceptedAt !== null && civilDateAt(instant(part.acceptedAt)) <= signBy) onTime += 1
    }
  }
  return rate(onTime, all)
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

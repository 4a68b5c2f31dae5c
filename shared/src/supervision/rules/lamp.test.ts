/** Lamps, feedback dates and urging over holidays and make-up days. The calendar of 2026: Spring Festival 15–23 February with
 * make-up days 14 and 28 February; 1–5 May with 9 May; 1–7 October with 20 September and 10 October. */
import { describe, expect, test } from 'vitest'
import { addWorkDays, builtInCalendar, isWorkDay } from '../../base/calendar/index.ts'
import { addDays, civilDate, civilDateAt } from '../../base/instant.ts'
import { feedbackDates, feedbackRounds, nextFeedback } from './feedback.ts'
import { indicatorsOf } from './indicators.ts'
import { colourOn, lampDates, lampOf } from './lamp.ts'
import { lead, Run, supervisor, unitHead } from './run.test-support.ts'
import { nextUrge } from './urging.ts'

const colour = (run: Run, day: string): string => lampOf(run.assignment, civilDate(day), builtInCalendar).colour
const reasons = (run: Run, day: string) => lampOf(run.assignment, civilDate(day), builtInCalendar).reasons

describe('lamps', () => {
  test('yellow begins three working days before the due date, red the day after it', () => {
    // Due on a Friday.
    const run = new Run('2026-03-02').assigned('2026-03-27')
    expect(colour(run, '2026-03-23')).toBe('green')
    expect(colour(run, '2026-03-24')).toBe('yellow')
    expect(reasons(run, '2026-03-24')).toEqual([{ kind: 'due-in', days: 3 }])
    expect(colour(run, '2026-03-27')).toBe('yellow')
    expect(colour(run, '2026-03-28')).toBe('red')
    expect(reasons(run, '2026-03-31')[0]).toEqual({ kind: 'overdue', days: 2 })
  })

  test('a holiday does not count, a make-up Saturday does', () => {
    const dates = ['2026-04-30', '2026-05-06', '2026-05-09'].map((day) => isWorkDay(builtInCalendar, civilDate(day)))
    expect(dates).toEqual([true, true, true])
    // Due on the first Thursday after the holiday: 29 and 30 April are the days before, then 6 and 7 May.
    const run = new Run('2026-04-01').assigned('2026-05-07')
    expect(colour(run, '2026-04-28')).toBe('green')
    expect(colour(run, '2026-04-29')).toBe('yellow')
    expect(reasons(run, '2026-05-03')).toEqual([{ kind: 'due-in', days: 2 }])
    // Due on a Friday before a make-up Saturday: on the Monday after it is two working days late.
    const make = new Run('2026-04-01').assigned('2026-05-08')
    expect(reasons(make, '2026-05-11')[0]).toEqual({ kind: 'overdue', days: 2 })
  })

  test('lag is measured where a report was due: ten points yellow, thirty red', () => {
    const run = new Run('2026-01-05').assigned('2026-12-31', 'monthly')
    run.on('2026-03-20').report(18)
    expect(reasons(run, '2026-03-30')).toEqual([{ kind: 'on-course' }])
    run.on('2026-04-24').report(18)
    expect(colour(run, '2026-04-26')).toBe('yellow')
    expect(reasons(run, '2026-04-26')[0]).toMatchObject({ kind: 'lag' })
    run.on('2026-06-25').report(18)
    expect(colour(run, '2026-07-26')).toBe('red')
    run.on('2026-07-27').report(60)
    expect(colour(run, '2026-07-27')).toBe('green')
  })

  test('a missed report is yellow until it is given', () => {
    const run = new Run('2026-01-05').assigned('2026-12-31', 'quarterly')
    expect(colour(run, '2026-03-25')).toBe('green')
    expect(reasons(run, '2026-03-26').map((reason) => reason.kind)).toContain('feedback-missed')
    run.on('2026-03-27').report(25)
    expect(colour(run, '2026-03-27')).toBe('green')
  })

  test('two returns in a row are red; an accepted report ends the row', () => {
    const run = new Run('2026-03-02').assigned('2026-12-31')
    for (const serial of [1, 2]) run.report(10).must({ kind: 'review', serial, outcome: 'returned', reason: '不实' }, supervisor)
    expect(colour(run, '2026-03-02')).toBe('red')
    run.report(10).must({ kind: 'review', serial: 3, outcome: 'accepted', reason: '' }, supervisor)
    expect(colour(run, '2026-03-02')).toBe('green')
  })

  test('a claim made in time stops the clock, and closing remembers its day', () => {
    const run = new Run('2026-03-02').assigned('2026-03-13').on('2026-03-13')
    run.must({ kind: 'claimCompletion', words: { progress: '完成', percent: 100, problems: '', nextSteps: '', evidence: [] } }, unitHead)
    expect(reasons(run, '2026-03-20')).toEqual([{ kind: 'waiting-review' }])
    expect(colour(run, '2026-03-20')).toBe('green')
    run.on('2026-03-20').must({ kind: 'close', opinion: '' }, supervisor)
    expect(colour(run, '2026-03-20')).toBe('blue')
    const late = new Run('2026-03-02').assigned('2026-03-13').on('2026-03-17')
    late.must({ kind: 'claimCompletion', words: { progress: '完成', percent: 100, problems: '', nextSteps: '', evidence: [] } }, unitHead)
    expect(colour(late, '2026-03-18')).toBe('red')
    late.must({ kind: 'close', opinion: '' }, supervisor)
    expect(reasons(late, '2026-03-18')).toEqual([{ kind: 'overdue-closed', days: 2 }])
  })

  test('the dates kept for the ledger give every day the colour the page shows', () => {
    for (const feedback of ['once', 'weekly', 'monthly', 'half-yearly'] as const) {
      const run = new Run('2026-01-05').assigned('2026-09-30', feedback).on('2026-04-20').report(30)
      const dates = lampDates(run.assignment, builtInCalendar)
      for (let day = civilDate('2026-04-20'); day < '2026-11-01'; day = addDays(day, 1)) expect(colourOn(dates, day)).toBe(colour(run, day))
    }
  })
})

describe('feedback', () => {
  test('falls on the working day at or before the 25th and ends with the due date', () => {
    const { assignment } = new Run('2026-01-05').assigned('2026-06-30', 'monthly')
    const dates = feedbackDates(assignment, builtInCalendar)
    expect(dates).toEqual(['2026-01-23', '2026-02-25', '2026-03-25', '2026-04-24', '2026-05-25', '2026-06-25', '2026-06-30'])
    expect(dates.every((date) => isWorkDay(builtInCalendar, date))).toBe(true)
  })

  test('is not asked for within days of 交办, and the next one counts reports already given', () => {
    const run = new Run('2026-03-23').assigned('2026-06-30', 'monthly')
    expect(feedbackDates(run.assignment, builtInCalendar)[0]).toBe('2026-04-24')
    expect(nextFeedback(run.assignment, civilDate('2026-04-01'), builtInCalendar)).toBe('2026-04-24')
    run.on('2026-04-10').report(30)
    expect(nextFeedback(run.assignment, civilDate('2026-04-11'), builtInCalendar)).toBe('2026-05-25')
    expect(feedbackRounds(run.assignment, civilDate('2026-05-31'), builtInCalendar)).toEqual([
      { dueOn: '2026-04-24', givenOn: '2026-04-10' },
      { dueOn: '2026-05-25', givenOn: null },
    ])
  })
})

describe('urging by the calendar', () => {
  test('three working days and one before, on the day, and every working day after', () => {
    // Due on Thursday 7 May, right after the holiday.
    const run = new Run('2026-04-01').assigned('2026-05-07')
    const days: string[] = []
    let at: number | null = run.now
    for (let count = 0; count < 6 && at !== null; count += 1) {
      at = nextUrge(run.assignment, at, builtInCalendar)
      if (at !== null) days.push(civilDateAt(at as Parameters<typeof civilDateAt>[0]))
    }
    expect(days).toEqual(['2026-04-29', '2026-05-06', '2026-05-07', '2026-05-08', '2026-05-09', '2026-05-11'])
  })

  test('rests while nothing waits for the units', () => {
    const run = new Run('2026-03-02').assigned('2026-03-13')
    expect(nextUrge(run.assignment, run.now, builtInCalendar)).not.toBeNull()
    run.must({ kind: 'suspend', reason: '等待' }, supervisor)
    expect(nextUrge(run.assignment, run.now, builtInCalendar)).toBeNull()
  })
})

describe('indicators', () => {
  test('count on-time signing, feedback and completion, and weigh them into a score', () => {
    const onTime = new Run('2026-03-02').assigned('2026-04-30', 'monthly').on('2026-03-25').report(40)
    onTime.must({ kind: 'review', serial: 1, outcome: 'accepted', reason: '' }, supervisor).on('2026-04-24').report(90).on('2026-04-28')
    onTime.must({ kind: 'claimCompletion', words: { progress: '完成', percent: 100, problems: '', nextSteps: '', evidence: [] } }, unitHead).must({ kind: 'close', opinion: '' }, supervisor)
    const overdue = new Run('2026-03-02').assigned('2026-03-20')
    const found = indicatorsOf([onTime.assignment, overdue.assignment], civilDate('2026-05-06'), builtInCalendar)
    expect(found.signedOnTime).toEqual({ count: 2, of: 4, percent: 50 })
    expect(found.reportedOnTime).toEqual({ count: 3, of: 4, percent: 75 })
    expect(found.finishedOnTime).toEqual({ count: 1, of: 2, percent: 50 })
    expect(found.overdue).toEqual({ count: 1, of: 2, percent: 50 })
    expect(found.acceptedAtOnce.percent).toBe(100)
    expect(found.score).toBeCloseTo((50 * 0.5 + 75 * 0.2 + 100 * 0.1) / 0.8, 0)
    expect(addWorkDays(builtInCalendar, civilDate('2026-03-20'), found.averageDaysOverdue)).toBe('2026-05-06')
  })

  test('nothing due gives no rate, not zero', () => {
    const run = new Run('2026-03-02').assigned('2026-12-31')
    const found = indicatorsOf([run.assignment], civilDate('2026-03-02'), builtInCalendar)
    expect(found.finishedOnTime.percent).toBeNull()
    expect(found.score).toBeNull()
    expect(run.assignment.parts[0]?.unitId).toBe(lead)
  })
})

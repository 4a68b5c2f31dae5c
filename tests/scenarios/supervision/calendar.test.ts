/** Lamps, urging and extensions as the calendar moves on: holidays and a server that slept. */
import { auditContract, civilDate, inboxContract, readHolidayNotice } from '@xiewen/shared/base'
import { calendarContract } from '@xiewen/shared/directory'
import { type AssignmentId, supervisionContract as contract } from '@xiewen/shared/supervision'
import { afterEach, describe, expect, test } from 'vitest'
import { loadCalendar } from '../../../server/src/directory/index.ts'
import { lampText, refusalOf, Supervision } from './story.ts'

let story: Supervision

afterEach(() => story.office.close())

const urges = async (id: AssignmentId): Promise<readonly string[]> => {
  const { assignment } = await story.see(id)
  return assignment.urges.map((urge) => `${urge.by?.name ?? '系统'} ${urge.daysLeft}`)
}

describe('urging by the calendar', () => {
  test('comes three working days and one before the due date, on it, and every working day after, over a holiday', async () => {
    story = await Supervision.open('2026-04-20')
    // Thursday after the holiday of 1–5 May.
    const id = await story.assigned('2026-05-07')
    await story.accept(id)
    for (const day of ['2026-04-28', '2026-04-29', '2026-05-03', '2026-05-06', '2026-05-07']) await story.goTo(day)
    expect(await urges(id)).toEqual(['系统 3', '系统 1', '系统 0'])
    expect(lampText(await story.see(id))).toBe('yellow due-in')
    // 9 May is a make-up Saturday, 10 May a Sunday.
    for (const day of ['2026-05-08', '2026-05-09', '2026-05-10', '2026-05-11']) await story.goTo(day)
    expect((await urges(id)).slice(3)).toEqual(['系统 -1', '系统 -2', '系统 -3'])
    expect(lampText(await story.see(id))).toBe('red overdue')
    const { rows } = await (await story.as('dataReceiver')).call(inboxContract.list, { kind: 'todo', room: 'supervision' })
    expect(rows.find((row) => row.subjectId === id)?.detail).toContain('到期催办')

    const supervisor = await story.as('supervisor')
    const page = await supervisor.call(contract.ledger, { lamps: ['red'] })
    expect(page.rows.map((row) => row.id)).toEqual([id])
    const { rows: trail } = await (await story.as('auditor')).call(auditContract.list, { kind: 'supervision.urged' })
    expect(trail).toHaveLength(6)
  })

  test('a server that slept through several dates urges once, late, and goes on from there', async () => {
    story = await Supervision.open('2026-03-02')
    const id = await story.assigned('2026-03-13')
    await story.accept(id)
    await story.goTo('2026-03-16')
    expect(await urges(id)).toEqual(['系统 -1'])
    await story.goTo('2026-03-17')
    expect(await urges(id)).toEqual(['系统 -1', '系统 -2'])
  })

  test('stops with the claim and starts again when the claim is returned', async () => {
    story = await Supervision.open('2026-03-02')
    const id = await story.assigned('2026-03-13')
    await story.accept(id)
    await story.claim(id)
    await story.goTo('2026-03-16')
    expect(await urges(id)).toEqual([])
    expect(lampText(await story.see(id))).toBe('green waiting-review')
    await (await story.as('supervisor')).call(contract.review, { assignmentId: id, serial: 1, outcome: 'returned', reason: '佐证不足' })
    expect(lampText(await story.see(id))).toBe('red overdue')
    await story.goTo('2026-03-17')
    expect(await urges(id)).toEqual(['系统 -2'])
  })

  test('by hand at most once an hour', async () => {
    story = await Supervision.open('2026-03-02')
    const id = await story.assigned('2026-03-31')
    const supervisor = await story.as('supervisor')
    await supervisor.call(contract.urge, { assignmentId: id, note: '请尽快签收' })
    expect(await refusalOf(supervisor.call(contract.urge, { assignmentId: id }))).toBe('supervision.urged-recently')
    const { rows } = await (await story.as('dataReceiver')).call(inboxContract.list, { kind: 'todo', room: 'supervision' })
    expect(rows[0]?.detail).toContain('梁思远催办：请尽快签收')
  })
})

describe('a year whose notice comes late', () => {
  /** Spring Festival of 2027 as a notice might set it; by law alone people would work again on 9 February. */
  const notice = readHolidayNotice(
    `一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月13日（周六）上班。
三、清明节：4月3日至5日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日至7日放假调休，共7天。`,
    2027,
  )
  if (!notice) throw new Error('the notice is not read')
  const { arrangement } = notice

  test('has its lamps and reminders reckoned anew when the notice is entered', async () => {
    story = await Supervision.open('2027-01-25')
    const id = await story.assigned('2027-02-12')
    await story.accept(id)
    expect((await story.see(id)).lamp.daysLeft).toBe(12)
    await (await story.as('systemAdmin')).call(calendarContract.setYear, { arrangement })
    await story.office.server.settle()
    await story.goTo('2027-02-02')
    expect(await urges(id)).toEqual(['系统 3'])
    expect(lampText(await story.see(id))).toBe('yellow due-in')
    const ledger = await (await story.as('supervisor')).call(contract.ledger, { lamps: ['yellow'] })
    expect(ledger.rows.map((row) => row.id)).toEqual([id])
    const { rows: trail } = await (await story.as('auditor')).call(auditContract.list, { kind: 'directory.calendar-set' })
    expect(trail).toHaveLength(1)
  })

  test('counts only the days off of the law until then', async () => {
    story = await Supervision.open('2027-01-25')
    const id = await story.assigned('2027-02-12')
    await story.accept(id)
    await story.goTo('2027-02-02')
    expect(await urges(id)).toEqual([])
    expect(lampText(await story.see(id))).toBe('green on-course')
  })

  test('is entered by the system administrator alone, complete, and outlives a restart', async () => {
    story = await Supervision.open('2027-01-25')
    const admin = await story.as('systemAdmin')
    expect(await refusalOf((await story.as('supervisor')).call(calendarContract.setYear, { arrangement }))).toBe('base.not-allowed')
    expect(await refusalOf(admin.call(calendarContract.setYear, { arrangement: { ...arrangement, holidays: arrangement.holidays.slice(1) } }))).toBe('directory.calendar-statutory-missing')
    await admin.call(calendarContract.setYear, { arrangement })
    const { years } = await (await story.as('supervisor')).call(calendarContract.show, {})
    expect(years.map((year) => [year.arrangement.year, year.builtIn, year.setBy])).toEqual([[2025, true, ''], [2026, true, ''], [2027, false, '系统管理员']])
    const restarted = await story.office.server.read((ctx) => loadCalendar(ctx.db))
    expect(restarted.publishedYears.has(2027)).toBe(true)
  })
})

describe('more time', () => {
  test('is asked for before the due date, decided by the supervisor, and moves lamp and urging', async () => {
    story = await Supervision.open('2026-03-02')
    const id = await story.assigned('2026-03-13')
    await story.accept(id)
    const leader = await story.as('dataLeader')
    await leader.call(contract.requestExtension, { assignmentId: id, dueOn: civilDate('2026-04-17'), reason: '设备到货延迟' })
    expect(await refusalOf(leader.call(contract.requestExtension, { assignmentId: id, dueOn: civilDate('2026-04-20'), reason: '再延' }))).toBe('supervision.extension-pending')
    await (await story.as('supervisor')).call(contract.decideExtension, { assignmentId: id, approved: true })
    await story.goTo('2026-03-16')
    expect(lampText(await story.see(id))).toBe('green on-course')
    expect(await urges(id)).toEqual([])
    await story.goTo('2026-04-20')
    expect(lampText(await story.see(id))).toBe('red overdue')
    expect(await refusalOf((await story.as('dataLeader')).call(contract.requestExtension, { assignmentId: id, dueOn: civilDate('2026-05-20'), reason: '迟了' }))).toBe('supervision.extension-too-late')
  })
})

describe('the overview', () => {
  test('its numbers are those of the ledger, by unit, state and lamp', async () => {
    story = await Supervision.open('2026-03-02')
    const [late, done, running] = [await story.assigned('2026-03-06'), await story.assigned('2026-03-31'), await story.assigned('2026-12-31', { feedback: 'monthly' })]
    for (const id of [late, done, running]) await story.accept(id)
    await story.claim(done)
    await story.close(done)
    await story.goTo('2026-03-10')
    const supervisor = await story.as('supervisor')
    const overview = await supervisor.call(contract.overview, {})
    expect(overview.lamps).toEqual({ green: 1, yellow: 0, red: 1, blue: 1, grey: 0 })
    const data = overview.units.find((unit) => unit.unitName === '市政务服务数据管理局')
    expect(data).toMatchObject({ total: 3, states: { accepted: 2, closed: 1 } })
    for (const lamp of ['green', 'red', 'blue'] as const) {
      expect((await supervisor.call(contract.ledger, { lamps: [lamp] })).rows).toHaveLength(overview.lamps[lamp])
    }
    expect(overview.months.at(-1)).toEqual({ month: '2026-03', assigned: 3, closed: 1 })
    expect(overview.indicators).toMatchObject({ finishedOnTime: { count: 1, of: 2, percent: 50 }, overdue: { count: 1, of: 2, percent: 50 } })
  })
})

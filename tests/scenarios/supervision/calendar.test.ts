/** Lamps, urging and extensions as the calendar moves on: holidays and a server that slept. */
import { auditContract, civilDate, inboxContract } from '@xiewen/shared/base'
import { type AssignmentId, supervisionContract as contract } from '@xiewen/shared/supervision'
import { afterEach, describe, expect, test } from 'vitest'
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

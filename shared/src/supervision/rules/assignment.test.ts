/** The life of an assignment: what may follow what, and what can never be lost. */
import { describe, expect, test } from 'vitest'
import { builtInCalendar } from '../../base/calendar/index.ts'
import { civilDate, endOfDay, startOfDay } from '../../base/instant.ts'
import type { Order } from '../events.ts'
import type { Assignment } from '../model.ts'
import { abilitiesOf, isEnded, leadOf, mayView, type Relation } from '../policy.ts'
import { decideAssignment } from './decide.ts'
import { evolveAssignment } from './evolve.ts'
import { lampDates, lampOf } from './lamp.ts'
import { aProposal, by, lead, nobody, Run, support, supervisor, unitHead, unitPerson } from './run.test-support.ts'
import { todosOf } from './todos.ts'

const order = { kind: 'assign', number: { year: 2026, serial: 12 }, parts: [{ unitId: lead, unitName: '市A局', role: 'lead' }, { unitId: support, unitName: '市B局', role: 'support' }], dueOn: civilDate('2026-06-30'), feedback: 'monthly' } as const
const words = { progress: '进展', percent: 40, problems: '', nextSteps: '', evidence: [] }

describe('acts', () => {
  test('an assignment has exactly one lead, no unit twice, and a due date that is not past', () => {
    const run = new Run('2026-03-02')
    expect(run.code({ ...order, parts: [{ unitId: lead, unitName: '市A局', role: 'support' }] }, supervisor)).toBe('supervision.no-lead')
    expect(run.code({ ...order, parts: [...order.parts, order.parts[0]] }, supervisor)).toBe('supervision.no-lead')
    expect(run.code({ ...order, parts: [order.parts[0], { ...order.parts[1], unitId: lead }] }, supervisor)).toBe('supervision.unit-twice')
    expect(run.code({ ...order, dueOn: civilDate('2026-03-01') }, supervisor)).toBe('supervision.due-in-the-past')
    run.must(order, supervisor)
    expect(run.assignment.signBy).toBe('2026-03-04')
    expect(run.code(order, supervisor)).toBe('supervision.not-proposed')
  })

  test('a unit signs before it reports, and only for itself', () => {
    const run = new Run('2026-03-02')
    run.must(order, supervisor)
    expect(run.code({ kind: 'report', unitId: lead, words }, unitPerson)).toBe('supervision.not-accepted')
    expect(run.code({ kind: 'accept', unitId: support }, unitPerson)).toBe('supervision.not-your-unit')
    run.must({ kind: 'accept', unitId: lead }, unitPerson)
    expect(run.code({ kind: 'accept', unitId: lead }, unitPerson)).toBe('supervision.already-accepted')
    run.must({ kind: 'report', unitId: lead, words }, unitPerson)
    expect(run.assignment.state).toBe('reporting')
  })

  test('the lead’s head claims completion and asks for time; nobody else does', () => {
    const run = new Run('2026-03-02')
    run.must(order, supervisor)
    run.must({ kind: 'accept', unitId: lead }, unitPerson)
    expect(run.code({ kind: 'claimCompletion', words }, unitPerson)).toBe('supervision.needs-head')
    expect(run.code({ kind: 'claimCompletion', words }, { ...nobody, handles: [support], heads: [support] })).toBe('supervision.not-lead')
    run.must({ kind: 'claimCompletion', words }, unitHead)
    expect(run.assignment.reports.at(-1)?.percent).toBe(100)
    expect(run.code({ kind: 'review', serial: 1, outcome: 'accepted', reason: '' }, supervisor)).toBe('supervision.close-instead')
    run.must({ kind: 'review', serial: 1, outcome: 'returned', reason: '佐证不足' }, supervisor)
    expect(run.assignment.state).toBe('returned')
    expect(run.code({ kind: 'close', opinion: '' }, supervisor)).toBe('supervision.not-claimed')
  })

  test('time is asked for up to the due date and never after it', () => {
    const run = new Run('2026-03-02')
    run.must({ ...order, dueOn: civilDate('2026-03-10') }, supervisor)
    run.must({ kind: 'accept', unitId: lead }, unitPerson)
    const ask: Order = { kind: 'requestExtension', to: civilDate('2026-04-10'), reason: '设备未到货' }
    run.now = endOfDay(civilDate('2026-03-10'))
    expect(run.code({ ...ask, to: civilDate('2026-03-10') }, unitHead)).toBe('supervision.extension-not-later')
    const late = new Run('2026-03-02', run.assignment)
    late.now = startOfDay(civilDate('2026-03-11'))
    expect(late.code(ask, unitHead)).toBe('supervision.extension-too-late')
    run.must(ask, unitHead)
    expect(run.code(ask, unitHead)).toBe('supervision.extension-pending')
    expect(run.code({ kind: 'decideExtension', approved: false, opinion: '' }, supervisor)).toBe('supervision.reason-needed')
    run.must({ kind: 'decideExtension', approved: true, opinion: '' }, supervisor)
    expect(run.assignment.dueOn).toBe('2026-04-10')
  })

  test('an older report returned does not undo a standing claim', () => {
    const run = new Run('2026-03-02')
    run.must(order, supervisor)
    run.must({ kind: 'accept', unitId: lead }, unitPerson)
    run.must({ kind: 'report', unitId: lead, words }, unitPerson)
    run.must({ kind: 'claimCompletion', words }, unitHead)
    run.must({ kind: 'review', serial: 1, outcome: 'returned', reason: '数据有误' }, supervisor)
    expect(run.assignment.state).toBe('completion-claimed')
  })

  test('proposals are the supervisors’ own; strangers see nothing at any time', () => {
    const proposal = aProposal('2026-03-02')
    expect(mayView(proposal, supervisor)).toBe(true)
    expect(mayView(proposal, unitHead)).toBe(false)
    const run = new Run('2026-03-02')
    run.must(order, supervisor)
    expect(mayView(run.assignment, unitPerson)).toBe(true)
    expect(mayView(run.assignment, nobody)).toBe(false)
    expect(Object.values(abilitiesOf({ assignment: run.assignment, relation: nobody, today: civilDate('2026-03-02') })).some((verdict) => verdict.allowed)).toBe(false)
  })
})

/** A small generator with a seed, so that a failing walk can be walked again. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 0x9e3779b9
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides)
  }
}

function anyOrder(roll: (sides: number) => number, assignment: Assignment): Order {
  const orders: readonly Order[] = [
    order,
    { kind: 'accept', unitId: roll(2) === 0 ? lead : support },
    { kind: 'report', unitId: roll(2) === 0 ? lead : support, words: { ...words, percent: roll(101) } },
    { kind: 'report', unitId: lead, words: { ...words, percent: roll(101) } },
    { kind: 'claimCompletion', words },
    { kind: 'review', serial: 1 + roll(assignment.reports.length + 1), outcome: roll(2) === 0 ? 'accepted' : 'returned', reason: '理由' },
    { kind: 'close', opinion: '' },
    { kind: 'requestExtension', to: civilDate('2026-12-31'), reason: '理由' },
    { kind: 'decideExtension', approved: roll(2) === 0, opinion: '意见' },
    { kind: 'urge', note: '' },
    { kind: 'suspend', reason: '理由' },
    { kind: 'resume', dueOn: null },
    ...(roll(12) === 0 ? [{ kind: 'cancel', reason: '理由' } as const] : []),
  ]
  return orders[roll(orders.length)] ?? order
}

const everyone: readonly Relation[] = [supervisor, supervisor, unitHead, unitHead, unitPerson, { ...nobody, handles: [support], heads: [support] }, nobody]

test('along random walks nothing is lost, ended assignments stay ended, and lamps, todos and dates hold together', () => {
  const reached = new Set<string>()
  for (let seed = 1; seed <= 300; seed += 1) {
    const roll = dice(seed)
    let assignment = aProposal('2026-03-02')
    let now: number = startOfDay(civilDate('2026-03-02')) + 9 * 3_600_000
    for (let step = 0; step < 60; step += 1) {
      now += roll(4) * 86_400_000 + 3_600_000
      const relation = everyone[roll(everyone.length)] ?? nobody
      const decided = decideAssignment(assignment, anyOrder(roll, assignment), { relation, by, now, calendar: builtInCalendar })
      if (!decided.ok) continue
      const after = evolveAssignment(assignment, decided.value)
      expect(isEnded(assignment.state), 'nothing happens to what has ended').toBe(false)
      holds(assignment, after)
      assignment = after
      reached.add(after.state)
    }
  }
  expect([...reached].toSorted()).toEqual(['accepted', 'assigned', 'cancelled', 'closed', 'completion-claimed', 'reporting', 'returned', 'suspended'])
})

function holds(before: Assignment, after: Assignment): void {
  expect(after.version).toBe(before.version + 1)
  expect(after.reports.length).toBeGreaterThanOrEqual(before.reports.length)
  for (const [index, report] of before.reports.entries()) {
    const { review, ...said } = after.reports[index] ?? report
    const { review: earlier, ...saidBefore } = report
    expect(said).toEqual(saidBefore)
    if (earlier !== null) expect(review).toEqual(earlier)
  }
  expect(after.reports.map((report) => report.serial)).toEqual(after.reports.map((_report, index) => index + 1))
  if (before.state === 'proposed' && after.state === 'cancelled') return
  expect(after.parts.filter((part) => part.role === 'lead')).toHaveLength(1)
  expect(after.dueOn !== null && after.number !== null && leadOf(after) !== null).toBe(true)
  if (before.dueOn !== null && after.dueOn !== null) expect(after.dueOn >= before.dueOn).toBe(true)
  const day = civilDate('2026-05-20')
  const { yellowOn, redOn } = lampDates(after, builtInCalendar)
  if (redOn !== null) expect(yellowOn !== null && yellowOn <= redOn).toBe(true)
  expect(lampOf(after, day, builtInCalendar).reasons.length).toBeGreaterThan(0)
  const todos = todosOf(after, day, builtInCalendar)
  expect(new Set(todos.map((todo) => todo.key)).size).toBe(todos.length)
  if (isEnded(after.state) || after.state === 'suspended') expect(todos).toEqual([])
  else expect(todos.length, `something waits for somebody in ${after.state}`).toBeGreaterThan(0)
}

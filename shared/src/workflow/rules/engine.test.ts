/** The engine under random acts: whatever people try, in whatever order, the case stays in order. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInCalendar } from '../../base/calendar/index.ts'
import type { Duty } from '../../base/access.ts'
import { civilDate, startOfDay } from '../../base/instant.ts'
import type { PersonId, PostId } from '../../directory/index.ts'
import { actKinds, type CaseId, type CaseState, stepKeys, type TemplateName } from '../model.ts'
import { codesOfAct } from '../templates.ts'
import { abilitiesOf, decideAct, type Order, preview } from './decide-act.ts'
import { decideHandOver } from './decide-passing.ts'
import { decideStart } from './decide-start.ts'
import { evolve, evolveAll, findTask, getVisit, liveStates, tasksOf } from './evolve.ts'
import type { Scene } from './scene.ts'

const dutiesOf: Readonly<Record<string, readonly Duty[]>> = {
  drafter: ['drafter'], head: ['section-head'], planning: ['section-head'], finance: ['section-head'], checker: ['office-checker'],
  director: ['office-director'], deputy: ['deputy-leader'], deputy2: ['deputy-leader'], signer: ['principal-leader'], receiver: ['receiver'],
}
const names = Object.keys(dutiesOf)
// Safe because these stand for ids nobody parses.
const post = (name: string): PostId => name as PostId
const candidates = {
  check: [post('head')], 'office-check': [post('checker')], 'office-director': [post('director')], 'deputy-leader': [post('deputy'), post('deputy2')],
  sign: [post('signer')], propose: [post('checker'), post('director')], instruct: [post('director'), post('deputy'), post('signer')],
}
const now = startOfDay(civilDate('2026-11-20'))

function sceneOf(name: string, ended: ReadonlySet<string> = new Set()): Scene {
  return {
    actor: { personId: `p-${name}` as PersonId, posts: [{ postId: post(name), onBehalfOf: null }] },
    now,
    calendar: builtInCalendar,
    candidates,
    posts: new Map(names.filter((each) => !ended.has(each)).map((each) => [post(each), dutiesOf[each] ?? []])),
  }
}

function started(template: TemplateName, countersign: readonly string[], officeDirector: boolean): CaseState {
  const starter = template === 'outgoing' ? 'drafter' : 'receiver'
  const order = {
    id: '01jd0000000000000000000000' as CaseId, template, starter: { personId: `p-${starter}` as PersonId, postId: post(starter) },
    urgency: 'none', options: { officeDirector }, choice: { countersign: countersign.map(post), 'deputy-leader': [post('deputy')] }, text: '',
  } as const
  const begun = decideStart(order, sceneOf(starter))
  if (!begun.ok) throw new Error(begun.refusal.code)
  expect(evolveAll(begun.value.events)).toEqual(begun.value.state)
  return begun.value.state
}

/** Everything a case promises at any time. */
function brokenPromises(state: CaseState): readonly string[] {
  const broken: string[] = []
  const live = state.tasks.filter((task) => liveStates.has(task.state))
  if (state.status !== 'running') return live.length > 0 ? ['a closed case has live tasks'] : []
  if (!live.some((task) => task.state === 'open' && task.visit === state.current)) broken.push('nobody can act')
  const resumable = new Set<number>()
  for (let visit = getVisit(state, state.current); visit.resumes !== null; visit = getVisit(state, visit.resumes)) resumable.add(visit.resumes)
  for (const task of live) {
    if (task.state === 'suspended' ? !resumable.has(task.visit) : task.visit !== state.current) broken.push(`${task.id} is an orphan`)
    if (task.state === 'waiting' && !task.waitsFor.some((id) => isAhead(state, task.visit, id))) broken.push(`${task.id} waits for nothing`)
  }
  return broken
}

function isAhead(state: CaseState, visit: number, id: string): boolean {
  const task = findTask(state, id)
  return task !== null && task.visit === visit && (task.state === 'open' || task.state === 'waiting')
}

type Try = { readonly kind: number; readonly who: number; readonly task: number; readonly a: number; readonly b: number; readonly flag: boolean; readonly eager: boolean }

/** Turns random numbers into an order: half of them sensible ones of whoever may act, half anything by anybody. */
function orderOf(state: CaseState, random: Try): { readonly order: Order; readonly name: string } {
  const open = state.tasks.filter((task) => task.state === 'open')
  const pool = random.eager && open.length > 0 ? open : state.tasks
  const task = pool[random.task % pool.length]
  const last = task?.moves.at(-1)
  const name = random.eager && task ? (task.state === 'open' ? task.postId : (last?.by.postId ?? task.postId)) : (names[random.who % names.length] ?? 'drafter')
  const able = abilitiesOf(state, sceneOf(name), task?.id)
  const kinds = random.eager && able.task && random.kind % 10 < 6 ? [...able.task.acts] : actKinds.filter((kind) => kind !== 'urge' && kind !== 'circulate' && (kind !== 'cancel' || random.b % 7 === 0))
  const kind = kinds[Math.floor(random.kind / 10) % kinds.length] ?? 'approve'
  const taskId = task?.id ?? 'none'
  const others = [names[random.a % names.length] ?? 'head', names[random.b % names.length] ?? 'head'].map(post)
  switch (kind) {
    case 'return':
      return { name, order: { kind, taskId, to: (random.eager ? able.returnTo[random.a % Math.max(1, able.returnTo.length)] : undefined) ?? stepKeys[random.a % stepKeys.length] ?? 'draft', then: random.flag ? 'back-to-me' : 'run-again', text: '改' } }
    case 'forward':
      return { name, order: { kind, taskId, toPostId: others[0] ?? post('head'), text: '' } }
    case 'add-signer':
      return { name, order: { kind, taskId, place: random.flag ? 'before' : 'after', postIds: others, text: '' } }
    case 'withdraw':
      return { name, order: { kind, taskId } }
    case 'cancel':
      return { name: state.starter.postId, order: { kind, text: '不办了' } }
    case 'urge':
    case 'circulate':
      throw new Error('not an order')
    default: {
      const choice = random.b % 3 === 0 ? { countersign: others, handle: others, instruct: [post('deputy')], 'deputy-leader': [post('deputy2')] } : { handle: others, instruct: [post('signer')] }
      return { name, order: { kind, taskId, choice, code: codesOfAct[kind][0], text: '同意', confirmed: random.flag } }
    }
  }
}

const tries = fc.array(
  fc.record({ kind: fc.nat(1000), who: fc.nat(1000), task: fc.nat(1000), a: fc.nat(1000), b: fc.nat(1000), flag: fc.boolean(), eager: fc.integer({ min: 0, max: 9 }).map((n) => n > 1) }),
  { minLength: 5, maxLength: 60 },
)
const beginnings = fc.record({
  template: fc.constantFrom<TemplateName>('outgoing', 'incoming'),
  countersign: fc.subarray(['planning', 'finance', 'deputy2']),
  officeDirector: fc.boolean(),
})

describe('random acts', () => {
  test('never leave an orphaned task, a case nobody can act on, or a finished case that moves again', () => {
    const closed = { signed: 0, finished: 0, cancelled: 0, running: 0 }
    fc.assert(
      fc.property(beginnings, tries, (beginning, randoms) => {
        let state = started(beginning.template, beginning.countersign, beginning.officeDirector)
        for (const random of randoms) {
          const { order, name } = orderOf(state, random)
          const foreseen = preview(state, order, sceneOf(name))
          const outcome = decideAct(state, order, sceneOf(name))
          if (!outcome.ok) continue
          expect(state.status, 'a closed case moved').toBe('running')
          expect(outcome.value.state.version).toBe(state.version + 1)
          expect(outcome.value.events.reduce(evolve, state)).toEqual(outcome.value.state)
          expect(brokenPromises(outcome.value.state), `after ${order.kind} by ${name}`).toEqual([])
          // What the button said is what happened.
          expect(foreseen.ok && foreseen.value.closes === null ? 'running' : foreseen.ok && foreseen.value.closes).toBe(outcome.value.state.status)
          state = outcome.value.state
        }
        closed[state.status] += 1
      }),
      { numRuns: 1000 },
    )
    // The walk is worth something only if it gets to the ends.
    expect(Math.min(closed.signed, closed.finished, closed.cancelled, closed.running), JSON.stringify(closed)).toBeGreaterThan(10)
  })

  test('taking back restores exactly who could act before', () => {
    let restored = 0
    fc.assert(
      fc.property(beginnings, tries, (beginning, randoms) => {
        let state = started(beginning.template, beginning.countersign, beginning.officeDirector)
        for (const random of randoms) {
          const { order, name } = orderOf(state, random)
          const outcome = decideAct(state, order, sceneOf(name))
          if (!outcome.ok) continue
          const after = outcome.value.state
          if (order.kind !== 'withdraw' && order.kind !== 'cancel' && after.status === 'running') {
            const undone = decideAct(after, { kind: 'withdraw', taskId: order.taskId }, sceneOf(name))
            expect(undone.ok, `${order.kind} can be taken back at once`).toBe(true)
            if (undone.ok) expect(aliveOf(undone.value.state)).toEqual(aliveOf(state))
            restored += 1
          }
          state = after
        }
      }),
      { numRuns: 500 },
    )
    expect(restored).toBeGreaterThan(100)
  })

  test('nothing waits for a post that has ended, once its successor has taken over', () => {
    fc.assert(
      fc.property(beginnings, tries, fc.nat(1000), (beginning, randoms, who) => {
        let state = started(beginning.template, beginning.countersign, beginning.officeDirector)
        for (const random of randoms) {
          const { order, name } = orderOf(state, random)
          const outcome = decideAct(state, order, sceneOf(name))
          if (outcome.ok) state = outcome.value.state
        }
        const from = post(names[who % names.length] ?? 'head')
        const after = decideHandOver(state, from, post('colleague'), { now }).state
        expect(after.tasks.filter((task) => liveStates.has(task.state) && task.postId === from)).toEqual([])
        expect(brokenPromises(after)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

function aliveOf(state: CaseState): readonly string[] {
  return state.tasks.filter((task) => liveStates.has(task.state)).map((task) => `${task.id} ${task.state} ${task.postId} visit ${task.visit}`)
}

describe('every state meets every act', () => {
  test.each(actKinds.filter((kind) => kind !== 'urge' && kind !== 'circulate'))('%s on a task that is not open is refused', (kind) => {
    const state = started('outgoing', [], false)
    const task = tasksOf(state, 1)[0]
    const order = orderOfKind(kind, task?.id ?? '')
    const outcome = decideAct(state, order, sceneOf('drafter'))
    // The drafter has submitted: only taking back and ending are left.
    expect(outcome.ok).toBe(kind === 'withdraw' || kind === 'cancel')
    if (!outcome.ok) expect(outcome.refusal.code).toBe('workflow.already-acted')
  })
})

function orderOfKind(kind: Exclude<(typeof actKinds)[number], 'urge' | 'circulate'>, taskId: string): Order {
  switch (kind) {
    case 'return':
      return { kind, taskId, to: 'draft', then: 'run-again', text: '改' }
    case 'forward':
      return { kind, taskId, toPostId: post('planning'), text: '' }
    case 'add-signer':
      return { kind, taskId, place: 'before', postIds: [post('planning')], text: '' }
    case 'withdraw':
      return { kind, taskId }
    case 'cancel':
      return { kind, text: '不办了' }
    default:
      return { kind, taskId, choice: {}, code: codesOfAct[kind][0], text: '同意', confirmed: true }
  }
}

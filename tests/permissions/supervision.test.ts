/** Who may do what in supervision: every act of the room by everybody who could try, through the public API. A role that is not
 * named as allowed is refused; strangers are told nothing exists. */
import { type AnyContract, civilDate } from '@xiewen/shared/base'
import { type AssignmentId, supervisionContract as contract } from '@xiewen/shared/supervision'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOf, Supervision, type Who } from '../scenarios/supervision/story.ts'

let story: Supervision

beforeAll(async () => {
  story = await Supervision.open('2026-03-02')
})
afterAll(() => story.office.close())

const roles = ['supervisor', 'director', 'dataHead', 'dataReceiver', 'financeReceiver', 'planReceiver', 'archivist', 'systemAdmin'] as const satisfies readonly Who[]
type Role = (typeof roles)[number]

/** Signed and reporting. */
async function reporting(): Promise<AssignmentId> {
  const id = await story.assigned('2026-06-30')
  await story.accept(id)
  await story.accept(id, 'financeReceiver')
  await story.report(id, 30)
  return id
}
async function claimed(): Promise<AssignmentId> {
  const id = await reporting()
  await story.claim(id, 'dataHead')
  return id
}
async function asked(): Promise<AssignmentId> {
  const id = await reporting()
  await (await story.as('dataHead')).call(contract.requestExtension, { assignmentId: id, dueOn: civilDate('2026-07-31'), reason: '理由' })
  return id
}
async function resting(): Promise<AssignmentId> {
  const id = await reporting()
  await (await story.as('supervisor')).call(contract.suspend, { assignmentId: id, reason: '理由' })
  return id
}

interface Row {
  readonly contract: AnyContract
  readonly given: () => Promise<AssignmentId>
  readonly input: (assignmentId: AssignmentId) => object
  readonly allowed: readonly Role[]
}

const words = { progress: '进展' }
const onlySupervisor = ['supervisor'] as const
const rows: readonly Row[] = [
  { contract: contract.view, given: reporting, input: (assignmentId) => ({ assignmentId }), allowed: ['supervisor', 'director', 'dataHead', 'dataReceiver', 'financeReceiver'] },
  { contract: contract.accept, given: () => story.assigned('2026-06-30'), input: (assignmentId) => ({ assignmentId }), allowed: ['dataHead', 'dataReceiver', 'financeReceiver'] },
  { contract: contract.report, given: reporting, input: (assignmentId) => ({ assignmentId, percent: 50, ...words }), allowed: ['dataHead', 'dataReceiver', 'financeReceiver'] },
  { contract: contract.claimCompletion, given: reporting, input: (assignmentId) => ({ assignmentId, ...words }), allowed: ['dataHead'] },
  { contract: contract.requestExtension, given: reporting, input: (assignmentId) => ({ assignmentId, dueOn: '2026-08-31', reason: '理由' }), allowed: ['dataHead'] },
  { contract: contract.review, given: reporting, input: (assignmentId) => ({ assignmentId, serial: 1, outcome: 'accepted' }), allowed: onlySupervisor },
  { contract: contract.close, given: claimed, input: (assignmentId) => ({ assignmentId }), allowed: onlySupervisor },
  { contract: contract.decideExtension, given: asked, input: (assignmentId) => ({ assignmentId, approved: true }), allowed: onlySupervisor },
  { contract: contract.urge, given: reporting, input: (assignmentId) => ({ assignmentId }), allowed: onlySupervisor },
  { contract: contract.suspend, given: reporting, input: (assignmentId) => ({ assignmentId, reason: '理由' }), allowed: onlySupervisor },
  { contract: contract.resume, given: resting, input: (assignmentId) => ({ assignmentId }), allowed: onlySupervisor },
  { contract: contract.cancel, given: reporting, input: (assignmentId) => ({ assignmentId, reason: '理由' }), allowed: onlySupervisor },
]

describe.each(rows)('$contract.name', ({ contract: act, given, input, allowed }) => {
  test.each(roles)('%s', async (role) => {
    const id = await given()
    const mayDo: readonly Role[] = allowed
    const code = await refusalOf((await story.as(role)).call(act, input(id)))
    if (mayDo.includes(role)) expect(code).toBe('nothing refused')
    else expect(['base.not-allowed', 'supervision.not-found', 'supervision.not-supervisor', 'supervision.not-your-unit', 'supervision.not-lead', 'supervision.needs-head']).toContain(code)
    if (role === 'planReceiver' || role === 'archivist') expect(['base.not-allowed', 'supervision.not-found']).toContain(code)
  })
})

test('a unit acts for itself only, whatever it says', async () => {
  const id = await reporting()
  const finance = await story.as('financeReceiver')
  expect(await refusalOf(finance.call(contract.report, { assignmentId: id, unitId: await story.unit('data'), percent: 99, ...words }))).toBe('supervision.not-your-unit')
  const fresh = await story.assigned('2026-06-30')
  expect(await refusalOf(finance.call(contract.accept, { assignmentId: fresh, unitId: await story.unit('data') }))).toBe('supervision.not-your-unit')
})

test('the ledger shows nobody more than the page would', async () => {
  await reporting()
  const { assignmentId } = await (await story.as('supervisor')).call(contract.create, { source: { kind: 'instruction', documentId: null, block: null, label: '批示', quote: '' }, title: '尚未交办的事项' })
  for (const role of ['supervisor', 'director', 'dataReceiver', 'financeReceiver', 'planReceiver', 'archivist'] as const) {
    const client = await story.as(role)
    const { rows: seen } = await client.call(contract.ledger, { limit: 200 })
    for (const row of seen.slice(0, 5)) expect(await refusalOf(client.call(contract.view, { assignmentId: row.id }))).toBe('nothing refused')
    expect(seen.some((row) => row.id === assignmentId)).toBe(role === 'supervisor')
    expect(seen.length > 0).toBe(role !== 'planReceiver' && role !== 'archivist')
  }
})

test('a leader’s overview counts only what the leader may see', async () => {
  await reporting()
  const overview = await (await story.as('planLeader')).call(contract.overview, {})
  expect(overview.total).toBe(0)
})

/** 临时代管: a colleague keeps the seal for a time; both see every act; it ends by itself, to the moment. */
import { civilDate, inboxContract, instant, startOfDay } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { sealsContract as contract, type SealId } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'
import { type people, refusalOf, SealStory } from './story.ts'

const clock = { at: startOfDay(civilDate('2026-11-23')) + 9 * 3_600_000 }
const hour = 3_600_000
let office: TestOffice
let story: SealStory
let sealId: SealId

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(clock.at) } })
  story = new SealStory(office)
  sealId = await story.enabledSeal()
})
afterAll(() => office.close())

const reason = '出差'
const post = async (name: string) => (await postOf(await story.as('keeper'), name)).id
const lend = async (who: keyof typeof people, name: string, from: number, until: number) => (await story.as(who)).call(contract.lend, { sealId, postId: await post(name), from, until, reason })
async function stepsOf(login: string, kind: 'todo' | 'to-read' = 'todo'): Promise<readonly string[]> {
  const { rows } = await (await office.as(login)).call(inboxContract.list, { kind, limit: 200 })
  return rows.map((row) => row.step).filter((step) => step.startsWith('seals.'))
}
async function seal() {
  const { seals } = await (await story.as('keeper')).call(contract.list, {})
  return seals.find((each) => each.id === sealId)
}

test('is refused to strangers, to those who hold another right, for the past, for too long, and by those who do not answer for the seal', async () => {
  const { at } = clock
  expect(await refusalOf(lend('officeKeeper', '许丽', at, at + hour))).toBe('seals.not-approver')
  expect(await refusalOf(lend('keeper', '何玉珍', at, at + hour))).toBe('seals.not-of-custodian')
  expect(await refusalOf(lend('keeper', '吴桂芳', at, at + hour))).toBe('seals.own-act')
  expect(await refusalOf(lend('keeper', '林若溪', at, at + hour))).toBe('seals.rights-apart')
  expect(await refusalOf(lend('keeper', '许丽', at - 2 * hour, at))).toBe('seals.lending-period')
  expect(await refusalOf(lend('keeper', '许丽', at, at + 61 * 24 * hour))).toBe('seals.lending-period')
})

test('lets the colleague impress from its first moment to its last, and tells each of the two what the other did', async () => {
  const borrower = await office.as('xuli')
  const before = await story.permitted(await story.typeset())
  expect(await refusalOf(borrower.call(contract.impress, { applicationId: before }))).toBe('seals.not-keeper')
  await lend('keeper', '许丽', clock.at + 60_000, clock.at + 3 * 60_000)
  expect(await refusalOf(lend('keeper', '赵敏', clock.at, clock.at + hour))).toBe('seals.lending-open')
  expect(await seal()).toMatchObject({ lending: { personName: '许丽', lentBy: '吴桂芳', reason } })
  expect(await refusalOf(borrower.call(contract.impress, { applicationId: before }))).toBe('seals.not-keeper')

  clock.at += 60_000
  await office.settle()
  expect(await stepsOf('xuli')).toEqual(['seals.step.impress'])
  expect((await borrower.call(contract.applications, {})).rows).toHaveLength(1)
  const done = await borrower.call(contract.impress, { applicationId: before })
  expect(done.verification.verdict).toBe('VALID')
  expect(await stepsOf('wuguifang', 'to-read')).toEqual(['seals.step.shared-use'])
  expect((await (await story.as('keeper')).call(contract.ledger, {})).rows[0]).toMatchObject({ keeperName: '许丽', onBehalfOf: '吴桂芳' })

  const mine = await story.permitted(await story.typeset())
  expect(await stepsOf('xuli')).toEqual(['seals.step.impress'])
  await (await story.as('keeper')).call(contract.impress, { applicationId: mine })
  expect(await stepsOf('xuli', 'to-read')).toEqual(['seals.step.shared-use'])

  const last = await story.permitted(await story.typeset())
  clock.at += 2 * 60_000
  expect(await refusalOf(borrower.call(contract.impress, { applicationId: last }))).toBe('seals.not-keeper')
  await office.settle()
  expect(await stepsOf('xuli')).toEqual([])
  expect(await seal()).toMatchObject({ lending: null })
  expect((await borrower.call(contract.applications, {})).rows).toEqual([])
}, 90_000)

test('never lets the colleague impress on what is their own, and ends early when one of them says so', async () => {
  await lend('approver', '张晓雨', clock.at, clock.at + hour)
  const own = await story.permitted(await story.typeset('drafter'))
  expect(await refusalOf((await story.as('drafter')).call(contract.impress, { applicationId: own }))).toBe('seals.keeper-involved')
  expect(await refusalOf((await story.as('stranger')).call(contract.endLending, { sealId }))).toBe('seals.not-approver')
  await (await story.as('drafter')).call(contract.endLending, { sealId })
  expect(await seal()).toMatchObject({ lending: null })
  expect(await refusalOf((await story.as('keeper')).call(contract.endLending, { sealId }))).toBe('seals.not-lent')
}, 60_000)

test('is to a person in a post: a colleague who has left it keeps nothing', async () => {
  const admin = await story.as('maker')
  const former = await postOf(admin, '李明轩')
  await lend('keeper', '李明轩', clock.at, clock.at + hour)
  const applicationId = await story.permitted(await story.typeset())
  const borrower = await office.as('limingxuan')
  expect((await borrower.call(contract.application, { applicationId })).abilities.impress).toBe(true)
  // Another post of the same person stays; the one the seal was lent to ends.
  await admin.call(directoryContract.grantPost, { personId: former.personId, unitId: former.unitId, title: '二级主任科员', duties: [] })
  await admin.call(directoryContract.endPost, { postId: former.id, successorPostId: await post('张晓雨') })
  expect(await refusalOf(borrower.call(contract.impress, { applicationId }))).toBe('seals.not-keeper')
  await (await story.as('keeper')).call(contract.endLending, { sealId })
}, 60_000)

test('ends when the seal is handed over, and nothing stays on the desk of a colleague who may no longer impress', async () => {
  const admin = await story.as('maker')
  const former = await postOf(await story.as('keeper'), '吴桂芳')
  const successor = await postOf(await story.as('keeper'), '丁一鸣')
  const next = await admin.call(directoryContract.grantPost, { personId: successor.personId, unitId: former.unitId, title: '印章管理员', duties: ['seal-keeper'] })
  await lend('keeper', '许丽', clock.at, clock.at + hour)
  await office.settle()
  const waiting = await story.permitted(await story.typeset())
  expect(await stepsOf('xuli')).toContain('seals.step.impress')
  await (await story.as('approver')).call(contract.handOver, { sealId, keeperPostId: next.id })
  expect(await seal()).toMatchObject({ lending: null, keeperName: '丁一鸣' })
  expect(await stepsOf('xuli')).toEqual([])
  expect(await stepsOf('dingyiming')).toContain('seals.step.impress')
  await (await office.as('dingyiming')).call(contract.impress, { applicationId: waiting })
}, 60_000)

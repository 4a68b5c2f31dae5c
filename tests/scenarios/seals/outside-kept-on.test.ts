/** A seal that was out of use while reminders came: its people are told what is due when it is kept on or put into use. */
import { issueRevocationList } from '@xiewen/crypto'
import { inboxContract, instant } from '@xiewen/shared/base'
import { type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { enabledOutsideSeal, type Holder } from './outside-authority.ts'
import { type people, resume, SealStory } from './story.ts'

const day = 86_400_000
const begun = Date.now()
let ahead = 0
let office: TestOffice
let story: SealStory
let root: Holder
let sealId: SealId

/** Days after the beginning; everybody signs in again. */
async function at(days: number): Promise<void> {
  ahead = days * day
  ;({ office, story } = await resume(office))
}

const bring = async (number: number, from: number, until: number) =>
  (await story.as('maker')).upload(contract.importList, {}, await issueRevocationList({ number, thisUpdate: begun + from * day, nextUpdate: begun + until * day, entries: [] }, root))
const askDestruction = async () => (await story.as('keeper')).call(contract.askDestruction, { sealId, reason: '机构撤并' })
const keepOn = async () => (await story.as('approver')).call(contract.keepOn, { sealId, reason: '仍需使用' })

/** What somebody has been told of ends, by step. */
async function told(who: keyof typeof people): Promise<readonly string[]> {
  const client = await story.as(who)
  const lists = await Promise.all((['to-read', 'todo'] as const).map((kind) => client.call(inboxContract.list, { kind, limit: 200 })))
  return lists.flatMap(({ rows }) => rows).filter(({ step }) => /outside-list-due|outside-certificate-ending|expiring/.test(step)).map(({ step }) => step.replace('seals.step.', '')).toSorted()
}

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) } })
  story = new SealStory(office)
  ;({ root } = await enabledOutsideSeal(office, story))
  const { seals } = await (await story.as('keeper')).call(contract.list, {})
  sealId = seals[0]?.id ?? failure()
}, 90_000)
afterAll(() => office.close())

test('what became due while it was to be destroyed is told once it is kept on, and nothing that is not due', async () => {
  await bring(1, 0, 7)
  await askDestruction()
  await at(2)
  await keepOn()
  expect([await told('keeper'), await told('approver')]).toEqual([[], []])
  await askDestruction()
  await at(6)
  expect(await told('keeper')).toEqual([])
  await keepOn()
  for (const who of ['keeper', 'approver'] as const) expect(await told(who), who).toEqual(['outside-list-due'])
  expect(await told('officeKeeper')).toEqual([])
  await bring(2, 6, 400)
  expect(await told('keeper')).toEqual([])
}, 60_000)

test('certificates above it and its own are told of likewise', async () => {
  await askDestruction()
  await at(310)
  expect(await told('keeper')).toEqual([])
  await keepOn()
  expect(await told('keeper')).toEqual(['expiring-outside', 'outside-certificate-ending', 'outside-certificate-ending'])
  expect(await told('approver')).toEqual(['outside-certificate-ending', 'outside-certificate-ending'])
}, 60_000)

test('a seal put into use so late that its certificate ends soon tells its keeper', async () => {
  const made = (await (await story.as('officeKeeper')).call(contract.propose, {})).sealId
  await (await story.as('officeApprover')).call(contract.approveSeal, { sealId: made })
  await (await story.as('maker')).call(contract.make, { sealId: made, years: 1 })
  await at(640)
  expect(await told('officeKeeper')).toEqual([])
  await (await story.as('officeKeeper')).call(contract.enable, { sealId: made })
  expect(await told('officeKeeper')).toEqual(['expiring'])
}, 60_000)

function failure(): never {
  throw new Error('no seal')
}

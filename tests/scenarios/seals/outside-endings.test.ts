/** Reminders before outside lists and certificates end: who is told, when, once, and that they go when a successor is there. */
import { issueRevocationList } from '@xiewen/crypto'
import { inboxContract, instant } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tables } from '../../../server/src/platform/database/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { aHolder, enabledOutsideSeal, type Holder, letIn, name, pem } from './outside-authority.ts'
import { type people, resume, SealStory } from './story.ts'

const day = 86_400_000
const begun = Date.now()
let ahead = 0
let office: TestOffice
let story: SealStory
let root: Holder

const bring = async (number: number, from: number, until: number) =>
  (await story.as('maker')).upload(contract.importList, {}, await issueRevocationList({ number, thisUpdate: begun + from * day, nextUpdate: begun + until * day, entries: [] }, root))

/** Days after the beginning; everybody signs in again. */
async function at(days: number): Promise<void> {
  ahead = days * day
  ;({ office, story } = await resume(office))
}

/** Reminders of a kind at somebody's desk, by title. */
async function told(who: keyof typeof people, step: string, kind: 'todo' | 'to-read' = 'to-read'): Promise<readonly string[]> {
  const { rows } = await (await story.as(who)).call(inboxContract.list, { kind, limit: 200 })
  return rows.filter((row) => row.step === step).map((row) => row.title).toSorted()
}
const listDue = 'seals.step.outside-list-due'
const ending = 'seals.step.outside-certificate-ending'
const overview = async () => (await (await story.as('maker')).call(contract.overview, {})).outside.map(({ what, isOver }) => [what, isOver]).toSorted()

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) } })
  story = new SealStory(office)
  ;({ root } = await enabledOutsideSeal(office, story))
}, 90_000)
afterAll(() => office.close())

describe('a list that is due', () => {
  test('is on the desks of those whose outside seals would stop, once, until a new one is there', async () => {
    await bring(1, 0, 7)
    await at(5)
    expect([await told('keeper', listDue), await overview()]).toEqual([[], []])
    await at(6)
    for (const who of ['keeper', 'approver'] as const) expect(await told(who, listDue), who).toEqual([root.certificate.subject.commonName])
    expect(await told('officeKeeper', listDue)).toEqual([])
    expect(await overview()).toEqual([['list', false]])
    expect((await (await story.as('auditor')).call(contract.listLists, {})).lists.map(({ state }) => state)).toEqual(['due'])
    await at(8)
    expect([await told('keeper', listDue), await overview()]).toEqual([[root.certificate.subject.commonName], [['list', true]]])
    await bring(2, 8, 400)
    expect([await told('keeper', listDue), await told('approver', listDue), await overview()]).toEqual([[], [], []])
  }, 60_000)
})

describe('a list that was brought in before there were reminders', () => {
  test('is told of like any other', async () => {
    await bring(3, 8.001, 20)
    interface Jobs { job: { name: string } }
    await office.server.world.database.write(async (db) => void (await tables<Jobs>(db).deleteFrom('job').where('name', '=', 'seals.outside-list-due').execute()))
    await at(10)
    expect(await told('keeper', listDue)).toEqual([])
    await at(19)
    expect(await told('keeper', listDue)).toEqual([root.certificate.subject.commonName])
    // A new one takes it away, and is watched itself.
    await bring(4, 19, 400)
    expect(await told('keeper', listDue)).toEqual([])
    await at(21)
    expect(await told('keeper', listDue)).toEqual([])
  }, 60_000)
})

describe('an outside certificate', () => {
  test('that ends within sixty days is told of until one of the same holder takes its place, or it leaves the store', async () => {
    await at(300)
    expect(await told('keeper', ending)).toEqual([])
    await at(310)
    expect(await told('keeper', ending)).toHaveLength(2)
    expect(await told('keeper', ending)).toContain(root.certificate.subject.commonName)
    expect(await told('officeKeeper', ending)).toEqual([])
    expect(await overview()).toEqual([['authority', false], ['maker', false]])
    // The seal's own certificate is its keeper's, and its authority renews it.
    expect(await told('keeper', 'seals.step.expiring-outside', 'todo')).toEqual([name])
    await letIn(office, story, pem((await aHolder('signer', '云岭省制章者', root, 2)).certificate), 'maker')
    expect(await told('keeper', ending)).toEqual([root.certificate.subject.commonName])
    expect(await overview()).toEqual([['authority', false]])
    const security = await story.as('maker')
    const entries = (await security.call(contract.listTrust, {})).entries
    expect(entries.map(({ use, ending: how }) => [use, how]).toSorted()).toEqual([['authority', 'soon'], ['maker', 'later'], ['maker', 'later']])
    const { id } = entries.find(({ use }) => use === 'authority') ?? { id: null }
    if (id === null) throw new Error('the root is in the store')
    await security.call(contract.removeTrust, { id, reason: '换用新根证书' })
    expect([await told('keeper', ending), await overview()]).toEqual([[], []])
  }, 60_000)
})

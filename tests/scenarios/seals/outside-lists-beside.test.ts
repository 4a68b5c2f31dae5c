/** Lists of one outside authority beside each other, and of two: which of them seals hang on, who is reminded of it, and what stops a seal. */
import { issueRevocationList, type RevocationListOrder, type RevokedEntry } from '@xiewen/crypto'
import { inboxContract, instant } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { enabledOutsideSeal, type Holder } from './outside-authority.ts'
import { refusalOf, resume, SealStory } from './story.ts'

const day = 86_400_000
const begun = Date.now()
let ahead = 0
let office: TestOffice
let story: SealStory
let root: Holder
let makerRoot: Holder
let maker: Holder

interface Brought {
  readonly by?: Holder
  readonly holders?: 'users' | 'authorities'
  readonly entries?: readonly RevokedEntry[]
}

/** A list that comes today; it is in force until so many days after the beginning. */
async function bring(number: number, until: number, { by = root, holders, entries = [] }: Brought = {}): Promise<void> {
  const order: RevocationListOrder = { number, thisUpdate: begun + ahead + number, nextUpdate: begun + until * day, entries, ...(holders ? { scope: { holders } } : {}) }
  await (await story.as('maker')).upload(contract.importList, {}, await issueRevocationList(order, by))
}

/** Days after the beginning; everybody signs in again. */
async function at(days: number): Promise<void> {
  ahead = days * day
  ;({ office, story } = await resume(office))
}

async function told(): Promise<readonly string[]> {
  const { rows } = await (await story.as('keeper')).call(inboxContract.list, { kind: 'to-read', limit: 200 })
  return rows.filter((row) => row.step === 'seals.step.outside-list-due').map((row) => row.title)
}
const nameOf = (holder: Holder): string => holder.certificate.subject.commonName
const overview = async () => (await (await story.as('maker')).call(contract.overview, {})).outside.map(({ name, isOver }) => [name, isOver])
const states = async () => (await (await story.as('auditor')).call(contract.listLists, {})).lists.map(({ issuer, part, state }) => [issuer.endsWith(nameOf(root)) ? part?.holders ?? 'whole' : 'maker', state]).toSorted()
const impress = async () => (await story.as('keeper')).call(contract.impress, { applicationId: await story.permitted(await story.typeset()) })

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) } })
  story = new SealStory(office)
  ;({ root, makerRoot, maker } = await enabledOutsideSeal(office, story, { apart: true }))
  await bring(1, 58, { by: makerRoot })
}, 90_000)
afterAll(() => office.close())

describe('a list that is due', () => {
  test('and about authorities only is nothing to those who keep seals', async () => {
    await bring(1, 6.5, { holders: 'authorities' })
    await at(6)
    expect(await told()).toEqual([])
    await bring(1, 13, { holders: 'users' })
    expect([await told(), await overview()]).toEqual([[], [[nameOf(root), false]]])
    expect(await states()).toEqual([['authorities', 'due'], ['maker', 'valid'], ['users', 'valid']])
  }, 60_000)

  test('is no matter where a whole one, in force for longer, says the same', async () => {
    await bring(1, 30)
    await at(12)
    expect([await told(), await overview()]).toEqual([[], []])
    expect(await states()).toEqual([['authorities', 'replaced'], ['maker', 'valid'], ['users', 'replaced'], ['whole', 'valid']])
  }, 60_000)

  test('is told of where the others end before it, until a part speaks for the seal again', async () => {
    await bring(2, 20, { holders: 'users' })
    await at(28)
    expect([await told(), await overview()]).toEqual([[nameOf(root)], [[nameOf(root), false]]])
    await bring(3, 50, { holders: 'users' })
    // Seals hang on the part now; of authorities only the whole one tells.
    expect([await told(), await overview()]).toEqual([[], [[nameOf(root), false]]])
    await at(31)
    expect([await told(), await overview()]).toEqual([[], [[nameOf(root), true]]])
    expect((await impress()).verification.verdict).toBe('VALID')
  }, 60_000)

  test('is told of once seals hang on it alone, and no more when a whole one comes', async () => {
    await at(49)
    expect(await told()).toEqual([nameOf(root)])
    expect(await states()).toEqual([['authorities', 'replaced'], ['maker', 'valid'], ['users', 'due'], ['whole', 'stale']])
    await bring(2, 400)
    expect([await told(), await overview()]).toEqual([[], []])
    expect(await states()).toEqual([['authorities', 'replaced'], ['maker', 'valid'], ['users', 'replaced'], ['whole', 'valid']])
  }, 60_000)
})

describe('the authority of the maker', () => {
  test('is another one than the signer’s: its list is told of too, and stops the seal in words', async () => {
    await at(56)
    expect(await told()).toEqual([nameOf(makerRoot)])
    await at(59)
    expect(await refusalOf(impress())).toBe('seals.outside-list-stale')
    await bring(2, 400, { by: makerRoot })
    expect(await told()).toEqual([])
    expect((await impress()).verification.verdict).toBe('VALID')
    await bring(3, 400, { by: makerRoot, entries: [{ serial: maker.certificate.serial, revokedAt: begun - day, reason: 'keyCompromise' }] })
    expect(await refusalOf(impress())).toBe('seals.outside-revoked')
  }, 60_000)
})

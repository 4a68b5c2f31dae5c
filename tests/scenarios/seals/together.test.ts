/** 批量用印: one act over several permits; each stands or falls by itself. */
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, SealStory } from './story.ts'

let office: TestOffice
let story: SealStory

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  await story.enabledSeal()
}, 60_000)
afterAll(() => office.close())

test('what may be impressed is, verified and entered one by one; what may not is named, and its permit stays as it was', async () => {
  const documents = [await story.typeset(), await story.typeset(), await story.typeset('keeper')]
  const ids = await Promise.all(documents.map((documentId) => story.permitted(documentId)))
  const [first, second, own] = ids
  if (!first || !second || !own) throw new Error('three permits')
  const keeper = await story.as('keeper')
  const orders = [{ applicationId: first }, { applicationId: second, nudgeX: 40 }, { applicationId: own }, { applicationId: first }]
  expect(await refusalOf((await story.as('registrar')).call(contract.impressTogether, { orders: [{ applicationId: first }] }))).toBe('nothing refused')
  const { results } = await keeper.call(contract.impressTogether, { orders })
  expect(results.map(({ applicationId, verdict, refusal }) => [applicationId, verdict, refusal?.code])).toEqual([
    [first, 'VALID', undefined], [second, null, 'seals.outside-place'], [own, null, 'seals.keeper-involved'],
  ])
  const again = await keeper.call(contract.impressTogether, { orders: [{ applicationId: first }, { applicationId: second }] })
  expect(again.results.map(({ verdict, refusal }) => refusal?.code ?? verdict)).toEqual(['seals.permit-used', 'VALID'])
  const { rows, reconciliation } = await keeper.call(contract.ledger, {})
  expect(rows.map((row) => row.applicationId).toSorted()).toEqual([first, second].toSorted())
  expect(new Set(rows.map((row) => row.sealedDigest)).size).toBe(2)
  expect(reconciliation).toMatchObject({ unexplained: 0, used: 2, open: 1 })
}, 90_000)

test('a page of orders without any, or with more than one can look at, is no order', async () => {
  const keeper = await story.as('keeper')
  expect(await refusalOf(keeper.call(contract.impressTogether, { orders: [] }))).toBe('base.invalid-input')
  const orders = Array.from({ length: 31 }, () => ({ applicationId: '0'.repeat(26) as Parameters<typeof keeper.call<typeof contract.impress>>[1]['applicationId'] }))
  expect(await refusalOf(keeper.call(contract.impressTogether, { orders }))).toBe('base.invalid-input')
})

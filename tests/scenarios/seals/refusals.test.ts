/** Every way a seal is not impressed. */
import { directoryContract } from '@xiewen/shared/directory'
import { type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { inboxContract, instant } from '@xiewen/shared/base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachSealedPdf } from '../../../server/src/documents/index.ts'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'
import { refusalOf, SealStory } from './story.ts'

let office: TestOffice
let story: SealStory
let sealId: SealId
/** Added to the real time: authority and permits end when it is moved. */
let ahead = 0

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) } })
  story = new SealStory(office)
  sealId = await story.enabledSeal()
})
afterAll(() => office.close())

describe('one permit, one impression', () => {
  test('a second request finds the permit used', async () => {
    const applicationId = await story.permitted(await story.typeset())
    const keeper = await story.as('keeper')
    await keeper.call(contract.impress, { applicationId })
    expect(await refusalOf(keeper.call(contract.impress, { applicationId }))).toBe('seals.permit-used')
  })

  test('ten requests at once leave exactly one impression', async () => {
    const documentId = await story.typeset()
    const applicationId = await story.permitted(documentId)
    const keeper = await story.as('keeper')
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => refusalOf(keeper.call(contract.impress, { applicationId }))))
    expect(outcomes.filter((each) => each === 'nothing refused')).toHaveLength(1)
    expect(outcomes.filter((each) => each === 'seals.permit-used')).toHaveLength(9)
    const { rows, reconciliation } = await keeper.call(contract.ledger, {})
    expect(rows.filter((row) => row.documentId === documentId)).toHaveLength(1)
    expect(reconciliation).toMatchObject({ unexplained: 0, used: reconciliation.impressions })
  })
})

describe('the file', () => {
  test('a PDF that is not the permitted one is refused', async () => {
    const documentId = await story.typeset()
    const applicationId = await story.permitted(documentId)
    const other = await office.server.world.services.blobs.put(new TextEncoder().encode('%PDF-1.7 another'))
    const changed = await office.server.run(async (ctx) => ({ ok: true, value: await attachSealedPdf(ctx, documentId, { pdf: other, ofd: null, organName: '云州市政务服务数据管理局', isComplete: true }) }))
    expect(changed.ok).toBe(true)
    expect(await refusalOf((await story.as('keeper')).call(contract.impress, { applicationId }))).toBe('seals.wrong-digest')
  })

  test('an approval counts for the file applied for only', async () => {
    const documentId = await story.typeset()
    const { applicationId } = await (await story.as('registrar')).call(contract.apply, { documentId })
    const other = await office.server.world.services.blobs.put(new TextEncoder().encode('%PDF-1.7 yet another'))
    await office.server.run(async (ctx) => ({ ok: true, value: await attachSealedPdf(ctx, documentId, { pdf: other, ofd: null, organName: '云州市政务服务数据管理局', isComplete: true }) }))
    expect(await refusalOf((await story.as('approver')).call(contract.approve, { applicationId }))).toBe('seals.wrong-digest')
  })

  test('the seal keeps to its lawful place', async () => {
    const applicationId = await story.permitted(await story.typeset())
    expect(await refusalOf((await story.as('keeper')).call(contract.impress, { applicationId, nudgeY: 30 }))).toBe('seals.outside-place')
  })

  test('an untypeset document has nothing to seal, and a document is applied for once', async () => {
    const registrar = await story.as('registrar')
    const documentId = await story.typeset()
    await registrar.call(contract.apply, { documentId })
    expect(await refusalOf(registrar.call(contract.apply, { documentId }))).toBe('seals.already-applied')
    expect(await refusalOf((await story.as('drafter')).call(contract.apply, { documentId }))).toBe('base.not-allowed')
  })
})

describe('the person', () => {
  test('others than the keeper do not impress, and an approver of another organ does not approve', async () => {
    const documentId = await story.typeset()
    const { applicationId } = await (await story.as('registrar')).call(contract.apply, { documentId })
    expect(await refusalOf((await office.as('hanlixin')).call(contract.approve, { applicationId }))).toBe('seals.not-approver')
    await (await story.as('approver')).call(contract.approve, { applicationId })
    expect(await refusalOf((await office.as('heyuzhen')).call(contract.impress, { applicationId }))).toBe('seals.not-keeper')
    expect(await refusalOf((await story.as('registrar')).call(contract.impress, { applicationId }))).toBe('seals.not-keeper')
    expect((await (await office.as('heyuzhen')).call(contract.ledger, {})).rows).toEqual([])
    expect(await refusalOf((await story.as('stranger')).call(contract.application, { applicationId }))).toBe('seals.unknown-application')
  })

  test('a keeper who drafted the document does not seal it', async () => {
    const applicationId = await story.permitted(await story.typeset('keeper'))
    const keeper = await story.as('keeper')
    expect((await keeper.call(contract.application, { applicationId })).abilities.impress).toBe(false)
    expect(await refusalOf(keeper.call(contract.impress, { applicationId }))).toBe('seals.keeper-involved')
  })
})

describe('the seal', () => {
  test('a suspended seal is refused until it is resumed', async () => {
    const applicationId = await story.permitted(await story.typeset())
    const [keeper, approver] = [await story.as('keeper'), await story.as('approver')]
    await approver.call(contract.suspend, { sealId, reason: '核查' })
    expect(await refusalOf(keeper.call(contract.impress, { applicationId }))).toBe('seals.not-active')
    const documentId = await story.typeset()
    expect(await refusalOf((await story.as('registrar')).call(contract.apply, { documentId }))).toBe('seals.no-active-seal')
    await approver.call(contract.resume, { sealId, reason: '核查完毕' })
    expect(await refusalOf(keeper.call(contract.impress, { applicationId }))).toBe('nothing refused')
  })

  test('a second seal of the same name is not made, and one hand does not do another’s work', async () => {
    const keeper = await story.as('keeper')
    expect(await refusalOf(keeper.call(contract.propose, {}))).toBe('seals.seal-exists')
    const special = await keeper.call(contract.propose, { kind: 'special', bottomLine: '资料专用章' })
    expect(await refusalOf((await story.as('maker')).call(contract.make, special))).toBe('seals.wrong-state')
    expect(await refusalOf((await office.as('hanlixin')).call(contract.approveSeal, special))).toBe('seals.not-approver')
    expect(await refusalOf(keeper.call(contract.approveSeal, special))).toBe('base.not-allowed')
    const { seals } = await keeper.call(contract.list, {})
    expect(await refusalOf((await office.as('heyuzhen')).call(contract.propose, { ...(seals[0] ? { organId: seals[0].organId } : {}) }))).toBe('seals.not-your-organ')
  })
})

describe('time', () => {
  test('refused and withdrawn applications give the document back to the registrar', async () => {
    const documentId = await story.typeset()
    const registrar = await story.as('registrar')
    const { applicationId } = await registrar.call(contract.apply, { documentId })
    await (await story.as('approver')).call(contract.refuse, { applicationId, reason: '先核对附件' })
    expect((await registrar.call(contract.application, { applicationId })).application).toMatchObject({ state: 'refused', opinion: '先核对附件' })
    const again = await registrar.call(contract.apply, { documentId })
    await registrar.call(contract.withdraw, again)
    expect(await refusalOf((await story.as('approver')).call(contract.approve, again))).toBe('seals.already-decided')
  })

  test('a proof of identity older than five minutes neither impresses nor approves, and an unused permit lapses', async () => {
    const [waiting, documentId] = [await story.typeset(), await story.typeset()]
    const registrar = await story.as('registrar')
    const open = await registrar.call(contract.apply, { documentId: waiting })
    const { applicationId } = await registrar.call(contract.apply, { documentId })
    await (await story.as('approver')).call(contract.approve, { applicationId, validMinutes: 5 })
    ahead += 6 * 60_000
    expect(await refusalOf((await story.as('keeper')).call(contract.impress, { applicationId }))).toBe('base.step-up-required')
    expect(await refusalOf((await story.as('approver')).call(contract.approve, open))).toBe('base.step-up-required')

    await office.settle()
    expect((await registrar.call(contract.application, { applicationId })).application.state).toBe('expired')
    const { rows } = await registrar.call(inboxContract.list, { kind: 'todo', limit: 200 })
    expect(rows.filter((row) => row.subjectId === documentId).map((row) => row.step)).toEqual(['workflow.step.seal'])
  })

  test('a deputy in force impresses for the keeper (代); after the keeper’s post ends nobody does until the seal is handed over', async () => {
    const fresh = await anOffice()
    try {
      const other = new SealStory(fresh)
      const seal = await other.enabledSeal()
      const [keeper, deputy, approver, admin] = [await other.as('keeper'), await fresh.as('dingyiming'), await other.as('approver'), await other.as('maker')]
      const [keeperPost, deputyPost] = [await postOf(keeper, '吴桂芳'), await postOf(keeper, '丁一鸣')]
      const [first, second] = [await other.permitted(await other.typeset()), await other.permitted(await other.typeset())]
      expect(await refusalOf(deputy.call(contract.impress, { applicationId: first }))).toBe('seals.not-keeper')
      const now = Date.now()
      await keeper.call(directoryContract.delegate, { principalPostId: keeperPost.id, deputyPostId: deputyPost.id, from: now - 1000, until: now + 3_600_000, reason: '出差' })
      await deputy.call(contract.impress, { applicationId: first })
      const { rows } = await keeper.call(contract.ledger, {})
      expect(rows[0]).toMatchObject({ keeperName: '丁一鸣', onBehalfOf: '吴桂芳' })

      const next = await admin.call(directoryContract.grantPost, { personId: deputyPost.personId, unitId: keeperPost.unitId, title: '印章管理员', duties: ['seal-keeper'] })
      await admin.call(directoryContract.endPost, { postId: keeperPost.id, successorPostId: next.id })
      expect(await refusalOf(keeper.call(contract.impress, { applicationId: second }))).toBe('seals.not-keeper')
      expect(await refusalOf(deputy.call(contract.impress, { applicationId: second }))).toBe('seals.not-keeper')
      await approver.call(contract.handOver, { sealId: seal, keeperPostId: next.id })
      await deputy.call(contract.impress, { applicationId: second })
    } finally {
      await fresh.close()
    }
  }, 60_000)
})

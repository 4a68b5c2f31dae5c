/** Custody of a seal: rights kept apart, renewal, and an end by two people. */
import { sealsContract as contract, type SealId } from '@xiewen/shared/seals'
import { inboxContract } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSeal } from '../../../server/src/seals/repository.ts'
import { takeRight } from '../../../server/src/seals/custody.ts'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'
import { people, refusalOf, SealStory } from './story.ts'

let office: TestOffice
let story: SealStory
let sealId: SealId

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  sealId = await story.enabledSeal()
})
afterAll(() => office.close())

async function stepsOf(who: keyof typeof people): Promise<readonly string[]> {
  const { rows } = await (await story.as(who)).call(inboxContract.list, { kind: 'todo', limit: 200 })
  return rows.filter((row) => row.subjectId === sealId).map((row) => row.step)
}

async function seal() {
  const { seals } = await (await story.as('maker')).call(contract.list, {})
  const found = seals.find((each) => each.id === sealId)
  if (!found) throw new Error('the seal is gone')
  return found
}

describe('rights in one seal', () => {
  test('one person holds one of them only, and the database itself says no to a second', async () => {
    const held = await office.server.run(async (ctx) => {
      const record = await findSeal(ctx.db, sealId)
      const taken = await Promise.all((['keep', 'approve', 'make'] as const).map((right) => takeRight(ctx.db, sealId, record?.proposer_id ?? '', right)))
      return { ok: true, value: { taken, personId: record?.proposer_id ?? '' } }
    })
    expect(held).toMatchObject({ ok: true, value: { taken: [true, false, false] } })
    if (!held.ok) return
    const row = { id: 'another', seal_id: sealId, person_id: held.value.personId, right_held: 'approve' }
    const inserted = office.server.world.database.write((db) => db.kysely.insertInto('seal_holder').values(row).execute())
    await expect(inserted).rejects.toThrow(/unique/i)
  })

  test('a deputy of the keeper who approves for the seal does not impress it', async () => {
    const [keeper, admin] = [await story.as('keeper'), await story.as('maker')]
    const [principal, approver, other] = [await postOf(keeper, '吴桂芳'), await postOf(keeper, '林若溪'), await postOf(keeper, '丁一鸣')]
    await admin.call(directoryContract.grantPost, { personId: other.personId, unitId: approver.unitId, title: '用印审批人', duties: ['seal-approver'] })
    const { applicationId } = await (await story.as('registrar')).call(contract.apply, { documentId: await story.typeset() })
    await (await office.as('dingyiming')).call(contract.approve, { applicationId })
    const now = Date.now()
    const { id } = await keeper.call(directoryContract.delegate, { principalPostId: principal.id, deputyPostId: approver.id, from: now - 1000, until: now + 3_600_000, reason: '出差' })
    expect(await refusalOf((await story.as('approver')).call(contract.impress, { applicationId }))).toBe('seals.rights-apart')
    await keeper.call(directoryContract.revokeDelegation, { id })
    expect(await refusalOf(keeper.call(contract.impress, { applicationId }))).toBe('nothing refused')
  })
})

describe('a renewal (换证)', () => {
  test('goes from keeper to approver to maker, and leaves name, code and picture as they were', async () => {
    const before = await seal()
    const [keeper, approver, maker] = [await story.as('keeper'), await story.as('approver'), await story.as('maker')]
    const documentId = await story.typeset()
    const first = await story.permitted(documentId)
    await keeper.call(contract.impress, { applicationId: first })
    const old = await story.pdf(documentId)
    const waiting = await story.permitted(await story.typeset())

    expect(await refusalOf(maker.call(contract.renew, { sealId }))).toBe('seals.wrong-state')
    await keeper.call(contract.askRenewal, { sealId, reason: '证书将到期' })
    expect(await stepsOf('approver')).toContain('seals.step.approve-renewal')
    expect(await refusalOf((await story.as('officeApprover')).call(contract.approveRenewal, { sealId }))).toBe('seals.not-approver')
    await approver.call(contract.approveRenewal, { sealId })
    const { serial } = await maker.call(contract.renew, { sealId })
    await office.settle()

    const after = await seal()
    expect(after).toMatchObject({ name: before.name, code: before.code, state: 'active', generation: 2, certificateSerial: serial, renewal: null })
    expect(serial).not.toBe(before.certificateSerial)
    const { keys } = office.server.world.services
    expect(await keys.find(`seal:${sealId}`)).toBeNull()
    expect(await keys.find(`seal:${sealId}:2`)).not.toBeNull()

    // A permit given before is good with the new certificate; the old impression stays VALID and is still ours.
    const done = await keeper.call(contract.impress, { applicationId: waiting })
    expect(done.verification).toMatchObject({ verdict: 'VALID', seals: [{ certificateSerial: serial, sealCode: before.code }] })
    const seen = await new ApiClient(office.server.url).upload(contract.verify, {}, old)
    expect(seen).toMatchObject({ verdict: 'VALID', seals: [{ certificateSerial: before.certificateSerial, state: 'active' }] })
    expect(seen.seals[0]?.notes).not.toContain('certificate-revoked-since')
  })

  test('can be declined with a reason', async () => {
    await (await story.as('keeper')).call(contract.askRenewal, { sealId, reason: '换新' })
    await (await story.as('approver')).call(contract.refuseRenewal, { sealId, reason: '证书尚在有效期' })
    expect(await seal()).toMatchObject({ renewal: null, generation: 2, reason: '证书尚在有效期' })
  })
})

describe('an end (注销)', () => {
  test('stops the seal at once, can be taken back, and takes a second person', async () => {
    const applicationId = await story.permitted(await story.typeset())
    const [keeper, approver, maker] = [await story.as('keeper'), await story.as('approver'), await story.as('maker')]
    expect(await refusalOf(maker.call(contract.destroy, { sealId, reason: '机构撤销' }))).toBe('seals.wrong-state')
    expect(await refusalOf((await story.as('officeKeeper')).call(contract.askDestruction, { sealId, reason: '机构撤销' }))).toBe('seals.not-approver')
    await keeper.call(contract.askDestruction, { sealId, reason: '机构撤销' })
    expect(await refusalOf(keeper.call(contract.impress, { applicationId }))).toBe('seals.not-active')

    await approver.call(contract.keepOn, { sealId, reason: '机构保留' })
    await approver.call(contract.resume, { sealId, reason: '机构保留' })
    await keeper.call(contract.askDestruction, { sealId, reason: '机构撤销' })
    await maker.call(contract.destroy, { sealId, reason: '机构撤销' })
    await office.settle()
    expect(await seal()).toMatchObject({ state: 'destroyed', endedBy: '吴桂芳' })
    expect(await office.server.world.services.keys.find(`seal:${sealId}:2`)).toBeNull()
    // Both certificates of the seal are revoked.
    const { revocations } = await keeper.call(contract.revocations, {})
    expect(revocations).toHaveLength(2)
  })
})

/** From the application to the verified seal, and every way it is refused. */
import { ApiClient } from '@xiewen/server'
import { documentsContract } from '@xiewen/shared/documents'
import { inboxContract } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { SealStory } from './story.ts'

let office: TestOffice
let story: SealStory

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  await story.enabledSeal()
})
afterAll(() => office.close())

async function todos(who: 'registrar' | 'approver' | 'keeper', documentTitle = '数据共享'): Promise<readonly string[]> {
  const { rows } = await (await story.as(who)).call(inboxContract.list, { kind: 'todo', limit: 200 })
  return rows.filter((row) => row.title.includes(documentTitle)).map((row) => row.step)
}

describe('impressing', () => {
  test('an application goes from the registrar over the approver to the keeper, and the sealed file is VALID for anyone', async () => {
    const documentId = await story.typeset()
    await office.settle()
    expect(await todos('registrar')).toEqual(['workflow.step.seal'])
    const { applicationId } = await (await story.as('registrar')).call(contract.apply, { documentId })
    await office.settle()
    expect(await todos('registrar')).toEqual([])
    expect(await todos('approver')).toEqual(['seals.step.approve'])

    await (await story.as('approver')).call(contract.approve, { applicationId })
    expect(await todos('approver')).toEqual([])
    expect(await todos('keeper')).toEqual(['seals.step.impress'])

    const keeper = await story.as('keeper')
    const { abilities, application } = await keeper.call(contract.application, { applicationId })
    expect(abilities).toEqual({ approve: false, impress: true, withdraw: false })
    expect(application).toMatchObject({ state: 'permitted', applicantName: '赵敏', approverName: '林若溪', seal: { name: '云州市政务服务数据管理局', diameterMm: 42 } })
    const done = await keeper.call(contract.impress, { applicationId, nudgeX: 0.5, nudgeY: 0 })
    expect(done.verification).toMatchObject({ verdict: 'VALID', registered: { title: '关于做好数据共享工作的通知' } })

    const opened = await (await story.as('drafter')).call(documentsContract.open, { documentId })
    expect(opened.document.state).toBe('sealed')
    const bytes = await story.pdf(documentId)
    const seen = await new ApiClient(office.server.url).upload(contract.verify, {}, bytes)
    expect(seen).toMatchObject({ verdict: 'VALID', digest: done.digest, seals: [{ sealName: '云州市政务服务数据管理局', state: 'active', page: application.place.page }] })
    expect(seen.registered?.number).toMatch(/^云政数发〔\d{4}〕\d+号$/)
  })
})

/** 发文 through the public API: from 送审 to 签发, with everything that can happen on the way. */
import { documentsContract } from '@xiewen/shared/documents'
import { inboxContract } from '@xiewen/shared/base'
import { workflowContract as contract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, Story } from './story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

describe('the whole way', () => {
  test('a draft passes 核稿, two departments in parallel, 办公室核稿, 分管领导 and 签发, and then lies with the registrar', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    expect(await story.waiting(caseId)).toEqual(['check 刘建华'])

    await story.approve(caseId, 'head')
    expect(await story.waiting(caseId)).toEqual(['countersign 马晓峰', 'countersign 彭丽华'])
    await story.countersign(caseId, 'finance', 'AGREE_WITH', '请补充经费来源')
    expect(await story.waiting(caseId)).toEqual(['countersign 马晓峰'])
    await story.countersign(caseId, 'planning')
    await story.approve(caseId, 'checker', { 'deputy-leader': [await story.post('deputy')] })
    await story.approve(caseId, 'deputy')
    const signed = await story.sign(caseId)
    expect(signed.status).toBe('signed')

    await office.settle()
    const seen = await story.see(caseId)
    expect(seen.opinions.map((opinion) => `${opinion.code} ${opinion.personName}`)).toEqual([
      'SUBMIT 张晓雨', 'AGREE 刘建华', 'AGREE_WITH 彭丽华', 'AGREE 马晓峰', 'AGREE 王静怡', 'AGREE 林若溪', 'SIGN 陈国栋',
    ])
    const opened = await (await story.as('drafter')).call(documentsContract.open, { documentId: seen.documentId })
    expect(opened.document.state).toBe('signed')
    expect(seen.opinions.at(-1)?.digest).toBe(opened.document.frozenDigest)
    const todo = await (await story.as('registrar')).call(inboxContract.list, { kind: 'todo' })
    expect(todo.rows.some((row) => row.subjectId === seen.documentId && row.step === 'workflow.step.number')).toBe(true)
  })
})

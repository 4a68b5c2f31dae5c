/** 发文 through the public API: from 送审 to 签发, with everything that can happen on the way. */
import { documentsContract, emptyElements } from '@xiewen/shared/documents'
import { auditContract, inboxContract } from '@xiewen/shared/base'
import { directoryContract } from '@xiewen/shared/directory'
import { workflowContract as contract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { sheetTexts } from '../../support/sheet-texts.ts'
import { notice, refusalOf, Story } from './story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

/** A draft nobody but its drafter may see. */
async function unseenDraft() {
  return (await (await story.as('drafter')).call(documentsContract.create, { kind: '通知' })).documentId
}

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
    const shown = await sheetTexts(await story.as('registrar'), seen.documentId)
    for (const part of ['发文稿纸', '请补充经费来源', '云州市财政局', '彭丽华', '林若溪', '陈国栋', '关于开展政务数据共享自查工作的通知', '各有关单位', '主动公开']) expect(shown).toContain(part)
    expect(await refusalOf((await story.as('stranger')).call(contract.sheet, { documentId: await unseenDraft() }))).toBe('documents.not-found')
    const todo = await (await story.as('registrar')).call(inboxContract.list, { kind: 'todo' })
    expect(todo.rows.some((row) => row.subjectId === seen.documentId && row.step === 'workflow.step.number')).toBe(true)
  }, 60_000)
})

describe('going back', () => {
  test('退回 out of a parallel step with 直接回到我 suspends the colleague and comes straight back', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    await story.approve(caseId, 'head')
    await story.giveBack(caseId, 'planning', 'draft', 'back-to-me')
    expect(await story.waiting(caseId)).toEqual(['draft 张晓雨'])
    expect((await story.see(caseId)).tasks.filter((task) => task.state === 'suspended').map((task) => task.holder.personName)).toEqual(['马晓峰', '彭丽华'])

    await story.resubmit(caseId)
    expect(await story.waiting(caseId)).toEqual(['countersign 马晓峰', 'countersign 彭丽华'])
    await story.countersign(caseId, 'planning')
    await story.countersign(caseId, 'finance')
    expect(await story.waiting(caseId)).toEqual(['office-check 王静怡'])
  })

  test('退回 with 重新逐级办理 goes every step again and keeps every opinion', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    await story.approve(caseId, 'head')
    await story.countersign(caseId, 'finance', 'OBJECT', '经费没有来源')
    await story.giveBack(caseId, 'planning', 'check', 'run-again')
    expect(await story.waiting(caseId)).toEqual(['check 刘建华'])
    await story.approve(caseId, 'head')
    expect(await story.waiting(caseId)).toEqual(['countersign 马晓峰', 'countersign 彭丽华'])
    expect((await story.see(caseId)).opinions.map((opinion) => opinion.text)).toContain('经费没有来源')
  })

  test('撤回 takes an opinion’s move back while the next has not acted, and not after', async () => {
    const caseId = await story.submitted()
    await story.approve(caseId, 'head')
    const seen = await story.see(caseId, 'head')
    expect(seen.abilities.withdraw).toHaveLength(1)
    const taskId = seen.abilities.withdraw[0]
    if (!taskId) throw new Error('nothing to take back')
    const head = await story.as('head')
    await head.call(contract.withdraw, { caseId, taskId, expectedVersion: seen.version })
    expect(await story.waiting(caseId)).toEqual(['check 刘建华'])
    expect((await story.see(caseId)).opinions.at(-1)).toMatchObject({ text: '同意', withdrawn: true })

    await story.approve(caseId, 'head')
    await story.approve(caseId, 'checker', { 'deputy-leader': [await story.post('deputy')] })
    const later = await story.see(caseId, 'head')
    expect(await refusalOf(head.call(contract.withdraw, { caseId, taskId, expectedVersion: later.version }))).toBe('workflow.next-has-acted')
  })

  test('one of two countersigners may take back while the other has not acted', async () => {
    const caseId = await story.submitted(['planning', 'finance'])
    await story.approve(caseId, 'head')
    const { taskId } = await story.task(caseId, 'planning')
    await story.countersign(caseId, 'planning')
    await (await story.as('planning')).call(contract.withdraw, { caseId, taskId, expectedVersion: (await story.see(caseId)).version })
    expect(await story.waiting(caseId)).toEqual(['countersign 马晓峰', 'countersign 彭丽华'])
  })

  test('加签 before me, returned by the added signer, leaves nothing behind', async () => {
    const caseId = await story.submitted(['planning'])
    await story.approve(caseId, 'head')
    const planning = await story.as('planning')
    await planning.call(contract.addSigner, { ...(await story.task(caseId, 'planning')), place: 'before', postIds: [await story.post('finance')], opinion: '请财政把关' })
    expect(await story.waiting(caseId)).toEqual(['countersign 彭丽华'])
    await story.giveBack(caseId, 'finance', 'draft', 'back-to-me')
    await story.resubmit(caseId)
    expect(await story.waiting(caseId)).toEqual(['countersign 彭丽华'])
    await story.countersign(caseId, 'finance')
    expect(await story.waiting(caseId)).toEqual(['countersign 马晓峰'])
    expect((await story.see(caseId)).opinions.map((opinion) => opinion.text)).toContain('请财政把关')
  })

  test('终止 makes the document the drafter’s draft again and empties every inbox', async () => {
    const caseId = await story.submitted(['planning'])
    await story.approve(caseId, 'head')
    const drafter = await story.as('drafter')
    const { documentId, version } = await story.see(caseId)
    await drafter.call(contract.cancel, { caseId, expectedVersion: version, opinion: '情况有变' })
    const opened = await drafter.call(documentsContract.open, { documentId })
    expect([opened.document.state, opened.right]).toEqual(['draft', 'edit'])
    const todo = await (await story.as('planning')).call(inboxContract.list, {})
    expect(todo.rows.filter((row) => row.subjectId === documentId)).toEqual([])
  })
})

describe('before a button is pressed', () => {
  test('the preview names who gets it next, their deadline, and what has to be chosen', async () => {
    const caseId = await story.submitted(['planning'])
    const { taskId } = await story.task(caseId, 'head')
    const head = await (await story.as('head')).call(contract.preview, { caseId, taskId, act: 'approve' })
    expect(head).toMatchObject({ refusal: null, canWithdraw: 'until-next-acts' })
    expect(head.next.map((step) => [step.step, step.holders.map((holder) => holder.personName)])).toEqual([['countersign', ['马晓峰']]])
    expect(head.next[0]?.holders[0]?.dueAt).toBeGreaterThan(Date.now())
    expect(head.picks.map((pick) => [pick.step, pick.required, pick.chosen.map((holder) => holder.personName)])).toEqual([['countersign', false, ['马晓峰']]])
    await story.approve(caseId, 'head')
    await story.countersign(caseId, 'planning')

    const at = await story.task(caseId, 'checker')
    const asks = await (await story.as('checker')).call(contract.preview, { caseId, taskId: at.taskId, act: 'approve' })
    expect(asks.refusal?.code).toBe('workflow.choose-next')
    expect(asks.picks.find((pick) => pick.required)?.candidates?.map((holder) => holder.personName).sort()).toEqual(['林若溪', '高志远'])
    const told = await (await story.as('checker')).call(contract.preview, { caseId, taskId: at.taskId, act: 'approve', choose: [`deputy-leader:${await story.post('otherDeputy')}`] })
    expect(told.next[0]?.holders[0]?.personName).toBe('高志远')
  })

  test('a draft the checker finds errors in cannot be submitted', async () => {
    const documentId = await story.draft(notice.replace('各单位要对照', '××单位要对照'))
    expect(await refusalOf((await story.as('drafter')).call(contract.start, { documentId }))).toBe('workflow.draft-has-errors')
  })

  test('nor can one whose pages break a rule: a first page must show text', async () => {
    const drafter = await story.as('drafter')
    const elements = { ...emptyElements('通知'), issuers: ['云州市政务服务数据管理局'], printedBy: '云州市政务服务数据管理局办公室' }
    const line = (kind: 'title' | 'recipients' | 'paragraph' | 'signature' | 'date', text: string) => ({ kind, runs: [{ text }] })
    const title = `关于${'加强数据归集治理共享应用和安全保障'.repeat(14)}的通知`
    const blocks = [line('title', title), line('recipients', '局属各单位：'), line('paragraph', '请认真贯彻执行。'), line('signature', '云州市政务服务数据管理局'), line('date', '2026年11月28日')]
    const { documentId } = await drafter.call(documentsContract.createFrom, { document: { version: 1, elements, blocks } })
    const errors = (await drafter.call(documentsContract.lint, { documentId })).findings.filter((finding) => finding.severity === 'error')
    expect(errors.map((finding) => finding.rule)).toContain('D23')
    // Nothing in the words themselves would stop it.
    expect(errors.filter((finding) => finding.page === null)).toEqual([])
    expect(await refusalOf(drafter.call(contract.start, { documentId }))).toBe('workflow.draft-has-errors')
  })
})

// Last, because the post stays ended.
describe('when posts end', () => {
  test('a successor takes over the open task with its entry and rights, so that nothing waits for nobody', async () => {
    const caseId = await story.submitted(['planning'])
    await story.approve(caseId, 'head')
    const { documentId } = await story.see(caseId)
    const security = await office.as('secadmin')
    await security.call(directoryContract.endPost, { postId: await story.post('planning'), successorPostId: await story.post('stranger') })
    await office.settle()
    expect(await story.waiting(caseId)).toEqual(['countersign 石磊'])
    const todo = await (await story.as('stranger')).call(inboxContract.list, { kind: 'todo' })
    expect(todo.rows.some((row) => row.subjectId === documentId)).toBe(true)
    await story.countersign(caseId, 'stranger')
    expect(await story.waiting(caseId)).toEqual(['office-check 王静怡'])
  })
})

describe('the date of a document (成文日期)', () => {
  test('is the day of signing: the signer is told beforehand when another day was written, and the fact says so', async () => {
    const caseId = await story.submitted()
    await story.toSigning(caseId)
    const { taskId } = await story.task(caseId, 'signer')
    const foreseen = await (await story.as('signer')).call(contract.preview, { caseId, taskId, act: 'sign' })
    expect(foreseen.replacesDate).toBe('2026年11月20日')
    await story.sign(caseId)
    const { documentId } = await story.see(caseId)
    const facts = await (await story.office.as('auditadmin')).call(auditContract.list, { subjectId: documentId, kind: 'workflow.signed' })
    expect(JSON.stringify(facts.rows)).toContain('2026年11月20日')
  })
})

/** 收文 through the public API: 拟办 → 批示 → 承办 → 办结. The case is started as the process does it after registration. */
import { inboxContract } from '@xiewen/shared/base'
import { accept } from '@xiewen/shared/base'
import { emptyElements, type DocumentId } from '@xiewen/shared/documents'
import { type CaseId, workflowContract as contract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDocument } from '../../../server/src/documents/index.ts'
import { runCommand } from '../../../server/src/platform/http/run-context.ts'
import { resolveActor } from '../../../server/src/directory/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { sheetTexts } from '../../support/sheet-texts.ts'
import { refusalOf, Story } from './story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

/** What the exchange room says of a registered 办件. */
function received(documentId: DocumentId, organId: string) {
  const from = '云州市人民政府办公室'
  return { documentId, organId, sentDocumentId: documentId, fromOrgan: from, fromName: from, handling: 'handle', registerNumber: { year: 2026, serial: 1 } }
}

/** A received document, registered by the bureau's receiver: what the exchange room does, without a sender. */
async function registered(): Promise<CaseId> {
  const receiver = await story.as('receiver')
  const { world } = office.server
  const token = receiver.cookie.slice(receiver.cookie.indexOf('=') + 1)
  const actor = await resolveActor(world.database, token, { address: '127.0.0.1', now: world.clock.now(), isBackground: false })
  const post = actor?.posts[0]
  if (!actor || !post) throw new Error('the receiver is not signed in')
  const outcome = await runCommand(world, { actor, origin: { sessionId: actor.sessionId, address: null, requestId: null } }, async (ctx) => {
    const blocks = [{ kind: 'title', runs: [{ text: '关于报送数据共享情况的通知' }] }] as const
    const documentId: DocumentId = await createDocument(ctx, { document: { version: 1, elements: emptyElements('通知'), blocks }, ownerPost: post, origin: 'incoming' })
    await ctx.record({ kind: 'exchange.registered', subject: { kind: 'document', id: documentId }, data: received(documentId, post.organId) }, post)
    return accept(documentId)
  })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  await office.settle()
  const { case: seen } = await receiver.call(contract.case, { documentId: outcome.value })
  if (!seen) throw new Error('no case was started')
  return seen.id
}

describe('收文', () => {
  test('a registered document is proposed, instructed, handled by a lead and a supporter, and closed', async () => {
    const caseId = await registered()
    const waiting = async () => (await story.see(caseId, 'checker')).tasks.filter((task) => task.state === 'open').map((task) => `${task.step} ${task.holder.personName} ${task.role}`)
    expect(await waiting()).toEqual(['propose 王静怡 main'])
    const entry = (await (await story.as('checker')).call(inboxContract.list, { kind: 'todo' })).rows[0]
    expect(entry).toMatchObject({ detail: '来文：云州市人民政府办公室', step: 'workflow.step.propose' })

    const checker = await story.as('checker')
    const at = await story.task(caseId, 'checker')
    expect(await refusalOf(checker.call(contract.propose, { ...at, opinion: '拟请林局阅示' }))).toBe('workflow.choose-next')
    await checker.call(contract.propose, { ...at, opinion: '拟请林局阅示，数据资源科牵头办理', choice: { instruct: [await story.post('deputy')] } })
    expect(await waiting()).toEqual(['instruct 林若溪 main'])

    await (await story.as('deputy')).call(contract.instruct, { ...(await story.task(caseId, 'deputy')), opinion: '请建华同志牵头，抓紧办理' })
    expect(await waiting()).toEqual(['assign 王静怡 main'])
    const handle = [await story.post('head'), await story.post('drafter')]
    await checker.call(contract.assign, { ...(await story.task(caseId, 'checker')), choice: { handle } })
    expect(await waiting()).toEqual(['handle 刘建华 lead', 'handle 张晓雨 support'])

    await (await story.as('drafter')).call(contract.handle, { ...(await story.task(caseId, 'drafter')), opinion: '已提供清单' })
    await (await story.as('head')).call(contract.handle, { ...(await story.task(caseId, 'head')), opinion: '已报送' })
    expect(await waiting()).toEqual(['finish 王静怡 main'])
    const closed = await checker.call(contract.finish, { ...(await story.task(caseId, 'checker')), opinion: '同意办结' })
    expect(closed.status).toBe('finished')
    const { documentId } = await story.see(caseId, 'checker')
    const shown = await sheetTexts(checker, documentId)
    for (const part of ['收文处理单', '收〔2026〕1号', '云州市人民政府办公室', '数据资源科牵头办理', '请建华同志牵头', '林若溪', '已报送', '同意办结']) expect(shown).toContain(part)
    const pdf = await checker.download(contract.sheetFile, { documentId, format: 'pdf' })
    expect(new TextDecoder().decode(pdf.bytes.slice(0, 5))).toBe('%PDF-')
  }, 60_000)

  test('a leader who names the handlers saves the 交办 step', async () => {
    const caseId = await registered()
    await (await story.as('checker')).call(contract.propose, { ...(await story.task(caseId, 'checker')), opinion: '拟请阅示', choice: { instruct: [await story.post('deputy')] } })
    await (await story.as('deputy')).call(contract.instruct, { ...(await story.task(caseId, 'deputy')), opinion: '请办理', choice: { handle: [await story.post('head')] } })
    const seen = await story.see(caseId, 'head')
    expect(seen.abilities.task).toMatchObject({ step: 'handle', role: 'lead' })
    expect(seen.places.map((place) => `${place.step} ${place.state}`)).toEqual(['propose passed', 'instruct passed', 'assign skipped', 'handle current', 'finish ahead'])
  })

  test('a document only to be read (阅件) is circulated and closed at once by whoever would propose', async () => {
    const caseId = await registered()
    const checker = await story.as('checker')
    await checker.call(contract.circulate, { caseId, postIds: [await story.post('head'), await story.post('drafter')], purpose: '请阅知' })
    const closed = await checker.call(contract.finish, { ...(await story.task(caseId, 'checker')), opinion: '阅件，传阅后办结' })
    expect(closed.status).toBe('finished')
    await (await story.as('head')).call(contract.read, { caseId, code: 'CIRCLE', opinion: '请科内传达' })
    expect((await story.see(caseId, 'checker')).opinions.map((opinion) => opinion.code)).toEqual(['FINISH', 'CIRCLE'])
    // The sheet lists readers with what they signed; who has not read yet stands there too.
    const shown = await sheetTexts(checker, (await story.see(caseId, 'checker')).documentId)
    for (const part of ['传阅人', '送阅时间', '阅签', '阅文时间', '刘建华', '圈阅　请科内传达', '张晓雨']) expect(shown).toContain(part)
    expect(shown.split('请科内传达')).toHaveLength(2)
    expect(shown).not.toContain('其他意见')
  })
})

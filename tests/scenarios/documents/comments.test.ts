/** Comments (批注) through the public API: who, post, step and time come from the server; settling; what 签发 asks. */
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { Story } from '../workflow/story.ts'

let office: TestOffice
let story: Story
beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof RefusedByServer) return error.refusal.code
    throw error
  }
  return 'nothing refused'
}

function comment(client: ApiClient, documentId: DocumentId, body: string) {
  return client.call(documentsContract.comment, { documentId, quote: '自查工作', from: 'AAAA', to: 'AAAB', body })
}

describe('comments', () => {
  test('carry name, post and step as the server knows them, whatever the client sends besides', async () => {
    const caseId = await story.submitted()
    const { documentId } = await story.see(caseId)
    const head = await story.as('head')
    const forged = { documentId, quote: '', from: '', to: '', body: '请补充依据', personId: 'somebody', name: '陈国栋', at: 1 }
    expect(await refusalOf(head.call(documentsContract.comment, forged as never))).toBe('base.invalid-input')

    await comment(head, documentId, '请补充依据')
    const { threads } = await (await story.as('drafter')).call(documentsContract.threads, { documentId })
    expect(threads[0]?.comments[0]).toMatchObject({ name: '刘建华', step: 'workflow.step.check', body: '请补充依据' })
    expect(threads[0]?.comments[0]?.post).not.toBe('')
  })

  test('are answered, settled by whoever may change the text or began them, and opened again by an answer', async () => {
    const documentId = await story.draft()
    const drafter = await story.as('drafter')
    const colleague = await story.as('colleague')
    await drafter.call(documentsContract.share, { documentId, postId: await story.post('colleague'), right: 'read' })
    const { threadId } = await comment(drafter, documentId, '数字待核')
    expect(await refusalOf(colleague.call(documentsContract.resolveThread, { documentId, threadId, resolved: true }))).toBe('documents.may-not-resolve')

    await colleague.call(documentsContract.reply, { documentId, threadId, body: '已核' })
    await drafter.call(documentsContract.resolveThread, { documentId, threadId, resolved: true })
    expect(await drafter.call(documentsContract.threads, { documentId })).toMatchObject({ open: 0, threads: [{ resolved: { name: '张晓雨' }, comments: [{ body: '数字待核' }, { body: '已核', name: '李明轩', step: 'documents.step.drafting' }] }] })

    await colleague.call(documentsContract.reply, { documentId, threadId, body: '又有新数' })
    expect((await drafter.call(documentsContract.threads, { documentId })).open).toBe(1)
  })

  test('only one’s own are taken back, and that there was one stays visible', async () => {
    const documentId = await story.draft()
    const drafter = await story.as('drafter')
    const colleague = await story.as('colleague')
    await drafter.call(documentsContract.share, { documentId, postId: await story.post('colleague'), right: 'suggest' })
    const { threadId } = await comment(drafter, documentId, '写错了')
    const { commentId } = await colleague.call(documentsContract.reply, { documentId, threadId, body: '何处' })
    expect(await refusalOf(drafter.call(documentsContract.withdrawComment, { documentId, commentId }))).toBe('documents.not-your-comment')
    await colleague.call(documentsContract.withdrawComment, { documentId, commentId })
    const { threads } = await drafter.call(documentsContract.threads, { documentId })
    expect(threads[0]?.comments[1]).toMatchObject({ body: '', withdrawn: true, name: '李明轩' })
  })

  test('are seen by nobody who may not see the document', async () => {
    const documentId = await story.draft()
    const stranger = await story.as('stranger')
    expect(await refusalOf(stranger.call(documentsContract.threads, { documentId }))).toBe('documents.not-found')
    expect(await refusalOf(comment(stranger, documentId, '路过'))).toBe('documents.not-found')
  })

  test('that are open hold up 签发 until they are settled or the signer says to sign all the same; afterwards nobody comments', async () => {
    const caseId = await story.submitted()
    const { documentId } = await story.see(caseId)
    await comment(await story.as('head'), documentId, '请再斟酌')
    await story.toSigning(caseId)
    expect(await refusalOf(story.sign(caseId))).toBe('workflow.open-comments')
    await story.sign(caseId, 'signer', { leaveComments: true })
    expect(await refusalOf(comment(await story.as('head'), documentId, '太迟了'))).toBe('documents.frozen')
    expect((await (await story.as('drafter')).call(documentsContract.threads, { documentId })).open).toBe(1)
  })
})

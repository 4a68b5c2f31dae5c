/** Many entries in one act: 批量同意 and reading several 待阅. */
import { auditContract, inboxContract } from '@xiewen/shared/base'
import { type CaseId, canApproveTogether, type TaskId, workflowContract as contract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyOpinions } from '../../../server/src/workflow/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, Story, type Who } from './story.ts'

let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
})
afterAll(() => office.close())

/** Ids of the open tasks a person's inbox shows for these cases. */
async function tasksOf(who: Who, cases: readonly CaseId[]): Promise<readonly TaskId[]> {
  const { rows } = await (await story.as(who)).call(inboxContract.list, { limit: 200 })
  // Safe because entries of the workflow room carry ids of tasks.
  return rows.filter((row) => row.kind === 'todo' && cases.some((id) => row.taskId.startsWith(id))).map((row) => row.taskId as TaskId)
}

async function atCountersign(): Promise<CaseId> {
  const caseId = await story.submitted(['planning'])
  await story.approve(caseId, 'head')
  return caseId
}

describe('批量同意', () => {
  test('agrees to several tasks: each has its own signed opinion, its own fact, and goes on to its next', async () => {
    const cases = [await atCountersign(), await atCountersign()]
    const taskIds = await tasksOf('planning', cases)
    expect(taskIds).toHaveLength(2)
    const { results } = await (await story.as('planning')).call(contract.approveTogether, { taskIds: [...taskIds], opinion: '同意' })
    expect(results).toEqual(taskIds.map((taskId) => ({ taskId, refusal: null })))
    for (const caseId of cases) {
      expect(await story.waiting(caseId)).toEqual(['office-check 王静怡'])
      const seen = await story.see(caseId)
      expect(seen.opinions.at(-1)).toMatchObject({ code: 'AGREE', text: '同意' })
      expect(await office.server.world.database.read((db) => verifyOpinions(db, caseId))).toEqual([])
      const facts = await (await office.as('auditadmin')).call(auditContract.list, { subjectId: seen.documentId, kind: 'workflow.task-done' })
      expect(facts.rows.filter((row) => row.personName === '马晓峰')).toHaveLength(1)
    }
    expect(await tasksOf('planning', cases)).toEqual([])
  })

  test('what is refused is named and the rest is done', async () => {
    const cases = [await atCountersign(), await atCountersign(), await atCountersign()]
    const taskIds = await tasksOf('planning', cases)
    const [acted, foreign] = [taskIds[0], (await tasksOf('head', [await story.submitted()]))[0]]
    if (!acted || !foreign) throw new Error('nothing on the desk')
    await (await story.as('planning')).call(contract.approveTogether, { taskIds: [acted], opinion: '' })
    const { results } = await (await story.as('planning')).call(contract.approveTogether, { taskIds: [...taskIds, foreign], opinion: '' })
    expect(Object.fromEntries(results.map((each) => [each.taskId, each.refusal?.code ?? 'done']))).toEqual({
      [acted]: 'workflow.already-acted', [taskIds[1] ?? '']: 'done', [taskIds[2] ?? '']: 'done', [foreign]: 'base.not-found',
    })
    const audit = await (await office.as('auditadmin')).call(auditContract.list, { kind: 'workflow.together-refused' })
    expect(audit.rows).toHaveLength(1)
  })

  test('核稿 and 签发 are never done in a batch', async () => {
    const checking = await story.submitted()
    const signing = await story.submitted()
    await story.toSigning(signing)
    for (const [who, caseId] of [['head', checking], ['signer', signing]] as const) {
      const taskIds = await tasksOf(who, [caseId])
      const { results } = await (await story.as(who)).call(contract.approveTogether, { taskIds: [...taskIds], opinion: '' })
      expect(results.map((each) => each.refusal?.code)).toEqual(['workflow.not-together'])
    }
    expect(['workflow.step.check', 'workflow.step.sign', 'workflow.step.countersign'].map(canApproveTogether)).toEqual([false, false, true])
  })

  test('the same batch sent twice acts once', async () => {
    const caseId = await atCountersign()
    const taskIds = [...(await tasksOf('planning', [caseId]))]
    const planning = await story.as('planning')
    const send = () => planning.call(contract.approveTogether, { taskIds, opinion: '' }, { idempotencyKey: `together-${caseId}` })
    expect(await Promise.all([send(), send()])).toEqual(Array(2).fill({ results: [{ taskId: taskIds[0], refusal: null }] }))
    expect((await story.see(caseId)).opinions.filter((each) => each.code === 'AGREE' && each.personName === '马晓峰')).toHaveLength(1)
  })
})

describe('reading several', () => {
  test('confirms each reading as if it were read alone, and leaves what must be acted on', async () => {
    const cases = [await story.submitted(), await story.submitted()]
    const drafter = await story.as('drafter')
    for (const caseId of cases) await drafter.call(contract.circulate, { caseId, postIds: [await story.post('finance')], purpose: '请阅' })
    const finance = await story.as('finance')
    const toRead = (await finance.call(inboxContract.list, { kind: 'to-read' })).rows.map((row) => row.id)
    const head = await story.as('head')
    const todo = (await head.call(inboxContract.list, { kind: 'todo' })).rows.map((row) => row.id).slice(0, 1)
    const { results } = await finance.call(inboxContract.readTogether, { ids: [...toRead, ...todo] })
    expect(results.map((each) => each.refusal?.code ?? 'done')).toEqual(['done', 'done', 'base.not-found'])
    for (const caseId of cases) {
      const seen = await story.see(caseId)
      expect(seen.readings).toMatchObject([{ readBy: '彭丽华' }])
      expect(seen.opinions.at(-1)).toMatchObject({ code: 'READ' })
      expect(await office.server.world.database.read((db) => verifyOpinions(db, caseId))).toEqual([])
    }
    expect((await finance.call(inboxContract.counts, {})).toRead).toBe(0)
    const own = await head.call(inboxContract.readTogether, { ids: todo })
    expect(own.results.map((each) => each.refusal?.code)).toEqual(['base.not-to-read'])
    expect(await refusalOf(finance.call(inboxContract.readTogether, { ids: toRead }))).toBe('nothing refused')
  })
})

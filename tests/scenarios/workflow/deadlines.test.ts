/** Deadlines in working days, the reminder, urging, and 签发 while revisions are pending. */
import { accept, instant } from '@xiewen/shared/base'
import { emptyElements, type TextRun } from '@xiewen/shared/documents'
import { type CaseId, workflowContract as contract } from '@xiewen/shared/workflow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveActor } from '../../../server/src/directory/index.ts'
import { createDocument } from '../../../server/src/documents/index.ts'
import { tables } from '../../../server/src/platform/database/index.ts'
import { runCommand } from '../../../server/src/platform/http/run-context.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, Story } from './story.ts'

// Friday 27 November 2026, ten o'clock in China.
const friday = Date.UTC(2026, 10, 27, 2)
const hour = 3_600_000
let now = friday
let office: TestOffice
let story: Story

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(now) } })
  story = new Story(office)
})
afterAll(() => office.close())

async function factsOf(caseId: CaseId, kind: string): Promise<number> {
  interface Facts {
    fact: { kind: string; record: string }
  }
  const rows = await office.server.world.database.read((db) => tables<Facts>(db).selectFrom('fact').select('record').where('kind', '=', kind).execute())
  return rows.filter((row) => String(row.record).includes(caseId)).length
}

test('two working days over a weekend end on Tuesday; the holder is reminded that morning and urged every working day after', async () => {
  const caseId = await story.submitted()
  const due = (await story.see(caseId)).tasks.find((task) => task.state === 'open')?.dueAt
  expect(due).toBe(Date.UTC(2026, 11, 1, 16) - 1)

  now = friday + 4 * 24 * hour
  await office.settle()
  expect([await factsOf(caseId, 'workflow.reminded'), await factsOf(caseId, 'workflow.overdue')]).toEqual([1, 0])
  now += 24 * hour
  await office.settle()
  now += 24 * hour
  await office.settle()
  expect(await factsOf(caseId, 'workflow.overdue')).toBe(2)

  await story.approve(caseId, 'head')
  now += 24 * hour
  await office.settle()
  expect(await factsOf(caseId, 'workflow.overdue')).toBe(2)
})

test('nobody signs while a revision is pending, and the refusal says who should settle it', async () => {
  // An office of its own: the sessions of the other have ended a week from now.
  const calm = await anOffice()
  const own = new Story(calm)
  const drafter = await own.as('drafter')
  const { world } = calm.server
  const actor = await resolveActor(world.database, drafter.cookie.slice(drafter.cookie.indexOf('=') + 1), { address: '127.0.0.1', now: world.clock.now(), isBackground: false })
  const post = actor?.posts[0]
  if (!actor || !post) throw new Error('the drafter is not signed in')
  const text = (runs: readonly TextRun[]) => runs
  const blocks = [
    { kind: 'title', runs: text([{ text: '关于开展政务数据共享自查工作的通知' }]) },
    { kind: 'recipients', runs: text([{ text: '各有关单位：' }]) },
    { kind: 'paragraph', runs: text([{ text: '请于月底前' }, { text: '全面', change: { kind: 'insertion', id: `${actor.personId}:1`, personId: actor.personId } }, { text: '完成自查。' }]) },
    { kind: 'signature', runs: text([{ text: '云州市政务服务数据管理局' }]) },
    { kind: 'date', runs: text([{ text: '2026年11月27日' }]) },
  ] as const
  const elements = { ...emptyElements('通知'), issuers: ['云州市政务服务数据管理局'] }
  const made = await runCommand(world, { actor, origin: { sessionId: actor.sessionId, address: null, requestId: null } }, async (ctx) =>
    accept(await createDocument(ctx, { document: { version: 1, elements, blocks }, ownerPost: post, origin: 'draft' })),
  )
  if (!made.ok) throw new Error(made.refusal.code)
  const { caseId } = await drafter.call(contract.start, { documentId: made.value })
  await own.toSigning(caseId)
  expect(await refusalOf(own.sign(caseId))).toBe('workflow.pending-changes')
  expect((await own.see(caseId)).status).toBe('running')
  await calm.close()
})

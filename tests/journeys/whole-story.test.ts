/** The whole story of an office in one browser: from a pasted plan to its sealed, sent, supervised and discussed form. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as check from './steps/check.ts'
import * as draft from './steps/draft.ts'
import * as exchange from './steps/exchange.ts'
import * as meet from './steps/meet.ts'
import * as route from './steps/route.ts'
import * as seal from './steps/seal.ts'
import * as supervise from './steps/supervise.ts'
import * as trust from './steps/trust.ts'
import { openStory, type Story } from './support/story.ts'

let story: Story
let path = ''
const { title } = draft

beforeAll(async () => {
  story = await openStory()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await story.picture('failed')
})
afterAll(() => story?.end())

test('1 a plan is imported, shown in its structure, and written by two people at once, one of them offline', async () => {
  path = await draft.importPlan(story)
  await draft.reviewStructure(story)
  await draft.share(story)
  await draft.typeTogether(story, path)
  await draft.workOffline(story)
})

test('2 the checker keeps a draft with errors from being sent, and repairs them', () => check.repairErrors(story))

test('3 it goes its way through eight hands, two of them in the text at once, comes back once, and is signed', async () => {
  await route.submitAndCheck(story, title)
  await route.countersignTogether(story, title)
  await route.officeCheck(story, title)
  await route.sign(story, title, path)
  expect(story.sessions()).toBeGreaterThanOrEqual(8)
})

test('4 the registrar numbers it and lays out its pages', () => seal.number(story, path))

test('5 it is sealed by the one who may, and anybody can verify it', async () => {
  await seal.makeSeal(story)
  await seal.impress(story, path, title)
  await seal.verify(story, path)
})

test('6 three organs receive it, one handles it to the end, and the sender sees where it stands', async () => {
  await exchange.send(story, path)
  await exchange.receive(story, title)
  await exchange.handle(story, title)
  await exchange.track(story, path)
})

test('7 the plan becomes assignments, one of which is reported, returned, done and struck off', async () => {
  await supervise.assign(story, title)
  await supervise.report(story)
  await supervise.close(story)
  await supervise.overview(story)
})

test('8 a meeting is booked, answered, signed in to, minuted by two at once, and a sentence becomes an assignment', async () => {
  await meet.book(story)
  const meeting = await meet.plan(story)
  await meet.reply(story, meeting)
  await meet.signIn(story, meeting)
  await meet.minutes(story)
})

test('9 the audit administrator sees every act, and the log is whole from inside and outside', async () => {
  await trust.inspect(story)
  await trust.inspectFromOutside(story)
})

test('no page of the story complained in its console', () => {
  expect(story.complaints).toEqual([])
})

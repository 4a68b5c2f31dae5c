/** 批量用印: one act over several permits; each stands or falls by itself, and the batch says at any moment what became of each. */
import { sm3, toHex } from '@xiewen/crypto'
import { ApiClient, renewTokens } from '@xiewen/server'
import { auditContract, inboxContract, instant } from '@xiewen/shared/base'
import { type SealApplicationId, type SealId, sealsContract as contract } from '@xiewen/shared/seals'
import { documentsContract } from '@xiewen/shared/documents'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { letter, refusalOf, SealStory } from './story.ts'

let office: TestOffice
let story: SealStory
let sealId: SealId
/** Added to the real time: proofs of identity end when it is moved. */
let ahead = 0

beforeAll(async () => {
  office = await anOffice({ clock: { now: () => instant(Date.now() + ahead) } })
  story = new SealStory(office)
  sealId = await story.enabledSeal()
}, 60_000)
afterAll(() => office.close())

async function permitted(count: number): Promise<readonly SealApplicationId[]> {
  const ids: SealApplicationId[] = []
  for (let at = 0; at < count; at++) ids.push(await story.permitted(await story.typeset()))
  return ids
}

/** Starts a batch over permits and impresses until no file waits. */
async function together(client: ApiClient, orders: readonly { readonly applicationId: SealApplicationId; readonly nudgeX?: number }[], most?: number) {
  const { batchId } = await client.call(contract.startBatch, { orders: [...orders] })
  while ((await client.call(contract.impressTogether, { batchId, ...(most === undefined ? {} : { most }) })).waiting > 0);
  return batchId
}

async function linesOf(client: ApiClient) {
  return (await client.call(contract.batch, {})).batch?.lines ?? []
}

test('what may be impressed is, verified and entered one by one; what may not is named with what to do, and its permit stays as it was', async () => {
  const documents = [await story.typeset(), await story.typeset('drafter', letter.replace('关于做好数据共享工作的通知', '=HYPERLINK("http://x")关于数据共享工作的通知')), await story.typeset('keeper')]
  const [first, second, own] = await Promise.all(documents.map((documentId) => story.permitted(documentId)))
  if (!first || !second || !own) throw new Error('three permits')
  const keeper = await story.as('keeper')
  const batchId = await together(keeper, [{ applicationId: first }, { applicationId: second, nudgeX: 40 }, { applicationId: own }, { applicationId: first }], 1)
  const lines = await linesOf(keeper)
  expect(lines.map(({ applicationId, state, verdict, refusal, next, mayRetry }) => [applicationId, state, verdict, refusal?.code, next, mayRetry])).toEqual([
    [first, 'done', 'VALID', undefined, 'none', false], [second, 'refused', null, 'seals.outside-place', 'alone', false], [own, 'refused', null, 'seals.keeper-involved', 'colleague', false],
  ])
  const sealed = await (await story.as('registrar')).download(documentsContract.pdf, { documentId: documents[0] ?? '' as never })
  expect(lines[0]?.digest).toBe(toHex(sm3(sealed.bytes)))

  const { bytes } = await keeper.download(contract.batchTable, { batchId })
  const rows = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\r\n')
  expect(rows[0]).toBe('\uFEFF序号,文件,发文字号,印章,结果,原因,下一步,办理时间,验证结果,盖章后文件摘要（SM3）')
  expect(rows[1]).toMatch(new RegExp(`^1,关于做好数据共享工作的通知,[^,]*,云州市政务服务数据管理局,已加盖,,,[^,]*,[^,]*,${lines[0]?.digest}$`))
  expect(rows[2]).toMatch(/^2,"'=HYPERLINK\(""http:\/\/x""\).*,未盖成,已超出规定位置：左右不超过 \d.* 毫米.*,请打开这份申请，单独调整位置后加盖。,/)
  const english = new TextDecoder().decode((await keeper.download(contract.batchTable, { batchId, locale: 'en' })).bytes)
  expect(english).toContain('Refused,')
  expect(english.replaceAll(/关于[^,"]*通知|云州市政务服务数据管理局|云政数发〔\d+〕\d+号/gu, '')).not.toMatch(/\p{Script=Han}/u)

  await together(keeper, [{ applicationId: first }, { applicationId: second }])
  expect((await linesOf(keeper)).map(({ state, refusal, next }) => [state, refusal?.code, next])).toEqual([['refused', 'seals.permit-used', 'none'], ['done', undefined, 'none']])
  const ledger = await keeper.call(contract.ledger, {})
  expect(ledger.rows.map((row) => row.applicationId).toSorted()).toEqual([first, second].toSorted())
  expect(ledger.reconciliation).toMatchObject({ unexplained: 0, used: 2, open: 1 })
}, 90_000)

test('a batch is worked, seen and taken out by who started it, and only over permits they may see', async () => {
  const [applicationId] = await permitted(1)
  if (!applicationId) throw new Error('a permit')
  const keeper = await story.as('keeper')
  const { batchId } = await keeper.call(contract.startBatch, { orders: [{ applicationId }] })
  const other = await story.as('approver')
  expect(await refusalOf(other.call(contract.batch, { batchId }))).toBe('seals.unknown-batch')
  expect(await refusalOf(other.call(contract.impressTogether, { batchId }))).toBe('seals.unknown-batch')
  expect(await refusalOf(other.download(contract.batchTable, { batchId }))).toBe('seals.unknown-batch')
  expect(await refusalOf((await story.as('stranger')).call(contract.startBatch, { orders: [{ applicationId }] }))).toBe('seals.unknown-application')
  await keeper.call(contract.closeBatch, { batchId })
  expect(await refusalOf(keeper.call(contract.impressTogether, { batchId }))).toBe('seals.batch-closed')
  expect((await keeper.call(contract.batch, {})).batch).toBeNull()
  expect((await keeper.call(contract.application, { applicationId })).application.state).toBe('permitted')
}, 60_000)

test('earlier batches are listed page by page, the newest first, with what became of them, to who worked them', async () => {
  const [first, second] = await permitted(2)
  if (!first || !second) throw new Error('two permits')
  const keeper = await story.as('keeper')
  const before = (await keeper.call(contract.batches, { limit: 100 })).rows.length
  const batchId = await together(keeper, [{ applicationId: first }])
  const { batchId: later } = await keeper.call(contract.startBatch, { orders: [{ applicationId: second }] })
  const { rows, next } = await keeper.call(contract.batches, { limit: 1 })
  expect(rows).toMatchObject([{ id: later, closedAt: null, files: 1, done: 0, refused: 0, waiting: 1 }])
  const more = await keeper.call(contract.batches, { limit: 1, ...(next === null ? {} : { cursor: next }) })
  // Starting another one put it away.
  expect(more.rows).toMatchObject([{ id: batchId, files: 1, done: 1, refused: 0, waiting: 0 }])
  expect(more.rows[0]?.closedAt).not.toBeNull()
  expect(more.rows[0]?.title).not.toBe('')
  expect((await keeper.call(contract.batches, { limit: 100 })).rows).toHaveLength(before + 2)
  // Looked at again, and taken as a table, after it was put away; nobody else sees it.
  expect((await keeper.call(contract.batch, { batchId })).batch?.lines).toMatchObject([{ state: 'done', verdict: 'VALID' }])
  expect((await (await story.as('approver')).call(contract.batches, {})).rows).toEqual([])
  await keeper.call(contract.closeBatch, { batchId: later })
}, 60_000)

test('what was refused is tried again once the rules would allow it, and not before', async () => {
  const [first, second] = await permitted(2)
  if (!first || !second) throw new Error('two permits')
  const [keeper, approver] = [await story.as('keeper'), await story.as('approver')]
  await keeper.call(contract.suspend, { sealId, reason: '盘点' })
  const batchId = await together(keeper, [{ applicationId: first }, { applicationId: second }])
  expect((await linesOf(keeper)).map(({ refusal, next, mayRetry }) => [refusal?.code, next, mayRetry])).toEqual(Array(2).fill(['seals.not-active', 'resume', false]))
  expect(await keeper.call(contract.retryBatch, { batchId })).toEqual({ count: 0 })
  await approver.call(contract.resume, { sealId, reason: '盘点完毕' })
  expect((await linesOf(keeper)).map(({ next, mayRetry }) => [next, mayRetry])).toEqual(Array(2).fill(['try', true]))
  // One of them is withdrawn meanwhile: it is not tried again.
  await (await story.as('registrar')).call(contract.withdraw, { applicationId: second })
  expect(await keeper.call(contract.retryBatch, { batchId })).toEqual({ count: 1 })
  expect(await keeper.call(contract.impressTogether, { batchId })).toEqual({ done: 1, refused: 1, waiting: 0 })
  expect((await linesOf(keeper)).map(({ state, next }) => [state, next])).toEqual([['done', 'none'], ['refused', 'apply-anew']])
}, 60_000)

test('a file that cannot be sealed holds up no other, and is tried again after it was mended', async () => {
  const [first, second] = await permitted(2)
  if (!first || !second) throw new Error('two permits')
  const keeper = await story.as('keeper')
  const { blobs } = office.server.world.services
  const { application } = await keeper.call(contract.application, { applicationId: first })
  const broken = application.digest
  const get = blobs.get.bind(blobs)
  const { Fault } = await import('../../../server/src/platform/log/fault.ts')
  Object.assign(blobs, { get: (digest: Parameters<typeof get>[0]) => (digest === broken ? Promise.reject(new Fault('the disk cannot be read')) : get(digest)) })
  const batchId = await together(keeper, [{ applicationId: first }, { applicationId: second }])
  expect((await linesOf(keeper)).map(({ state, refusal, next, mayRetry }) => [state, refusal?.code, next, mayRetry])).toEqual([['refused', 'seals.cannot-be-sealed', 'administrator', true], ['done', undefined, 'none', false]])
  Object.assign(blobs, { get })
  await keeper.call(contract.retryBatch, { batchId })
  expect(await keeper.call(contract.impressTogether, { batchId })).toEqual({ done: 2, refused: 0, waiting: 0 })
}, 60_000)

test('two requests on one batch at once impress every file once', async () => {
  const ids = await permitted(3)
  const keeper = await story.as('keeper')
  const { batchId } = await keeper.call(contract.startBatch, { orders: ids.map((applicationId) => ({ applicationId })) })
  await Promise.all([0, 1, 2].map(() => keeper.call(contract.impressTogether, { batchId })))
  const lines = await linesOf(keeper)
  expect(lines.map((line) => [line.state, line.refusal])).toEqual(Array(3).fill(['done', null]))
  const { rows } = await keeper.call(contract.ledger, {})
  expect(ids.map((id) => rows.filter((row) => row.applicationId === id).length)).toEqual([1, 1, 1])
}, 60_000)

test('two seals on one document go one over the other, each in a call of its own', async () => {
  const keeper = await story.as('keeper')
  const proposed = await keeper.call(contract.propose, { kind: 'special', bottomLine: '财务专用章' })
  const { rows } = await (await story.as('approver')).call(inboxContract.list, { kind: 'todo', limit: 200 })
  expect(rows.filter(({ step }) => step === 'seals.step.approve-seal').map(({ title }) => title)).toEqual(['云州市政务服务数据管理局（财务专用章）'])
  await (await story.as('approver')).call(contract.approveSeal, proposed)
  await (await story.as('maker')).call(contract.make, proposed)
  await keeper.call(contract.enable, proposed)
  const acts = (await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.made' })).rows
  expect(JSON.parse(acts[0]?.data ?? '')).toMatchObject({ name: '云州市政务服务数据管理局（财务专用章）' })
  const documentId = await story.typeset()
  const ids = [await story.permitted(documentId), await story.permitted(documentId, proposed.sealId)]
  const { batchId } = await keeper.call(contract.startBatch, { orders: ids.map((applicationId) => ({ applicationId })) })
  expect(await keeper.call(contract.impressTogether, { batchId })).toEqual({ done: 1, refused: 0, waiting: 1 })
  expect(await keeper.call(contract.impressTogether, { batchId })).toEqual({ done: 2, refused: 0, waiting: 0 })
  const verified = await keeper.upload(contract.verify, {}, await story.pdf(documentId))
  expect([verified.verdict, verified.seals.map((seal) => seal.verdict)]).toEqual(['VALID', ['VALID', 'VALID']])
}, 60_000)

test('when the proof of identity runs out half way, the rest is not tried and goes on after a fresh one', async () => {
  const ids = await permitted(2)
  const keeper = await story.as('keeper')
  const { batchId } = await keeper.call(contract.startBatch, { orders: ids.map((applicationId) => ({ applicationId })) })
  expect(await keeper.call(contract.impressTogether, { batchId, most: 1 })).toEqual({ done: 1, refused: 0, waiting: 1 })
  ahead += 6 * 60_000
  expect(await refusalOf(keeper.call(contract.impressTogether, { batchId, most: 1 }))).toBe('base.step-up-required')
  expect((await linesOf(keeper)).map(({ state, next }) => [state, next])).toEqual([['done', 'none'], ['waiting', 'try']])
  const tokens = await renewTokens(office.server)
  const fresh = await ApiClient.signIn(office.server.url, tokens?.get('wuguifang') ?? '')
  expect(await fresh.call(contract.impressTogether, { batchId })).toEqual({ done: 2, refused: 0, waiting: 0 })
  await fresh.call(contract.closeBatch, { batchId })
  const { rows } = await (await ApiClient.signIn(office.server.url, tokens?.get('auditadmin') ?? '')).call(auditContract.list, { kind: 'seals.batch-closed' })
  expect(JSON.parse(rows[0]?.data ?? '')).toMatchObject({ done: 2, refused: 0, waiting: 0 })
}, 60_000)

test('a page of orders without any, or with more than one can look at, is no order', async () => {
  const tokens = await renewTokens(office.server)
  const keeper = await ApiClient.signIn(office.server.url, tokens?.get('wuguifang') ?? '')
  expect(await refusalOf(keeper.call(contract.startBatch, { orders: [] }))).toBe('base.invalid-input')
  const orders = Array.from({ length: 31 }, () => ({ applicationId: '0'.repeat(26) as SealApplicationId }))
  expect(await refusalOf(keeper.call(contract.startBatch, { orders }))).toBe('base.invalid-input')
})

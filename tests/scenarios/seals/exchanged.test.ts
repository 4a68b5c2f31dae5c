/** Lines of the register exchanged for others behind the product's back: seen wherever they are shown, printed or taken out, at once. */
import { ApiClient, renewTokens } from '@xiewen/server'
import { auditContract, inboxContract } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tables } from '../../../server/src/platform/database/index.ts'
import type { ImpressionRecord, SealsTables } from '../../../server/src/seals/tables.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { SealStory } from './story.ts'

let office: TestOffice
let story: SealStory
let honest: readonly ImpressionRecord[]

beforeAll(async () => {
  office = await anOffice()
  story = new SealStory(office)
  await story.enabledSeal()
  const keeper = await story.as('keeper')
  for (let at = 0; at < 3; at++) await keeper.call(contract.impress, { applicationId: await story.permitted(await story.typeset()) })
  await office.settle()
  honest = await office.server.world.database.read((db) => tables<SealsTables>(db).selectFrom('seal_impression').selectAll().orderBy('id').execute())
}, 90_000)
afterAll(() => office.close())

/** Writes into one line, as somebody with the database at hand could. */
async function write(id: string, change: Partial<ImpressionRecord>): Promise<void> {
  await office.server.world.database.write((db) => tables<SealsTables>(db).updateTable('seal_impression').set(change).where('id', '=', id).execute())
}

async function mend(): Promise<void> {
  for (const { id, ...row } of honest) await write(id, row)
}

async function csv(client: ApiClient): Promise<readonly string[]> {
  const { exportId } = await client.call(contract.takeRegister, { of: 'impressions' })
  return new TextDecoder().decode((await client.download(contract.registerFile, { exportId })).bytes).split('\r\n').slice(1, -1)
}

const alarms = async (): Promise<number> => (await (await story.as('keeper')).call(inboxContract.list, { kind: 'to-read', limit: 200 })).rows.filter((row) => row.step === 'seals.step.alarm').length

test('two lines that took each other’s words are marked on the page, in the table and on paper, and the alarm does not wait for the night', async () => {
  const [first, second] = honest
  if (!first || !second) throw new Error('two lines')
  const keeper = await story.as('keeper')
  expect((await keeper.call(contract.ledger, {})).rows.map((row) => row.agrees)).toEqual([true, true, true])
  expect((await csv(keeper)).every((line) => line.endsWith(',相符'))).toBe(true)
  const words = ({ title, number, digest, sealed_digest, document_id, at }: ImpressionRecord) => ({ title, number, digest, sealed_digest, document_id, at })
  await write(first.id, words(second))
  await write(second.id, words(first))

  const { rows, reconciliation } = await keeper.call(contract.ledger, {})
  expect(new Map(rows.map((row) => [row.id, row.agrees]))).toEqual(new Map([[first.id, false], [second.id, false], [honest[2]?.id, true]]))
  expect(reconciliation.unexplained).toBe(2)
  expect(reconciliation.findings.map(({ kind, id }) => [kind, id]).toSorted()).toEqual([['impression-altered', first.id], ['impression-altered', second.id]].toSorted())
  // The look itself has every line read: that the permits are for other files is found as well.
  await office.settle()
  expect(await alarms()).toBe(1)
  const lines = await csv(keeper)
  expect(lines.map((line) => line.endsWith(',不符，请报告审计管理员'))).toEqual([true, true, false])
  const { exportId } = await keeper.call(contract.takeRegister, { of: 'book' })
  expect(new TextDecoder().decode((await keeper.download(contract.registerFile, { exportId })).bytes)).toContain('未解释 4 项')
  await office.settle()
  expect(await alarms()).toBe(1)
  const { rows: acts } = await (await story.as('auditor')).call(auditContract.list, { kind: 'seals.register-taken' })
  expect(JSON.parse(acts[0]?.data ?? '')).toMatchObject({ altered: 2 })

  await mend()
  await keeper.call(contract.reconcile, {})
  await office.settle()
  expect((await keeper.call(contract.ledger, {})).reconciliation).toMatchObject({ unexplained: 0, findings: [] })
}, 60_000)

test.each<[string, Partial<ImpressionRecord>]>([
  ['the title', { title: '另一份文件' }],
  ['the file', { sealed_digest: 'c'.repeat(64) }],
  ['the place', { x_hundredths: 1 }],
  ['the keeper', { keeper_name: '张三' }],
  ['the number', { number: '云政数发〔2026〕99号' }],
  ['the applicant', { applicant_name: '张三' }],
  ['the time', { at: 1_700_000_000_000 }],
  ['the OFD', { ofd_digest: 'd'.repeat(64) }],
])('%s changed on one line is marked at once', async (_what, change) => {
  const [first] = honest
  if (!first) throw new Error('a line')
  await write(first.id, change)
  const { rows } = await (await story.as('auditor')).call(contract.ledger, {})
  expect(rows.filter((row) => !row.agrees).map((row) => row.id)).toEqual([first.id])
  await mend()
})

test('a line changed together with the record of its act is marked by the hash of the act', async () => {
  const [first] = honest
  if (!first) throw new Error('a line')
  interface Facts { fact: { subject_id: string; kind: string; record: string } }
  const at = (db: Parameters<typeof tables<Facts>>[0]) => tables<Facts>(db)
  const record = await office.server.world.database.read(async (db) => (await at(db).selectFrom('fact').select('record').where('subject_id', '=', first.application_id).where('kind', '=', 'seals.impressed').executeTakeFirstOrThrow()).record)
  const change = (to: string) => office.server.world.database.write((db) => tables<Facts>(db).updateTable('fact').set({ record: to }).where('subject_id', '=', first.application_id).where('kind', '=', 'seals.impressed').execute())
  await write(first.id, { title: '另一份文件' })
  await change(record.replaceAll(first.title, '另一份文件'))
  expect((await (await story.as('keeper')).call(contract.ledger, {})).reconciliation.findings.map((finding) => finding.kind)).toEqual(['act-altered'])
  await change('no record any more')
  expect((await (await story.as('keeper')).call(contract.ledger, {})).reconciliation.findings.map((finding) => finding.kind)).toEqual(['act-altered'])
  await change(record)
  await mend()
})

test('a reconciliation asked for reads every line, shown or not, and raises the alarm; only those who answer for seals ask', async () => {
  const before = await alarms()
  const permit = await office.server.world.database.read((db) => tables<SealsTables>(db).selectFrom('seal_permit').selectAll().executeTakeFirstOrThrow())
  await office.server.world.database.write((db) => tables<SealsTables>(db).updateTable('seal_permit').set({ valid_until: Number(permit.valid_until) + 86_400_000 }).where('id', '=', permit.id).execute())
  await (await story.as('auditor')).call(contract.reconcile, {})
  await office.settle()
  expect((await (await story.as('auditor')).call(contract.overview, {})).reconciliation.findings.map((finding) => finding.kind)).toEqual(['permit-altered'])
  expect(await alarms()).toBe(before + 1)
  const tokens = await renewTokens(office.server)
  const registrar = await ApiClient.signIn(office.server.url, tokens?.get('zhaomin') ?? '')
  await expect(registrar.call(contract.reconcile, {})).rejects.toMatchObject({ refusal: { code: 'base.not-allowed' } })
})

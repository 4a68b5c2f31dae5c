/** The whole story through the public API, as the demonstration plays it: from the draft to sealing, sending, following up and
 * meeting, each act by its own person; then what every screen shows, and the whole ledger. */
import { auditContract, inboxContract } from '@xiewen/shared/base'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { exchangeContract } from '@xiewen/shared/exchange'
import { meetingsContract } from '@xiewen/shared/meetings'
import { sealsContract } from '@xiewen/shared/seals'
import { supervisionContract } from '@xiewen/shared/supervision'
import { ApiClient, buildContent, Cast } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOffice, type TestOffice } from '../../support/office.ts'

describe('the demonstration office', () => {
  let office: TestOffice
  let cast: Cast
  let planId: DocumentId
  beforeAll(async () => {
    office = await anOffice()
    cast = new Cast(office.server, office.tokens)
    planId = (await buildContent(cast, () => undefined)).planId
    await office.settle()
  }, 180_000)
  afterAll(() => office.close())

  it('has documents at every stage', async () => {
    const stages = new Set<string>()
    for (const login of ['limingxuan', 'xuli', 'liujianhua', 'zhaomin', 'zhangxiaoyu']) {
      const { rows } = await cast.call(login, documentsContract.list, { limit: 100 })
      for (const row of rows) stages.add(row.state)
    }
    expect([...stages].sort()).toEqual(expect.arrayContaining(['draft', 'in-review', 'issued', 'signed']))
  })

  it('has something waiting for whoever signs, countersigns, numbers, receives and supervises', async () => {
    for (const login of ['chenguodong', 'maxiaofeng', 'penglihua', 'zhaomin', 'liaomin', 'jiangtao', 'liangsiyuan', 'penglihua', 'wangjingyi']) {
      const counts = await cast.call(login, inboxContract.counts, {})
      expect(counts.todo + counts.toRead, login).toBeGreaterThan(0)
    }
  })

  it('marks the urgent request in the signer’s inbox', async () => {
    const { rows } = await cast.call('chenguodong', inboxContract.list, { kind: 'todo' })
    expect(rows.find((row) => row.title.includes('请示'))?.urgency).toBe('urgent')
  })

  it('sealed the plan so that anyone can verify it, and a changed byte is found', async () => {
    const { bytes } = await (await cast.as('zhaomin')).download(documentsContract.pdf, { documentId: planId })
    const stranger = new ApiClient(office.server.url)
    expect(await stranger.upload(sealsContract.verify, {}, bytes)).toMatchObject({ verdict: 'VALID', registered: { number: '云政数发〔2026〕1号' } })
    const altered = Uint8Array.from(bytes)
    altered[5000] = (altered[5000] ?? 0) ^ 1
    expect((await stranger.upload(sealsContract.verify, {}, altered)).verdict).toBe('INVALID')
    const ledger = await cast.call('wuguifang', sealsContract.ledger, {})
    expect(ledger.reconciliation).toMatchObject({ permits: 1, impressions: 1, unexplained: 0 })
  })

  it('shows the sender where the plan is, unit by unit', async () => {
    const { dispatches } = await cast.call('zhaomin', exchangeContract.tracking, { documentId: planId })
    const states = dispatches.flatMap((dispatch) => dispatch.receipts.map((receipt) => receipt.state))
    expect(states).toHaveLength(5)
    expect(new Set(states).size).toBeGreaterThan(2)
  })

  it('follows the plan up in a ledger with lamps', async () => {
    const { rows } = await cast.call('liangsiyuan', supervisionContract.ledger, {})
    expect(rows.length).toBeGreaterThan(6)
    expect(new Set(rows.map((row) => row.state)).size).toBeGreaterThan(2)
    const overview = await cast.call('liangsiyuan', supervisionContract.overview, {})
    expect(overview.units.length).toBeGreaterThan(0)
  })

  it('has a meeting to come, one held, and a task from its minutes', async () => {
    const { rows } = await cast.call('luojia', meetingsContract.list, {})
    expect(rows.length).toBeGreaterThan(1)
    const { rows: tasks } = await cast.call('liangsiyuan', supervisionContract.ledger, { sourceKind: 'minutes' })
    expect(tasks).toHaveLength(1)
  })

  it('leaves every act in the ledger, which verifies', async () => {
    const kinds = new Set<string>()
    for (const kind of ['workflow.signed', 'documents.numbered', 'seals.impressed', 'exchange.signed-for', 'supervision.assigned', 'meetings.']) {
      const { rows } = await cast.call('auditadmin', auditContract.list, { kind, limit: 5 })
      for (const row of rows) kinds.add(row.kind.split('.')[0] ?? '')
    }
    expect([...kinds].sort()).toEqual(['documents', 'exchange', 'meetings', 'seals', 'supervision', 'workflow'])
    expect((await cast.call('auditadmin', auditContract.verify, {})).problems).toEqual([])
  })
})

/** 批量用印 cut short: a server that fails or goes down between two files leaves a state that is clear and can be gone on from. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient, renewTokens } from '@xiewen/server'
import { type SealApplicationId, sealsContract as contract } from '@xiewen/shared/seals'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { tables } from '../../../server/src/platform/database/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, SealStory } from './story.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'xiewen-batch-'))
let office: TestOffice
afterAll(async () => {
  await office.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** Runs a statement no use case would. */
async function meddle(statement: string): Promise<void> {
  await office.server.run(async (ctx) => {
    await sql.raw(statement).execute(tables<Record<string, never>>(ctx.db))
    return { ok: true, value: null }
  })
}

test('nothing is half done: what was impressed stands, the rest waits with its permits unused, and is gone on with after a restart', async () => {
  const faults: unknown[] = []
  office = await anOffice({ dataDir, report: (error) => faults.push(error) })
  const story = new SealStory(office)
  await story.enabledSeal()
  const ids: SealApplicationId[] = []
  for (let at = 0; at < 4; at++) ids.push(await story.permitted(await story.typeset()))
  const keeper = await story.as('keeper')
  const { batchId } = await keeper.call(contract.startBatch, { orders: ids.map((applicationId) => ({ applicationId })) })
  expect(await keeper.call(contract.impressTogether, { batchId, most: 1 })).toEqual({ done: 1, refused: 0, waiting: 3 })
  // The disk fails at the third file of the next call, after two have been written.
  await meddle(`create trigger cut before insert on seal_impression when new.application_id = '${ids[3]}' begin select raise(abort, 'disk failure'); end`)
  expect(await refusalOf(keeper.call(contract.impressTogether, { batchId }))).toBe('base.fault')
  expect(faults).toHaveLength(1)
  await meddle('drop trigger cut')
  await office.close()

  office = await anOffice({ dataDir })
  const tokens = await renewTokens(office.server)
  const again = await ApiClient.signIn(office.server.url, tokens?.get('wuguifang') ?? '')
  const { batch } = await again.call(contract.batch, {})
  expect(batch?.lines.map(({ state, next, digest }) => [state, next, digest !== ''])).toEqual([['done', 'none', true], ...Array(3).fill(['waiting', 'try', false])])
  expect(await again.call(contract.ledger, {})).toMatchObject({ reconciliation: { impressions: 1, used: 1, open: 3, unexplained: 0 } })
  expect(await again.call(contract.impressTogether, { batchId })).toEqual({ done: 4, refused: 0, waiting: 0 })
  const { rows, reconciliation } = await again.call(contract.ledger, {})
  expect(rows.map((row) => row.applicationId).toSorted()).toEqual(ids.toSorted())
  expect(reconciliation).toMatchObject({ impressions: 4, used: 4, open: 0, unexplained: 0 })
}, 90_000)

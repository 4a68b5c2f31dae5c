/** Two whole servers over one PostgreSQL and one data directory: what is recorded on either takes effect once, and the other hears of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from '@xiewen/server'
import { readCheckpointFile } from '../../server/src/platform/audit/checkpoints.ts'
import { checkpointFileOf } from '../../server/src/platform/audit/slice.ts'
import { storeChoice } from '../../server/src/documents/typeface-store.ts'
import type { CommandContext } from '../../server/src/platform/context.ts'
import { tables } from '../../server/src/platform/database/index.ts'
import { until } from '../../server/src/platform/realtime/twins/harness.ts'
import { defineSlice } from '../../server/src/platform/slice.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'

interface EffectTables {
  readonly effect: { readonly id: string; readonly what: string }
}

const takeEffect = async (ctx: CommandContext, what: string): Promise<void> => {
  await tables<EffectTables>(ctx.db).insertInto('effect').values({ id: ctx.newId(), what }).execute()
}

/** A room that notes what takes effect, and how often. */
const noting = defineSlice({
  name: 'noting',
  operations: [],
  refusals: {},
  migrations: [
    {
      name: '20261128T0830-noting-create',
      up: async ({ schema }) => {
        await schema.schema.createTable('effect').addColumn('id', 'text', (c) => c.primaryKey()).addColumn('what', 'text', (c) => c.notNull()).execute()
      },
    },
  ],
  jobs: [{ name: 'noting.job', misfire: 'run-late', run: (ctx, job) => takeEffect(ctx, `job ${JSON.stringify(job.payload)}`) }],
  reactions: [{ name: 'noting.on-happened', on: ['noting.happened'], run: (ctx, fact) => takeEffect(ctx, `fact ${fact.subject.id}`) }],
})

let postgres: TestPostgres
let dataDir: string
let servers: readonly [RunningServer, RunningServer]
const faults: unknown[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  dataDir = await mkdtemp(join(tmpdir(), 'xiewen-two-'))
  const url = await postgres.createDatabase()
  const start = (): Promise<RunningServer> =>
    startServer({ host: '127.0.0.1', port: 0, dataDir, database: { kind: 'postgres', url }, publicUrl: null, officeName: '' }, { slices: [noting], report: (error) => faults.push(error) })
  // The first makes the tables and the keys.
  servers = [await start(), await start()]
}, 60_000)
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
}, 60_000)

const effectsOf = async (kind: string): Promise<readonly string[]> => {
  const rows = await servers[0].read((ctx) => tables<EffectTables>(ctx.db).selectFrom('effect').select('what').where('what', 'like', `${kind}%`).execute())
  return rows.map((row) => row.what).sort()
}

test('facts recorded on both are delivered by both, each exactly once', async () => {
  const names = Array.from({ length: 40 }, (_, n) => `n${String(n).padStart(2, '0')}`)
  await Promise.all(
    names.map((name, n) =>
      servers[n % 2 === 0 ? 0 : 1].run(async (ctx) => {
        await ctx.record({ kind: 'noting.happened', subject: { kind: 'noting', id: name }, data: {} })
        return { ok: true, value: null }
      }),
    ),
  )
  await Promise.all(servers.map((server) => server.settle()))
  expect(await effectsOf('fact')).toEqual(names.map((name) => `fact ${name}`))
})

test('jobs planned on both are run by both, each exactly once', async () => {
  for (const [n, server] of [...servers, ...servers, ...servers].entries())
    await server.run(async (ctx) => {
      await ctx.jobs.plan({ name: 'noting.job', key: String(n), dueAt: ctx.now, payload: n })
      return { ok: true, value: null }
    })
  await Promise.all(servers.map((server) => server.settle()))
  expect(await effectsOf('job')).toEqual(['job 0', 'job 1', 'job 2', 'job 3', 'job 4', 'job 5'])
})

test('screens of one are told what changed on the other, and a calendar put in force there is read here', async () => {
  const heard: string[] = []
  const [here, there] = servers
  here.world.hub.add({ owners: [], watches: () => true, send: (topics) => heard.push(...topics), end: () => undefined })
  const before = here.world.services.calendar.current()
  await there.run(async (ctx) => {
    ctx.touch('document:told')
    ctx.afterCommit(() => ctx.services.calendar.adopt(ctx.services.calendar.current()))
    return { ok: true, value: null }
  })
  await until(() => heard.includes('document:told') && here.world.services.calendar.current() !== before)
})

test('typefaces chosen on one are in force on the other', async () => {
  const [here, there] = servers
  const inForce = (): string => here.world.services.fonts.metrics.fingerprint
  const before = inForce()
  const { fonts } = there.world.services
  const [, other] = fonts.options('fangsong')
  if (other === undefined) throw new Error('only one typeface is installed')
  const chosen = await fonts.load({ fangsong: other.key })
  await there.run(async (ctx) => {
    await storeChoice(ctx.db, { version: 1, choices: JSON.stringify({ fangsong: other.key, xiaobiaosong: '', heiti: '', kaiti: '', songti: '' }), fingerprint: chosen.metrics.fingerprint, reason: '', at: ctx.now, person_name: '' })
    ctx.afterCommit(() => ctx.services.fonts.adopt(chosen))
    return { ok: true, value: null }
  })
  await until(() => inForce() === chosen.metrics.fingerprint)
  expect(chosen.metrics.fingerprint).not.toBe(before)
})

test('the file of the ledger has one writer, and nothing went wrong', async () => {
  await Promise.all(servers.map((server) => server.close()))
  const sizes = (await readCheckpointFile(checkpointFileOf({ dataDir }))).map((checkpoint) => checkpoint.size)
  expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b))
  expect(faults).toEqual([])
})

// A server with a room of its own that ends itself by SIGKILL at a chosen moment, and tells on the next start what took effect.
// `node victim.mjs DATA '{"die": …, "plan": […], "facts": […], "later": MS}'`; prints the effects as JSON when it lives that long.
import { startServer } from '@xiewen/server'
import { defineSlice } from '../../server/dist/platform/slice.js'

const [dataDir, text = '{}'] = process.argv.slice(2)
const { die = null, plan = [], facts = [], later = 0 } = JSON.parse(text)
const hourMs = 3_600_000

/** Ends the process as a power cut would; never answers. */
function endIf(moment) {
  if (die !== moment) return undefined
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

const takeEffect = async (ctx, what) => {
  await ctx.db.kysely.insertInto('victim_effect').values({ what, id: ctx.newId() }).execute()
}

const victim = defineSlice({
  name: 'victim',
  operations: [],
  refusals: {},
  migrations: [
    {
      name: '20261127T2100-victim-create',
      up: async ({ schema }) => {
        await schema.schema.createTable('victim_effect').addColumn('id', 'text', (c) => c.primaryKey()).addColumn('what', 'text', (c) => c.notNull()).execute()
      },
    },
  ],
  jobs: ['run-late', 'skip'].map((misfire) => ({
    name: `victim.${misfire}`,
    misfire,
    graceMs: hourMs,
    run: async (ctx, job) => {
      await takeEffect(ctx, `${misfire} ${job.payload.what}${job.late ? ' late' : ''}`)
      await endIf('in-job')
    },
  })),
  reactions: [
    {
      name: 'victim.on-happened',
      on: ['victim.happened'],
      run: async (ctx, fact) => {
        await takeEffect(ctx, `reacted to ${fact.data.what}`)
        await endIf('in-reaction')
        ctx.afterCommit(() => void endIf('after-reaction'))
      },
    },
  ],
})

const clock = { now: () => Date.now() + later }
const config = { host: '127.0.0.1', port: 0, dataDir, database: { kind: 'sqlite' }, publicUrl: null, officeName: '试验' }
const server = await startServer(config, { clock, slices: [victim] })
await server.run(async (ctx) => {
  for (const { misfire, what, inMs } of plan) await ctx.jobs.plan({ name: `victim.${misfire}`, key: what, dueAt: ctx.now + inMs, payload: { what } })
  for (const what of facts) await ctx.record({ kind: 'victim.happened', subject: { kind: 'victim', id: what }, data: { what } })
  ctx.afterCommit(() => void endIf('after-commit'))
  return { ok: true, value: null }
})
await server.settle()
const effects = await server.read((ctx) => ctx.db.kysely.selectFrom('victim_effect').select('what').orderBy('id').execute())
const skipped = await server.read((ctx) => ctx.db.kysely.selectFrom('fact').select('subject_id').where('kind', '=', 'jobs.skipped').execute())
process.stdout.write(JSON.stringify({ effects: effects.map((row) => row.what), skipped: skipped.length }))
await server.close()

/** Timed work: rows with a due time, run by one ticker, each inside its own transaction. Survives downtime; nothing is dropped
 * silently. */
import { addDays, civilDateAt, instant, startOfDay } from '@xiewen/shared/base'
import type { Migration } from '../database/index.ts'
import { newId } from '../clock/new-id.ts'
import { type Database, tables, type WriteDb } from '../database/index.ts'
import type { CommandContext } from '../context.ts'
import type { JobKind } from '../slice.ts'
import type { JobScheduler, PlannedJob } from './scheduler.ts'
import type { Clock } from '../clock/clock.ts'

interface JobRow {
  id: string
  name: string
  job_key: string
  due_at: number
  payload: string
  state: 'planned' | 'done' | 'skipped' | 'failed'
  attempts: number
  last_error: string | null
  finished_at: number | null
}

interface JobTables {
  job: JobRow
}

/** Creates the job table. */
export const jobMigrations: readonly Migration[] = [
  {
    name: '20261122T0820-jobs-create',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('job_key', 'text', (column) => column.notNull())
        .addColumn('due_at', 'bigint', (column) => column.notNull())
        .addColumn('payload', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('last_error', 'text')
        .addColumn('finished_at', 'bigint')
        .execute()
      await schema.schema.createIndex('job_due').on('job').columns(['state', 'due_at']).execute()
      await schema.schema.createIndex('job_name').on('job').columns(['name', 'job_key']).execute()
    },
  },
]

/** Planning, bound to one transaction. */
export function jobScheduler(db: WriteDb, now: CommandContext['now'], planned: () => void): JobScheduler {
  const cancel = async (name: string, key: string): Promise<void> => {
    await tables<JobTables>(db).deleteFrom('job').where('name', '=', name).where('job_key', '=', key).where('state', '=', 'planned').execute()
  }
  const plan = async (job: PlannedJob): Promise<void> => {
    await cancel(job.name, job.key)
    const row: JobRow = {
      id: newId(now),
      name: job.name,
      job_key: job.key,
      due_at: job.dueAt,
      payload: JSON.stringify(job.payload),
      state: 'planned',
      attempts: 0,
      last_error: null,
      finished_at: null,
    }
    await tables<JobTables>(db).insertInto('job').values(row).execute()
    planned()
  }
  const isKnown = async ({ name, key }: PlannedJob): Promise<boolean> =>
    (await tables<JobTables>(db).selectFrom('job').select('id').where('name', '=', name).where('job_key', '=', key).limit(1).executeTakeFirst()) !== undefined
  return {
    cancel,
    plan,
    planFirst: async (job) => {
      if (!(await isKnown(job))) await plan(job)
    },
  }
}

const maximumAttempts = 5
const dailyKey = 'daily'
const lateAfterMs = 60_000
const longestSleepMs = 60_000
const batchSize = 20

/** The next moment that a daily job is due, strictly after `now`. */
function nextDaily(now: number, minute: number): number {
  const today = civilDateAt(instant(now))
  const at = startOfDay(today) + minute * 60_000
  return at > now ? at : startOfDay(addDays(today, 1)) + minute * 60_000
}

/** Runs due jobs one after another. */
export class JobRunner {
  readonly #database: Database
  readonly #kinds: ReadonlyMap<string, JobKind>
  readonly #clock: Clock
  readonly #withContext: <T>(work: (ctx: CommandContext) => Promise<T>) => Promise<T>
  readonly #report: (error: unknown, job: string) => void
  #timer: NodeJS.Timeout | null = null
  #running: Promise<void> | null = null
  #stopped = false

  constructor(options: {
    database: Database
    kinds: readonly JobKind[]
    clock: Clock
    withContext: <T>(work: (ctx: CommandContext) => Promise<T>) => Promise<T>
    report: (error: unknown, job: string) => void
  }) {
    this.#database = options.database
    this.#kinds = new Map(options.kinds.map((kind) => [kind.name, kind]))
    this.#clock = options.clock
    this.#withContext = options.withContext
    this.#report = options.report
  }

  /** Plans the daily kinds that are not planned yet: after an upgrade, or when the last run failed for good. */
  async planDaily(): Promise<void> {
    const now = instant(this.#clock.now())
    await this.#database.write(async (db) => {
      for (const kind of this.#kinds.values()) {
        if (kind.dailyAtMinute === undefined) continue
        const row = await tables<JobTables>(db).selectFrom('job').select('id').where('name', '=', kind.name).where('state', '=', 'planned').executeTakeFirst()
        if (!row) await jobScheduler(db, now, () => undefined).plan({ name: kind.name, key: dailyKey, dueAt: now, payload: {} })
      }
    })
  }

  /** Looks for due work now and then sleeps until the next due time. */
  wake(): void {
    if (this.#stopped || this.#running) return
    this.#running = this.runDue()
      .then((nextDue) => this.#sleepUntil(nextDue))
      .catch((error: unknown) => {
        this.#report(error, 'ticker')
        this.#sleepUntil(null)
      })
      .finally(() => {
        this.#running = null
      })
  }

  /** Runs everything due; answers when the next job is due, or null. */
  async runDue(): Promise<number | null> {
    for (;;) {
      const due = await this.#database.read((db) =>
        tables<JobTables>(db)
          .selectFrom('job')
          .selectAll()
          .where('state', '=', 'planned')
          .where('due_at', '<=', this.#clock.now())
          .orderBy('due_at')
          .limit(batchSize)
          .execute(),
      )
      for (const row of due) await this.#runOne(row)
      if (due.length < batchSize) break
    }
    const next = await this.#database.read((db) =>
      tables<JobTables>(db).selectFrom('job').select('due_at').where('state', '=', 'planned').orderBy('due_at').limit(1).executeTakeFirst(),
    )
    return next?.due_at ?? null
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#running
  }

  async #runOne(row: JobRow): Promise<void> {
    const kind = this.#kinds.get(row.name)
    const late = this.#clock.now() - row.due_at > lateAfterMs
    try {
      await this.#withContext(async (ctx) => {
        const claimed = await tables<JobTables>(ctx.db)
          .updateTable('job')
          .set({ state: 'done', finished_at: ctx.now })
          .where('id', '=', row.id)
          .where('state', '=', 'planned')
          .executeTakeFirst()
        if (Number(claimed.numUpdatedRows) === 0) return
        if (!kind) throw new Error(`no room runs jobs named ${row.name}`)
        if (kind.misfire === 'skip' && ctx.now - row.due_at > (kind.graceMs ?? lateAfterMs)) return this.#markSkipped(ctx, row)
        // Safe because `plan` wrote the payload as JSON.
        await kind.run(ctx, { payload: JSON.parse(row.payload) as unknown, dueAt: row.due_at, late })
        if (kind.dailyAtMinute !== undefined) await ctx.jobs.plan({ name: kind.name, key: dailyKey, dueAt: nextDaily(ctx.now, kind.dailyAtMinute), payload: {} })
      })
    } catch (error) {
      this.#report(error, row.name)
      await this.#postpone(row, error)
    }
  }

  async #markSkipped(ctx: CommandContext, row: JobRow): Promise<void> {
    await tables<JobTables>(ctx.db).updateTable('job').set({ state: 'skipped' }).where('id', '=', row.id).execute()
    await ctx.record({ kind: 'jobs.skipped', subject: { kind: 'job', id: row.id }, data: { name: row.name, dueAt: row.due_at } })
  }

  async #postpone(row: JobRow, error: unknown): Promise<void> {
    const attempts = row.attempts + 1
    // A daily job has no last attempt: it is tried again until it succeeds; its error stands in its row meanwhile.
    const failed = attempts >= maximumAttempts && this.#kinds.get(row.name)?.dailyAtMinute === undefined
    await this.#database.write(async (db) => {
      await tables<JobTables>(db)
        .updateTable('job')
        .set({
          attempts,
          last_error: String(error).slice(0, 500),
          state: failed ? 'failed' : 'planned',
          due_at: this.#clock.now() + 2 ** Math.min(attempts, 10) * 1000,
        })
        .where('id', '=', row.id)
        .execute()
    })
  }

  #sleepUntil(dueAt: number | null): void {
    if (this.#stopped) return
    const wait = dueAt === null ? longestSleepMs : Math.min(longestSleepMs, Math.max(0, dueAt - this.#clock.now()))
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.wake(), wait)
    this.#timer.unref()
  }
}

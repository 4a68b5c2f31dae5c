/** Delivers facts to the rooms that react to them: in order, each exactly once per reaction, each in its own transaction. */
import type { RecordedFact } from '@xiewen/shared/base'
import type { AuditTables } from '../audit/tables.ts'
import { parseFactRow } from '../audit/ledger.ts'
import type { CommandContext, QueryContext } from '../context.ts'
import { type Database, type Migration, tables } from '../database/index.ts'
import type { Reaction } from '../slice.ts'

interface ReactionTables extends AuditTables {
  reaction_cursor: { name: string; seq: number }
  reaction_failure: { name: string; seq: number; error: string; at: number }
}

/** Creates the cursors. */
export const reactionMigrations: readonly Migration[] = [
  {
    name: '20261122T0830-reactions-create',
    up: async ({ schema }) => {
      await schema.schema.createTable('reaction_cursor').addColumn('name', 'text', (c) => c.primaryKey()).addColumn('seq', 'bigint', (c) => c.notNull()).execute()
      await schema.schema
        .createTable('reaction_failure')
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('seq', 'bigint', (c) => c.notNull())
        .addColumn('error', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('reaction_failure_key', ['name', 'seq'])
        .execute()
    },
  },
]

/** How the dispatcher gets its contexts: acts of the system itself, on behalf of the fact's actor. */
export interface ReactionWorld {
  readonly read: <T>(work: (ctx: QueryContext) => Promise<T>) => Promise<T>
  readonly write: <T>(work: (ctx: CommandContext) => Promise<T>) => Promise<T>
}

const pageSize = 100
const attemptsBeforeQuarantine = 3

/** Walks the ledger for every reaction. */
export class ReactionDispatcher {
  readonly #database: Database
  readonly #reactions: readonly Reaction[]
  readonly #world: ReactionWorld
  readonly #report: (error: unknown, reaction: string) => void
  #running: Promise<void> | null = null
  #again = false
  #stopped = false

  constructor(options: { database: Database; reactions: readonly Reaction[]; world: ReactionWorld; report: (error: unknown, reaction: string) => void }) {
    this.#database = options.database
    this.#reactions = options.reactions
    this.#world = options.world
    this.#report = options.report
  }

  /** New facts may have come. */
  wake(): void {
    this.#again = true
    if (this.#stopped || this.#running) return
    this.#running = this.#run().finally(() => {
      this.#running = null
      if (this.#again) this.wake()
    })
  }

  /** Resolves when every reaction has seen every fact stored so far. */
  async settle(): Promise<void> {
    this.wake()
    while (this.#running) await this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      for (const reaction of this.#reactions) {
        try {
          await this.#catchUp(reaction)
        } catch (error) {
          this.#report(error, reaction.name)
        }
      }
    }
  }

  async #catchUp(reaction: Reaction): Promise<void> {
    for (;;) {
      const facts = await this.#pending(reaction)
      for (const fact of facts) {
        if (this.#stopped) return
        await this.#deliver(reaction, fact)
        this.#again = true
      }
      if (facts.length < pageSize) return
    }
  }

  async #pending(reaction: Reaction): Promise<readonly RecordedFact[]> {
    return this.#database.read(async (db) => {
      const cursor = await tables<ReactionTables>(db).selectFrom('reaction_cursor').select('seq').where('name', '=', reaction.name).executeTakeFirst()
      const rows = await tables<ReactionTables>(db)
        .selectFrom('fact')
        .select(['seq', 'record'])
        .where('seq', '>', cursor?.seq ?? 0)
        .where('kind', 'in', reaction.on)
        // What was refused stands in the ledger under the name of its command, which may be the name of a fact: nothing happened.
        .where('subject_kind', '!=', 'contract')
        .orderBy('seq')
        .limit(pageSize)
        .execute()
      return rows.map(parseFactRow)
    })
  }

  async #deliver(reaction: Reaction, fact: RecordedFact): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const prepared = reaction.prepare ? await this.#world.read(async (ctx) => reaction.prepare?.(ctx, fact)) : undefined
        await this.#world.write(async (ctx) => {
          if (await hasPassed(ctx, reaction.name, fact.seq)) return
          await reaction.run(ctx, fact, prepared)
          await moveCursor(ctx, reaction.name, fact.seq)
        })
        return
      } catch (error) {
        this.#report(error, reaction.name)
        if (attempt < attemptsBeforeQuarantine) continue
        await this.#quarantine(reaction, fact, error)
        return
      }
    }
  }

  /** A fact that a reaction cannot digest is set aside, visibly, so that it does not stop all later ones. */
  async #quarantine(reaction: Reaction, fact: RecordedFact, error: unknown): Promise<void> {
    await this.#world.write(async (ctx) => {
      if (await hasPassed(ctx, reaction.name, fact.seq)) return
      await tables<ReactionTables>(ctx.db).insertInto('reaction_failure').values({ name: reaction.name, seq: fact.seq, error: String(error).slice(0, 500), at: ctx.now }).execute()
      await ctx.record({ kind: 'platform.reaction-failed', subject: { kind: 'fact', id: fact.id }, data: { reaction: reaction.name } })
      await moveCursor(ctx, reaction.name, fact.seq)
    })
  }
}

/** Whether another process has delivered this fact meanwhile. The single writer makes asking and delivering one. */
async function hasPassed(ctx: CommandContext, name: string, seq: number): Promise<boolean> {
  const cursor = await tables<ReactionTables>(ctx.db).selectFrom('reaction_cursor').select('seq').where('name', '=', name).executeTakeFirst()
  return cursor !== undefined && Number(cursor.seq) >= seq
}

async function moveCursor(ctx: CommandContext, name: string, seq: number): Promise<void> {
  await tables<ReactionTables>(ctx.db).insertInto('reaction_cursor').values({ name, seq }).onConflict((c) => c.column('name').doUpdateSet({ seq })).execute()
}

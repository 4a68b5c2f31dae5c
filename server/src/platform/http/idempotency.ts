/** Idempotency: the same request number by the same person takes effect once and gets the same answer. */
import { canonicalJson, type Result, refuse } from '@xiewen/shared/base'
import { cacheKeyOf } from '../blobs/blobs.ts'
import type { CommandContext } from '../context.ts'
import { type Migration, tables } from '../database/index.ts'

interface IdempotencyTables {
  idempotency: { person_id: string; request_key: string; digest: string; output: string; at: number }
}

/** Creates the register of answered requests. */
export const idempotencyMigrations: readonly Migration[] = [
  {
    name: '20261122T0840-idempotency-create',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('idempotency')
        .addColumn('person_id', 'text', (c) => c.notNull())
        .addColumn('request_key', 'text', (c) => c.notNull())
        .addColumn('digest', 'text', (c) => c.notNull())
        .addColumn('output', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('idempotency_key', ['person_id', 'request_key'])
        .execute()
    },
  },
]

/** Digest of what is asked, so that one number cannot stand for two requests. */
export function requestDigest(name: string, input: unknown): string {
  return cacheKeyOf(new TextEncoder().encode(`${name}\n${canonicalJson(input)}`))
}

/** Runs `work` unless this request has been answered before; must be called inside its transaction. */
export async function once<T>(
  ctx: CommandContext,
  request: { readonly key: string; readonly digest: string },
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const personId = ctx.actor.personId
  const known = await tables<IdempotencyTables>(ctx.db)
    .selectFrom('idempotency')
    .select(['digest', 'output'])
    .where('person_id', '=', personId)
    .where('request_key', '=', request.key)
    .executeTakeFirst()
  if (known) {
    if (known.digest !== request.digest) return refuse('base.idempotency-mismatch')
    // Safe because the row holds what this very contract answered.
    return { ok: true, value: JSON.parse(known.output) as T }
  }
  const outcome = await work()
  if (outcome.ok) {
    await tables<IdempotencyTables>(ctx.db)
      .insertInto('idempotency')
      .values({ person_id: personId, request_key: request.key, digest: request.digest, output: JSON.stringify(outcome.value), at: ctx.now })
      .execute()
  }
  return outcome
}

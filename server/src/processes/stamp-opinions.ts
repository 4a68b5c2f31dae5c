/** 审批意见时间戳: every signed opinion gets a time stamp (RFC 3161, SM3) over its signature from the office's own service, after the act and
 * in no act's way. What failed, or was signed before there was a service, is stamped when the service comes and every night. */
import { fromBase64, toBase64 } from '@xiewen/crypto'
import { z } from 'zod'
import type { QueryContext } from '../platform/context.ts'
import type { Reaction } from '../platform/slice.ts'
import { stampSourceOf } from '../seals/index.ts'
import { keepStamp, listUnstamped, listUnstampedOf, type UnstampedOpinion } from '../workflow/index.ts'

/** As many as one night's transaction should hold; the rest waits for the next. */
const mostAtOnce = 500

const aboutCase = z.object({ caseId: z.string() })

interface Stamped extends UnstampedOpinion {
  readonly token: string
  readonly at: number
}

/** Stamps what waits; nothing while the office has no service. */
async function stampAll(ctx: QueryContext, waiting: readonly UnstampedOpinion[]): Promise<readonly Stamped[]> {
  const source = waiting.length === 0 ? undefined : await stampSourceOf(ctx)
  if (source === undefined) return []
  const stamped: Stamped[] = []
  for (const opinion of waiting) stamped.push({ ...opinion, token: toBase64(await source(fromBase64(opinion.signature))), at: ctx.now })
  return stamped
}

function stamping(name: string, on: readonly string[], listWaiting: (ctx: QueryContext, data: unknown) => Promise<readonly UnstampedOpinion[]>): Reaction {
  return {
    name: `stamp-opinions.${name}`,
    on,
    prepare: async (ctx, fact) => stampAll(ctx, await listWaiting(ctx, fact.data)),
    run: async (ctx, _fact, prepared) => {
      // Safe because it is what `prepare` answered.
      const stamps = prepared as readonly Stamped[]
      for (const stamp of stamps) await keepStamp(ctx.db, stamp)
      if (stamps.length > 0) ctx.touch('workflow')
    },
  }
}

/** The acts that carry an opinion, and the occasions on which what is missing is made good. */
export const stampOpinions: readonly Reaction[] = [
  stamping(
    'on-opinion',
    ['workflow.started', 'workflow.task-done', 'workflow.returned', 'workflow.forwarded', 'workflow.signer-added', 'workflow.cancelled', 'workflow.read'],
    (ctx, data) => listUnstampedOf(ctx.db, aboutCase.parse(data).caseId),
  ),
  stamping('what-waits', ['seals.authority-made', 'seals.services-made', 'seals.revocation-lists-due'], (ctx) => listUnstamped(ctx.db, mostAtOnce)),
]

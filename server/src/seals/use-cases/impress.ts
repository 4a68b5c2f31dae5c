/** 用印: one permit, or several in one act after one review, each decided, made, verified and stored by itself. */
import { accept, type OutputOf, type Result, refuse } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { QueryContext } from '../../platform/context.ts'
import { Fault } from '../../platform/log/fault.ts'
import { onCommand } from '../../platform/slice.ts'
import { type ImpressionOrder, keepPrepared, prepareImpression, type PreparedImpression } from '../impressing.ts'

const impress = onCommand(contract.impress, { prepare: prepareImpression, commit: keepPrepared })

/** A file that cannot be sealed (a damaged file, a lost key) does not hold up the others. */
async function prepareOne(ctx: QueryContext, order: ImpressionOrder): Promise<Result<PreparedImpression>> {
  try {
    return await prepareImpression(ctx, order)
  } catch (error) {
    if (error instanceof Fault) return refuse('seals.cannot-be-sealed')
    throw error
  }
}

const impressTogether = onCommand(contract.impressTogether, {
  prepare: async (ctx, { orders }): Promise<Result<ReadonlyMap<string, Result<PreparedImpression>>>> => {
    const prepared = new Map<string, Result<PreparedImpression>>()
    for (const order of orders) if (!prepared.has(order.applicationId)) prepared.set(order.applicationId, await prepareOne(ctx, order))
    return accept(prepared)
  },
  commit: async (ctx, { orders }, prepared) => {
    const results: OutputOfTogether['results'] = []
    for (const [applicationId, made] of prepared) {
      const order = orders.find((each) => each.applicationId === applicationId)
      if (order === undefined) continue
      const done = made.ok ? await keepPrepared(ctx, order, made.value) : made
      results.push(
        done.ok
          ? { applicationId: order.applicationId, digest: done.value.digest, verdict: done.value.verification.verdict, refusal: null }
          : { applicationId: order.applicationId, digest: '', verdict: null, refusal: { code: done.refusal.code, params: { ...done.refusal.params } } },
      )
    }
    const refused = results.flatMap(({ applicationId, refusal }) => (refusal ? [{ applicationId, code: refusal.code }] : []))
    if (refused.length > 0) await ctx.record({ kind: 'seals.together-refused', subject: { kind: 'contract', id: contract.impressTogether.name }, data: { refused, code: refused[0]?.code ?? '' } })
    return accept({ results })
  },
})

type OutputOfTogether = OutputOf<typeof contract.impressTogether>

/** Operations of impressing. */
export const impressOperations = [impress, impressTogether]

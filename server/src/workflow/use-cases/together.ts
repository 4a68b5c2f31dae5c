/** 批量同意: several tasks agreed to in one act, each with its own signed opinion, fact and outcome. */
import { accept, type Refusal, type Result, refuse } from '@xiewen/shared/base'
import { canApproveTogether, findTask, type Order, stepOf, type TaskId, workflowContract as contract } from '@xiewen/shared/workflow'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { decideFresh, findCaseFor, prepareAct, type SeenCase, storeAct } from '../acting.ts'
import type { SignedOpinion } from '../opinions.ts'
import { recordDone } from './acts.ts'

interface TogetherInput {
  readonly taskIds: readonly TaskId[]
  readonly opinion: string
}

/** What agreeing to one task means: a task id begins with the id of its case. */
async function findOrder(ctx: QueryContext, taskId: TaskId, text: string): Promise<Result<{ readonly seen: SeenCase; readonly order: Order }>> {
  const seen = await findCaseFor(ctx, taskId.slice(0, taskId.indexOf('.')))
  const task = seen && findTask(seen.state, taskId)
  if (!seen || !task) return refuse('base.not-found')
  if (!canApproveTogether(task.step)) return refuse('workflow.not-together')
  return accept({ seen, order: { kind: stepOf(task.step).acts[0], taskId, choice: {}, code: 'AGREE', text, confirmed: false } })
}

async function prepare(ctx: QueryContext, input: TogetherInput): Promise<Result<ReadonlyMap<TaskId, SignedOpinion | null>>> {
  const opinions = new Map<TaskId, SignedOpinion | null>()
  for (const taskId of new Set(input.taskIds)) {
    const found = await findOrder(ctx, taskId, input.opinion)
    if (found.ok) opinions.set(taskId, await prepareAct(ctx, found.value.seen.row.id, found.value.order))
  }
  return accept(opinions)
}

/** Agrees to one task. Every refusal comes before the first row is written, so the others of the act stand. */
async function agree(ctx: CommandContext, taskId: TaskId, input: TogetherInput, opinion: SignedOpinion | null): Promise<Refusal | null> {
  const found = await findOrder(ctx, taskId, input.opinion)
  if (!found.ok) return found.refusal
  const { seen, order } = found.value
  const decided = await decideFresh(ctx, seen.row.id, seen.state.version, order)
  if (!decided.ok) return decided.refusal
  const stored = await storeAct(ctx, decided.value, opinion, null)
  if (!stored.ok) return stored.refusal
  await recordDone(ctx, decided.value, opinion, { together: new Set(input.taskIds).size })
  return null
}

const approveTogether = onCommand(contract.approveTogether, {
  prepare,
  commit: async (ctx, input, opinions) => {
    const results = []
    for (const taskId of new Set(input.taskIds)) {
      const refusal = await agree(ctx, taskId, input, opinions.get(taskId) ?? null)
      results.push({ taskId, refusal: refusal && { code: refusal.code, params: { ...refusal.params } } })
    }
    const refused = results.flatMap((each) => (each.refusal ? [{ taskId: each.taskId, code: each.refusal.code }] : []))
    // Rules that said no are part of the audit, also where they did so for some of many.
    if (refused.length > 0) await ctx.record({ kind: 'workflow.together-refused', subject: { kind: 'contract', id: contract.approveTogether.name }, data: { refused } })
    return accept({ results })
  },
})

/** Operations of this file. */
export const togetherOperations: readonly Operation[] = [approveTogether]

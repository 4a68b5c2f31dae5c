/** What every turn in a seal's life shares. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { decideSealAct, type SealAct } from '@xiewen/shared/seals'
import { listPostsWithDuty } from '../directory/index.ts'
import type { CommandContext, QueryContext } from '../platform/context.ts'
import { changeSeal, findSeal, nameOfSeal } from './repository.ts'
import { handsOf } from './scene.ts'
import type { SealRecord } from './tables.ts'

/** Task id of a seal's next step, in the inbox. */
export function sealTaskOf(sealId: string): string {
  return `seal.${sealId}`
}

/** Columns of a seal with no renewal under way. */
export const noRenewal = { renewal_state: '', renewal_reason: '', renewal_asker_id: null, renewal_asker_name: '', renewal_approver_id: null, renewal_approver_name: '' } as const

/** The seal with its state after an act, if the act fits and the caller has done none of the work it checks. */
export async function decideFor(ctx: QueryContext, sealId: string, act: SealAct): Promise<Result<{ readonly seal: SealRecord; readonly next: SealRecord['state'] }>> {
  const seal = await findSeal(ctx.db, sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const decision = decideSealAct(seal.state, act, ctx.actor.personId, handsOf(seal))
  return decision.ok ? accept({ seal, next: decision.value }) : decision
}

/** Carries out an act that changes nothing but the seal's state (and `further`). */
export async function turn(ctx: CommandContext, input: { readonly sealId: string; readonly reason: string }, act: Exclude<SealAct, 'make'>, fact: string, further: Partial<SealRecord> = {}): Promise<Result<SealRecord>> {
  const found = await decideFor(ctx, input.sealId, act)
  if (!found.ok) return found
  const { seal, next } = found.value
  await changeSeal(ctx.db, seal.id, { state: next, changed_at: ctx.now, reason: input.reason, ...further })
  await ctx.record({ kind: fact, subject: { kind: 'seal', id: seal.id }, data: { name: nameOfSeal(seal), reason: input.reason } })
  ctx.touch('seals')
  return accept(seal)
}

/** Puts a seal on the desks of those who take the next step; the task is the seal's one task. */
export async function tellPosts(ctx: CommandContext, seal: Pick<SealRecord, 'id' | 'name' | 'bottom_line' | 'custodian_name'>, postIds: readonly string[], step: string): Promise<void> {
  for (const postId of postIds) {
    await ctx.inbox.put({
      // Safe because the post came from the directory.
      kind: 'todo', room: 'seals', taskId: sealTaskOf(seal.id), postId: postId as Parameters<typeof ctx.inbox.put>[0]['postId'], subject: { kind: 'seal', id: seal.id },
      title: nameOfSeal(seal), detail: seal.custodian_name, step, fromName: ctx.actorOrNull?.name ?? '', urgency: 'none', dueAt: null,
    })
  }
}

/** Posts that approve for the organ which keeps the seal. */
export async function approverPostsOf(ctx: QueryContext, custodianId: string): Promise<readonly string[]> {
  return (await listPostsWithDuty(ctx.db, 'seal-approver', custodianId)).filter((post) => post.organId === custodianId).map((post) => post.id)
}

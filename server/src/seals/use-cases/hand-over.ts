/** 移交: a seal changes hands when its keeper leaves or rests. */
import { accept, refuse } from '@xiewen/shared/base'
import { canApproveFor, sealsContract as contract } from '@xiewen/shared/seals'
import { getPost } from '../../directory/index.ts'
import { grantAccess } from '../../documents/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import { onCommand } from '../../platform/slice.ts'
import { accessSource, listPermitted } from '../applications.ts'
import { leaveKeeping, takeRight } from '../custody.ts'
import { endLending } from '../lending.ts'
import { findLending } from '../lending-table.ts'
import { changeSeal, findSeal, nameOfSeal } from '../repository.ts'
import type { SealRecord } from '../tables.ts'

const handOver = onCommand(contract.handOver, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const may = canApproveFor(ctx.actor.posts, seal.custodian_id)
  if (!may.allowed) return refuse(may.because)
  const post = await getPost(ctx.db, input.keeperPostId)
  if (!post || post.organId !== seal.custodian_id || !post.duties.includes('seal-keeper')) return refuse('seals.not-a-keeper')
  if (post.personId === ctx.actor.personId || post.personId === seal.maker_id) return refuse('seals.own-act')
  await leaveKeeping(ctx.db, seal.id)
  if (!(await takeRight(ctx.db, seal.id, post.personId, 'keep'))) return refuse('seals.rights-apart')
  await changeSeal(ctx.db, seal.id, { keeper_post_id: post.id, changed_at: ctx.now })
  const lending = await findLending(ctx.db, seal.id, ctx.now)
  // The new keeper decides anew whom to lend it to.
  if (lending) await endLending(ctx, lending, seal)
  await moveOpenWork(ctx, seal, post.id)
  await ctx.record({ kind: 'seals.handed-over', subject: { kind: 'seal', id: seal.id }, data: { name: nameOfSeal(seal), from: seal.keeper_post_id, to: post.id, keeper: post.personName } })
  ctx.touch('seals')
  return accept({})
})

async function moveOpenWork(ctx: CommandContext, seal: SealRecord, toPostId: string): Promise<void> {
  for (const row of await listPermitted(ctx.db, seal.id)) {
    await ctx.inbox.reassign('seals', row.id, seal.keeper_post_id, toPostId)
    await grantAccess(ctx, row.document_id, { postId: toPostId }, 'read', accessSource(row.id))
  }
}

/** The operation of handing over. */
export const handOverOperations = [handOver]

/** 临时代管: the keeper or an approver lends the seal to a colleague for a time, and either ends that early. */
import { accept, refuse } from '@xiewen/shared/base'
import { decideLending, sealsContract as contract } from '@xiewen/shared/seals'
import { getPost, personOfPost } from '../../directory/index.ts'
import { onCommand } from '../../platform/slice.ts'
import { rightOf } from '../custody.ts'
import { endLending, planLending } from '../lending.ts'
import { findLending, insertLending, type LendingRecord } from '../lending-table.ts'
import { findSeal, nameOfSeal } from '../repository.ts'
import { isOfCustodian } from './make.ts'

const lend = onCommand(contract.lend, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (!seal) return refuse('seals.unknown-seal')
  if (!isOfCustodian(ctx, seal, true)) return refuse('seals.not-approver')
  const post = await getPost(ctx.db, input.postId)
  if (!post) return refuse('seals.not-of-custodian')
  const open = await findLending(ctx.db, seal.id, ctx.now)
  const decision = decideLending({
    sealState: seal.state, custodianId: seal.custodian_id, keeperPersonId: (await personOfPost(ctx.db, seal.keeper_post_id))?.personId ?? null, borrower: { personId: post.personId, organId: post.organId },
    lenderPersonId: ctx.actor.personId, openUntil: open ? Number(open.until_at) : null, from: input.from, until: input.until, now: ctx.now,
  })
  if (!decision.ok) return decision
  const held = await rightOf(ctx.db, seal.id, post.personId)
  if (held !== null && held !== 'keep') return refuse('seals.rights-apart')
  const row: LendingRecord = {
    id: ctx.newId<'LendingId'>(), seal_id: seal.id, post_id: post.id, person_id: post.personId, person_name: post.personName, from_at: Math.max(input.from, ctx.now), until_at: input.until, reason: input.reason,
    lender_name: ctx.actor.name, ended_at: null,
  }
  await insertLending(ctx.db, row)
  await planLending(ctx, row)
  await ctx.record({ kind: 'seals.lent', subject: { kind: 'seal', id: seal.id }, data: { name: nameOfSeal(seal), keeper: post.personName, from: row.from_at, until: row.until_at, reason: input.reason } })
  ctx.touch('seals')
  return accept({})
})

const endEarly = onCommand(contract.endLending, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const row = await findLending(ctx.db, seal.id, ctx.now)
  if (!isOfCustodian(ctx, seal, true) && row?.person_id !== ctx.actor.personId) return refuse('seals.not-approver')
  if (!row) return refuse('seals.not-lent')
  await endLending(ctx, row, seal)
  return accept({})
})

/** Operations of lending. */
export const lendOperations = [lend, endEarly]

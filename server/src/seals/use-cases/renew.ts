/** 换证: keeper asks, approver agrees, security administrator makes a new key and certificate for the same seal. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { canApproveFor, decideRenewal, type RenewalAct, type RenewalState, sealsContract as contract } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { onCommand, type Reaction } from '../../platform/slice.ts'
import { takeRight } from '../custody.ts'
import { keepMade, type MadeSeal, makeSeal, sealKeyOf } from '../making.ts'
import { changeSeal, findSeal, nameOfSeal } from '../repository.ts'
import type { SealRecord } from '../tables.ts'
import { approverPostsOf, noRenewal, sealTaskOf, tellPosts } from '../turns.ts'

async function decideFor(ctx: QueryContext, sealId: string, act: RenewalAct): Promise<Result<{ readonly seal: SealRecord; readonly next: RenewalState | null }>> {
  const seal = await findSeal(ctx.db, sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const scene = { sealState: seal.state, renewal: seal.renewal_state === '' ? null : seal.renewal_state, askerId: seal.renewal_asker_id, approverId: seal.renewal_approver_id }
  const decision = decideRenewal(scene, act, ctx.actor.personId)
  return decision.ok ? accept({ seal, next: decision.value }) : decision
}

/** Stores where the renewal stands and says so. */
async function note(ctx: CommandContext, seal: SealRecord, change: Partial<SealRecord>, fact: string, reason: string): Promise<void> {
  await changeSeal(ctx.db, seal.id, change)
  await ctx.inbox.complete('seals', sealTaskOf(seal.id))
  await ctx.record({ kind: fact, subject: { kind: 'seal', id: seal.id }, data: { name: nameOfSeal(seal), reason } })
  ctx.touch('seals')
}

const askRenewal = onCommand(contract.askRenewal, async (ctx, input) => {
  const found = await decideFor(ctx, input.sealId, 'ask')
  if (!found.ok) return found
  const { seal } = found.value
  if (!ctx.actor.posts.some((post) => post.id === seal.keeper_post_id)) return refuse('seals.not-keeper')
  if (seal.origin === 'outside') return refuse('seals.outside-renewal')
  if (!(await takeRight(ctx.db, seal.id, ctx.actor.personId, 'keep'))) return refuse('seals.rights-apart')
  const change = { renewal_state: 'asked', renewal_reason: input.reason, renewal_asker_id: ctx.actor.personId, renewal_asker_name: ctx.actor.name } as const
  await note(ctx, seal, change, 'seals.renewal-asked', input.reason)
  await tellPosts(ctx, seal, await approverPostsOf(ctx, seal.custodian_id), 'seals.step.approve-renewal')
  return accept({})
})

/** What an approver needs to decide on a renewal. */
async function decideAsApprover(ctx: CommandContext, sealId: string, act: 'approve' | 'refuse'): Promise<Result<SealRecord>> {
  const found = await decideFor(ctx, sealId, act)
  if (!found.ok) return found
  const may = canApproveFor(ctx.actor.posts, found.value.seal.custodian_id)
  if (!may.allowed) return refuse(may.because)
  return (await takeRight(ctx.db, sealId, ctx.actor.personId, 'approve')) ? accept(found.value.seal) : refuse('seals.rights-apart')
}

const approveRenewal = onCommand(contract.approveRenewal, async (ctx, input) => {
  const found = await decideAsApprover(ctx, input.sealId, 'approve')
  if (!found.ok) return found
  const change = { renewal_state: 'approved', renewal_approver_id: ctx.actor.personId, renewal_approver_name: ctx.actor.name } as const
  await note(ctx, found.value, change, 'seals.renewal-approved', found.value.renewal_reason)
  return accept({})
})

const refuseRenewal = onCommand(contract.refuseRenewal, async (ctx, input) => {
  const found = await decideAsApprover(ctx, input.sealId, 'refuse')
  if (!found.ok) return found
  await note(ctx, found.value, { ...noRenewal, reason: input.reason }, 'seals.renewal-declined', input.reason)
  return accept({})
})

const renew = onCommand(contract.renew, {
  prepare: async (ctx, input): Promise<Result<MadeSeal & { readonly generation: number }>> => {
    const found = await decideFor(ctx, input.sealId, 'renew')
    if (!found.ok) return found
    const generation = found.value.seal.generation + 1
    const made = await makeSeal(ctx, found.value.seal, generation, input.years)
    return made.ok ? accept({ ...made.value, generation }) : made
  },
  commit: async (ctx, input, prepared) => {
    const found = await decideFor(ctx, input.sealId, 'renew')
    if (!found.ok) return found
    const { seal } = found.value
    if (prepared.generation !== seal.generation + 1) return refuse('base.conflict')
    if (!(await takeRight(ctx.db, seal.id, ctx.actor.personId, 'make'))) return refuse('seals.rights-apart')
    await keepMade(ctx, seal, prepared.generation, prepared, noRenewal)
    await ctx.inbox.complete('seals', sealTaskOf(seal.id))
    const { certificate_serial: serial } = prepared.change
    const data = { name: nameOfSeal(seal), code: seal.code, serial, before: seal.certificate_serial, reason: seal.renewal_reason }
    await ctx.record({ kind: 'seals.renewed', subject: { kind: 'seal', id: seal.id }, data })
    ctx.touch('seals')
    return accept({ serial })
  },
})

/** Keys that seal no longer go for good: all of a destroyed seal, those before the last of a renewed one. */
export const onKeyRetired: Reaction = {
  name: 'seals.on-destroyed',
  on: ['seals.destroyed', 'seals.renewed'],
  prepare: async (ctx, fact) => {
    const seal = await findSeal(ctx.db, fact.subject.id)
    if (!seal) return
    const last = seal.state === 'destroyed' ? seal.generation : seal.generation - 1
    for (let generation = 1; generation <= last; generation++) await ctx.services.keys.destroy(sealKeyOf(seal.id, generation))
  },
  run: async () => undefined,
}

/** Operations of renewal. */
export const renewOperations = [askRenewal, approveRenewal, refuseRenewal, renew]

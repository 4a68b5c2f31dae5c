/** Making a seal (制章), filing it (备案), and its turns in use. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { CommandContext } from '../../platform/context.ts'
import { onCommand } from '../../platform/slice.ts'
import { takeRight } from '../custody.ts'
import { keepMade, makeSeal, type MadeSeal } from '../making.ts'
import { tellWhatIsDue } from '../reminders.ts'
import { findSeal, nameOfSeal } from '../repository.ts'
import type { SealRecord } from '../tables.ts'
import { decideFor, sealTaskOf, tellPosts, turn } from '../turns.ts'

const make = onCommand(contract.make, {
  prepare: async (ctx, input): Promise<Result<MadeSeal>> => {
    const found = await decideFor(ctx, input.sealId, 'make')
    if (!found.ok) return found
    return found.value.seal.origin === 'outside' ? refuse('seals.outside-needs-key') : makeSeal(ctx, found.value.seal, 1, input.years)
  },
  commit: async (ctx, input, prepared) => {
    const found = await decideFor(ctx, input.sealId, 'make')
    if (!found.ok) return found
    const { seal, next } = found.value
    if (!(await takeRight(ctx.db, seal.id, ctx.actor.personId, 'make'))) return refuse('seals.rights-apart')
    await keepMade(ctx, seal, 1, prepared, { state: next, maker_id: ctx.actor.personId, maker_name: ctx.actor.name })
    await ctx.inbox.complete('seals', sealTaskOf(seal.id))
    const { code, certificate_serial: serial } = prepared.change
    await tellPosts(ctx, seal, [seal.keeper_post_id], 'seals.step.enable')
    const subject = { kind: 'seal', id: seal.id }
    await ctx.record({ kind: 'seals.made', subject, data: { name: nameOfSeal(seal), code, serial, picture: prepared.change.drawing } })
    await ctx.record({ kind: 'seals.filed', subject, data: { code } })
    ctx.touch('seals')
    return accept({ code })
  },
})

const enable = onCommand(contract.enable, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !ctx.actor.posts.some((post) => post.id === seal.keeper_post_id)) return refuse('seals.not-keeper')
  if (seal && !(await takeRight(ctx.db, seal.id, ctx.actor.personId, 'keep'))) return refuse('seals.rights-apart')
  const done = await turn(ctx, { ...input, reason: '' }, 'enable', 'seals.enabled')
  if (!done.ok) return done
  await ctx.inbox.complete('seals', sealTaskOf(input.sealId))
  await tellWhatIsDue(ctx, input.sealId)
  return accept({})
})

/** Suspending and resuming belong to the organ that keeps the seal. */
export function isOfCustodian(ctx: CommandContext, seal: SealRecord | null, withKeeper: boolean): boolean {
  return seal !== null && ctx.actor.posts.some((post) => (post.organId === seal.custodian_id && post.duties.includes('seal-approver')) || (withKeeper && post.id === seal.keeper_post_id))
}

const suspend = onCommand(contract.suspend, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !isOfCustodian(ctx, seal, true)) return refuse('seals.not-approver')
  const done = await turn(ctx, input, 'suspend', 'seals.suspended')
  return done.ok ? accept({}) : done
})

const resume = onCommand(contract.resume, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !isOfCustodian(ctx, seal, false)) return refuse('seals.not-approver')
  const done = await turn(ctx, input, 'resume', 'seals.resumed')
  return done.ok ? accept({}) : done
})

/** Operations on the life of a seal. */
export const makeOperations = [make, enable, suspend, resume]

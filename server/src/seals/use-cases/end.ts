/** 注销、销毁: one person asks, another destroys. */
import { accept, refuse } from '@xiewen/shared/base'
import { canApproveFor, sealsContract as contract } from '@xiewen/shared/seals'
import { onCommand } from '../../platform/slice.ts'
import { revokeCertificates } from '../custody.ts'
import { expiryJob } from '../making.ts'
import { tellWhatIsDue } from '../reminders.ts'
import { changeSeal, findSeal } from '../repository.ts'
import { noRenewal, sealTaskOf, turn } from '../turns.ts'
import { isOfCustodian } from './make.ts'

const askDestruction = onCommand(contract.askDestruction, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (seal && !isOfCustodian(ctx, seal, true)) return refuse('seals.not-approver')
  const done = await turn(ctx, input, 'ask-destruction', 'seals.destruction-asked', { ender_id: ctx.actor.personId, ender_name: ctx.actor.name, ...noRenewal })
  if (!done.ok) return done
  await ctx.inbox.withdraw('seals', sealTaskOf(input.sealId))
  return accept({})
})

const keepOn = onCommand(contract.keepOn, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  const may = canApproveFor(ctx.actor.posts, seal?.custodian_id ?? '')
  if (seal && !may.allowed) return refuse(may.because)
  const done = await turn(ctx, input, 'keep-on', 'seals.kept-on', { ender_id: null, ender_name: '' })
  if (!done.ok) return done
  await ctx.inbox.withdraw('seals', sealTaskOf(input.sealId))
  await tellWhatIsDue(ctx, input.sealId)
  return accept({})
})

const destroy = onCommand(contract.destroy, async (ctx, input) => {
  const done = await turn(ctx, input, 'destroy', 'seals.destroyed')
  if (!done.ok) return done
  await changeSeal(ctx.db, input.sealId, { revoked_at: ctx.now })
  await revokeCertificates(ctx.db, input.sealId, ctx.now)
  await ctx.inbox.complete('seals', sealTaskOf(input.sealId))
  await ctx.jobs.cancel(expiryJob, input.sealId)
  return accept({})
})

/** Operations that end a seal. */
export const endOperations = [askDestruction, keepOn, destroy]

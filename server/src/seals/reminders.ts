/** What a seal's people are told of its ends: by a job when the time comes, and when a seal comes into use that was out of it at that time. */
import { certificateLeadMs, endingOf } from '@xiewen/shared/seals'
import { z } from 'zod'
import type { CommandContext } from '../platform/context.ts'
import type { JobKind } from '../platform/slice.ts'
import { expiryJob } from './making.ts'
import { tellOutsideDue } from './outside/endings.ts'
import { findSeal } from './repository.ts'
import type { SealRecord } from './tables.ts'
import { tellPosts } from './turns.ts'

const payloadSchema = z.object({ sealId: z.string() })

/** Two months before a certificate ends, its keeper is told to ask for a renewal. */
export const remindExpiry: JobKind = {
  name: expiryJob,
  misfire: 'run-late',
  run: async (ctx, job) => tellExpiry(ctx, await findSeal(ctx.db, payloadSchema.parse(job.payload).sealId)),
}

async function tellExpiry(ctx: CommandContext, seal: SealRecord | null): Promise<void> {
  if (!seal || seal.renewal_state !== '' || (seal.state !== 'active' && seal.state !== 'suspended')) return
  await tellPosts(ctx, seal, [seal.keeper_post_id], seal.origin === 'outside' ? 'seals.step.expiring-outside' : 'seals.step.expiring')
}

/** Tells what is due of a seal that was put into use or kept on just now: reminders pass by a seal that is not in use, and come once. */
export async function tellWhatIsDue(ctx: CommandContext, sealId: string): Promise<void> {
  const seal = await findSeal(ctx.db, sealId)
  if (!seal) return
  if (seal.valid_until !== null && endingOf(Number(seal.valid_until), certificateLeadMs, ctx.now) !== 'later') await tellExpiry(ctx, seal)
  if (seal.origin === 'outside') await tellOutsideDue(ctx, seal)
}

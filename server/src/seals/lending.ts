/** What a lending (临时代管) means for desks: the colleague's work comes, goes, and each is told of the other's impressions. Authority
 * itself begins and ends by the clock, read in the transaction of every impression. */
import { z } from 'zod'
import { grantAccess } from '../documents/index.ts'
import type { CommandContext } from '../platform/context.ts'
import type { JobKind } from '../platform/slice.ts'
import { accessSource, listPermitted } from './applications.ts'
import { closeLending, findLending, getLending, isInForce, type LendingRecord } from './lending-table.ts'
import { findSeal, nameOfSeal } from './repository.ts'
import type { ApplicationRecord, SealRecord } from './tables.ts'

const startJob = 'seals.lending-starts'
const endJob = 'seals.lending-ends'

/** Plans when the colleague is told that it begins and when it is cleared away. */
export async function planLending(ctx: CommandContext, row: LendingRecord): Promise<void> {
  await ctx.jobs.plan({ name: startJob, key: row.id, dueAt: row.from_at, payload: { lendingId: row.id } })
  await ctx.jobs.plan({ name: endJob, key: row.id, dueAt: row.until_at, payload: { lendingId: row.id } })
}

/** Ends a lending: what waited on the colleague's desk leaves it. */
export async function endLending(ctx: CommandContext, row: LendingRecord, seal: SealRecord): Promise<void> {
  await closeLending(ctx.db, row.id, ctx.now)
  for (const job of [startJob, endJob]) await ctx.jobs.cancel(job, row.id)
  for (const application of await listPermitted(ctx.db, seal.id)) await ctx.inbox.complete('seals', application.id, row.post_id)
  await ctx.record({ kind: 'seals.lending-ended', subject: { kind: 'seal', id: seal.id }, data: { name: nameOfSeal(seal), keeper: row.person_name } })
  ctx.touch('seals')
}

/** Puts an impression that is permitted on the desk of whoever keeps the seal for now. */
export async function tellBorrower(ctx: CommandContext, application: ApplicationRecord, dueAt: number | null): Promise<void> {
  const lending = await findLending(ctx.db, application.seal_id, ctx.now)
  if (!isInForce(lending, ctx.now)) return
  // Safe because the post came from the directory.
  const postId = lending.post_id as Parameters<typeof ctx.inbox.put>[0]['postId']
  await grantAccess(ctx, application.document_id, { postId }, 'read', accessSource(application.id))
  await ctx.inbox.put({
    kind: 'todo', room: 'seals', taskId: application.id, postId, subject: { kind: 'application', id: application.id }, title: application.title, detail: application.number, step: 'seals.step.impress',
    fromName: application.approver_name, urgency: 'none', dueAt,
  })
}

/** What one of the two did with the seal is laid on the other's desk. */
export async function tellOther(ctx: CommandContext, seal: SealRecord, application: ApplicationRecord, impressionId: string): Promise<void> {
  const lending = await findLending(ctx.db, seal.id, ctx.now)
  if (!isInForce(lending, ctx.now)) return
  const postId = lending.person_id === ctx.actor.personId ? seal.keeper_post_id : lending.post_id
  await ctx.inbox.put({
    // Safe because both posts came from the directory.
    kind: 'to-read', room: 'seals', taskId: `seals.shared.${impressionId}`, postId: postId as Parameters<typeof ctx.inbox.put>[0]['postId'], subject: { kind: 'application', id: application.id },
    title: application.title, detail: application.number, step: 'seals.step.shared-use', fromName: ctx.actor.name, urgency: 'none', dueAt: null,
  })
}

const payloadSchema = z.object({ lendingId: z.string() })

/** When a lending begins, what waits for the seal comes to the colleague's desk too. */
export const startLending: JobKind = {
  name: startJob,
  misfire: 'run-late',
  run: async (ctx, job) => {
    const row = await getLending(ctx.db, payloadSchema.parse(job.payload).lendingId)
    if (!isInForce(row, ctx.now)) return
    for (const application of await listPermitted(ctx.db, row.seal_id)) await tellBorrower(ctx, application, null)
    ctx.touch('seals')
  },
}

/** When its time is over, the authority is gone already; desk and register follow. */
export const finishLending: JobKind = {
  name: endJob,
  misfire: 'run-late',
  run: async (ctx, job) => {
    const row = await getLending(ctx.db, payloadSchema.parse(job.payload).lendingId)
    const seal = row && (await findSeal(ctx.db, row.seal_id))
    if (row && seal && row.ended_at === null) await endLending(ctx, row, seal)
  },
}

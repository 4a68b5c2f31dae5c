/** 临时代管: the keeper or an approver lends the seal to a colleague for a time. Authority begins and ends by the clock, read in the transaction
 * of every impression; the jobs only tell people and move their work. */
import { accept, refuse } from '@xiewen/shared/base'
import { decideLending, sealsContract as contract } from '@xiewen/shared/seals'
import { z } from 'zod'
import { getPost, personOfPost } from '../../directory/index.ts'
import { grantAccess } from '../../documents/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import { tables } from '../../platform/database/index.ts'
import { type JobKind, onCommand } from '../../platform/slice.ts'
import { rightOf } from '../custody.ts'
import { closeLending, findLending, getLending, insertLending, isInForce, type LendingRecord } from '../lending-table.ts'
import { findSeal } from '../repository.ts'
import type { ApplicationRecord, SealRecord, SealsTables } from '../tables.ts'
import { accessSource } from './apply.ts'
import { isOfCustodian } from './make.ts'

const startJob = 'seals.lending-starts'
const endJob = 'seals.lending-ends'

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
  await ctx.jobs.plan({ name: startJob, key: row.id, dueAt: row.from_at, payload: { lendingId: row.id } })
  await ctx.jobs.plan({ name: endJob, key: row.id, dueAt: row.until_at, payload: { lendingId: row.id } })
  await ctx.record({ kind: 'seals.lent', subject: { kind: 'seal', id: seal.id }, data: { name: seal.name, keeper: post.personName, from: row.from_at, until: row.until_at, reason: input.reason } })
  ctx.touch('seals')
  return accept({})
})

const endLending = onCommand(contract.endLending, async (ctx, input) => {
  const seal = await findSeal(ctx.db, input.sealId)
  if (!seal) return refuse('seals.unknown-seal')
  const row = await findLending(ctx.db, seal.id, ctx.now)
  if (!isOfCustodian(ctx, seal, true) && row?.person_id !== ctx.actor.personId) return refuse('seals.not-approver')
  if (!row) return refuse('seals.not-lent')
  await end(ctx, row, seal)
  return accept({})
})

async function end(ctx: CommandContext, row: LendingRecord, seal: SealRecord): Promise<void> {
  await closeLending(ctx.db, row.id, ctx.now)
  for (const job of [startJob, endJob]) await ctx.jobs.cancel(job, row.id)
  for (const application of await listPermitted(ctx, seal.id)) await ctx.inbox.complete('seals', application.id, row.post_id)
  await ctx.record({ kind: 'seals.lending-ended', subject: { kind: 'seal', id: seal.id }, data: { name: seal.name, keeper: row.person_name } })
  ctx.touch('seals')
}

function listPermitted(ctx: CommandContext, sealId: string): Promise<readonly ApplicationRecord[]> {
  return tables<SealsTables>(ctx.db).selectFrom('seal_application').selectAll().where('seal_id', '=', sealId).where('state', '=', 'permitted').execute()
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
    for (const application of await listPermitted(ctx, row.seal_id)) await tellBorrower(ctx, application, null)
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
    if (row && seal && row.ended_at === null) await end(ctx, row, seal)
  },
}

/** Operations of lending. */
export const lendOperations = [lend, endLending]

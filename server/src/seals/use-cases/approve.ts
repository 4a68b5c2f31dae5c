/** 用印审批: approving issues the permit at once, bound to the file applied for. */
import { accept, refuse } from '@xiewen/shared/base'
import { canApproveFor, decideApproval, decideClosing, sealsContract as contract } from '@xiewen/shared/seals'
import { z } from 'zod'
import { getIssuedPdf, grantAccess } from '../../documents/index.ts'
import type { CommandContext } from '../../platform/context.ts'
import { type JobKind, onCommand } from '../../platform/slice.ts'
import { accessSource, changeApplication, findApplication, followSeals, insertPermit, touchUse, useFact } from '../applications.ts'
import { tellBorrower } from '../lending.ts'
import { takeRight } from '../custody.ts'
import { findSeal } from '../repository.ts'
import { keepersOf } from '../scene.ts'
import type { ApplicationRecord, SealRecord } from '../tables.ts'
import { closeApplication } from './apply.ts'

const approve = onCommand(contract.approve, async (ctx, input) => {
  const row = await findApplication(ctx.db, input.applicationId)
  const seal = row ? await findSeal(ctx.db, row.seal_id) : null
  if (!row || !seal) return refuse('seals.unknown-application')
  const may = canApproveFor(ctx.actor.posts, seal.custodian_id)
  if (!may.allowed) return refuse(may.because)
  const { holder } = await keepersOf(ctx.db, seal, ctx.now)
  const decision = decideApproval({
    state: row.state, sealState: seal.state, applicantPersonId: row.applicant_id, keeperPersonId: holder?.personId ?? null, approverPersonId: ctx.actor.personId,
    currentDigest: (await getIssuedPdf(ctx.db, row.document_id))?.digest ?? null, digest: await followSeals(ctx.db, row.document_id, row.digest),
  })
  if (!decision.ok) return decision
  if (!(await takeRight(ctx.db, seal.id, ctx.actor.personId, 'approve'))) return refuse('seals.rights-apart')
  const validUntil = ctx.now + input.validMinutes * 60_000
  await changeApplication(ctx.db, row.id, { state: decision.value, approver_id: ctx.actor.personId, approver_name: ctx.actor.name, decided_at: ctx.now, opinion: input.opinion })
  await issuePermit(ctx, row, validUntil)
  await tellKeeper(ctx, row, seal, validUntil)
  const post = ctx.actor.posts.find((each) => each.organId === seal.custodian_id && each.duties.includes('seal-approver'))
  await ctx.record(useFact('seals.permitted', row, { digest: row.digest, validUntil, opinion: input.opinion }), post)
  touchUse(ctx, row)
  return accept({ validUntil })
})

async function issuePermit(ctx: CommandContext, row: ApplicationRecord, validUntil: number): Promise<void> {
  await insertPermit(ctx.db, {
    id: ctx.newId<'SealPermitId'>(), application_id: row.id, seal_id: row.seal_id, document_id: row.document_id, digest: row.digest, place: row.place,
    issued_at: ctx.now, valid_until: validUntil, used_at: null, ended_at: null,
  })
  await ctx.jobs.plan({ name: 'seals.lapse-permit', key: row.id, dueAt: validUntil, payload: { applicationId: row.id } })
}

async function tellKeeper(ctx: CommandContext, row: ApplicationRecord, seal: SealRecord, validUntil: number): Promise<void> {
  await ctx.inbox.complete('seals', row.id)
  await grantAccess(ctx, row.document_id, { postId: seal.keeper_post_id }, 'read', accessSource(row.id))
  await ctx.inbox.put({
    // Safe because the post came from the directory.
    kind: 'todo', room: 'seals', taskId: row.id, postId: seal.keeper_post_id as Parameters<typeof ctx.inbox.put>[0]['postId'],
    subject: { kind: 'application', id: row.id }, title: row.title, detail: row.number, step: 'seals.step.impress', fromName: ctx.actor.name, urgency: 'none', dueAt: validUntil,
  })
  await tellBorrower(ctx, { ...row, approver_name: ctx.actor.name }, validUntil)
}

const refuseUse = onCommand(contract.refuse, async (ctx, input) => {
  const row = await findApplication(ctx.db, input.applicationId)
  if (!row) return refuse('seals.unknown-application')
  const may = canApproveFor(ctx.actor.posts, row.custodian_id)
  if (!may.allowed) return refuse(may.because)
  const decision = decideClosing(row.state)
  if (!decision.ok) return decision
  const change = { state: 'refused', approver_id: ctx.actor.personId, approver_name: ctx.actor.name, decided_at: ctx.now, opinion: input.reason } as const
  await closeApplication(ctx, row, change, 'seals.use-refused', input.reason)
  return accept({})
})

const payloadSchema = z.object({ applicationId: z.string() })

/** A permit nobody used in time lapses, and the registrar is told through the document's step. */
export const lapsePermit: JobKind = {
  name: 'seals.lapse-permit',
  misfire: 'run-late',
  run: async (ctx, job) => {
    const { applicationId } = payloadSchema.parse(job.payload)
    const row = await findApplication(ctx.db, applicationId)
    if (row?.state === 'permitted') await closeApplication(ctx, row, { state: 'expired' }, 'seals.expired', '')
  },
}

/** Operations of approving. */
export const approveOperations = [approve, refuseUse]

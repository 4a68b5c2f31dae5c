/** 用印申请: asking, withdrawing, and who is told. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { type DocumentView, formatDocumentNumber } from '@xiewen/shared/documents'
import { canApplyFor, decideClosing, decideStraddle, findPlace, type SealPlace, sealsContract as contract } from '@xiewen/shared/seals'
import { getUnit, listPostsWithDuty } from '../../directory/index.ts'
import { getDocumentFor, getIssuedPdf, grantAccess, type IssuedPdf, revokeAccess } from '../../documents/index.ts'
import type { ActorPost, CommandContext } from '../../platform/context.ts'
import { onCommand } from '../../platform/slice.ts'
import { accessSource, changeApplication, endPermit, findApplication, insertApplication, listApplicationsOf, listSealsOn, placeOf, touchUse, useFact } from '../applications.ts'
import { findOrganSeal, findSeal } from '../repository.ts'
import type { ApplicationRecord, SealRecord } from '../tables.ts'

interface ApplyScene {
  readonly document: DocumentView
  readonly post: ActorPost
  readonly seal: SealRecord
  readonly pdf: IssuedPdf
  readonly place: SealPlace
}

async function findScene(ctx: CommandContext, input: { readonly documentId: string; readonly sealId?: string | undefined }): Promise<Result<ApplyScene>> {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  if (!document) return refuse('base.not-found')
  const may = canApplyFor(ctx.actor.posts, document.organId)
  const post = ctx.actor.posts.find((each) => each.organId === document.organId && each.duties.includes('registrar'))
  if (!may.allowed || !post) return refuse('seals.not-registrar')
  const pdf = document.state === 'typeset' || document.state === 'sealed' ? await getIssuedPdf(ctx.db, document.id) : null
  if (!pdf) return refuse('seals.not-typeset')
  const seal = input.sealId === undefined ? await findOrganSeal(ctx.db, document.organId) : await findSeal(ctx.db, input.sealId)
  if (!seal) return refuse(input.sealId === undefined ? 'seals.no-active-seal' : 'seals.unknown-seal')
  if (seal.state !== 'active') return refuse('seals.not-active')
  const organ = await getUnit(ctx.db, seal.unit_id)
  const place = findPlace(pdf.sealAnchors, { names: [seal.name, organ?.shortName ?? seal.name], issues: seal.organ_id === document.organId })
  return place.ok ? accept({ document, post, seal, pdf, place: place.value }) : place
}

const apply = onCommand(contract.apply, async (ctx, input) => {
  const found = await findScene(ctx, input)
  if (!found.ok) return found
  const { document, post, seal, pdf, place } = found.value
  if ((await listSealsOn(ctx.db, document.id, pdf.digest)).has(seal.id)) return refuse('seals.already-sealed')
  const others = await listApplicationsOf(ctx.db, document.id)
  const placed = placeWith(input.straddle, place, pdf, others)
  if (!placed.ok) return placed
  if (others.some((each) => each.seal_id === seal.id && (each.state === 'applied' || each.state === 'permitted'))) return refuse('seals.already-applied')
  const row: ApplicationRecord = {
    id: ctx.newId<'SealApplicationId'>(), state: 'applied', document_id: document.id, seal_id: seal.id, custodian_id: seal.custodian_id, organ_id: document.organId,
    title: document.title, number: document.number ? formatDocumentNumber(document.number) : '', pages: pdf.pages, digest: pdf.digest, place: JSON.stringify(placed.value),
    drafter_id: document.ownerPersonId, applicant_id: ctx.actor.personId, applicant_post_id: post.id, applicant_name: ctx.actor.name, applied_at: ctx.now,
    approver_id: null, approver_name: '', decided_at: null, opinion: '',
  }
  await insertApplication(ctx.db, row)
  await askApprovers(ctx, row, document, seal)
  await ctx.record(useFact('seals.applied', row, { digest: row.digest }), post)
  touchUse(ctx, row)
  // Safe because the id was made a few lines above.
  return accept({ applicationId: row.id as ReturnType<typeof ctx.newId<'SealApplicationId'>> })
})

/** The place with the seam, if the seal is to go over it too: each organ's strips at a height of their own. */
function placeWith(sheets: 'none' | 'single' | 'double', place: SealPlace, pdf: IssuedPdf, others: readonly ApplicationRecord[]): Result<SealPlace> {
  if (sheets === 'none') return accept(place)
  const before = others.filter((row) => !['refused', 'withdrawn', 'expired'].includes(row.state) && placeOf(row.place).straddle !== null).length
  const straddle = decideStraddle(sheets, pdf.pages, before)
  return straddle.ok ? accept({ ...place, straddle: straddle.value }) : straddle
}

async function askApprovers(ctx: CommandContext, row: ApplicationRecord, document: DocumentView, seal: SealRecord): Promise<void> {
  const approvers = (await listPostsWithDuty(ctx.db, 'seal-approver', seal.custodian_id)).filter((each) => each.organId === seal.custodian_id)
  for (const approver of approvers) {
    await grantAccess(ctx, document.id, { postId: approver.id }, 'read', accessSource(row.id))
    await ctx.inbox.put({
      kind: 'todo', room: 'seals', taskId: row.id, postId: approver.id, subject: { kind: 'application', id: row.id }, title: row.title, detail: row.number,
      step: 'seals.step.approve', fromName: ctx.actor.name, urgency: document.urgency, dueAt: null,
    })
  }
}

/** Closes an application without an impression and takes back what it gave. */
export async function closeApplication(ctx: CommandContext, row: ApplicationRecord, change: Partial<ApplicationRecord>, fact: string, reason: string): Promise<void> {
  await changeApplication(ctx.db, row.id, change)
  await endPermit(ctx.db, row.id, ctx.now)
  await ctx.inbox.complete('seals', row.id)
  await ctx.jobs.cancel('seals.lapse-permit', row.id)
  await revokeAccess(ctx, row.document_id, accessSource(row.id))
  await ctx.record(useFact(fact, row, reason === '' ? {} : { reason }))
  touchUse(ctx, row)
}

const withdraw = onCommand(contract.withdraw, async (ctx, input) => {
  const row = await findApplication(ctx.db, input.applicationId)
  if (!row) return refuse('seals.unknown-application')
  if (row.applicant_id !== ctx.actor.personId) return refuse('seals.not-applicant')
  const decision = decideClosing(row.state)
  if (!decision.ok) return decision
  await closeApplication(ctx, row, { state: 'withdrawn' }, 'seals.withdrawn', '')
  return accept({})
})

/** Operations of applying. */
export const applyOperations = [apply, withdraw]

/** The work of 用印: the permit is checked, the file sealed and verified; then everything is checked again in the transaction that uses the
 * permit up. Replays and parallel requests find it used. */
import { CryptoError, fromHex, impressOfd, impressPdf, parseCertificate, parseSeal, type VerifyReport } from '@xiewen/crypto'
import { accept, type BlobDigest, instant, type Result, refuse } from '@xiewen/shared/base'
import { decideImpression, type ImpressionId, type Verification } from '@xiewen/shared/seals'
import { attachSealedPdf, getIssuedOfd, getIssuedPdf, grantAccess, type PlacedAnchor } from '../documents/index.ts'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../platform/context.ts'
import { assert, Fault } from '../platform/log/fault.ts'
import { accessSource, changeApplication, findApplication, findPermit, followSeals, insertImpression, placeOf, touchUse, useFact, usePermit } from './applications.ts'
import { rightOf, takeRight } from './custody.ts'
import { getDrawing } from './drawing.ts'
import { tellOther } from './lending.ts'
import { sealKeyOf } from './making.ts'
import { isComplete } from './needs.ts'
import { findSeal } from './repository.ts'
import { keepersOf } from './scene.ts'
import type { ApplicationRecord, ImpressionRecord, PermitRecord, SealRecord } from './tables.ts'
import { stampSourceOf } from './trust-services/time-stamps.ts'
import { checkFile, presentReport } from './verification.ts'

/** Which permit to use, and how far the seal is moved from its lawful place, mm. */
export interface ImpressionOrder {
  readonly applicationId: string
  readonly nudgeX: number
  readonly nudgeY: number
}

/** What became of it. */
export interface MadeImpression {
  readonly impressionId: ImpressionId
  readonly digest: BlobDigest
  readonly verification: Verification
}

interface Ready {
  readonly row: ApplicationRecord
  readonly seal: SealRecord
  readonly permit: PermitRecord
  readonly blob: BlobDigest
  readonly ofd: BlobDigest | null
  readonly anchors: readonly PlacedAnchor[]
  readonly centre: { readonly x: number; readonly y: number }
  readonly keeper: string
}

/** An impression made in memory. */
export interface PreparedImpression {
  /** The files that were sealed, and what became of them. */
  readonly base: BlobDigest
  readonly ofdBase: BlobDigest | null
  readonly digest: BlobDigest
  readonly ofd: BlobDigest | null
  readonly verification: Verification
  /** Serial of the certificate it was sealed with. */
  readonly serial: string
}

/** Everything the rules ask about, as it is now. `provenUntil` is that of the caller's proof of identity. */
async function decide(ctx: QueryContext, order: ImpressionOrder, provenUntil = ctx.actor.provenUntil): Promise<Result<Ready>> {
  const row = await findApplication(ctx.db, order.applicationId)
  const seal = row ? await findSeal(ctx.db, row.seal_id) : null
  if (!row || !seal) return refuse('seals.unknown-application')
  const permit = await findPermit(ctx.db, row.id)
  const pdf = await getIssuedPdf(ctx.db, row.document_id)
  const keepers = await keepersOf(ctx.db, seal, ctx.now)
  const decision = decideImpression({
    state: row.state,
    permit: permit && {
      digest: await followSeals(ctx.db, row.document_id, permit.digest), sealId: permit.seal_id, place: placeOf(permit.place), validUntil: Number(permit.valid_until),
      usedAt: permit.used_at === null ? null : Number(permit.used_at),
    },
    sealId: seal.id, sealState: seal.state, certificateUntil: seal.valid_until === null ? null : Number(seal.valid_until), keeperPersonIds: keepers.personIds, actorPersonId: ctx.actor.personId, applicantPersonId: row.applicant_id,
    approverPersonId: row.approver_id, drafterPersonId: row.drafter_id, provenUntil, currentDigest: pdf?.digest ?? null,
    nudgeX: order.nudgeX, nudgeY: order.nudgeY, now: ctx.now,
  })
  if (!decision.ok) return decision
  assert(permit !== null && pdf !== null, 'an impression that may be made has a permit and a file')
  return accept({ row, seal, permit, blob: pdf.blob, ofd: (await getIssuedOfd(ctx.db, row.document_id))?.blob ?? null, anchors: pdf.sealAnchors, centre: decision.value, keeper: keepers.holder?.name ?? '' })
}

/** Seals the bytes in memory; the permit is not used yet.
 *
 * @throws Fault when the key is missing or the result does not verify: it must never leave the house
 */
async function seal(ctx: QueryContext, ready: Ready): Promise<Result<PreparedImpression>> {
  const { seal: row, centre, permit } = ready
  const { blobs, keys } = ctx.services
  const place = placeOf(permit.place)
  const key = await keys.find(sealKeyOf(row.id, row.generation))
  if (!key || row.certificate === null || row.drawing === null || row.data === null) throw new Fault(`the seal ${row.id} has lost its key or its data`)
  const stamp = await stampSourceOf(ctx)
  const order = {
    // Safe because the column is written with what the blob store answered.
    seal: parseSeal(await blobs.get(row.data as BlobDigest)),
    signer: { key, certificate: parseCertificate(fromHex(row.certificate)) },
    page: place.page,
    centreMm: centre,
    signedAt: ctx.now,
    ...(stamp === undefined ? {} : { stamp }),
    ...(place.straddle === null ? {} : { straddle: { sheets: place.straddle.sheets, centreYMm: place.straddle.centreY } }),
  }
  const drawing = await getDrawing(ctx.services, row.drawing)
  const pdf = await sealed(ctx, async () => (await impressPdf(await blobs.get(ready.blob), { ...order, drawing })).bytes)
  if (!pdf.ok) return pdf
  const { ofd: base } = ready
  const ofd = base === null ? null : await sealed(ctx, async () => (await impressOfd(await blobs.get(base), order)).bytes)
  if (ofd !== null && !ofd.ok) return ofd
  const { digest, report } = pdf.value
  return accept({ base: ready.blob, ofdBase: base, digest, ofd: ofd?.value.digest ?? null, verification: await presentReport(ctx.db, report), serial: row.certificate_serial })
}

/** Stores what a sealing made, once it is VALID. Of a seal from outside, an authority may have revoked its certificate or its maker's, or given no list for too long:
 * that is said in words. */
async function sealed(ctx: QueryContext, make: () => Promise<Uint8Array>): Promise<Result<{ readonly digest: BlobDigest; readonly report: VerifyReport }>> {
  const bytes = await make().catch((cause: unknown) => {
    throw cause instanceof CryptoError ? new Fault(`the file cannot be sealed: ${cause.message}`, { cause }) : cause
  })
  const report = await checkFile(ctx, bytes, ctx.now)
  const codes: readonly string[] = report.signatures.flatMap((each) => each.reasons.map(({ code }) => code))
  if (report.verdict !== 'VALID' && (codes.includes('certificate-revoked') || codes.includes('revoked-time-unproven'))) return refuse('seals.outside-revoked')
  if (report.verdict !== 'VALID' && codes.includes('revocation-stale')) return refuse('seals.outside-list-stale')
  if (report.verdict !== 'VALID' && codes.some((code) => code.startsWith('revocation-list-'))) return refuse('seals.outside-list-not-covering')
  if (report.verdict !== 'VALID') throw new Fault(`a fresh impression is ${report.verdict}: ${codes.join(', ')}`)
  return accept({ digest: await ctx.services.blobs.put(bytes), report })
}

/** What the rules would say to the caller now, identity proved: the code of their refusal, or null when they allow it. */
export async function judgeOrder(ctx: QueryContext, order: ImpressionOrder): Promise<string | null> {
  const decision = await decide(ctx, order, instant(Number.MAX_SAFE_INTEGER))
  return decision.ok ? null : decision.refusal.code
}

/** Decides and seals in memory; nothing is used up yet. */
export async function prepareImpression(ctx: QueryContext, order: ImpressionOrder): Promise<Result<PreparedImpression>> {
  const ready = await decide(ctx, order)
  return ready.ok ? seal(ctx, ready.value) : ready
}

/** Decides again and stores, inside one transaction. Whatever is refused is refused before the permit is used up, so that others in the same act
 * stand. */
export async function keepPrepared(ctx: CommandContext, order: ImpressionOrder, prepared: PreparedImpression): Promise<Result<MadeImpression>> {
  const ready = await decide(ctx, order)
  if (!ready.ok) return ready
  const { row, permit, seal: used } = ready.value
  if (!(await mayKeep(ctx, used))) return refuse('seals.rights-apart')
  // Renewed meanwhile: the key this was sealed with is no longer the seal's.
  if (used.certificate_serial !== prepared.serial) return refuse('base.conflict')
  // Another organ's seal came first: this one was made over the file without it and would undo it.
  if (ready.value.blob !== prepared.base || ready.value.ofd !== prepared.ofdBase) return refuse('base.conflict')
  if (!(await usePermit(ctx.db, permit.id, ctx.now))) return refuse('seals.permit-used')
  const impressionId = await keepImpression(ctx, ready.value, prepared)
  const whole = { id: row.document_id, digest: prepared.base, organId: row.organ_id, sealAnchors: ready.value.anchors }
  await attachSealedPdf(ctx, row.document_id, { pdf: prepared.digest, ofd: prepared.ofd, organName: ready.value.seal.organ_name, isComplete: await isComplete(ctx.db, whole, row.seal_id) })
  await changeApplication(ctx.db, row.id, { state: 'impressed' })
  await ctx.inbox.complete('seals', row.id)
  await ctx.jobs.cancel('seals.lapse-permit', row.id)
  await tellOther(ctx, used, row, impressionId)
  await grantAccess(ctx, row.document_id, { postId: row.applicant_post_id }, 'read', accessSource(row.id))
  touchUse(ctx, row)
  const verification = { ...prepared.verification, registered: { title: row.title, number: row.number, at: ctx.now } }
  return accept({ impressionId, digest: prepared.digest, verification })
}

/** Whoever impresses holds no other right in the seal; the keeper takes the keeping, a deputy (代) only borrows it. */
async function mayKeep(ctx: CommandContext, seal: SealRecord): Promise<boolean> {
  if (ctx.actor.posts.some((post) => post.id === seal.keeper_post_id)) return takeRight(ctx.db, seal.id, ctx.actor.personId, 'keep')
  const held = await rightOf(ctx.db, seal.id, ctx.actor.personId)
  return held === null || held === 'keep'
}

/** The post acted through, and for whom: a deputy acts for the principal, a borrower for the keeper. */
function keeperPostOf(ctx: CommandContext, seal: SealRecord, keeper: string): { readonly post: ActorPost | DelegatedPost | undefined; readonly onBehalfOf: string } {
  const own = ctx.actor.posts.find((each) => each.id === seal.keeper_post_id)
  if (own) return { post: own, onBehalfOf: '' }
  const delegated = ctx.actor.actingFor.find((each) => each.id === seal.keeper_post_id)
  return { post: delegated, onBehalfOf: delegated?.principalName ?? keeper }
}

async function keepImpression(ctx: CommandContext, ready: Ready, { digest: sealedDigest, ofd }: PreparedImpression) {
  const { row, seal: used, permit, centre } = ready
  const { page } = placeOf(permit.place)
  const { post, onBehalfOf } = keeperPostOf(ctx, used, ready.keeper)
  const id = ctx.newId<'ImpressionId'>()
  const line: ImpressionRecord = {
    id, permit_id: permit.id, application_id: row.id, seal_id: used.id, document_id: row.document_id, seal_name: `${used.name}${used.bottom_line}`, title: row.title,
    number: row.number, digest: ready.blob, sealed_digest: sealedDigest, page, x_hundredths: Math.round(centre.x * 100), y_hundredths: Math.round(centre.y * 100),
    keeper_id: ctx.actor.personId, keeper_name: ctx.actor.name, on_behalf_of: onBehalfOf, applicant_name: row.applicant_name, approver_name: row.approver_name, at: ctx.now, ofd_digest: ofd,
  }
  await insertImpression(ctx.db, line)
  await ctx.record(useFact('seals.impressed', row, {
    impressionId: id, permitId: permit.id, digest: ready.blob, sealedDigest, ofdDigest: ofd ?? '', page, x: centre.x, y: centre.y,
    sealName: line.seal_name, number: line.number, onBehalfOf, applicantName: line.applicant_name, approverName: line.approver_name,
  }), post)
  return id
}

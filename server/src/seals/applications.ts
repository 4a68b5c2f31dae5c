/** Reading and writing applications, permits and impressions. */
import type { DocumentId } from '@xiewen/shared/documents'
import {
  type ApplicationState, type ApplicationView, type ImpressionView, type SealApplicationId, type SealPlace, sealPlaceSchema,
} from '@xiewen/shared/seals'
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import { assert } from '../platform/log/fault.ts'
import { findSeal, presentSeal } from './repository.ts'
import type { ApplicationRecord, ImpressionRecord, PermitRecord, SealsTables } from './tables.ts'

/** One application, or null. */
export async function findApplication(db: ReadDb, id: string): Promise<ApplicationRecord | null> {
  return (await tables<SealsTables>(db).selectFrom('seal_application').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
}

/** Applications of a document. */
export async function listApplicationsOf(db: ReadDb, documentId: string): Promise<readonly ApplicationRecord[]> {
  return tables<SealsTables>(db).selectFrom('seal_application').selectAll().where('document_id', '=', documentId).orderBy('id', 'desc').execute()
}

/** What a list of applications is narrowed to. `before` is the id of the last row seen. */
export interface ApplicationFilter {
  readonly organIds: readonly string[]
  readonly state?: ApplicationState | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** Applications for seals that these organs keep or documents they issue, newest first; one more than `limit` when there are more. */
export async function listApplications(db: ReadDb, filter: ApplicationFilter): Promise<readonly ApplicationRecord[]> {
  if (filter.organIds.length === 0) return []
  let query = tables<SealsTables>(db)
    .selectFrom('seal_application')
    .selectAll()
    .where((eb) => eb.or([eb('custodian_id', 'in', filter.organIds), eb('organ_id', 'in', filter.organIds)]))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  return query.execute()
}

/** Impressions of a seal that are permitted and not made yet. */
export function listPermitted(db: ReadDb, sealId: string): Promise<readonly ApplicationRecord[]> {
  return tables<SealsTables>(db).selectFrom('seal_application').selectAll().where('seal_id', '=', sealId).where('state', '=', 'permitted').execute()
}

/** Source of the access a seal application gives. */
export function accessSource(applicationId: string): string {
  return `seals:${applicationId}`
}

/** A fact about the use of a seal; other rooms find the document in it. */
export function useFact(kind: string, row: ApplicationRecord, more: Readonly<Record<string, unknown>> = {}) {
  return { kind, subject: { kind: 'seal-application', id: row.id }, data: { documentId: row.document_id, sealId: row.seal_id, title: row.title, ...more } }
}

/** Screens that show an application refresh. */
export function touchUse(ctx: CommandContext, row: ApplicationRecord): void {
  ctx.touch('seals')
  ctx.touch(`document:${row.document_id}`)
}

/** Adds an application. */
export async function insertApplication(db: WriteDb, row: ApplicationRecord): Promise<void> {
  await tables<SealsTables>(db).insertInto('seal_application').values(row).execute()
}

/** Changes an application. */
export async function changeApplication(db: WriteDb, id: string, change: Partial<ApplicationRecord>): Promise<void> {
  await tables<SealsTables>(db).updateTable('seal_application').set(change).where('id', '=', id).execute()
}

/** The permit of an application, or null. */
export async function findPermit(db: ReadDb, applicationId: string): Promise<PermitRecord | null> {
  return (await tables<SealsTables>(db).selectFrom('seal_permit').selectAll().where('application_id', '=', applicationId).executeTakeFirst()) ?? null
}

/** Issues a permit. */
export async function insertPermit(db: WriteDb, row: PermitRecord): Promise<void> {
  await tables<SealsTables>(db).insertInto('seal_permit').values(row).execute()
}

/** Takes an unused permit back, or lets it lapse. */
export async function endPermit(db: WriteDb, applicationId: string, at: number): Promise<void> {
  await tables<SealsTables>(db).updateTable('seal_permit').set({ ended_at: at }).where('application_id', '=', applicationId).where('used_at', 'is', null).execute()
}

/** Uses a permit up, once.
 *
 * @returns false when it has been used or taken back before
 */
export async function usePermit(db: WriteDb, permitId: string, at: number): Promise<boolean> {
  const done = await tables<SealsTables>(db)
    .updateTable('seal_permit')
    .set({ used_at: at })
    .where('id', '=', permitId)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) === 1
}

/** Adds an impression. */
export async function insertImpression(db: WriteDb, row: ImpressionRecord): Promise<void> {
  await tables<SealsTables>(db).insertInto('seal_impression').values(row).execute()
}

/** The impression that made exactly these bytes, as PDF or as OFD, or null. */
export async function findImpressionByDigest(db: ReadDb, digest: string): Promise<ImpressionRecord | null> {
  return (await tables<SealsTables>(db).selectFrom('seal_impression').selectAll().where((eb) => eb.or([eb('sealed_digest', '=', digest), eb('ofd_digest', '=', digest)])).executeTakeFirst()) ?? null
}

/** The digest of a file after the seals that were impressed on it one after another since: permits given side by side for several
 * organs stay good, for the file is the same but for seals. */
export async function followSeals(db: ReadDb, documentId: string, digest: string): Promise<string> {
  const rows = await tables<SealsTables>(db).selectFrom('seal_impression').select(['digest', 'sealed_digest']).where('document_id', '=', documentId).execute()
  const next = new Map(rows.map((row) => [row.digest, row.sealed_digest]))
  let current = digest
  // A file never seals into itself: its sealed digest is of longer bytes. The bound only guards against a damaged table.
  for (let step = 0; step <= rows.length; step++) current = next.get(current) ?? current
  return current
}

/** The seals on the file with this digest; those on an earlier file of the document do not count. */
export async function listSealsOn(db: ReadDb, documentId: string, digest: string): Promise<ReadonlySet<string>> {
  const rows = await tables<SealsTables>(db).selectFrom('seal_impression').select(['digest', 'sealed_digest', 'seal_id']).where('document_id', '=', documentId).execute()
  const found = new Set<string>()
  let current: string | undefined = digest
  for (let step = 0; step <= rows.length && current !== undefined; step++) {
    const row: (typeof rows)[number] | undefined = rows.find((each) => each.sealed_digest === current)
    if (row) found.add(row.seal_id)
    current = row?.digest
  }
  return found
}

/** The lawful place as stored. */
export function placeOf(text: string): SealPlace {
  return sealPlaceSchema.parse(JSON.parse(text))
}

/** An application as shown. */
export async function presentApplication(db: ReadDb, row: ApplicationRecord, now: number): Promise<ApplicationView> {
  const seal = await findSeal(db, row.seal_id)
  assert(seal !== null, 'an application names a seal')
  const permit = await findPermit(db, row.id)
  const impression = permit === null ? undefined : await tables<SealsTables>(db).selectFrom('seal_impression').selectAll().where('permit_id', '=', permit.id).executeTakeFirst()
  const shownSeal = await presentSeal(db, seal, now)
  return {
    // Safe because ids come from `newId`.
    id: row.id as SealApplicationId,
    documentId: row.document_id as DocumentId,
    state: row.state,
    title: row.title,
    number: row.number,
    pages: row.pages,
    digest: row.digest,
    seal: shownSeal,
    place: impression === undefined ? placeOf(row.place) : { ...impressedPlace(impression), straddle: placeOf(row.place).straddle },
    applicantName: row.applicant_name,
    appliedAt: Number(row.applied_at),
    approverName: row.approver_name,
    decidedAt: row.decided_at === null ? null : Number(row.decided_at),
    opinion: row.opinion,
    validUntil: permit === null ? null : Number(permit.valid_until),
    keeperName: impression?.keeper_name ?? shownSeal.keeperName,
    impressedAt: impression === undefined ? null : Number(impression.at),
    sealedDigest: impression?.sealed_digest ?? '',
  }
}

/** Where the seal stands now; it moves no more. */
function impressedPlace(row: ImpressionRecord): SealPlace {
  return { page: row.page, centreX: row.x_hundredths / 100, centreY: row.y_hundredths / 100, slackX: 0, slackY: 0, straddle: null }
}

/** A line of the ledger as shown. */
export function presentImpression(row: ImpressionRecord, agrees: boolean): ImpressionView {
  return {
    id: row.id,
    applicationId: row.application_id,
    documentId: row.document_id,
    sealName: row.seal_name,
    title: row.title,
    number: row.number,
    applicantName: row.applicant_name,
    approverName: row.approver_name,
    keeperName: row.keeper_name,
    onBehalfOf: row.on_behalf_of,
    at: Number(row.at),
    page: row.page,
    x: row.x_hundredths / 100,
    y: row.y_hundredths / 100,
    digest: row.digest,
    sealedDigest: row.sealed_digest,
    agrees,
  }
}

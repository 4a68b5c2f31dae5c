/** Reading and writing seals. */
import type { ReadDb, WriteDb } from '../platform/database/index.ts'
import { tables } from '../platform/database/index.ts'
import type { PostId, UnitId } from '@xiewen/shared/directory'
import { type SealId, sealNameOf, type SealView } from '@xiewen/shared/seals'
import { peopleOfPosts, personOfPost } from '../directory/index.ts'
import { findSealIdBySerial } from './custody.ts'
import { findLending, type LendingRecord, listLendings } from './lending-table.ts'
import type { SealRecord, SealsTables } from './tables.ts'

/** A stored seal as people call it. */
export const nameOfSeal = ({ name, bottom_line: bottomLine }: Pick<SealRecord, 'name' | 'bottom_line'>): string => sealNameOf({ name, bottomLine })

/** One seal, or null. */
export async function findSeal(db: ReadDb, sealId: string): Promise<SealRecord | null> {
  return (await tables<SealsTables>(db).selectFrom('seal').selectAll().where('id', '=', sealId).executeTakeFirst()) ?? null
}

/** Seals by organ and name. */
export async function listSeals(db: ReadDb, organId?: string): Promise<readonly SealRecord[]> {
  const query = tables<SealsTables>(db).selectFrom('seal').selectAll().orderBy('organ_name').orderBy('id')
  return organId === undefined ? query.execute() : query.where('organ_id', '=', organId).execute()
}

/** The organ's seal of its name (法定名称章) that is in use, or null. */
export async function findOrganSeal(db: ReadDb, organId: string): Promise<SealRecord | null> {
  const rows = await tables<SealsTables>(db).selectFrom('seal').selectAll().where('organ_id', '=', organId).where('kind', '=', 'organ').where('state', '=', 'active').execute()
  return rows[0] ?? null
}

/** Adds a seal. */
export async function insertSeal(db: WriteDb, row: SealRecord): Promise<void> {
  await tables<SealsTables>(db).insertInto('seal').values(row).execute()
}

/** Changes a seal. */
export async function changeSeal(db: WriteDb, sealId: string, change: Partial<SealRecord>): Promise<void> {
  await tables<SealsTables>(db).updateTable('seal').set(change).where('id', '=', sealId).execute()
}

/** The seal a certificate belongs or belonged to, or null: what a verified file is held against. */
export async function findSealBySerial(db: ReadDb, serial: string): Promise<SealRecord | null> {
  const sealId = await findSealIdBySerial(db, serial)
  return sealId === null ? null : findSeal(db, sealId)
}

/** A seal as shown at a moment. */
export async function presentSeal(db: ReadDb, row: SealRecord, now: number): Promise<SealView> {
  const keeper = await personOfPost(db, row.keeper_post_id)
  const counted = await tables<SealsTables>(db)
    .selectFrom('seal_impression')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('seal_id', '=', row.id)
    .executeTakeFirstOrThrow()
  return viewOf(row, { keeperName: keeper?.name, lending: await findLending(db, row.id, now), impressions: Number(counted.count) })
}

/** Many seals as shown at a moment, in their order: three questions to the database, however many there are. */
export async function presentSeals(db: ReadDb, rows: readonly SealRecord[], now: number): Promise<SealView[]> {
  const keepers = await peopleOfPosts(db, [...new Set(rows.map((row) => row.keeper_post_id))])
  const counted = await tables<SealsTables>(db).selectFrom('seal_impression').select(['seal_id', (eb) => eb.fn.countAll().as('count')]).groupBy('seal_id').execute()
  const counts = new Map(counted.map(({ seal_id: sealId, count }) => [sealId, Number(count)]))
  const lendings = await listLendings(db, now)
  return rows.map((row) => viewOf(row, { keeperName: keepers.get(row.keeper_post_id)?.name, lending: lendings.get(row.id) ?? null, impressions: counts.get(row.id) ?? 0 }))
}

function viewOf(row: SealRecord, beside: { readonly keeperName: string | undefined; readonly lending: LendingRecord | null; readonly impressions: number }): SealView {
  const { lending } = beside
  return {
    // Safe because ids come from `newId` and the directory.
    id: row.id as SealId,
    organId: row.organ_id as UnitId,
    custodianId: row.custodian_id as UnitId,
    keeperPostId: row.keeper_post_id as PostId,
    name: row.name,
    bottomLine: row.bottom_line,
    kind: row.kind,
    origin: row.origin,
    outsideMaker: row.outside_maker,
    state: row.state,
    organName: row.organ_name,
    custodianName: row.custodian_name,
    keeperName: beside.keeperName ?? '',
    diameterMm: row.diameter_mm,
    code: row.code,
    certificateSerial: row.certificate_serial,
    validUntil: row.valid_until === null ? null : Number(row.valid_until),
    proposedBy: row.proposer_name,
    approvedBy: row.approver_name,
    madeBy: row.maker_name,
    changedAt: Number(row.changed_at),
    reason: row.reason,
    endedBy: row.ender_name,
    generation: row.generation,
    renewal: row.renewal_state === '' ? null : { state: row.renewal_state, reason: row.renewal_reason, askedBy: row.renewal_asker_name, approvedBy: row.renewal_approver_name },
    lending: lending === null ? null : { postId: lending.post_id as PostId, personName: lending.person_name, from: Number(lending.from_at), until: Number(lending.until_at), reason: lending.reason, lentBy: lending.lender_name },
    impressions: beside.impressions,
  }
}

/** 用印台账: every impression, and permits held against impressions. */
import { accept } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import type { QueryContext } from '../../platform/context.ts'
import { type ReadDb, tables } from '../../platform/database/index.ts'
import { onQuery } from '../../platform/slice.ts'
import { presentImpression } from '../applications.ts'
import { listSeals } from '../repository.ts'
import type { SealsTables } from '../tables.ts'

/** Seals whose use the caller may read about: those their organs keep; the auditor's are all. */
async function sealsInSight(ctx: QueryContext, sealId: string | undefined): Promise<readonly string[]> {
  const organs = ctx.actor.posts.filter((post) => post.duties.includes('seal-keeper') || post.duties.includes('seal-approver')).map((post) => post.organId)
  const isAuditor = ctx.actor.duties.has('audit-admin')
  const seals = (await listSeals(ctx.db)).filter((seal) => isAuditor || organs.some((organ) => organ === seal.custodian_id))
  return seals.map((seal) => seal.id).filter((id) => sealId === undefined || id === sealId)
}

const ledger = onQuery(contract.ledger, async (ctx, input) => {
  // An empty list is not allowed in SQL; no seal has an empty id.
  const seals = ['', ...(await sealsInSight(ctx, input.sealId))]
  let query = tables<SealsTables>(ctx.db).selectFrom('seal_impression').selectAll().where('seal_id', 'in', seals).orderBy('id', 'desc').limit(input.limit + 1)
  if (input.cursor !== undefined) query = query.where('id', '<', input.cursor)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const next = rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null
  return accept({ rows: shown.map(presentImpression), next, reconciliation: await reconcile(ctx.db, seals, ctx.now) })
})

/** Holds every permit against the impressions. Unexplained are impressions without a used permit for the same seal and file, and
 * used permits without an impression. The same file is also one that has only gained other organs' seals since (联合行文). */
export async function reconcile(db: ReadDb, seals: readonly string[], now: number) {
  const permits = await tables<SealsTables>(db)
    .selectFrom('seal_permit')
    .leftJoin('seal_impression', 'seal_impression.permit_id', 'seal_permit.id')
    .select(['seal_permit.id', 'seal_permit.seal_id', 'seal_permit.digest', 'used_at', 'ended_at', 'valid_until'])
    .select(['seal_impression.id as impression_id', 'seal_impression.seal_id as impressed_seal', 'seal_impression.digest as impressed_digest'])
    .where('seal_permit.seal_id', 'in', seals)
    .execute()
  const counted = await tables<SealsTables>(db)
    .selectFrom('seal_impression')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('seal_id', 'in', seals)
    .executeTakeFirstOrThrow()
  const links = await tables<SealsTables>(db).selectFrom('seal_impression').select(['digest', 'sealed_digest']).execute()
  const sealedFrom = new Map(links.map((row) => [row.digest, row.sealed_digest]))
  const leadsTo = (from: string, to: string | null): boolean => {
    let current: string | undefined = from
    for (let step = 0; step <= links.length && current !== undefined && current !== to; step++) current = sealedFrom.get(current)
    return to !== null && current === to
  }
  const used = permits.filter((row) => row.used_at !== null)
  const explained = used.filter((row) => row.impression_id !== null && row.impressed_seal === row.seal_id && leadsTo(row.digest, row.impressed_digest)).length
  const impressions = Number(counted.count)
  const open = permits.filter((row) => row.used_at === null && row.ended_at === null && Number(row.valid_until) > now).length
  return {
    permits: permits.length, open, used: used.length, lapsed: permits.length - used.length - open, impressions,
    unexplained: impressions - explained + (used.length - explained),
  }
}

/** The operation of the ledger. */
export const ledgerOperations = [ledger]

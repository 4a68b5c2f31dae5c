/** 用印台账: every impression, and permits held against impressions. */
import { accept } from '@xiewen/shared/base'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { type ReadDb, tables } from '../../platform/database/index.ts'
import { onQuery } from '../../platform/slice.ts'
import { presentImpression } from '../applications.ts'
import type { SealsTables } from '../tables.ts'

const ledger = onQuery(contract.ledger, async (ctx, input) => {
  let query = tables<SealsTables>(ctx.db).selectFrom('seal_impression').selectAll().orderBy('id', 'desc').limit(input.limit + 1)
  if (input.sealId !== undefined) query = query.where('seal_id', '=', input.sealId)
  if (input.cursor !== undefined) query = query.where('id', '<', input.cursor)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const next = rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null
  return accept({ rows: shown.map(presentImpression), next, reconciliation: await reconcile(ctx.db, input.sealId, ctx.now) })
})

/** Holds every permit against the impressions. Unexplained are impressions without a used permit for the same seal and file, and
 * used permits without an impression. */
export async function reconcile(db: ReadDb, sealId: string | undefined, now: number) {
  const permits = await tables<SealsTables>(db)
    .selectFrom('seal_permit')
    .leftJoin('seal_impression', 'seal_impression.permit_id', 'seal_permit.id')
    .select(['seal_permit.id', 'seal_permit.seal_id', 'seal_permit.digest', 'used_at', 'ended_at', 'valid_until'])
    .select(['seal_impression.id as impression_id', 'seal_impression.seal_id as impressed_seal', 'seal_impression.digest as impressed_digest'])
    .$if(sealId !== undefined, (query) => query.where('seal_permit.seal_id', '=', sealId ?? ''))
    .execute()
  const counted = await tables<SealsTables>(db)
    .selectFrom('seal_impression')
    .select((eb) => eb.fn.countAll().as('count'))
    .$if(sealId !== undefined, (query) => query.where('seal_id', '=', sealId ?? ''))
    .executeTakeFirstOrThrow()
  const used = permits.filter((row) => row.used_at !== null)
  const explained = used.filter((row) => row.impression_id !== null && row.impressed_seal === row.seal_id && row.impressed_digest === row.digest).length
  const impressions = Number(counted.count)
  const open = permits.filter((row) => row.used_at === null && row.ended_at === null && Number(row.valid_until) > now).length
  return {
    permits: permits.length, open, used: used.length, lapsed: permits.length - used.length - open, impressions,
    unexplained: impressions - explained + (used.length - explained),
  }
}

/** The operation of the ledger. */
export const ledgerOperations = [ledger]

/** What a look at the books shows, counted by the database: no row of them is read while their numbers agree. */
import { sql } from 'kysely'
import { countActs } from '../platform/audit/read.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { SealsTables } from './tables.ts'

/** Numbers of permits by what became of them, and of impressions. */
export interface BookCounts {
  readonly permits: number
  readonly open: number
  readonly used: number
  readonly lapsed: number
  readonly impressions: number
}

/** Counts the books of some seals at a moment (ms UTC); of all when none are named. */
export async function countBooks(db: ReadDb, seals: ReadonlySet<string> | null, now: number): Promise<BookCounts> {
  let permitted = tables<SealsTables>(db)
    .selectFrom('seal_permit')
    .select((eb) => [
      eb.fn.countAll().as('permits'),
      eb.fn.count('used_at').as('used'),
      sql<number | null>`sum(case when used_at is null and ended_at is null and valid_until > ${now} then 1 else 0 end)`.as('open'),
    ])
  let impressed = tables<SealsTables>(db).selectFrom('seal_impression').select((eb) => eb.fn.countAll().as('impressions'))
  if (seals !== null) {
    // An empty list is not allowed in SQL; no seal has an empty id.
    const ids = ['', ...seals]
    permitted = permitted.where('seal_id', 'in', ids)
    impressed = impressed.where('seal_id', 'in', ids)
  }
  const [{ permits, used, open }, { impressions }] = [await permitted.executeTakeFirstOrThrow(), await impressed.executeTakeFirstOrThrow()]
  const counts = { permits: Number(permits), used: Number(used), open: Number(open ?? 0), impressions: Number(impressions) }
  return { ...counts, lapsed: counts.permits - counts.used - counts.open }
}

/** Whether the numbers of all books agree: as many permits as recorded, as many used as impressions made and recorded. A line put in or
 * taken out shows here at once; one exchanged for another shows when its page of the ledger is
 * opened, at the latest in the night, when every line is read. */
export async function numbersAgree(db: ReadDb, now: number): Promise<boolean> {
  const [{ permits, used, impressions }, acts] = [await countBooks(db, null, now), await countActs(db, ['seals.permitted', 'seals.impressed'])]
  return permits === (acts.get('seals.permitted') ?? 0) && used === impressions && impressions === (acts.get('seals.impressed') ?? 0)
}

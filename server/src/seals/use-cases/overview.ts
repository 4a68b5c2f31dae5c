/** 印章概览: what an administrator of seals looks at in the morning. */
import { accept, addDays, type CivilDate, civilDateAt, instant, startOfDay } from '@xiewen/shared/base'
import { sealsContract as contract, type SealsOverview } from '@xiewen/shared/seals'
import { sql } from 'kysely'
import { listPostsOfPeople, listUnits } from '../../directory/index.ts'
import { listRefused, type RefusedAct } from '../../platform/audit/read.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type ReadDb, tables } from '../../platform/database/index.ts'
import { onQuery } from '../../platform/slice.ts'
import { listOutsideEndings } from '../outside/endings.ts'
import { lookInto } from '../reconciliation.ts'
import { listSeals, nameOfSeal } from '../repository.ts'
import type { SealRecord, SealsTables } from '../tables.ts'
import { reconcile, sealsInSight } from './ledger.ts'

const days = 30
const soonMs = 90 * 86_400_000
const mostRefused = 50
const mostOrgans = 100

const overview = onQuery(contract.overview, async (ctx) => {
  const seals = await listSeals(ctx.db)
  const since = startOfDay(addDays(ctx.today, 1 - days))
  const refused = await listRefusedInSight(ctx, since)
  return accept({
    byState: countStates(seals),
    expiring: listExpiring(seals, ctx.now),
    outside: await listOutsideEndings(ctx.db, ctx.now),
    byDay: await countDays(ctx, since),
    refused: refused.slice(0, mostRefused).map(({ at, personName, contract: act, code, params }) => ({ at, personName, act, code, params })),
    refusedTotal: refused.length,
    coverage: await coverageOf(ctx.db, seals),
    reconciliation: await reconcile(ctx, seesAll(ctx) ? null : new Set((await sealsInSight(ctx)).map((seal) => seal.id))),
  })
}, lookInto)

/** The administrators see everything; keepers and approvers the books and the people of their own organs. */
function seesAll(ctx: QueryContext): boolean {
  return ctx.actor.duties.has('audit-admin') || ctx.actor.duties.has('security-admin')
}

async function listRefusedInSight(ctx: QueryContext, since: number): Promise<readonly RefusedAct[]> {
  const refused = await listRefused(ctx.db, 'seals', since)
  if (seesAll(ctx)) return refused
  const organs = new Set(ctx.actor.posts.map((post) => post.organId))
  const posts = await listPostsOfPeople(ctx.db, [...new Set(refused.map((act) => act.personId))])
  return refused.filter((act) => posts.get(act.personId)?.some((post) => organs.has(post.organId)))
}

function countStates(seals: readonly SealRecord[]): SealsOverview['byState'] {
  const counts: Record<string, number> = {}
  for (const { state } of seals) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** Certificates of seals in use or resting that end within ninety days, or have ended, the first to end first. */
function listExpiring(seals: readonly SealRecord[], now: number): SealsOverview['expiring'] {
  return seals
    .flatMap((seal) => {
      const isLive = seal.state === 'active' || seal.state === 'suspended'
      const validUntil = Number(seal.valid_until)
      if (!isLive || seal.valid_until === null || validUntil > now + soonMs) return []
      // Safe because ids come from `newId`.
      return [{ sealId: seal.id as SealsOverview['expiring'][number]['sealId'], name: nameOfSeal(seal), custodianName: seal.custodian_name, validUntil, isRenewing: seal.renewal_state !== '' }]
    })
    .toSorted((a, b) => a.validUntil - b.validUntil)
}

async function countDays(ctx: QueryContext, since: number): Promise<SealsOverview['byDay']> {
  // Days of China since 1970: integer division, alike in SQLite and PostgreSQL.
  const day = sql<number>`(at + 28800000) / 86400000`
  const rows = await tables<SealsTables>(ctx.db).selectFrom('seal_impression').select((eb) => [day.as('day'), eb.fn.countAll().as('count')]).where('at', '>=', since).groupBy(day).execute()
  const counts = new Map<CivilDate, number>(Array.from({ length: days }, (_, i) => [addDays(civilDateAt(instant(since)), i), 0]))
  for (const row of rows) counts.set(civilDateAt(instant(Number(row.day) * 86_400_000)), Number(row.count))
  return [...counts].map(([day, impressions]) => ({ day, impressions }))
}

async function coverageOf(db: ReadDb, seals: readonly SealRecord[]): Promise<SealsOverview['coverage']> {
  const organs = (await listUnits(db)).filter((unit) => unit.kind === 'organ')
  const sealed = new Set(seals.filter((seal) => seal.kind === 'organ' && seal.state === 'active').map((seal) => seal.organ_id))
  const without = organs.filter((organ) => !sealed.has(organ.id))
  return { organs: organs.length, covered: organs.length - without.length, without: without.slice(0, mostOrgans).map((organ) => organ.name) }
}

/** The operation of the overview. */
export const overviewOperations = [overview]

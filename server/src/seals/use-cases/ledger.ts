/** 用印台账: every impression, and the books held against each other. */
import { accept } from '@xiewen/shared/base'
import { type Finding, reconcileBooks, sealsContract as contract } from '@xiewen/shared/seals'
import type { z } from 'zod'
import type { QueryContext } from '../../platform/context.ts'
import { tables } from '../../platform/database/index.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { presentImpression } from '../applications.ts'
import { countBooks, numbersAgree } from '../books-count.ts'
import { askForReconciliation, booksOf, lookInto, readBooks } from '../reconciliation.ts'
import { findReconciliation } from '../reconciliation-table.ts'
import { listSeals, nameOfSeal } from '../repository.ts'
import { judgeShown } from '../said.ts'
import type { SealRecord, SealsTables } from '../tables.ts'

const mostFindings = 100

/** Seals whose use the caller may read about: those their organs keep; the auditor's are all. */
export async function sealsInSight(ctx: QueryContext): Promise<readonly SealRecord[]> {
  const organs = ctx.actor.posts.filter((post) => post.duties.includes('seal-keeper') || post.duties.includes('seal-approver')).map((post) => post.organId)
  const seesAll = ctx.actor.duties.has('audit-admin')
  return (await listSeals(ctx.db)).filter((seal) => seesAll || organs.some((organ) => organ === seal.custodian_id))
}

const ledger = onQuery(contract.ledger, async (ctx, input) => {
  const inSight = await sealsInSight(ctx)
  // An empty list is not allowed in SQL; no seal has an empty id.
  const seals = ['', ...inSight.map((seal) => seal.id).filter((id) => input.sealId === undefined || id === input.sealId)]
  let query = tables<SealsTables>(ctx.db).selectFrom('seal_impression').selectAll().where('seal_id', 'in', seals).orderBy('id', 'desc').limit(input.limit + 1)
  if (input.cursor !== undefined) query = query.where('id', '<', input.cursor)
  const rows = await query.execute()
  const shown = rows.slice(0, input.limit)
  const next = rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null
  const isWhole = ctx.actor.duties.has('audit-admin') && input.sealId === undefined
  const altered = await judgeShown(ctx.db, shown)
  const bad = new Set(altered.map((finding) => finding.id))
  const reconciliation = withFindings(await reconcile(ctx, isWhole ? null : new Set(seals)), altered, inSight)
  return accept({ rows: shown.map((row) => presentImpression(row, !bad.has(row.id))), next, reconciliation })
}, lookInto)

type Outcome = z.output<typeof contract.ledger.output>['reconciliation']

/** The outcome with what was found on lines that are shown, where their numbers alone had said nothing. */
export function withFindings(outcome: Outcome, found: readonly Finding[], seals: readonly SealRecord[]): Outcome {
  const known = new Set(outcome.findings.map((finding) => `${finding.kind} ${finding.id}`))
  const more = found.filter((finding) => !known.has(`${finding.kind} ${finding.id}`))
  const shown = more.map((finding) => ({ ...finding, sealName: seals.find((seal) => seal.id === finding.sealId)?.name ?? '' }))
  return { ...outcome, unexplained: Math.max(outcome.unexplained, known.size + more.length), findings: [...outcome.findings, ...shown].slice(0, mostFindings) }
}

/** The books of some seals at this moment; of everything, rows of unknown seals included, when none are named. Lines are read only where the
 * numbers disagree or last night's check found something. */
export async function reconcile(ctx: QueryContext, seals: ReadonlySet<string> | null): Promise<Outcome> {
  const last = await findReconciliation(ctx.db)
  const isQuiet = (last === null || last.findings.length === 0) && (await numbersAgree(ctx.db, ctx.now))
  if (isQuiet) return { ...(await countBooks(ctx.db, seals, ctx.now)), unexplained: 0, findings: [], checkedAt: last?.at ?? null }
  const books = await readBooks(ctx.db)
  const { findings, ...counts } = reconcileBooks(seals === null ? books : booksOf(books, seals), ctx.now)
  const names = new Map((await listSeals(ctx.db)).map((seal) => [seal.id, nameOfSeal(seal)]))
  const shown = findings.slice(0, mostFindings).map(({ kind, sealId, id }) => ({ kind, sealId, sealName: names.get(sealId) ?? '', id }))
  return { ...counts, unexplained: findings.length, findings: shown, checkedAt: last?.at ?? null }
}

const reconcileNow = onCommand(contract.reconcile, async (ctx) => {
  await askForReconciliation(ctx)
  return accept({})
})

/** Operations of the ledger. */
export const ledgerOperations = [ledger, reconcileNow]

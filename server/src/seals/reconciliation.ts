/** 核对, every night and when a look shows something new: the books are read outside a transaction, the outcome is kept, and whatever is new in it raises an alarm. */
import { type Books, type Finding, type Reckoning, reconcileBooks } from '@xiewen/shared/seals'
import { listPostsWithDuty } from '../directory/index.ts'
import { listCheckedActs } from '../platform/audit/read.ts'
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { JobKind, Reaction } from '../platform/slice.ts'
import { findReconciliation, type ReconciliationTables } from './reconciliation-table.ts'
import { listSeals, nameOfSeal } from './repository.ts'
import { saidByAct, saidByImpression, saidByPermission, saidByPermit } from './said.ts'
import type { SealsTables } from './tables.ts'

/** Reads all books. Acts that name no seal of their own belong to the one their application is for. */
export async function readBooks(db: ReadDb): Promise<Books> {
  const [permits, impressions, acts] = [
    await tables<SealsTables>(db).selectFrom('seal_permit').selectAll().execute(),
    await tables<SealsTables>(db).selectFrom('seal_impression').selectAll().execute(),
    await listCheckedActs(db, ['seals.permitted', 'seals.impressed']),
  ]
  const orNull = (value: number | null): number | null => (value === null ? null : Number(value))
  return {
    permits: permits.map((row) => ({ id: row.id, applicationId: row.application_id, sealId: row.seal_id, digest: row.digest, usedAt: orNull(row.used_at), endedAt: orNull(row.ended_at), validUntil: Number(row.valid_until), says: saidByPermit(row) })),
    impressions: impressions.map((row) => ({ id: row.id, permitId: row.permit_id, applicationId: row.application_id, sealId: row.seal_id, digest: row.digest, sealedDigest: row.sealed_digest, says: saidByImpression(row) })),
    acts: acts.map(({ fact, isSound }) => {
      const isPermit = fact.kind === 'seals.permitted'
      return { kind: isPermit ? 'permitted' : 'impressed', applicationId: fact.subject.id, sealId: String(fact.data['sealId'] ?? ''), says: isPermit ? saidByPermission(fact) : saidByAct(fact), isSound }
    }),
  }
}

/** The part of the books that concerns some seals. */
export function booksOf({ permits, impressions, acts }: Books, seals: ReadonlySet<string>): Books {
  const isOf = (line: { readonly sealId: string }): boolean => seals.has(line.sealId)
  return { permits: permits.filter(isOf), impressions: impressions.filter(isOf), acts: acts.filter(isOf) }
}

const keyOf = (finding: Pick<Finding, 'kind' | 'id'>): string => `${finding.kind} ${finding.id}`

async function keep(ctx: CommandContext, reckoning: Reckoning): Promise<void> {
  const before = new Set((await findReconciliation(ctx.db))?.findings.map(keyOf) ?? [])
  const fresh = reckoning.findings.filter((finding) => !before.has(keyOf(finding)))
  const id = ctx.newId<'ReconciliationId'>()
  const { permits, open, used, lapsed, impressions, findings } = reckoning
  await tables<ReconciliationTables>(ctx.db).insertInto('seal_reconciliation').values({ id, at: ctx.now, permits, impressions, findings: JSON.stringify(findings) }).execute()
  const subject = { kind: 'seal-reconciliation', id }
  await ctx.record({ kind: 'seals.reconciled', subject, data: { permits, open, used, lapsed, impressions, unexplained: findings.length } })
  if (fresh.length > 0) await raiseAlarm(ctx, subject, fresh)
  ctx.touch('seals')
}

/** Whoever keeps or approves for a seal concerned reads it at the desk; the audit administrator, who has no inbox, finds the act in the
 * ledger and the alarm on the pages of the seals. A finding on no known seal is everybody's. */
async function raiseAlarm(ctx: CommandContext, subject: { readonly kind: string; readonly id: string }, findings: readonly Finding[]): Promise<void> {
  await ctx.record({ kind: 'seals.alarm-raised', subject, data: { findings: findings.map(({ kind, sealId, id }) => ({ kind, sealId, id })) } })
  const seals = await listSeals(ctx.db)
  const concerned = seals.filter((seal) => findings.some((finding) => finding.sealId === seal.id))
  const isComplete = findings.every((finding) => seals.some((seal) => seal.id === finding.sealId))
  const custodians = new Set((isComplete ? concerned : seals).map((seal) => seal.custodian_id))
  for (const duty of ['seal-keeper', 'seal-approver'] as const) {
    for (const post of await listPostsWithDuty(ctx.db, duty)) {
      if (!custodians.has(post.organId)) continue
      await ctx.inbox.put({
        kind: 'to-read', room: 'seals', taskId: `seals.alarm.${subject.id}`, postId: post.id, subject, title: concerned.map(nameOfSeal).join('、'), detail: String(findings.length),
        step: 'seals.step.alarm', fromName: '', urgency: 'extra-urgent', dueAt: null,
      })
    }
  }
}

/** Has the books read line by line now; the outcome is kept by `reconcileDaily`. */
export async function askForReconciliation(ctx: CommandContext): Promise<void> {
  await ctx.record({ kind: 'seals.reconciliation-due', subject: { kind: 'seal-reconciliation', id: ctx.newId() }, data: {} })
}

const lookJob = 'seals.look-into'
/** Looks within this time of the last reconciliation wait for its end: however often somebody looks, the books are read once a minute at most. */
const calmMs = 60_000

/** When somebody's look shows what the last reconciliation did not know, the books are read line by line now, and whoever answers for the seal has the alarm at
 * the desk at once. Many looks plan one reading. */
export const lookInto = {
  when: ({ reconciliation }: Shown): boolean => reconciliation.unexplained > 0,
  act: async (ctx: CommandContext, { reconciliation: { findings, unexplained } }: Shown): Promise<void> => {
    const last = await findReconciliation(ctx.db)
    const known = new Set(last?.findings.map(keyOf) ?? [])
    if (unexplained <= known.size && findings.every((finding) => known.has(keyOf(finding)))) return
    await ctx.jobs.plan({ name: lookJob, key: 'all', dueAt: Math.max(ctx.now, (last?.at ?? 0) + calmMs), payload: {} })
  },
}

interface Shown {
  readonly reconciliation: { readonly unexplained: number; readonly findings: readonly Pick<Finding, 'kind' | 'id'>[] }
}

/** The reading that a look has asked for. */
export const lookIntoBooks: JobKind = { name: lookJob, misfire: 'run-late', run: (ctx) => askForReconciliation(ctx) }

/** Every night at half past one, and when a server starts that has none planned. */
export const dailyReconciliation: JobKind = {
  name: 'seals.daily-reconciliation',
  misfire: 'run-late',
  dailyAtMinute: 90,
  run: async (ctx) => {
    if ((await listSeals(ctx.db)).length > 0) await askForReconciliation(ctx)
  },
}

/** Reads the books beside the transactions of others, then keeps the outcome. */
export const reconcileDaily: Reaction = {
  name: 'seals.reconcile-daily',
  on: ['seals.reconciliation-due'],
  prepare: async (ctx) => reconcileBooks(await readBooks(ctx.db), ctx.now),
  // Safe because it is what `prepare` answered.
  run: (ctx, _fact, prepared) => keep(ctx, prepared as Reckoning),
}

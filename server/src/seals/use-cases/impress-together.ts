/** 批量用印: several permits after one review. A batch notes them first; each call then impresses some, every file decided, made, verified and
 * stored by itself, and enters what became of it in the same transaction. */
import { accept, type ParsedInputOf, type Refusal, type Result, refuse } from '@xiewen/shared/base'
import { type BatchEntry, batchIdSchema, sealsBatchEn, sealsBatchZh, sealsContract as contract } from '@xiewen/shared/seals'
import type { CommandContext, QueryContext } from '../../platform/context.ts'
import { Fault } from '../../platform/log/fault.ts'
import { onCommand, onDownload, onQuery } from '../../platform/slice.ts'
import { findApplication } from '../applications.ts'
import { type BatchLineRecord, type BatchRecord, changeLine, closeBatch, findBatch, insertBatch, listBatches, listLines } from '../batch/batch-table.ts'
import { orderOf, presentBatch, tableOfBatch } from '../batch/present-batch.ts'
import { keepPrepared, prepareImpression, type PreparedImpression } from '../impressing.ts'
import { presentDay } from '../register/read-register.ts'
import { findSeal } from '../repository.ts'
import { maySeeApplication } from '../sight.ts'

type Order = ParsedInputOf<typeof contract.impress>

const startBatch = onCommand(contract.startBatch, async (ctx, { orders }) => {
  const batchId = ctx.newId<'SealBatchId'>()
  const lines: BatchLineRecord[] = []
  const first = new Map<string, Order>()
  for (const order of orders) if (!first.has(order.applicationId)) first.set(order.applicationId, order)
  for (const order of first.values()) {
    const line = await lineOf(ctx, batchId, order, lines.length)
    if (line === null) return refuse('seals.unknown-application')
    lines.push(line)
  }
  await insertBatch(ctx.db, { id: batchId, person_id: ctx.actor.personId, started_at: ctx.now, closed_at: null }, lines)
  await ctx.record({ kind: 'seals.batch-started', subject: { kind: 'seal-batch', id: batchId }, data: { applications: lines.map((line) => line.application_id) } })
  return accept({ batchId })
})

/** A file to be tried. The seal's name and the title are kept as they were when the person looked at them. */
async function lineOf(ctx: QueryContext, batchId: string, order: Order, place: number): Promise<BatchLineRecord | null> {
  const row = await findApplication(ctx.db, order.applicationId)
  const seal = row && (await findSeal(ctx.db, row.seal_id))
  if (!row || !seal || !(await maySeeApplication(ctx, row))) return null
  return {
    batch_id: batchId, place, application_id: row.id, document_id: row.document_id, title: row.title, number: row.number, seal_name: `${seal.name}${seal.bottom_line}`,
    nudge_x: Math.round(order.nudgeX * 100), nudge_y: Math.round(order.nudgeY * 100), state: 'waiting', tried_at: null, digest: '', verdict: '', refusal: '',
  }
}

/** An open batch of the caller's. */
async function openBatch(ctx: QueryContext, batchId: string): Promise<Result<BatchRecord>> {
  const batch = await findBatch(ctx.db, ctx.actor.personId, batchId)
  if (batch === null) return refuse('seals.unknown-batch')
  return batch.closed_at === null ? accept(batch) : refuse('seals.batch-closed')
}

/** The next files to try: of each document one, because the second seal on it goes over the file the first one makes. */
async function nextLines(ctx: QueryContext, batchId: string, most: number): Promise<readonly BatchLineRecord[]> {
  const documents = new Set<string>()
  const next: BatchLineRecord[] = []
  for (const line of await listLines(ctx.db, batchId)) {
    if (line.state !== 'waiting' || documents.has(line.document_id) || next.length === most) continue
    documents.add(line.document_id)
    next.push(line)
  }
  return next
}

interface Tried {
  readonly line: BatchLineRecord
  readonly made: Result<PreparedImpression>
}

/** A file that cannot be sealed (a damaged file, a lost key) does not hold up the others. */
async function tryLine(ctx: QueryContext, line: BatchLineRecord): Promise<Tried> {
  try {
    return { line, made: await prepareImpression(ctx, orderOf(line)) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { line, made: refuse('seals.cannot-be-sealed') }
  }
}

const impressTogether = onCommand(contract.impressTogether, {
  prepare: async (ctx, { batchId, most }): Promise<Result<readonly Tried[]>> => {
    const batch = await openBatch(ctx, batchId)
    if (!batch.ok) return batch
    const tried: Tried[] = []
    for (const line of await nextLines(ctx, batch.value.id, most)) tried.push(await tryLine(ctx, line))
    return accept(tried)
  },
  commit: async (ctx, { batchId }, tried) => {
    const batch = await openBatch(ctx, batchId)
    if (!batch.ok) return batch
    const refused: { applicationId: string; code: string }[] = []
    for (const each of tried) {
      const refusal = await keepLine(ctx, each)
      // The proof of identity has run out: this file and those after it were not tried.
      if (refusal?.code === 'base.step-up-required') return refuse('base.step-up-required')
      if (refusal) refused.push({ applicationId: each.line.application_id, code: refusal.code })
    }
    if (refused.length > 0) await ctx.record({ kind: 'seals.together-refused', subject: { kind: 'contract', id: contract.impressTogether.name }, data: { batchId, refused, code: refused[0]?.code ?? '' } })
    return accept(await countLines(ctx, batchId))
  },
})

/** How far a batch has come. */
async function countLines(ctx: QueryContext, batchId: string): Promise<Record<'done' | 'refused' | 'waiting', number>> {
  return countStates(await listLines(ctx.db, batchId))
}

function countStates(lines: readonly BatchLineRecord[]): Record<'done' | 'refused' | 'waiting', number> {
  const count = (state: BatchLineRecord['state']): number => lines.filter((line) => line.state === state).length
  return { done: count('done'), refused: count('refused'), waiting: count('waiting') }
}

/** Impresses one file and enters what became of it; a file another request has worked on meanwhile is left as that one left it. */
async function keepLine(ctx: CommandContext, { line, made }: Tried): Promise<Refusal | null> {
  if (!(await changeLine(ctx.db, line, { tried_at: ctx.now }))) return null
  const done = made.ok ? await keepPrepared(ctx, orderOf(line), made.value) : made
  if (done.ok) {
    await changeLine(ctx.db, line, { state: 'done', digest: done.value.digest, verdict: done.value.verification.verdict, refusal: '' })
    return null
  }
  const { code, params } = done.refusal
  await changeLine(ctx.db, line, { state: 'refused', refusal: JSON.stringify({ code, params: { ...params } }) })
  return done.refusal
}

const retryBatch = onCommand(contract.retryBatch, async (ctx, { batchId }) => {
  const batch = await openBatch(ctx, batchId)
  if (!batch.ok) return batch
  const { lines } = await presentBatch(ctx, batch.value)
  const again = lines.filter((line) => line.mayRetry).map((line) => line.applicationId)
  for (const applicationId of again) await changeLine(ctx.db, { batch_id: batchId, application_id: applicationId, state: 'refused' }, { state: 'waiting', refusal: '' })
  await ctx.record({ kind: 'seals.batch-retried', subject: { kind: 'seal-batch', id: batchId }, data: { applications: again } })
  return accept({ count: again.length })
})

const putAway = onCommand(contract.closeBatch, async (ctx, { batchId }) => {
  const batch = await openBatch(ctx, batchId)
  if (!batch.ok) return batch
  await closeBatch(ctx.db, batchId, ctx.now)
  await ctx.record({ kind: 'seals.batch-closed', subject: { kind: 'seal-batch', id: batchId }, data: await countLines(ctx, batchId) })
  return accept({})
})

const batchQuery = onQuery(contract.batch, async (ctx, { batchId }) => {
  const found = await findBatch(ctx.db, ctx.actor.personId, batchId)
  if (found === null) return batchId === undefined ? accept({ batch: null }) : refuse('seals.unknown-batch')
  return accept({ batch: await presentBatch(ctx, found) })
})

const batches = onQuery(contract.batches, async (ctx, { limit, cursor }) => {
  const found = await listBatches(ctx.db, ctx.actor.personId, { limit: limit + 1, cursor })
  const shown = found.slice(0, limit)
  const rows: BatchEntry[] = []
  for (const row of shown) rows.push(await presentEntry(ctx, row))
  return accept({ rows, next: found.length > limit ? (shown.at(-1)?.id ?? null) : null })
})

async function presentEntry(ctx: QueryContext, { id, started_at: startedAt, closed_at: closedAt }: BatchRecord): Promise<BatchEntry> {
  const lines = await listLines(ctx.db, id)
  return { id: batchIdSchema.parse(id), startedAt: Number(startedAt), closedAt: closedAt === null ? null : Number(closedAt), title: lines[0]?.title ?? '', files: lines.length, ...countStates(lines) }
}

const batchTable = onDownload(contract.batchTable, async (ctx, { batchId, locale }) => {
  const found = await findBatch(ctx.db, ctx.actor.personId, batchId)
  if (found === null) return refuse('seals.unknown-batch')
  const bytes = tableOfBatch(await presentBatch(ctx, found), locale)
  const name = locale === 'en' ? sealsBatchEn['seals.batch.file'] : sealsBatchZh['seals.batch.file']
  return accept({ bytes, mediaType: 'text/csv; charset=utf-8', fileName: `${name}-${presentDay(Number(found.started_at))}.csv` })
})

/** Operations of batches. */
export const batchOperations = [startBatch, impressTogether, retryBatch, putAway, batchQuery, batches, batchTable]

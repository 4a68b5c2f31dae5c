/** A batch as its keeper sees it: what happened to each file, and what can be done about it as things stand. */
import { verdictTextsEn, verdictTextsZh } from '@xiewen/crypto/words'
import { itemRefusalSchema } from '@xiewen/shared/base'
import { type BatchLine, batchSchema, type BatchView, decideRetry, sealsBatchEn, sealsBatchZh } from '@xiewen/shared/seals'
import type { QueryContext } from '../../platform/context.ts'
import { writeTable } from '../../platform/csv/write-table.ts'
import { judgeOrder, type ImpressionOrder } from '../impressing.ts'
import { presentMoment } from '../register/read-register.ts'
import type { RegisterLocale } from '../register/words.ts'
import { type BatchLineRecord, type BatchRecord, listLines } from './batch-table.ts'
import { presentReason } from './reason-words.ts'

/** What a line orders. */
export function orderOf(line: BatchLineRecord): ImpressionOrder {
  return { applicationId: line.application_id, nudgeX: line.nudge_x / 100, nudgeY: line.nudge_y / 100 }
}

/** The batch with its lines. */
export async function presentBatch(ctx: QueryContext, batch: BatchRecord): Promise<BatchView> {
  const lines: unknown[] = []
  for (const line of await listLines(ctx.db, batch.id)) lines.push(await presentLine(ctx, line))
  return batchSchema.parse({ id: batch.id, startedAt: Number(batch.started_at), closedAt: batch.closed_at === null ? null : Number(batch.closed_at), lines })
}

async function presentLine(ctx: QueryContext, line: BatchLineRecord) {
  const refusal = refusalOf(line)
  const isDone = line.state === 'done'
  const judged = isDone ? ({ next: 'none', mayRetry: false } as const) : decideRetry(refusal?.code ?? null, await judgeOrder(ctx, orderOf(line)))
  return {
    applicationId: line.application_id, title: line.title, number: line.number, sealName: line.seal_name, state: line.state, triedAt: line.tried_at === null ? null : Number(line.tried_at),
    digest: line.digest, verdict: isDone ? line.verdict : null, refusal, ...judged,
  }
}

/** Why a line was refused, or null. */
function refusalOf(line: BatchLineRecord) {
  return line.state === 'refused' ? itemRefusalSchema.parse(JSON.parse(line.refusal)) : null
}

const columns = ['row', 'title', 'number', 'seal', 'state', 'why', 'next', 'at', 'verdict', 'digest'] as const

/** The batch as a table. */
export function tableOfBatch({ lines }: BatchView, locale: RegisterLocale): Uint8Array {
  const words = locale === 'en' ? sealsBatchEn : sealsBatchZh
  const verdictWords = locale === 'en' ? verdictTextsEn : verdictTextsZh
  const rowOf = (line: BatchLine, at: number) => [
    at + 1, line.title, line.number, line.sealName, words[`seals.batch.state.${line.state}`], line.refusal === null ? '' : presentReason(line.refusal, locale),
    line.state === 'done' ? '' : words[`seals.batch.next.${line.next}`], line.triedAt === null ? '' : presentMoment(line.triedAt), line.verdict === null ? '' : verdictWords[line.verdict], line.digest,
  ]
  return writeTable([columns.map((column) => words[`seals.batch.column.${column}`]), ...lines.map(rowOf)])
}

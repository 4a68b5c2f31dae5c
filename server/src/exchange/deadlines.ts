/** 超时未签收: on every working morning after the deadline the receivers are urged until somebody signs. */
import { addDays, addWorkDays, civilDateAt, instant, startOfDay } from '@xiewen/shared/base'
import { z } from 'zod'
import type { CommandContext } from '../platform/context.ts'
import type { JobKind } from '../platform/slice.ts'
import { deskTask, noteEvent, wordsOf } from './desk.ts'
import { changeReceipt, findReceipt } from './repository.ts'
import type { ReceiptRecord } from './tables.ts'

const overdueJob = 'exchange.urge-unsigned'
/** Offices open at half past eight. */
const morningMs = 8.5 * 3_600_000
const payloadSchema = z.object({ receiptId: z.string() })

/** Plans the urging of a receipt nobody has signed for. */
export async function planUrging(ctx: CommandContext, receipt: Pick<ReceiptRecord, 'id' | 'sign_by'>): Promise<void> {
  await ctx.jobs.plan({ name: overdueJob, key: receipt.id, dueAt: nextMorning(ctx, receipt.sign_by), payload: { receiptId: receipt.id } })
}

/** Forgets it. */
export async function cancelUrging(ctx: CommandContext, receiptId: string): Promise<void> {
  await ctx.jobs.cancel(overdueJob, receiptId)
}

function nextMorning(ctx: CommandContext, after: number): number {
  const day = addDays(civilDateAt(instant(after)), 1)
  return startOfDay(addWorkDays(ctx.services.calendar.current(), day, 0)) + morningMs
}

async function urgeOverdue(ctx: CommandContext, payload: unknown): Promise<void> {
  const { receiptId } = payloadSchema.parse(payload)
  const receipt = await findReceipt(ctx.db, receiptId)
  if (receipt?.state !== 'sent') return
  await changeReceipt(ctx.db, receiptId, { urged_at: ctx.now, urge_count: receipt.urge_count + 1 })
  await ctx.inbox.update('exchange', deskTask(receiptId, 'sign-for'), { detail: wordsOf('exchange.detail.overdue', { organ: receipt.from_organ_name }) })
  await noteEvent(ctx, receipt, 'overdue')
  await ctx.record({
    kind: 'exchange.overdue',
    subject: { kind: 'receipt', id: receiptId },
    data: { documentId: receipt.document_id, organId: receipt.organ_id, signBy: receipt.sign_by, urgeCount: receipt.urge_count + 1 },
  })
  await ctx.jobs.plan({ name: overdueJob, key: receiptId, dueAt: nextMorning(ctx, ctx.now), payload: { receiptId } })
}

/** Timed work of the room. */
export const exchangeJobs: readonly JobKind[] = [{ name: overdueJob, misfire: 'run-late', run: (ctx, job) => urgeOverdue(ctx, job.payload) }]

/** 撤回, 催办 and taking note of returns, by the registrars of the sender. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import { decideReceipt, decideUrging, exchangeContract as contract } from '@xiewen/shared/exchange'
import type { ActorPost, DelegatedPost, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { cancelUrging } from '../deadlines.ts'
import { deskTask, noteEvent, wordsOf } from '../desk.ts'
import { findReceiptFor } from '../parties.ts'
import { changeReceipt } from '../repository.ts'
import type { ReceiptRecord } from '../tables.ts'

async function findAsSender(ctx: QueryContext, receiptId: string): Promise<Result<{ readonly receipt: ReceiptRecord; readonly post: ActorPost | DelegatedPost }>> {
  const seen = await findReceiptFor(ctx, receiptId)
  if (!seen) return refuse('base.not-found')
  return seen.sender ? accept({ receipt: seen.receipt, post: seen.sender }) : refuse('exchange.not-registrar')
}

function factOf(kind: string, receipt: ReceiptRecord, data: Readonly<Record<string, unknown>>) {
  const common = { documentId: receipt.document_id, dispatchId: receipt.dispatch_id, organId: receipt.organ_id }
  return { kind, subject: { kind: 'receipt', id: receipt.id }, data: { ...common, ...data } }
}

const withdraw = onCommand(contract.withdraw, async (ctx, input) => {
  const found = await findAsSender(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const decided = decideReceipt(receipt.state, 'withdraw')
  if (!decided.ok) return decided
  await changeReceipt(ctx.db, receipt.id, { state: decided.value, ended_at: ctx.now, ended_name: ctx.actor.name, ended_reason: input.reason })
  await ctx.inbox.withdraw('exchange', deskTask(receipt.id, 'sign-for'))
  await cancelUrging(ctx, receipt.id)
  await noteEvent(ctx, receipt, 'withdraw', { through: post, detail: input.reason })
  await ctx.record(factOf('exchange.withdrawn', receipt, { reason: input.reason }), post)
  return accept({ state: decided.value })
})

const urge = onCommand(contract.urge, async (ctx, input) => {
  const found = await findAsSender(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const decided = decideUrging({ state: receipt.state, urgedAt: receipt.urged_at }, ctx.now)
  if (!decided.ok) return decided
  const urgeCount = receipt.urge_count + 1
  await changeReceipt(ctx.db, receipt.id, { urged_at: ctx.now, urge_count: urgeCount })
  const { name } = ctx.actor
  const detail = input.note === '' ? wordsOf('exchange.detail.urged', { name }) : wordsOf('exchange.detail.urged-with-note', { name, note: input.note })
  await ctx.inbox.update('exchange', deskTask(receipt.id, receipt.state === 'sent' ? 'sign-for' : 'register'), { detail })
  await noteEvent(ctx, receipt, 'urge', { through: post, detail: input.note })
  await ctx.record(factOf('exchange.urged', receipt, { note: input.note, urgeCount }), post)
  return accept({ urgeCount })
})

const acknowledgeReturn = onCommand(contract.acknowledgeReturn, async (ctx, input) => {
  const found = await findAsSender(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  if (receipt.state !== 'returned' || receipt.ended_noted === 1) return accept({})
  await changeReceipt(ctx.db, receipt.id, { ended_noted: 1 })
  await ctx.inbox.complete('documents', deskTask(receipt.id, 'returned'))
  await ctx.record(factOf('exchange.return-acknowledged', receipt, {}), post)
  ctx.touch(`document:${receipt.document_id}`)
  return accept({})
})

/** Operations of following. */
export const followOperations: readonly Operation[] = [withdraw, urge, acknowledgeReturn]

/** 重新办理: a 办件 whose case was stopped (终止) is handled in a new case; the former stays as it ended. */
import { accept, type CivilDate, endOfDay, epochDay, type Result, refuse } from '@xiewen/shared/base'
import { decideResuming, exchangeContract as contract, usualDueOn } from '@xiewen/shared/exchange'
import type { CommandContext } from '../../platform/context.ts'
import { assert } from '../../platform/log/fault.ts'
import { type Operation, onCommand } from '../../platform/slice.ts'
import { deskTask, noteEvent } from '../desk.ts'
import { changeReceipt, listEvents } from '../repository.ts'
import type { ReceiptRecord } from '../tables.ts'
import { findAsReceiver } from './receive.ts'
import { recordHandling } from './register.ts'

const resume = onCommand(contract.resume, async (ctx, input) => {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const acts = (await listEvents(ctx.db, receipt.id)).map((event) => event.act)
  const decided = decideResuming(receipt, acts)
  if (!decided.ok) return decided
  const due = decideDue(ctx, receipt, input.dueOn)
  if (!due.ok) return due
  const { copy_id: copyId } = receipt
  assert(copyId !== null, `the registered receipt ${receipt.id} has no copy`)
  await changeReceipt(ctx.db, receipt.id, { state: decided.value, due_at: due.value })
  await ctx.inbox.complete('exchange', deskTask(receipt.id, 'resume'))
  await noteEvent(ctx, receipt, 'resume', { through: post, detail: input.note })
  await recordHandling(ctx, 'exchange.resumed', { ...receipt, copy_id: copyId, due_at: due.value }, post)
  return accept({ state: decided.value })
})

/** The limit asked for; without one the old limit while it is still to come, else the usual one from today. */
function decideDue(ctx: CommandContext, receipt: ReceiptRecord, dueOn: CivilDate | undefined): Result<number> {
  if (dueOn !== undefined) return epochDay(dueOn) < epochDay(ctx.today) ? refuse('exchange.due-in-past') : accept(endOfDay(dueOn))
  if (receipt.due_at !== null && Number(receipt.due_at) >= ctx.now) return accept(Number(receipt.due_at))
  return accept(endOfDay(usualDueOn(ctx.services.calendar.current(), ctx.today, receipt.urgency, 'handle')))
}

/** Operations of handling again. */
export const resumeOperations: readonly Operation[] = [resume]

/** A 办件 follows its handling case: it begins, stops and ends with it. */
import type { RecordedFact } from '@xiewen/shared/base'
import { decideReceipt } from '@xiewen/shared/exchange'
import type { CommandContext } from '../platform/context.ts'
import type { Reaction } from '../platform/slice.ts'
import { noteEvent } from './desk.ts'
import { finishReceipt } from './readers.ts'
import { changeReceipt, findReceiptOfCopy } from './repository.ts'
import type { ReceiptRecord } from './tables.ts'

/** The 办件 a fact of a case is about, or null for everything else. */
async function findHandled(ctx: CommandContext, fact: RecordedFact): Promise<ReceiptRecord | null> {
  if (fact.subject.kind !== 'document') return null
  const receipt = await findReceiptOfCopy(ctx.db, fact.subject.id)
  return receipt?.handling === 'handle' ? receipt : null
}

async function move(ctx: CommandContext, receipt: ReceiptRecord, act: 'begin' | 'stop', kind: string): Promise<void> {
  const decided = decideReceipt(receipt.state, act)
  if (!decided.ok) return
  await changeReceipt(ctx.db, receipt.id, { state: decided.value })
  await noteEvent(ctx, receipt, act)
  await ctx.record({
    kind,
    subject: { kind: 'document', id: receipt.copy_id ?? receipt.document_id },
    data: { documentId: receipt.copy_id, receiptId: receipt.id, organId: receipt.organ_id, sentDocumentId: receipt.document_id },
  })
}

/** Reactions of the room. */
export const exchangeReactions: readonly Reaction[] = [
  {
    name: 'exchange.on-started',
    on: ['workflow.started'],
    run: async (ctx, fact) => {
      const receipt = await findHandled(ctx, fact)
      if (receipt) await move(ctx, receipt, 'begin', 'exchange.in-handling')
    },
  },
  {
    name: 'exchange.on-cancelled',
    on: ['workflow.cancelled'],
    run: async (ctx, fact) => {
      const receipt = await findHandled(ctx, fact)
      if (receipt) await move(ctx, receipt, 'stop', 'exchange.handling-stopped')
    },
  },
  {
    name: 'exchange.on-finished',
    on: ['workflow.finished'],
    run: async (ctx, fact) => {
      const receipt = await findHandled(ctx, fact)
      if (receipt && decideReceipt(receipt.state, 'finish').ok) await finishReceipt(ctx, receipt)
    },
  },
]

/** A 办件 follows its handling case: it begins, stops and ends with it. */
import type { RecordedFact } from '@xiewen/shared/base'
import type { PostView } from '@xiewen/shared/directory'
import { decideReceipt } from '@xiewen/shared/exchange'
import { z } from 'zod'
import { getPost } from '../directory/index.ts'
import { grantAccess } from '../documents/index.ts'
import type { CommandContext } from '../platform/context.ts'
import type { Reaction } from '../platform/slice.ts'
import { deskTask, layBeforeReceivers, noteEvent } from './desk.ts'
import { finishReceipt } from './readers.ts'
import { addReader, changeReceipt, findReceipt, findReceiptOfCopy, listReaders, listUnreadOf, removeReader } from './repository.ts'
import type { ReceiptRecord } from './tables.ts'

/** The 办件 a fact of a case is about, or null for everything else. */
async function findHandled(ctx: CommandContext, fact: RecordedFact): Promise<ReceiptRecord | null> {
  if (fact.subject.kind !== 'document') return null
  const receipt = await findReceiptOfCopy(ctx.db, fact.subject.id)
  return receipt?.handling === 'handle' ? receipt : null
}

async function move(ctx: CommandContext, receipt: ReceiptRecord, act: 'begin' | 'stop', kind: string, by: { readonly detail?: string; readonly name?: string | undefined } = {}): Promise<boolean> {
  const decided = decideReceipt(receipt.state, act)
  if (!decided.ok) return false
  await changeReceipt(ctx.db, receipt.id, { state: decided.value })
  await noteEvent(ctx, receipt, act, by)
  await ctx.record({
    kind,
    subject: { kind: 'document', id: receipt.copy_id ?? receipt.document_id },
    data: { documentId: receipt.copy_id, receiptId: receipt.id, organId: receipt.organ_id, sentDocumentId: receipt.document_id },
  })
  return true
}

/** A reader's post has ended: the successor reads instead, once. What has been read stays as it was read. */
async function handOverReadings(ctx: CommandContext, fromPostId: string, to: PostView): Promise<void> {
  for (const reader of await listUnreadOf(ctx.db, fromPostId)) {
    const receipt = await findReceipt(ctx.db, reader.receipt_id)
    if (!receipt || receipt.copy_id === null) continue
    await removeReader(ctx.db, receipt.id, fromPostId)
    await addReader(ctx.db, { ...reader, post_id: to.id, person_name: to.personName, post_title: to.title, unit_name: to.unitName })
    await grantAccess(ctx, receipt.copy_id, { postId: to.id }, 'read', `exchange:${receipt.id}`)
    const data = { documentId: receipt.copy_id, receiptId: receipt.id, from: fromPostId, to: to.id, toName: to.personName }
    await ctx.record({ kind: 'exchange.handed-over', subject: { kind: 'document', id: receipt.copy_id }, data })
    const readers = await listReaders(ctx.db, receipt.id)
    if (receipt.state !== 'finished' && readers.every((each) => each.read_at !== null)) await finishReceipt(ctx, receipt)
  }
}

const cancelledSchema = z.object({ reason: z.string().default('') })
const endedSchema = z.object({ successorPostId: z.string() })

/** Reactions of the room. */
export const exchangeReactions: readonly Reaction[] = [
  {
    name: 'exchange.on-post-ended',
    on: ['directory.post-ended'],
    run: async (ctx, fact) => {
      const successor = await getPost(ctx.db, endedSchema.parse(fact.data).successorPostId)
      if (successor) await handOverReadings(ctx, fact.subject.id, successor)
    },
  },
  {
    name: 'exchange.on-started',
    on: ['workflow.started'],
    run: async (ctx, fact) => {
      const receipt = await findHandled(ctx, fact)
      if (receipt && (await move(ctx, receipt, 'begin', 'exchange.in-handling'))) await ctx.inbox.complete('exchange', deskTask(receipt.id, 'resume'))
    },
  },
  {
    name: 'exchange.on-cancelled',
    on: ['workflow.cancelled'],
    run: async (ctx, fact) => {
      const receipt = await findHandled(ctx, fact)
      if (!receipt) return
      const { reason } = cancelledSchema.parse(fact.data)
      const stopped = await move(ctx, receipt, 'stop', 'exchange.handling-stopped', { detail: reason, name: fact.actor?.personName })
      // It still has to be handled: without an entry nobody would think of it again.
      if (stopped) await layBeforeReceivers(ctx, receipt, 'resume', fact.actor?.personName ?? '')
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

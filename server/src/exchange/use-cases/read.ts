/** 传阅, 已阅, 催阅 and closing of 阅件. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { PostId } from '@xiewen/shared/directory'
import { decideCirculation, decideClosing, exchangeContract as contract } from '@xiewen/shared/exchange'
import type { ActorPost, CommandContext, DelegatedPost, QueryContext } from '../../platform/context.ts'
import { type Operation, onCommand, onReading } from '../../platform/slice.ts'
import { deskTask, layBeforeReader, noteEvent, onBehalfOf, wordsOf } from '../desk.ts'
import { findReceiptFor, ownPost } from '../parties.ts'
import { decideReaders, finishReceipt, giveToReaders } from '../readers.ts'
import { changeReader, listReaders } from '../repository.ts'
import type { ReaderRecord, ReceiptRecord } from '../tables.ts'
import { findAsReceiver } from './receive.ts'

const hourMs = 3_600_000

const circulate = onCommand(contract.circulate, async (ctx, input) => {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const decided = decideCirculation(receipt)
  if (!decided.ok) return decided
  const posts = await decideReaders(ctx.db, receipt.organ_id, input.readers)
  if (!posts.ok) return posts
  if (!hasCopy(receipt)) return refuse('exchange.not-registered')
  return accept({ readers: await giveToReaders(ctx, receipt, { posts: posts.value, purpose: input.purpose, through: post }) })
})

function hasCopy(receipt: ReceiptRecord): receipt is ReceiptRecord & { readonly copy_id: string } {
  return receipt.copy_id !== null
}

interface MyReading {
  readonly receipt: ReceiptRecord
  readonly reader: ReaderRecord
  readonly post: ActorPost | DelegatedPost
}

/** The caller's own unread line of the read list, of one post where it is named. */
export async function findMyReading(ctx: QueryContext, receiptId: string, postId?: string): Promise<Result<MyReading>> {
  const seen = await findReceiptFor(ctx, receiptId)
  if (!seen) return refuse('base.not-found')
  const mine = (await listReaders(ctx.db, receiptId)).flatMap((reader) => {
    const post = postId === undefined || postId === reader.post_id ? ownPost(ctx.actor, reader.post_id) : undefined
    return post ? [{ receipt: seen.receipt, reader, post }] : []
  })
  if (mine.length === 0) return refuse('exchange.not-circulated-to-you')
  const unread = mine.find(({ reader }) => reader.read_at === null)
  if (!unread) return refuse('exchange.already-read')
  return seen.receipt.state === 'finished' ? refuse('exchange.already-finished') : accept(unread)
}

async function confirmReading(ctx: CommandContext, input: { readonly receiptId: string; readonly opinion: string }, postId?: string) {
  const mine = await findMyReading(ctx, input.receiptId, postId)
  if (!mine.ok) return mine
  const { receipt, reader, post } = mine.value
  const principal = onBehalfOf(post)
  const readBy = principal === null ? ctx.actor.name : `${ctx.actor.name} 代 ${principal}`
  await changeReader(ctx.db, receipt.id, reader.post_id, { read_at: ctx.now, read_by: readBy, opinion: input.opinion })
  await ctx.inbox.complete('exchange', deskTask(receipt.id, 'read'), reader.post_id)
  await noteEvent(ctx, receipt, 'read', { through: post, detail: input.opinion })
  const data = { documentId: receipt.copy_id, receiptId: receipt.id, postId: reader.post_id, opinion: input.opinion }
  await ctx.record({ kind: 'exchange.read', subject: { kind: 'document', id: receipt.copy_id ?? receipt.document_id }, data }, post)
  const isLast = (await listReaders(ctx.db, receipt.id)).every((each) => each.read_at !== null)
  if (isLast) await finishReceipt(ctx, receipt)
  return accept({ state: isLast ? ('finished' as const) : receipt.state })
}

const read = onCommand(contract.read, (ctx, input) => confirmReading(ctx, input))

/** 已阅 of a 阅件 from the inbox, several at a time. */
export const readingOfEntry = onReading({
  prepare: async () => null,
  confirm: (ctx, entry) => confirmReading(ctx, { receiptId: entry.subject.id, opinion: '' }, entry.postId),
})

const urgeReaders = onCommand(contract.urgeReaders, async (ctx, input) => {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const { receipt, post } = found.value
  const missing = receipt.state === 'in-handling' ? (await listReaders(ctx.db, receipt.id)).filter((reader) => reader.read_at === null) : []
  if (missing.length === 0) return refuse('exchange.nobody-to-urge')
  const due = missing.filter((reader) => reader.urged_at === null || ctx.now - reader.urged_at >= hourMs)
  if (due.length === 0) return refuse('exchange.urged-recently')
  const name = ctx.actor.name
  for (const reader of due) {
    await changeReader(ctx.db, receipt.id, reader.post_id, { urged_at: ctx.now })
    const detail = reader.purpose === '' ? wordsOf('exchange.detail.urged', { name }) : wordsOf('exchange.detail.urged-with-note', { name, note: reader.purpose })
    await layBeforeReader(ctx, receipt, reader, detail)
  }
  // Safe because ids of readers' posts come from the directory.
  const urged = due.map((reader) => reader.post_id as PostId)
  await noteEvent(ctx, receipt, 'urge', { through: post, detail: due.map((reader) => reader.person_name).join('、') })
  const data = { documentId: receipt.copy_id, receiptId: receipt.id, postIds: urged }
  await ctx.record({ kind: 'exchange.readers-urged', subject: { kind: 'document', id: receipt.copy_id ?? receipt.document_id }, data }, post)
  return accept({ urged })
})

const close = onCommand(contract.close, async (ctx, input) => {
  const found = await findAsReceiver(ctx, input.receiptId)
  if (!found.ok) return found
  const decided = decideClosing(found.value.receipt)
  if (!decided.ok) return decided
  await finishReceipt(ctx, found.value.receipt, found.value.post)
  return accept({ state: decided.value })
})

/** Operations of reading. */
export const readOperations: readonly Operation[] = [circulate, read, urgeReaders, close]

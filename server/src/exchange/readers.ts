/** 传阅 of a 阅件 inside the organ: giving it to readers, and ending when the last has read. */
import { accept, type Result, refuse } from '@xiewen/shared/base'
import type { PostView } from '@xiewen/shared/directory'
import { getPosts } from '../directory/index.ts'
import { grantAccess } from '../documents/index.ts'
import type { ActorPost, CommandContext, DelegatedPost } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { deskTask, layBeforeReader, noteEvent } from './desk.ts'
import { addReader, changeReceipt, listReaders } from './repository.ts'
import type { ReceiptRecord } from './tables.ts'

/** Posts that may read a document of the organ; refuses unknown and foreign ones. */
export async function decideReaders(db: ReadDb, organId: string, postIds: readonly string[]): Promise<Result<readonly PostView[]>> {
  const wanted = [...new Set(postIds)]
  const posts = await getPosts(db, wanted)
  if (posts.length < wanted.length) return refuse('exchange.unknown-reader')
  return posts.every((post) => post.organId === organId) ? accept(posts) : refuse('exchange.foreign-reader')
}

/** Gives a registered 阅件 to readers. `receipt` must carry its copy.
 *
 * @returns how many readers it has now
 */
export async function giveToReaders(
  ctx: CommandContext,
  receipt: ReceiptRecord & { readonly copy_id: string },
  given: { readonly posts: readonly PostView[]; readonly purpose: string; readonly through: ActorPost | DelegatedPost },
): Promise<number> {
  const known = new Set((await listReaders(ctx.db, receipt.id)).map((reader) => reader.post_id))
  const fresh = given.posts.filter((post) => !known.has(post.id))
  for (const post of fresh) {
    const reader = {
      receipt_id: receipt.id, post_id: post.id, person_name: post.personName, post_title: post.title, unit_name: post.unitName, from_name: ctx.actor.name,
      purpose: given.purpose, at: ctx.now, read_at: null, read_by: null, opinion: '', urged_at: null,
    }
    await addReader(ctx.db, reader)
    await grantAccess(ctx, receipt.copy_id, { postId: post.id }, 'read', `exchange:${receipt.id}`)
    await layBeforeReader(ctx, receipt, reader, given.purpose === '' ? receipt.from_organ_name : given.purpose)
  }
  if (fresh.length > 0) {
    await changeReceipt(ctx.db, receipt.id, { state: 'in-handling' })
    await noteEvent(ctx, receipt, 'circulate', { through: given.through, detail: fresh.map((post) => post.personName).join('、') })
    const data = { documentId: receipt.copy_id, receiptId: receipt.id, organId: receipt.organ_id, postIds: fresh.map((post) => post.id), purpose: given.purpose }
    await ctx.record({ kind: 'exchange.circulated', subject: { kind: 'document', id: receipt.copy_id }, data }, given.through)
  }
  return known.size + fresh.length
}

/** 办结: nothing of it waits any more. */
export async function finishReceipt(ctx: CommandContext, receipt: ReceiptRecord, through?: ActorPost | DelegatedPost): Promise<void> {
  await changeReceipt(ctx.db, receipt.id, { state: 'finished', finished_at: ctx.now })
  await ctx.inbox.withdraw('exchange', deskTask(receipt.id, 'read'))
  await noteEvent(ctx, receipt, 'finish', { through })
  await ctx.record(
    {
      kind: 'exchange.finished',
      subject: { kind: 'document', id: receipt.copy_id ?? receipt.document_id },
      data: { documentId: receipt.copy_id, receiptId: receipt.id, organId: receipt.organ_id, sentDocumentId: receipt.document_id, handling: receipt.handling },
    },
    through,
  )
}

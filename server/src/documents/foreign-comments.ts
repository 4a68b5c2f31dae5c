/** Comments (批注) of Word files on their way into a draft: kept under who handed the file in until a draft is begun with it, then
 * anchored in its text. Their writers stay words of the file: the account that imported them answers for them. */
import { longestComment, mostThreads } from '@xiewen/shared/documents'
import * as Y from 'yjs'
import { z } from 'zod'
import type { CommandContext } from '../platform/context.ts'
import { tables, type WriteDb } from '../platform/database/index.ts'
import { addThread } from './comments.ts'
import { anchorOfPlace } from './comment-places.ts'
import { quoteFinder } from './find-quote.ts'
import type { ForeignComment, ForeignThread, ReadFile } from './import/index.ts'
import { readLiveText } from './live-text.ts'
import type { DocumentTables } from './tables.ts'

const threadsSchema = z.array(
  z.object({
    quote: z.string(), before: z.string(), at: z.number(), isResolved: z.boolean(), comments: z.array(z.object({ author: z.string(), saidAt: z.string(), body: z.string() })),
  }),
)

/** Remembers the comments of a file; the same file handed in again replaces them. */
export async function rememberComments(db: WriteDb, read: Pick<ReadFile, 'threads' | 'mark'>, by: { readonly personId: string; readonly at: number }): Promise<void> {
  if (read.threads.length === 0) return
  const threads = JSON.stringify(read.threads)
  await tables<DocumentTables>(db)
    .insertInto('document_handed_in_comments')
    .values({ person_id: by.personId, mark: read.mark, threads, at: by.at })
    .onConflict((conflict) => conflict.columns(['person_id', 'mark']).doUpdateSet({ threads, at: by.at }))
    .execute()
}

/** Puts the comments of a file its drafter has handed in onto the draft that was begun with it.
 *
 * @returns how many comments there are now
 */
export async function attachComments(ctx: CommandContext, documentId: string, mark: string): Promise<number> {
  const row = await tables<DocumentTables>(ctx.db).selectFrom('document_handed_in_comments').select('threads').where('person_id', '=', ctx.actor.personId).where('mark', '=', mark).executeTakeFirst()
  const live = row ? await readLiveText(ctx.db, documentId) : null
  if (!row || !live) return 0
  const doc = new Y.Doc()
  Y.applyUpdate(doc, live.state)
  const locate = quoteFinder(live.document.blocks)
  const threads = withinLimit(threadsSchema.parse(JSON.parse(row.threads)))
  for (const thread of threads) {
    const place = locate(thread)
    const anchor = place && { from: anchorOfPlace(doc, place.from), to: anchorOfPlace(doc, place.to) }
    const isAnchored = anchor !== null && anchor.from !== null && anchor.to !== null
    await storeThread(ctx, documentId, { thread, from: isAnchored ? (anchor.from ?? '') : '', to: isAnchored ? (anchor.to ?? '') : '' })
  }
  doc.destroy()
  const comments = threads.reduce((sum, thread) => sum + thread.comments.length, 0)
  await ctx.record({ kind: 'documents.comments-imported', subject: { kind: 'document', id: documentId }, data: { threads: threads.length, comments } })
  return comments
}

/** A document has room for so many threads; what is more goes into the last one, each comment with the words it was put on. */
function withinLimit(threads: readonly ForeignThread[]): readonly ForeignThread[] {
  if (threads.length <= mostThreads) return threads
  const rest = threads.slice(mostThreads - 1).flatMap(({ quote, comments }) => comments.map((comment) => ({ ...comment, body: quote === '' ? comment.body : `〔${quote.slice(0, 100)}〕${comment.body}` })))
  return [...threads.slice(0, mostThreads - 1), { quote: '', before: '', at: 0, isResolved: false, comments: rest }]
}

async function storeThread(ctx: CommandContext, documentId: string, given: { readonly thread: ForeignThread; readonly from: string; readonly to: string }): Promise<void> {
  const { thread, from, to } = given
  const id = ctx.newId<'ThreadId'>()
  await addThread(ctx.db, {
    id, document_id: documentId, quote: thread.quote.replaceAll('\n', '').slice(0, 300), anchor_from: from, anchor_to: to,
    // Who settled it the file does not say.
    person_id: ctx.actor.personId, at: ctx.now, resolved_at: thread.isResolved ? ctx.now : null, resolved_by: '',
  })
  for (const comment of thread.comments.flatMap(inPieces)) {
    await tables<DocumentTables>(ctx.db)
      .insertInto('document_comment')
      .values({
        id: ctx.newId<'CommentId'>(), thread_id: id, document_id: documentId, body: comment.body, person_id: ctx.actor.personId, person_name: ctx.actor.name,
        post_title: '', step: '', at: ctx.now, withdrawn_at: null, file_author: comment.author, file_date: comment.saidAt,
      })
      .execute()
  }
}

/** A comment longer than ours may be is several: nothing of it is lost. */
function inPieces(comment: ForeignComment): readonly ForeignComment[] {
  const pieces: ForeignComment[] = []
  const signs = [...comment.body]
  for (let at = 0; at < signs.length; at += longestComment / 2) pieces.push({ ...comment, body: signs.slice(at, at + longestComment / 2).join('') })
  return comment.body.length <= longestComment ? [comment] : pieces
}

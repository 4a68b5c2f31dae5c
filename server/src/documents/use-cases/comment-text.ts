/** Comments on the text (批注): beginning, answering, settling and taking back. */
import { accept, refuse } from '@xiewen/shared/base'
import { type CommentId, type CommentView, documentsContract, mayResolveThread, mostThreads, type ThreadId, type ThreadView } from '@xiewen/shared/documents'
import type { PersonId } from '@xiewen/shared/directory'
import type { CommandContext } from '../../platform/context.ts'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { addComment, addThread, findComment, findThread, listComments, listThreads, setResolved, withdrawComment } from '../comments.ts'
import { findForAct, findScene } from '../scene.ts'
import type { CommentRecord } from '../tables.ts'

const threads = onQuery(documentsContract.threads, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { scene } = found.value
  const isOpen = scene.state === 'draft' || scene.state === 'in-review'
  const comments = await listComments(ctx.db, input.documentId)
  const views = (await listThreads(ctx.db, input.documentId)).map(
    (thread): ThreadView => ({
      // Safe because the id comes from `newId`.
      id: thread.id as ThreadId,
      quote: thread.quote,
      from: thread.anchor_from,
      to: thread.anchor_to,
      comments: comments.filter((comment) => comment.thread_id === thread.id).map(present),
      resolved: thread.resolved_at === null ? null : { at: Number(thread.resolved_at), name: thread.resolved_by },
      mayResolve: mayResolveThread(scene.right, thread.person_id === ctx.actor.personId, isOpen),
    }),
  )
  const shown = views.filter((view) => view.comments.some((each) => !each.withdrawn))
  return accept({ open: shown.filter((view) => view.resolved === null).length, threads: shown })
})

function present(row: CommentRecord): CommentView {
  return {
    // Safe because ids come from `newId` and the directory.
    id: row.id as CommentId,
    personId: row.person_id as PersonId,
    name: row.person_name,
    post: row.post_title,
    step: row.step,
    at: Number(row.at),
    body: row.body,
    withdrawn: row.withdrawn_at !== null,
    foreign: row.file_author === null ? null : { author: row.file_author, saidAt: row.file_date ?? '' },
  }
}

const comment = onCommand(documentsContract.comment, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'comment')
  if (!found.ok) return found
  if ((await listThreads(ctx.db, input.documentId)).length >= mostThreads) return refuse('documents.too-many-threads', { limit: mostThreads })
  const threadId = ctx.newId<'ThreadId'>()
  await addThread(ctx.db, {
    id: threadId, document_id: input.documentId, quote: input.quote, anchor_from: input.from, anchor_to: input.to,
    person_id: ctx.actor.personId, at: ctx.now, resolved_at: null, resolved_by: '',
  })
  const commentId = await addComment(ctx, { documentId: input.documentId, threadId, body: input.body })
  await tell(ctx, 'documents.commented', input.documentId, { threadId, commentId })
  return accept({ threadId })
})

const reply = onCommand(documentsContract.reply, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'comment')
  if (!found.ok) return found
  const thread = await findThread(ctx.db, input.documentId, input.threadId)
  if (!thread) return refuse('documents.unknown-thread')
  // Safe because the id comes from `newId`.
  const commentId = (await addComment(ctx, input)) as CommentId
  if (thread.resolved_at !== null) await setResolved(ctx.db, thread.id, null)
  await tell(ctx, 'documents.commented', input.documentId, { threadId: thread.id, commentId })
  return accept({ commentId })
})

const resolveThread = onCommand(documentsContract.resolveThread, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'comment')
  if (!found.ok) return found
  const thread = await findThread(ctx.db, input.documentId, input.threadId)
  if (!thread) return refuse('documents.unknown-thread')
  if (!mayResolveThread(found.value.scene.right, thread.person_id === ctx.actor.personId, true)) return refuse('documents.may-not-resolve')
  await setResolved(ctx.db, thread.id, input.resolved ? { at: ctx.now, name: ctx.actor.name } : null)
  await tell(ctx, input.resolved ? 'documents.thread-resolved' : 'documents.thread-reopened', input.documentId, { threadId: thread.id })
  return accept({})
})

const withdraw = onCommand(documentsContract.withdrawComment, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'comment')
  if (!found.ok) return found
  const row = await findComment(ctx.db, input.documentId, input.commentId)
  if (!row) return refuse('documents.unknown-comment')
  if (row.person_id !== ctx.actor.personId) return refuse('documents.not-your-comment')
  await withdrawComment(ctx.db, row.id, ctx.now)
  await tell(ctx, 'documents.comment-withdrawn', input.documentId, { threadId: row.thread_id, commentId: row.id })
  return accept({})
})

function tell(ctx: CommandContext, kind: string, documentId: string, data: Readonly<Record<string, string>>): Promise<unknown> {
  return ctx.record({ kind, subject: { kind: 'document', id: documentId }, data })
}

/** Operations on comments. */
export const commentOperations = [threads, comment, reply, resolveThread, withdraw]

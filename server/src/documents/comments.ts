/** Rows of comment threads (批注). */
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import { listDesks, stepAt } from './desks.ts'
import { holdersOf } from './holders.ts'
import type { CommentRecord, DocumentTables, ThreadRecord } from './tables.ts'

/** Threads of a document in the order they were begun. */
export function listThreads(db: ReadDb, documentId: string): Promise<ThreadRecord[]> {
  return tables<DocumentTables>(db).selectFrom('document_thread').selectAll().where('document_id', '=', documentId).orderBy('at').orderBy('id').execute()
}

/** Comments of a document, oldest first. */
export function listComments(db: ReadDb, documentId: string): Promise<CommentRecord[]> {
  return tables<DocumentTables>(db).selectFrom('document_comment').selectAll().where('document_id', '=', documentId).orderBy('at').orderBy('id').execute()
}

/** One thread of a document, or null. */
export async function findThread(db: ReadDb, documentId: string, threadId: string): Promise<ThreadRecord | null> {
  const row = await tables<DocumentTables>(db).selectFrom('document_thread').selectAll().where('document_id', '=', documentId).where('id', '=', threadId).executeTakeFirst()
  return row ?? null
}

/** One comment of a document, or null. */
export async function findComment(db: ReadDb, documentId: string, commentId: string): Promise<CommentRecord | null> {
  const row = await tables<DocumentTables>(db).selectFrom('document_comment').selectAll().where('document_id', '=', documentId).where('id', '=', commentId).executeTakeFirst()
  return row ?? null
}

/** How many threads wait to be settled. A thread whose every comment was taken back waits for nothing. */
export async function countOpenThreads(db: ReadDb, documentId: string): Promise<number> {
  const open = (await listThreads(db, documentId)).filter((thread) => thread.resolved_at === null)
  if (open.length === 0) return 0
  const living = new Set((await listComments(db, documentId)).filter((comment) => comment.withdrawn_at === null).map((comment) => comment.thread_id))
  return open.filter((thread) => living.has(thread.id)).length
}

/** Stores a thread. */
export async function addThread(db: WriteDb, thread: ThreadRecord): Promise<void> {
  await tables<DocumentTables>(db).insertInto('document_thread').values(thread).execute()
}

/** Settles a thread or opens it again. */
export async function setResolved(db: WriteDb, threadId: string, resolved: { readonly at: number; readonly name: string } | null): Promise<void> {
  await tables<DocumentTables>(db)
    .updateTable('document_thread')
    .set({ resolved_at: resolved?.at ?? null, resolved_by: resolved?.name ?? '' })
    .where('id', '=', threadId)
    .execute()
}

/** Stores a comment of the caller's, with who they are from the session: name, post, step and time are never the client's. */
export async function addComment(ctx: CommandContext, comment: { readonly documentId: string; readonly threadId: string; readonly body: string }): Promise<string> {
  const id = ctx.newId<'CommentId'>()
  const { actor } = ctx
  const [post] = actor.posts
  const step = stepAt(await listDesks(ctx.db, comment.documentId), holdersOf(actor).keys, ctx.now)
  await tables<DocumentTables>(ctx.db)
    .insertInto('document_comment')
    .values({
      id,
      thread_id: comment.threadId,
      document_id: comment.documentId,
      body: comment.body,
      person_id: actor.personId,
      person_name: actor.name,
      post_title: post ? `${post.unitName}${post.title}` : '',
      step: step === '' ? 'documents.step.reading' : step,
      at: ctx.now,
      withdrawn_at: null,
      file_author: null,
      file_date: null,
    })
    .execute()
  return id
}

/** Takes the words of a comment away; the row stays. */
export async function withdrawComment(db: WriteDb, commentId: string, at: number): Promise<void> {
  await tables<DocumentTables>(db).updateTable('document_comment').set({ body: '', withdrawn_at: at }).where('id', '=', commentId).execute()
}

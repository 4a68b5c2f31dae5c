/** Comments (批注): threads anchored in the text. They live beside the text, not in it: the server says who wrote them, in
 * which post, at which step and when, so nobody can write one in another's name, and readers may comment too. */
import { z } from 'zod'
import { forStaff } from '../base/access.ts'
import type { Brand } from '../base/brand.ts'
import { command, query } from '../base/contract.ts'
import { idSchema } from '../base/ids.ts'
import { personIdSchema } from '../directory/index.ts'
import { documentIdSchema } from './views.ts'

/** A thread of comments (批注及其回复). */
export type ThreadId = Brand<string, 'ThreadId'>
/** One comment of a thread. */
export type CommentId = Brand<string, 'CommentId'>

/** Schema of a `ThreadId`. */
export const threadIdSchema = idSchema<'ThreadId'>()
/** Schema of a `CommentId`. */
export const commentIdSchema = idSchema<'CommentId'>()

/** Longest comment (characters). */
export const longestComment = 2000
/** Most threads a document may have. */
export const mostThreads = 500

/** A Yjs relative position in base64: names a character, so it survives every edit around it. Empty: the document as a whole. */
const anchorSchema = z.string().max(400).regex(/^[A-Za-z0-9+/=]*$/)
const body = z.string().trim().min(1).max(longestComment)

/** One comment as it is shown. `step` is a string key or empty. */
export const commentViewSchema = z.object({
  id: commentIdSchema,
  personId: personIdSchema,
  name: z.string(),
  /** Unit and title of the post, as they were when it was written. */
  post: z.string(),
  step: z.string(),
  at: z.number(),
  /** Empty when its writer took it back. */
  body: z.string(),
  withdrawn: z.boolean(),
  /** Set for a comment that came in a Word file: whom and when the file names. `name` is then who imported it. */
  foreign: z.object({ author: z.string(), saidAt: z.string() }).nullable(),
})
/** One comment as it is shown. */
export type CommentView = z.output<typeof commentViewSchema>

/** A thread: what it is about, its comments oldest first, and whether it is settled (已解决). */
export const threadViewSchema = z.object({
  id: threadIdSchema,
  /** The words it was put on, as they were then. */
  quote: z.string(),
  from: z.string(),
  to: z.string(),
  comments: z.array(commentViewSchema).min(1),
  /** `name` is empty where a Word file said so. */
  resolved: z.object({ at: z.number(), name: z.string() }).nullable(),
  mayResolve: z.boolean(),
})
/** A thread as it is shown. */
export type ThreadView = z.output<typeof threadViewSchema>

const id = { documentId: documentIdSchema }
const thread = { ...id, threadId: threadIdSchema }

/** Commands and queries about comments. */
export const commentsContract = {
  threads: query({
    name: 'documents.threads',
    summary: 'Comment threads of a document, in the order they were begun.',
    access: forStaff,
    input: z.strictObject(id),
    output: z.object({ open: z.number(), threads: z.array(threadViewSchema) }),
  }),
  comment: command({
    name: 'documents.comment',
    summary: 'Begins a thread on a stretch of the text; `from` and `to` are Yjs relative positions in base64, both empty for the whole document.',
    access: forStaff,
    input: z.strictObject({ ...id, quote: z.string().max(300), from: anchorSchema, to: anchorSchema, body }),
    output: z.object({ threadId: threadIdSchema }),
  }),
  reply: command({
    name: 'documents.reply',
    summary: 'Answers in a thread; answering a settled one opens it again.',
    access: forStaff,
    input: z.strictObject({ ...thread, body }),
    output: z.object({ commentId: commentIdSchema }),
  }),
  resolveThread: command({
    name: 'documents.resolve-thread',
    summary: 'Settles a thread (解决), or opens it again.',
    access: forStaff,
    input: z.strictObject({ ...thread, resolved: z.boolean() }),
    output: z.object({}),
  }),
  withdrawComment: command({
    name: 'documents.withdraw-comment',
    summary: 'Takes back a comment of one’s own; that there was one stays visible.',
    access: forStaff,
    input: z.strictObject({ ...id, commentId: commentIdSchema }),
    output: z.object({}),
  }),
} as const

/** Whether the caller may settle a thread: whoever may change the text, and whoever began it.
 *
 * @param right the caller's right in the document now
 */
export function mayResolveThread(right: string, isBeginner: boolean, isOpen: boolean): boolean {
  return isOpen && (isBeginner || right === 'edit' || right === 'suggest')
}

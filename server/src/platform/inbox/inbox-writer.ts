/** Putting entries into inboxes. A read model every room may write, one list for all of them. */
import type { Brand } from '@xiewen/shared/base'

/** A new entry. `taskId` identifies it together with `room`: completing takes both. */
export interface NewInboxEntry {
  readonly kind: 'todo' | 'to-read'
  readonly room: string
  readonly taskId: string
  /** The post it waits for; whoever holds the post, or acts for it, sees it. */
  readonly postId: Brand<string, 'PostId'>
  readonly subject: { readonly kind: string; readonly id: string }
  readonly title: string
  readonly detail: string
  /** A key of the room's strings, e.g. `workflow.step.countersign`. */
  readonly step: string
  readonly fromName: string
  readonly urgency: 'none' | 'urgent' | 'extra-urgent'
  readonly dueAt: number | null
}

/** Inbox acts inside a transaction. */
export interface InboxWriter {
  /** Adds an entry (an open one with the same room and task for the same post is replaced). */
  put(entry: NewInboxEntry): Promise<void>
  /** Marks entries of a task as done: for one post, or for all posts when none is given. */
  complete(room: string, taskId: string, postId?: string): Promise<void>
  /** Takes entries away as if never sent (撤回). */
  withdraw(room: string, taskId: string): Promise<void>
  /** Moves open entries of one post to another (转办、离任交接). */
  reassign(room: string, taskId: string, fromPostId: string, toPostId: string): Promise<void>
  /** Moves everything a room has open for one post to another (离任交接); what the other has open already is not doubled. */
  handOver(room: string, fromPostId: string, toPostId: string): Promise<void>
  /** Changes title, detail or deadline of the open entries of a task. */
  update(room: string, taskId: string, change: Partial<Pick<NewInboxEntry, 'title' | 'detail' | 'dueAt' | 'urgency'>>): Promise<void>
}

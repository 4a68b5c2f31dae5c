/** What lies on whose desk: inbox entries of receivers, readers and the sender, the timed urging, and the history. */
import type { PostId } from '@xiewen/shared/directory'
import { exchangeZh, type ReceiptEvent } from '@xiewen/shared/exchange'
import type { ActorPost, CommandContext, DelegatedPost } from '../platform/context.ts'
import { isDelegated } from '../platform/context.ts'
import type { NewInboxEntry } from '../platform/inbox/inbox-writer.ts'
import { postsOfOrgan } from './parties.ts'
import { addEvent } from './repository.ts'
import type { ReaderRecord, ReceiptRecord } from './tables.ts'

/** Steps a receipt lies on a desk for. */
export type DeskStep = 'sign-for' | 'register' | 'resume' | 'read' | 'returned'

/** Inbox id of a step. */
export function deskTask(receiptId: string, step: DeskStep): string {
  return `${receiptId}.${step}`
}

type EntryFacts = Pick<NewInboxEntry, 'kind' | 'postId' | 'detail' | 'fromName' | 'dueAt'>

function entryOf(receipt: ReceiptRecord, step: DeskStep, facts: EntryFacts): NewInboxEntry {
  return {
    ...facts,
    room: 'exchange',
    taskId: deskTask(receipt.id, step),
    subject: { kind: 'receipt', id: receipt.id },
    title: receipt.title,
    step: `exchange.step.${step}`,
    urgency: receipt.urgency,
  }
}

/** Lays a receipt on the desks of the organ's receivers. */
export async function layBeforeReceivers(ctx: CommandContext, receipt: ReceiptRecord, step: 'sign-for' | 'register' | 'resume', fromName: string): Promise<void> {
  const detail = receipt.number === '' ? receipt.from_organ_name : `${receipt.from_organ_name} ${receipt.number}`
  const dueAt = { 'sign-for': receipt.sign_by, register: null, resume: receipt.due_at }[step]
  for (const post of await postsOfOrgan(ctx.db, 'receiver', receipt.organ_id)) {
    await ctx.inbox.put(entryOf(receipt, step, { kind: 'todo', postId: post.id, detail, fromName, dueAt }))
  }
}

/** Tells the sender's registrars that it came back. The entry opens the document that was sent. */
export async function layBeforeSender(ctx: CommandContext, receipt: ReceiptRecord, fromName: string, reason: string): Promise<void> {
  const detail = wordsOf('exchange.detail.returned', { organ: receipt.organ_name, reason })
  for (const post of await postsOfOrgan(ctx.db, 'registrar', receipt.from_organ_id)) {
    const entry = entryOf(receipt, 'returned', { kind: 'todo', postId: post.id, detail, fromName, dueAt: null })
    await ctx.inbox.put({ ...entry, room: 'documents', subject: { kind: 'document', id: receipt.document_id } })
  }
}

/** Lays a 阅件 on a reader's desk, again when urged. */
export async function layBeforeReader(ctx: CommandContext, receipt: ReceiptRecord, reader: ReaderRecord, detail: string): Promise<void> {
  // Safe because ids of readers' posts come from the directory.
  const postId = reader.post_id as PostId
  await ctx.inbox.put(entryOf(receipt, 'read', { kind: 'to-read', postId, detail, fromName: reader.from_name, dueAt: receipt.due_at }))
}

/** Tells open screens about a receipt. */
export function touchReceipt(ctx: CommandContext, receipt: ReceiptRecord): void {
  ctx.touch('exchange')
  ctx.touch(`receipt:${receipt.id}`)
  ctx.touch(`document:${receipt.document_id}`)
  if (receipt.copy_id !== null) ctx.touch(`document:${receipt.copy_id}`)
}

/** Writes a line of history. The name reads 甲 代 乙 for deputies; `by.name` is whoever caused what the system does. */
export async function noteEvent(
  ctx: CommandContext,
  receipt: ReceiptRecord,
  act: ReceiptEvent['act'],
  by: { readonly through?: ActorPost | DelegatedPost | undefined; readonly detail?: string; readonly name?: string | undefined } = {},
): Promise<void> {
  const name = by.name ?? ctx.actorOrNull?.name ?? ''
  const principal = onBehalfOf(by.through)
  await addEvent(ctx.db, { receipt_id: receipt.id, act, at: ctx.now, person_name: principal === null ? name : `${name} 代 ${principal}`, detail: by.detail ?? '' })
  touchReceipt(ctx, receipt)
}

/** The principal's name when acting through somebody else's post. */
export function onBehalfOf(post: ActorPost | DelegatedPost | undefined): string | null {
  return post && isDelegated(post) ? post.principalName : null
}

/** A stored detail line; Chinese because it is stored once for readers of any language. */
export function wordsOf(key: keyof typeof exchangeZh, params: Readonly<Record<string, string>>): string {
  let text: string = exchangeZh[key]
  for (const [name, value] of Object.entries(params)) text = text.replace(`{${name}}`, () => value)
  return text
}

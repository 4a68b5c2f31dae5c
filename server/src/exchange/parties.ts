/** Who is who in an exchange: the sender's registrars (文书), the receiver's receivers (收文员), readers, and everybody else. */
import type { Duty } from '@xiewen/shared/base'
import type { PostView } from '@xiewen/shared/directory'
import { listPostsWithDuty } from '../directory/index.ts'
import { getDocumentFor } from '../documents/index.ts'
import type { Actor, ActorPost, DelegatedPost, QueryContext } from '../platform/context.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findReceipt, listReaders } from './repository.ts'
import type { ReceiptRecord } from './tables.ts'

/** The caller's post with a duty in an organ, own before delegated. */
export function postWith(actor: Actor, duty: Duty, organId: string): ActorPost | DelegatedPost | undefined {
  return [...actor.posts, ...actor.actingFor].find((post) => post.organId === organId && post.duties.includes(duty))
}

/** The caller's post of that id, own before delegated. */
export function ownPost(actor: Actor, postId: string): ActorPost | DelegatedPost | undefined {
  return [...actor.posts, ...actor.actingFor].find((post) => post.id === postId)
}

/** Organs for which the caller has a duty. */
export function organsWith(actor: Actor, duty: Duty): readonly string[] {
  return [...new Set([...actor.posts, ...actor.actingFor].filter((post) => post.duties.includes(duty)).map((post) => post.organId))]
}

/** Posts with a duty in an organ itself, not in organs below it. */
export async function postsOfOrgan(db: ReadDb, duty: Duty, organId: string): Promise<readonly PostView[]> {
  return (await listPostsWithDuty(db, duty, organId)).filter((post) => post.organId === organId)
}

/** Whom the caller is to a receipt. */
export interface Seen {
  readonly receipt: ReceiptRecord
  /** The caller's post as a receiver of the organ. */
  readonly receiver: ActorPost | DelegatedPost | undefined
  /** The caller's post as a registrar of the sender. */
  readonly sender: ActorPost | DelegatedPost | undefined
}

/** A receipt as the caller may see it: receivers of the organ, registrars of the sender, readers it was given to, and whoever
 * may read the organ's own copy (the handlers). Null for everybody else. */
export async function findReceiptFor(ctx: Pick<QueryContext, 'db' | 'actor'>, receiptId: string): Promise<Seen | null> {
  const receipt = await findReceipt(ctx.db, receiptId)
  if (!receipt || isAdministrator(ctx.actor)) return null
  const seen = { receipt, receiver: postWith(ctx.actor, 'receiver', receipt.organ_id), sender: postWith(ctx.actor, 'registrar', receipt.from_organ_id) }
  if (seen.receiver || seen.sender) return seen
  if (receipt.copy_id === null) return null
  if (await getDocumentFor(ctx.db, ctx.actor, receipt.copy_id)) return seen
  return (await listReaders(ctx.db, receiptId)).some((reader) => ownPost(ctx.actor, reader.post_id)) ? seen : null
}

function isAdministrator(actor: Actor): boolean {
  return (['system-admin', 'security-admin', 'audit-admin'] as const).some((duty) => actor.duties.has(duty))
}

/** What the rules of this room ask about, read from the database at one moment. */
import type { SealHands } from '@xiewen/shared/seals'
import { findDeputyOf, getPost, personOfPost } from '../directory/index.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findLending, isInForce } from './lending-table.ts'
import type { SealRecord } from './tables.ts'

/** Who has had a hand in a seal. */
export function handsOf(seal: SealRecord): SealHands {
  return { proposer: seal.proposer_id, approver: seal.approver_id, maker: seal.maker_id, ender: seal.ender_id }
}

/** Who may use a seal at this very moment: the holder of the keeper's post while it carries the duty, a deputy in force, and a colleague the
 * seal is lent to (临时代管). Read
 * inside the transaction, so authority that ended a second ago no longer counts. */
export async function keepersOf(db: ReadDb, seal: SealRecord, now: number): Promise<{ readonly holder: { readonly personId: string; readonly name: string } | null; readonly personIds: readonly string[] }> {
  const post = await getPost(db, seal.keeper_post_id)
  if (!post || !post.duties.includes('seal-keeper')) return { holder: null, personIds: [] }
  const deputy = await findDeputyOf(db, post.id, now)
  const deputyPerson = deputy ? await personOfPost(db, deputy.deputyPostId) : null
  const lending = await findLending(db, seal.id, now)
  // Lent to a person in a post: who has left it keeps nothing.
  const borrower = isInForce(lending, now) && (await personOfPost(db, lending.post_id))?.personId === lending.person_id ? [lending.person_id] : []
  return { holder: { personId: post.personId, name: post.personName }, personIds: [post.personId, ...(deputyPerson ? [deputyPerson.personId] : []), ...borrower] }
}

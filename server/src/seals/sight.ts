/** Who sees which applications. */
import { getDocumentFor } from '../documents/index.ts'
import type { QueryContext } from '../platform/context.ts'
import { listLentTo } from './lending-table.ts'
import { listSeals } from './repository.ts'
import type { ApplicationRecord } from './tables.ts'

/** Organs whose seal work the caller's posts take part in, and those whose seal is lent to the caller for now. */
export async function organsOf(ctx: QueryContext): Promise<readonly string[]> {
  const posts = [...ctx.actor.posts, ...ctx.actor.actingFor].filter((post) => post.duties.some((duty) => duty === 'seal-keeper' || duty === 'seal-approver' || duty === 'registrar'))
  const lent = await listLentTo(ctx.db, ctx.actor.personId, ctx.now)
  const custodians = lent.length === 0 ? [] : (await listSeals(ctx.db)).filter((seal) => lent.includes(seal.id)).map((seal) => seal.custodian_id)
  return [...new Set([...posts.map((post) => post.organId), ...custodians])]
}

/** Whether the caller may see an application: it concerns an organ of theirs, or a document they may see. */
export async function maySeeApplication(ctx: QueryContext, row: ApplicationRecord): Promise<boolean> {
  const organs = await organsOf(ctx)
  if (organs.includes(row.custodian_id) || organs.includes(row.organ_id)) return true
  return (await getDocumentFor(ctx.db, ctx.actor, row.document_id)) !== null
}

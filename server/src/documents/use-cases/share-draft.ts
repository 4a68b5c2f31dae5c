/** Drafting together: giving colleagues access to a draft and taking it back. */
import { accept, adminDuties, refuse } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { getPost } from '../../directory/index.ts'
import { onCommand } from '../../platform/slice.ts'
import { dropGrants } from '../repository.ts'
import { findForAct } from '../scene.ts'
import { grantAccess, rightsChanged } from '../state.ts'
import { keepNamedVersion, listVersions } from '../versions.ts'

const share = onCommand(documentsContract.share, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'share')
  if (!found.ok) return found
  const post = await getPost(ctx.db, input.postId)
  if (!post) return refuse('documents.unknown-person')
  const isAdministrator = post.duties.some((duty) => adminDuties.some((admin) => admin === duty))
  if (isAdministrator || post.personId === ctx.actor.personId) return refuse('documents.cannot-share', { name: post.personName })
  // What is first shown to others is the first draft.
  if ((await listVersions(ctx.db, input.documentId)).length === 0) await keepNamedVersion(ctx, input.documentId, '初稿')
  await grantAccess(ctx, input.documentId, { postId: post.id }, input.right, `share:${ctx.actor.personId}`)
  await ctx.record({ kind: 'documents.shared', subject: { kind: 'document', id: input.documentId }, data: { postId: post.id, name: post.personName, right: input.right } })
  return accept({})
})

const unshare = onCommand(documentsContract.unshare, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'share')
  if (!found.ok) return found
  await dropGrants(ctx.db, input.documentId, `share:${ctx.actor.personId}`, `post:${input.postId}`)
  await ctx.record({ kind: 'documents.unshared', subject: { kind: 'document', id: input.documentId }, data: { postId: input.postId } })
  rightsChanged(ctx, input.documentId)
  return accept({})
})

/** Operations of drafting together. */
export const shareOperations = [share, unshare]

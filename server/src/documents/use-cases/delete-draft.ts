/** Deleting a draft that nobody has been asked to look at yet. */
import { accept } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { onCommand } from '../../platform/slice.ts'
import { dropFileWords } from '../file-uses.ts'
import { removeDocument } from '../repository.ts'
import { findForAct } from '../scene.ts'
import { dropText } from '../search-index.ts'
import { rightsChanged } from '../state.ts'

const deleteDraft = onCommand(documentsContract.deleteDraft, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'deleteDraft')
  if (!found.ok) return found
  const { row } = found.value
  await dropText(ctx.db, Number(row.serial))
  await removeDocument(ctx.db, row.id)
  await dropFileWords(ctx.db, row.id)
  await ctx.record({ kind: 'documents.deleted', subject: { kind: 'document', id: row.id }, data: { title: row.title } })
  rightsChanged(ctx, row.id)
  return accept({})
})

/** Operations that delete. */
export const deleteOperations = [deleteDraft]

/** Files attached to a document. */
import { accept, refuse } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { onCommand, onDownload, onUpload } from '../../platform/slice.ts'
import { addAttachment, findAttachment, removeAttachment } from '../attachments.ts'
import { findForAct, findScene } from '../scene.ts'

/** Programs and scripts that a double click would run. */
const dangerous = /\.(?:exe|com|bat|cmd|scr|pif|msi|vbs?|vbe|jse?|wsf|wsh|ps1|hta|cpl|lnk|jar|reg|dll|sh|desktop|app|dmg|deb|rpm)$/i

const add = onUpload(documentsContract.addAttachment, {
  prepare: async (ctx, { input, body }) => {
    const found = await findForAct(ctx, input.documentId, 'attach')
    if (!found.ok) return found
    if (body.length === 0) return refuse('documents.attachment-empty')
    if (dangerous.test(input.fileName.trim())) return refuse('documents.attachment-type', { name: input.fileName })
    return accept(await ctx.services.blobs.put(body))
  },
  commit: async (ctx, { input, body }, blob) => {
    const found = await findForAct(ctx, input.documentId, 'attach')
    if (!found.ok) return found
    const attachmentId = ctx.newId<'AttachmentId'>()
    await addAttachment(ctx.db, {
      id: attachmentId, document_id: input.documentId, name: input.fileName, media_type: mediaTypeOf(input.fileName), size_bytes: body.length, blob, at: ctx.now, person_name: ctx.actor.name, removed_at: null,
    })
    await ctx.record({ kind: 'documents.attached', subject: { kind: 'document', id: input.documentId }, data: { attachmentId, name: input.fileName, digest: blob } })
    ctx.touch(`document:${input.documentId}`)
    return accept({ attachmentId })
  },
})

const remove = onCommand(documentsContract.removeAttachment, async (ctx, input) => {
  const found = await findForAct(ctx, input.documentId, 'attach')
  if (!found.ok) return found
  const file = await findAttachment(ctx.db, input.documentId, input.attachmentId)
  if (!file) return refuse('documents.unknown-attachment')
  await removeAttachment(ctx.db, file.id, ctx.now)
  await ctx.record({ kind: 'documents.detached', subject: { kind: 'document', id: input.documentId }, data: { attachmentId: file.id, name: file.name, digest: file.blob } })
  ctx.touch(`document:${input.documentId}`)
  return accept({})
})

const fetchFile = onDownload(documentsContract.downloadAttachment, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const file = await findAttachment(ctx.db, input.documentId, input.attachmentId)
  if (!file) return refuse('documents.unknown-attachment')
  // Safe because the blob store made the digest.
  return accept({ bytes: await ctx.services.blobs.get(file.blob as Parameters<typeof ctx.services.blobs.get>[0]), mediaType: file.media_type, fileName: file.name })
})

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf', ofd: 'application/ofd', txt: 'text/plain; charset=utf-8', csv: 'text/csv; charset=utf-8', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zip: 'application/zip',
}

/** By the ending of the name; what is unknown, or could run in a browser, is bytes. */
function mediaTypeOf(name: string): string {
  return mediaTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
}

/** Operations on attachments. */
export const attachmentOperations = [add, remove, fetchFile]

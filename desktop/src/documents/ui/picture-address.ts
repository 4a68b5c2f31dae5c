/** Where the picture of a figure (图) is had. */
import { documentsContract } from '@xiewen/shared/documents'
import { urlOf } from '../../platform/http/index.ts'
import type { Opened } from './workbench-model.ts'

/** The address of a picture by its digest; null when the document has no such file. */
export function pictureAddress({ attachments, document }: Pick<Opened, 'attachments' | 'document'>, digest: string): string | null {
  const file = attachments.find((each) => each.digest === digest)
  return file === undefined ? null : urlOf(documentsContract.downloadAttachment, { documentId: document.id, attachmentId: file.id })
}

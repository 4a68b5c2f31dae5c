/** Reading a document that is only to be looked at. */
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { documentSchema, type OfficialDocument } from '@xiewen/shared/documents'

/** Our JSON in bytes, or `documents.preview-unreadable`. */
export function parseDocument(body: Uint8Array): Result<OfficialDocument> {
  try {
    const parsed = documentSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
    return parsed.success ? accept(parsed.data) : refuse('documents.preview-unreadable')
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return refuse('documents.preview-unreadable')
    throw error
  }
}

/** The pictures of a document's figures. A figure names its picture by digest; only files attached to the same document count,
 * so that nobody reads another document's blob by writing its digest into a text. */
import type { BlobDigest } from '@xiewen/shared/base'
import type { OfficialDocument } from '@xiewen/shared/documents'
import type { Blobs } from '../platform/blobs/blobs.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { listAttachments } from './attachments.ts'
import { pictureKind, type Pictures } from './render/index.ts'

const largestPictureBytes = 20 * 1024 * 1024

/** Bytes of all figures by digest; those that are no attached PNG or JPEG are absent. */
export async function readPictures(db: ReadDb, blobs: Blobs, given: { readonly documentId: string; readonly document: OfficialDocument }): Promise<Pictures> {
  const wanted = new Set(given.document.blocks.flatMap((block) => (block.kind === 'figure' ? [block.image.digest] : [])))
  const pictures = new Map<string, Uint8Array>()
  if (wanted.size === 0) return pictures
  for (const file of await listAttachments(db, given.documentId)) {
    if (!wanted.has(file.blob) || file.size_bytes > largestPictureBytes) continue
    // Safe because the blob store made the digest.
    const bytes = await blobs.get(file.blob as BlobDigest)
    if (pictureKind(bytes) !== null) pictures.set(file.blob, bytes)
  }
  return pictures
}

/** Pictures of imported files on their way into a draft. Between reading a file and beginning the draft the drafter corrects what was
 * recognised, and the corrected text names its pictures by digest: only those the same person has handed in are attached, so that
 * nobody gets at another document's picture by writing its digest. */
import type { BlobDigest } from '@xiewen/shared/base'
import type { OfficialDocument } from '@xiewen/shared/documents'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { Blobs } from '../platform/blobs/blobs.ts'
import type { CommandContext } from '../platform/context.ts'
import { addAttachment } from './attachments.ts'
import { pictureKind, type Pictures } from './render/index.ts'
import type { DocumentTables } from './tables.ts'

/** Stores the bytes; call it in `prepare`. */
export async function storePictures(blobs: Blobs, pictures: Pictures): Promise<void> {
  for (const bytes of pictures.values()) await blobs.put(bytes)
}

/** Remembers who handed the pictures in. */
export async function rememberHandedIn(db: WriteDb, pictures: Pictures, by: { readonly personId: string; readonly at: number }): Promise<void> {
  for (const [blob, bytes] of pictures) {
    await tables<DocumentTables>(db)
      .insertInto('document_handed_in')
      .values({ person_id: by.personId, blob, size_bytes: bytes.length, at: by.at })
      .onConflict((conflict) => conflict.columns(['person_id', 'blob']).doUpdateSet({ at: by.at }))
      .execute()
  }
}

/** Attaches the pictures of a new draft's figures that its drafter has handed in. */
export async function attachHandedIn(ctx: CommandContext, documentId: string, document: OfficialDocument): Promise<void> {
  const digests = [...new Set(document.blocks.flatMap((block) => (block.kind === 'figure' ? [block.image.digest] : [])))]
  const handedIn = await listHandedIn(ctx.db, ctx.actor.personId, digests)
  for (const [index, digest] of digests.entries()) {
    const found = handedIn.get(digest)
    if (!found) continue
    // Safe because only digests of the blob store are remembered.
    const kind = pictureKind(await ctx.services.blobs.get(digest as BlobDigest))
    await addAttachment(ctx.db, {
      id: ctx.newId<'AttachmentId'>(), document_id: documentId, name: `图${index + 1}.${kind ?? 'png'}`, media_type: kind === 'jpg' ? 'image/jpeg' : 'image/png',
      size_bytes: Number(found.size_bytes), blob: digest, at: ctx.now, person_name: ctx.actor.name, removed_at: null,
    })
  }
}

async function listHandedIn(db: ReadDb, personId: string, digests: readonly string[]) {
  if (digests.length === 0) return new Map<string, { readonly size_bytes: number }>()
  const rows = await tables<DocumentTables>(db).selectFrom('document_handed_in').select(['blob', 'size_bytes']).where('person_id', '=', personId).where('blob', 'in', digests).execute()
  return new Map(rows.map((row) => [row.blob, row]))
}

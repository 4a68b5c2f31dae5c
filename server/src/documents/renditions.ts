/** Final PDFs: the typeset one and, after sealing, the sealed one. Their bytes are blobs. */
import type { BlobDigest } from '@xiewen/shared/base'
import type { SealAnchor } from '@xiewen/shared/documents'
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import { Refused } from '../platform/log/fault.ts'
import { changeDocument } from './repository.ts'
import { getDocument, rightsChanged } from './state.ts'
import type { DocumentTables, RenditionRecord } from './tables.ts'

/** A seal's place with its page (from 1). */
export interface PlacedAnchor extends SealAnchor {
  readonly page: number
}

/** A final PDF. `blob` and `digest` are the same: blobs are named by the SM3 of their bytes. */
export interface IssuedPdf {
  readonly stage: 'typeset' | 'sealed'
  readonly blob: BlobDigest
  readonly digest: string
  readonly pages: number
  readonly sealAnchors: readonly PlacedAnchor[]
  readonly at: number
}

/** The newest final PDF (sealed before typeset), or null while the document is not typeset. */
export async function getIssuedPdf(db: ReadDb, documentId: string): Promise<IssuedPdf | null> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_rendition').selectAll().where('document_id', '=', documentId).execute()
  const row = rows.find((each) => each.stage === 'sealed') ?? rows.find((each) => each.stage === 'typeset')
  return row ? presentRendition(row) : null
}

function presentRendition(row: RenditionRecord): IssuedPdf {
  return {
    stage: row.stage,
    // Safe because the blob store made the digest.
    blob: row.blob as BlobDigest,
    digest: row.blob,
    pages: row.pages,
    // Safe because `putRendition` is the only writer of this column.
    sealAnchors: JSON.parse(row.anchors) as readonly PlacedAnchor[],
    at: Number(row.at),
  }
}

/** Stores a final PDF, replacing one of the same stage. */
export async function putRendition(db: WriteDb, row: RenditionRecord): Promise<void> {
  await tables<DocumentTables>(db)
    .insertInto('document_rendition')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['document_id', 'stage']).doUpdateSet({ blob: row.blob, pages: row.pages, anchors: row.anchors, fingerprint: row.fingerprint, at: row.at }),
    )
    .execute()
}

/** Forgets the final PDFs of a document whose number was voided. */
export async function dropRenditions(db: WriteDb, documentId: string): Promise<void> {
  await tables<DocumentTables>(db).deleteFrom('document_rendition').where('document_id', '=', documentId).execute()
}

/** Keeps the sealed PDF and moves the document to `sealed` once it is complete. Further seals (联合行文) replace the PDF.
 *
 * @param blobDigest of bytes already stored in the blob store
 * @param isComplete whether every issuing organ has sealed; until then the document stays `typeset`
 * @throws Refused `documents.no-rendition` before typesetting, `documents.wrong-state` once issued
 */
export async function attachSealedPdf(ctx: CommandContext, documentId: string, blobDigest: string, isComplete: boolean): Promise<void> {
  const row = await getDocument(ctx, documentId)
  const typeset = await getIssuedPdf(ctx.db, documentId)
  if (!typeset) throw new Refused('documents.no-rendition')
  if (row.state !== 'typeset' && row.state !== 'sealed') throw new Refused('documents.wrong-state', { from: row.state, to: 'sealed' })
  await putRendition(ctx.db, {
    document_id: documentId, stage: 'sealed', blob: blobDigest, pages: typeset.pages, anchors: JSON.stringify(typeset.sealAnchors), fingerprint: '', at: ctx.now,
  })
  if (!isComplete) {
    rightsChanged(ctx, documentId)
    return
  }
  await changeDocument(ctx.db, documentId, { state: 'sealed', changed_at: ctx.now })
  await ctx.record({ kind: 'documents.sealed', subject: { kind: 'document', id: documentId }, data: { digest: blobDigest, textDigest: row.frozen_digest } })
  rightsChanged(ctx, documentId)
}

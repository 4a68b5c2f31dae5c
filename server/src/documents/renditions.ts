/** Final PDFs and OFDs: the typeset ones and, after sealing, the sealed ones. Their bytes are blobs. */
import type { BlobDigest } from '@xiewen/shared/base'
import { type DocumentKind, mayGoUnsealed, type SealAnchor } from '@xiewen/shared/documents'
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

/** Whether a final PDF goes out without a seal: what nobody signs (纪要, and what a meeting adopted under its 题注) has no place for one.
 * Of any other kind a text without a signature is no reason to go past the seal keeper: it waits there.
 * Source: 条例 第9条(十三) */
export function isUnsealed(pdf: Pick<IssuedPdf, 'stage' | 'sealAnchors'>, kind: DocumentKind): boolean {
  return pdf.stage === 'typeset' && mayGoUnsealed(kind, pdf.sealAnchors.length)
}

/** The newest final PDF (sealed before typeset), or null while the document is not typeset. */
export async function getIssuedPdf(db: ReadDb, documentId: string): Promise<IssuedPdf | null> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_rendition').selectAll().where('document_id', '=', documentId).execute()
  const row = rows.find((each) => each.stage === 'sealed') ?? rows.find((each) => each.stage === 'typeset')
  return row ? presentRendition(row) : null
}

/** The newest final OFD (sealed before typeset), or null when there is none: documents typeset by earlier versions have a PDF only. */
export async function getIssuedOfd(db: ReadDb, documentId: string): Promise<{ readonly isSealed: boolean; readonly blob: BlobDigest } | null> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_rendition').selectAll().where('document_id', '=', documentId).execute()
  const row = rows.find((each) => each.stage === 'sealed-ofd') ?? rows.find((each) => each.stage === 'typeset-ofd')
  // Safe because the blob store made the digest.
  return row ? { isSealed: row.stage === 'sealed-ofd', blob: row.blob as BlobDigest } : null
}

function presentRendition(row: RenditionRecord): IssuedPdf {
  return {
    stage: row.stage === 'sealed' ? 'sealed' : 'typeset',
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
  await tables<DocumentTables>(db).deleteFrom('document_sealed_organ').where('document_id', '=', documentId).execute()
}

/** What sealing made: the PDF, the OFD where there is one, and whether every issuing organ has sealed. */
export interface SealedRendition {
  /** Bytes already stored in the blob store. */
  readonly pdf: string
  readonly ofd: string | null
  /** Until then the document stays `typeset`. */
  readonly isComplete: boolean
  /** The organ whose seal came last. */
  readonly organName: string
}

/** Keeps the sealed PDF and moves the document to `sealed` once it is complete. Further seals (联合行文) replace the PDF.
 *
 * @throws Refused `documents.no-rendition` before typesetting, `documents.wrong-state` once issued
 */
export async function attachSealedPdf(ctx: CommandContext, documentId: string, { pdf, ofd, organName, isComplete }: SealedRendition): Promise<void> {
  const row = await getDocument(ctx, documentId)
  const typeset = await getIssuedPdf(ctx.db, documentId)
  if (!typeset) throw new Refused('documents.no-rendition')
  if (row.state !== 'typeset' && row.state !== 'sealed') throw new Refused('documents.wrong-state', { from: row.state, to: 'sealed' })
  const made = { document_id: documentId, pages: typeset.pages, anchors: JSON.stringify(typeset.sealAnchors), fingerprint: '', at: ctx.now }
  await putRendition(ctx.db, { ...made, stage: 'sealed', blob: pdf })
  if (ofd !== null) await putRendition(ctx.db, { ...made, stage: 'sealed-ofd', blob: ofd })
  await tables<DocumentTables>(ctx.db).insertInto('document_sealed_organ').values({ document_id: documentId, organ: organName }).onConflict((conflict) => conflict.doNothing()).execute()
  if (!isComplete) {
    rightsChanged(ctx, documentId)
    return
  }
  await changeDocument(ctx.db, documentId, { state: 'sealed', changed_at: ctx.now })
  await ctx.record({ kind: 'documents.sealed', subject: { kind: 'document', id: documentId }, data: { digest: pdf, textDigest: row.frozen_digest } })
  rightsChanged(ctx, documentId)
}

/** Organs whose seals the sealed PDF bears, as they are registered. */
export async function listSealedOrgans(db: ReadDb, documentId: string): Promise<readonly string[]> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_sealed_organ').select('organ').where('document_id', '=', documentId).orderBy('organ').execute()
  return rows.map((row) => row.organ)
}

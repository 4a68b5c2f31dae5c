/** What leaves the server about pieces. */
import { type Part, type PendingRow, type PieceId, type PieceRow, type PieceView, suggestPeriod } from '@xiewen/shared/archive'
import type { BlobDigest, CivilDate } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import { type DocumentId, documentKinds, documentOrigins } from '@xiewen/shared/documents'
import { yearOf } from './candidates.ts'
import type { CandidateRecord, PartRecord, PieceRecord } from './tables.ts'

function kindOf(text: string): PieceRow['kind'] {
  return documentKinds.find((kind) => kind === text) ?? '通知'
}

function originOf(text: string): PieceRow['origin'] {
  return documentOrigins.find((origin) => origin === text) ?? 'draft'
}

/** A piece for lists. */
export function presentRow(row: PieceRecord): PieceRow {
  return {
    // Safe because ids come from `newId` and dates from `parseDate`.
    id: row.id as PieceId,
    documentId: row.document_id as DocumentId,
    organId: row.organ_id as UnitId,
    documentDate: row.document_date as CivilDate | null,
    number: row.number,
    year: Number(row.year),
    period: row.period,
    serial: Number(row.serial),
    title: row.title,
    kind: kindOf(row.kind),
    origin: originOf(row.origin),
    documentNumber: row.document_number,
    responsible: row.responsible,
    pages: Number(row.pages),
    sizeBytes: Number(row.size_bytes),
    filedAt: Number(row.filed_at),
    filedByName: row.filed_by_name,
  }
}

/** A part of a piece. */
export function presentPart(row: PartRecord): Part {
  return {
    place: Number(row.place),
    kind: row.kind,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    // Safe because the blob store made the digest.
    digest: row.digest as BlobDigest,
  }
}

/** A piece for its page. */
export function presentPiece(row: PieceRecord, parts: readonly PartRecord[]): PieceView {
  return { ...presentRow(row), fonds: row.fonds, organName: row.organ_name, parts: parts.map(presentPart), sealVerdict: row.seal_verdict }
}

/** A document that waits, with the proposed year and period. */
export function presentPending(row: CandidateRecord): PendingRow {
  const [kind, origin] = [kindOf(row.kind), originOf(row.origin)]
  const proposal = suggestPeriod({ kind, origin, title: row.title })
  return {
    // Safe because ids come from `newId`.
    documentId: row.document_id as DocumentId,
    organId: row.organ_id as UnitId,
    organName: row.organ_name,
    title: row.title,
    kind,
    origin,
    documentNumber: row.document_number,
    responsible: row.responsible,
    readyAt: Number(row.ready_at ?? 0),
    suggestedYear: yearOf(row),
    suggestedPeriod: proposal.period,
    basis: proposal.basis,
    leftOut: row.left_out_reason,
  }
}

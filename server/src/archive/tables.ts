/** Tables of the archive room as Kysely sees them. */
import type { Period, PartKind } from '@xiewen/shared/archive'

/** A document that is or will be ready for filing, with what the list of those waiting shows. */
export interface CandidateRecord {
  document_id: string
  organ_id: string
  organ_name: string
  title: string
  kind: string
  origin: string
  /** 文号 as printed, empty when there is none. */
  document_number: string
  /** 责任者: the organ that issued it. */
  responsible: string
  /** 成文日期, null when the document names none. */
  document_date: string | null
  /** The document that was sent, for a received copy: its sealed PDF is the original (正本). */
  sent_document_id: string | null
  /** 收文编号 as printed, empty for own documents. */
  register_number: string
  /** When it was issued or finished; null while a received document is still being handled. */
  ready_at: number | null
  left_out_reason: string | null
}

/** One piece; never changed. */
export interface PieceRecord {
  id: string
  document_id: string
  organ_id: string
  organ_name: string
  fonds: string
  category: string
  year: number
  period: Period
  serial: number
  number: string
  title: string
  kind: string
  origin: string
  document_number: string
  responsible: string
  document_date: string | null
  pages: number
  size_bytes: number
  seal_verdict: string | null
  filed_at: number
  filed_person_id: string
  filed_by_name: string
}

/** One part of a piece; never changed. */
export interface PartRecord {
  piece_id: string
  place: number
  kind: PartKind
  name: string
  media_type: string
  size_bytes: number
  digest: string
}

/** What an organ numbers with. */
export interface FondsRecord {
  organ_id: string
  fonds: string
  template: string
  changed_at: number
}

/** The room's own tables. */
export interface ArchiveTables {
  archive_candidate: CandidateRecord
  archive_piece: PieceRecord
  archive_part: PartRecord
  archive_fonds: FondsRecord
}

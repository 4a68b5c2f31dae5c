/** What is known about a document before it is filed: taken from the document once, when it is finished. */
import { civilDateAt, instant } from '@xiewen/shared/base'
import { completeDocument, dateOfDocument, formatDocumentNumber } from '@xiewen/shared/documents'
import { findDocument, getFrozen, presentDocument, readLiveDocument } from '../documents/index.ts'
import type { ReadDb } from '../platform/database/index.ts'
import { findCandidate } from './repository.ts'
import type { CandidateRecord } from './tables.ts'

/** The candidate for a document as it stands now, keeping what is known about its way; null for a document that is gone. */
export async function describeCandidate(db: ReadDb, documentId: string): Promise<CandidateRecord | null> {
  const row = await findDocument(db, documentId)
  if (!row) return null
  const document = presentDocument(row)
  const text = await readLiveDocument(db, documentId)
  const frozen = await getFrozen(db, documentId)
  const number = document.number ?? text.elements.number
  const printed = frozen ? completeDocument(frozen.document, { number, signedOn: civilDateAt(instant(frozen.at)), printedOn: null, organName: document.organName }) : text
  const known = await findCandidate(db, documentId)
  return {
    document_id: documentId,
    organ_id: document.organId,
    organ_name: document.organName,
    title: document.title,
    kind: document.kind,
    origin: document.origin,
    document_number: number ? formatDocumentNumber(number) : '',
    responsible: known?.responsible ?? document.organName,
    document_date: dateOfDocument(printed) ?? (frozen ? civilDateAt(instant(frozen.at)) : null),
    sent_document_id: known?.sent_document_id ?? null,
    register_number: known?.register_number ?? '',
    ready_at: known?.ready_at ?? null,
    left_out_reason: known?.left_out_reason ?? null,
  }
}

/** The year a document belongs to: that of its date, else of its finishing. Source: DA/T 22-2015 (文件形成年度) */
export function yearOf(candidate: Pick<CandidateRecord, 'document_date' | 'ready_at'>): number {
  return Number((candidate.document_date ?? civilDateAt(instant(Number(candidate.ready_at ?? 0)))).slice(0, 4))
}

/** Rows as pages see them. */
import type { UnitId } from '@xiewen/shared/directory'
import { isOverdue, type ReaderView, type ReceiptId, type ReceiptRow } from '@xiewen/shared/exchange'
import type { PostId } from '@xiewen/shared/directory'
import type { ReaderRecord, ReceiptRecord } from './tables.ts'

function doneBy(at: number | null, personName: string | null, onBehalfOf: string | null) {
  return at === null ? null : { at, personName: personName ?? '', onBehalfOf }
}

/** A receipt as a row of lists and of the sender's panel. */
export function presentReceipt(row: ReceiptRecord, reading: ReceiptRow['reading'] | undefined, now: number): ReceiptRow {
  const ended = doneBy(row.ended_at, row.ended_name, null)
  const end = ended && { ...ended, reason: row.ended_reason }
  return {
    // Safe because ids come from `newId` and the directory.
    id: row.id as ReceiptId,
    organId: row.organ_id as UnitId,
    title: row.title,
    number: row.number,
    urgency: row.urgency,
    fromOrganName: row.from_organ_name,
    organName: row.organ_name,
    role: row.role,
    copies: row.copies,
    state: row.state,
    overdue: isOverdue({ state: row.state, signBy: row.sign_by }, now),
    sentAt: row.sent_at,
    signBy: row.sign_by,
    signedFor: doneBy(row.signed_at, row.signed_name, row.signed_for),
    registered: doneBy(row.registered_at, row.registered_name, row.registered_for),
    registerNumber: row.register_year === null || row.register_serial === null ? null : { year: row.register_year, serial: row.register_serial },
    handling: row.handling,
    dueAt: row.due_at,
    finishedAt: row.finished_at,
    returned: row.state === 'returned' ? end : null,
    withdrawn: row.state === 'withdrawn' ? end : null,
    urgedAt: row.urged_at,
    urgeCount: row.urge_count,
    reading: reading ?? { read: 0, total: 0 },
  }
}

/** A reader as the list shows it. */
export function presentReader(row: ReaderRecord): ReaderView {
  return {
    // Safe because ids of readers' posts come from the directory.
    postId: row.post_id as PostId,
    personName: row.person_name,
    postTitle: row.post_title,
    unitName: row.unit_name,
    fromName: row.from_name,
    purpose: row.purpose,
    at: row.at,
    readAt: row.read_at,
    readBy: row.read_by,
    opinion: row.opinion,
    urgedAt: row.urged_at,
  }
}

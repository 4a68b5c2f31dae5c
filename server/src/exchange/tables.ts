/** Tables of the exchange room as Kysely sees them. Times are UTC ms. */
import type { Handling, ReceiptEvent, ReceiptState, ReceiverRole } from '@xiewen/shared/exchange'

/** One sending. `envelope` is the signed text itself; `signature` and `public_key` are base64. Never changed. */
export interface DispatchRecord {
  id: string
  document_id: string
  organ_id: string
  organ_name: string
  title: string
  /** 发文字号 as printed; empty when there is none. */
  number: string
  urgency: 'none' | 'urgent' | 'extra-urgent'
  blob: string
  pages: number
  note: string
  sent_at: number
  person_id: string
  person_name: string
  envelope: string
  signature: string
  public_key: string
}

/** What one organ received. */
export interface ReceiptRecord {
  id: string
  dispatch_id: string
  /** The document that was sent; its organ's, not the receiver's. */
  document_id: string
  from_organ_id: string
  from_organ_name: string
  organ_id: string
  organ_name: string
  title: string
  number: string
  urgency: 'none' | 'urgent' | 'extra-urgent'
  role: ReceiverRole
  copies: number
  state: ReceiptState
  sent_at: number
  sign_by: number
  signed_at: number | null
  signed_person_id: string | null
  signed_name: string | null
  signed_for: string | null
  acknowledgement: string | null
  signature: string | null
  public_key: string | null
  /** When, by whom and why it was returned or withdrawn. */
  ended_at: number | null
  ended_name: string | null
  ended_reason: string
  /** 1 once the sender has taken note of a return. */
  ended_noted: number
  urged_at: number | null
  urge_count: number
  register_year: number | null
  register_serial: number | null
  registered_at: number | null
  registered_name: string | null
  registered_for: string | null
  handling: Handling | null
  due_at: number | null
  /** The organ's own copy. */
  copy_id: string | null
  finished_at: number | null
}

/** One line of a receipt's history; never changed. */
export interface ReceiptEventRecord {
  receipt_id: string
  seq: number
  act: ReceiptEvent['act']
  at: number
  person_name: string
  detail: string
}

/** One reader of a 阅件. */
export interface ReaderRecord {
  receipt_id: string
  post_id: string
  person_name: string
  post_title: string
  unit_name: string
  from_name: string
  purpose: string
  at: number
  read_at: number | null
  read_by: string | null
  opinion: string
  urged_at: number | null
}

/** The room's own tables. */
export interface ExchangeTables {
  exchange_dispatch: DispatchRecord
  exchange_receipt: ReceiptRecord
  exchange_event: ReceiptEventRecord
  exchange_reader: ReaderRecord
}

/** The only SQL of the exchange room that concerns single dispatches, receipts and readers; lists stand in `lists.ts`. */
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { DispatchRecord, ExchangeTables, ReaderRecord, ReceiptEventRecord, ReceiptRecord } from './tables.ts'

/** A receipt by id, or null. Whether the caller may see it is the caller's business: see `parties.ts`. */
export async function findReceipt(db: ReadDb, receiptId: string): Promise<ReceiptRecord | null> {
  return (await tables<ExchangeTables>(db).selectFrom('exchange_receipt').selectAll().where('id', '=', receiptId).executeTakeFirst()) ?? null
}

/** The receipt behind an organ's own copy, or null. */
export async function findReceiptOfCopy(db: ReadDb, copyId: string): Promise<ReceiptRecord | null> {
  return (await tables<ExchangeTables>(db).selectFrom('exchange_receipt').selectAll().where('copy_id', '=', copyId).executeTakeFirst()) ?? null
}

/** A dispatch; it exists for every receipt. */
export function getDispatch(db: ReadDb, dispatchId: string): Promise<DispatchRecord> {
  return tables<ExchangeTables>(db).selectFrom('exchange_dispatch').selectAll().where('id', '=', dispatchId).executeTakeFirstOrThrow()
}

/** Dispatches of a document, oldest first. */
export function listDispatches(db: ReadDb, documentId: string): Promise<DispatchRecord[]> {
  return tables<ExchangeTables>(db).selectFrom('exchange_dispatch').selectAll().where('document_id', '=', documentId).orderBy('sent_at').orderBy('id').execute()
}

/** Receipts of a document that was sent, in the order of sending. */
export function listReceiptsOfDocument(db: ReadDb, documentId: string): Promise<ReceiptRecord[]> {
  return tables<ExchangeTables>(db).selectFrom('exchange_receipt').selectAll().where('document_id', '=', documentId).orderBy('sent_at').orderBy('id').execute()
}

/** Stores a dispatch with its receipts. */
export async function addDispatch(db: WriteDb, dispatch: DispatchRecord, receipts: readonly ReceiptRecord[]): Promise<void> {
  await tables<ExchangeTables>(db).insertInto('exchange_dispatch').values(dispatch).execute()
  for (const receipt of receipts) await tables<ExchangeTables>(db).insertInto('exchange_receipt').values(receipt).execute()
}

/** Changes fields of a receipt. */
export async function changeReceipt(db: WriteDb, receiptId: string, change: Partial<Omit<ReceiptRecord, 'id'>>): Promise<void> {
  await tables<ExchangeTables>(db).updateTable('exchange_receipt').set(change).where('id', '=', receiptId).execute()
}

/** The next free 收文编号 of an organ and year. Safe because there is one writer, and the index forbids doubles. */
export async function nextRegisterSerial(db: WriteDb, organId: string, year: number): Promise<number> {
  const last = await tables<ExchangeTables>(db)
    .selectFrom('exchange_receipt')
    .select((eb) => eb.fn.max('register_serial').as('serial'))
    .where('organ_id', '=', organId)
    .where('register_year', '=', year)
    .executeTakeFirst()
  return (last?.serial ?? 0) + 1
}

/** Adds a line to a receipt's history. */
export async function addEvent(db: WriteDb, event: Omit<ReceiptEventRecord, 'seq'>): Promise<void> {
  const last = await tables<ExchangeTables>(db)
    .selectFrom('exchange_event')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('receipt_id', '=', event.receipt_id)
    .executeTakeFirst()
  await tables<ExchangeTables>(db).insertInto('exchange_event').values({ ...event, seq: (last?.seq ?? 0) + 1 }).execute()
}

/** A receipt's history, oldest first. */
export function listEvents(db: ReadDb, receiptId: string): Promise<ReceiptEventRecord[]> {
  return tables<ExchangeTables>(db).selectFrom('exchange_event').selectAll().where('receipt_id', '=', receiptId).orderBy('seq').execute()
}

/** Readers of a receipt in the order they were asked. */
export function listReaders(db: ReadDb, receiptId: string): Promise<ReaderRecord[]> {
  return tables<ExchangeTables>(db).selectFrom('exchange_reader').selectAll().where('receipt_id', '=', receiptId).orderBy('at').orderBy('post_id').execute()
}

/** Adds a reader; one asked before is left as is. */
export async function addReader(db: WriteDb, row: ReaderRecord): Promise<void> {
  await tables<ExchangeTables>(db).insertInto('exchange_reader').values(row).onConflict((conflict) => conflict.columns(['receipt_id', 'post_id']).doNothing()).execute()
}

/** Changes a reader's row. */
export async function changeReader(db: WriteDb, receiptId: string, postId: string, change: Partial<Pick<ReaderRecord, 'read_at' | 'read_by' | 'opinion' | 'urged_at'>>): Promise<void> {
  await tables<ExchangeTables>(db).updateTable('exchange_reader').set(change).where('receipt_id', '=', receiptId).where('post_id', '=', postId).execute()
}

/** Unread lines of a post in any read list. */
export function listUnreadOf(db: ReadDb, postId: string): Promise<ReaderRecord[]> {
  return tables<ExchangeTables>(db).selectFrom('exchange_reader').selectAll().where('post_id', '=', postId).where('read_at', 'is', null).execute()
}

/** Takes a line out of a read list. */
export async function removeReader(db: WriteDb, receiptId: string, postId: string): Promise<void> {
  await tables<ExchangeTables>(db).deleteFrom('exchange_reader').where('receipt_id', '=', receiptId).where('post_id', '=', postId).execute()
}

/** Read counters of many receipts. */
export async function countReaders(db: ReadDb, receiptIds: readonly string[]): Promise<ReadonlyMap<string, { readonly read: number; readonly total: number }>> {
  if (receiptIds.length === 0) return new Map()
  const rows = await tables<ExchangeTables>(db)
    .selectFrom('exchange_reader')
    .select((eb) => ['receipt_id', eb.fn.countAll<number>().as('total'), eb.fn.count<number>('read_at').as('read')])
    .where('receipt_id', 'in', receiptIds)
    .groupBy('receipt_id')
    .execute()
  return new Map(rows.map((row) => [row.receipt_id, { read: row.read, total: row.total }]))
}

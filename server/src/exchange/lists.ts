/** SQL of the lists: 收文登记簿 and what an organ has sent. */
import type { receivedTabs, ReceiptState } from '@xiewen/shared/exchange'
import type { SelectQueryBuilder } from 'kysely'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { DispatchRecord, ExchangeTables, ReceiptRecord } from './tables.ts'

/** A tab of the list of received documents. */
export type ReceivedTab = (typeof receivedTabs)[number]

/** Whose list it is: organs received for, and posts things were given to for reading. */
export interface ListScope {
  readonly organIds: readonly string[]
  readonly postIds: readonly string[]
}

/** A page of a list after `offset`. */
export interface Page {
  readonly limit: number
  readonly offset: number
}

/** What to look for. */
export interface ReceivedFilter {
  readonly tab: ReceivedTab
  readonly text?: string | undefined
  readonly fromOrgan?: string | undefined
  readonly year?: number | undefined
}

type Receipts<O> = SelectQueryBuilder<ExchangeTables, 'exchange_receipt', O>

const handlingStates: readonly ReceiptState[] = ['registered', 'in-handling']

/** Rows of each organ, then what was given for reading: one query each, so that every one reads in the order of an index. */
function inScope(db: ReadDb, scope: ListScope): readonly Receipts<object>[] {
  const own = tables<ExchangeTables>(db)
  const given = own
    .selectFrom('exchange_receipt')
    .where('id', 'in', own.selectFrom('exchange_reader').select('receipt_id').where('post_id', 'in', [...scope.postIds]))
    .$if(scope.organIds.length > 0, (query) => query.where('organ_id', 'not in', [...scope.organIds]))
  return [...new Set(scope.organIds)].map((organId): Receipts<object> => own.selectFrom('exchange_receipt').where('organ_id', '=', organId)).concat(given)
}

function onTab<O>(query: Receipts<O>, tab: ReceivedTab): Receipts<O> {
  switch (tab) {
    case 'to-sign':
      return query.where('state', '=', 'sent')
    case 'to-register':
      return query.where('state', '=', 'signed-for')
    case 'in-handling':
      return query.where('state', 'in', handlingStates).where('handling', '=', 'handle')
    case 'to-read':
      return query.where('state', 'in', handlingStates).where('handling', '=', 'read')
    case 'finished':
      return query.where('state', '=', 'finished')
    case 'all':
      return query
    default:
      return tab satisfies never
  }
}

function like(text: string): string {
  return `%${text.replaceAll(/[%_]/g, '')}%`
}

/** Received documents: what waits by deadline, everything else newest first. */
export async function listReceived(db: ReadDb, scope: ListScope, filter: ReceivedFilter, page: Page): Promise<ReceiptRecord[]> {
  const first = filter.tab === 'to-sign' ? 'sign_by' : filter.tab === 'in-handling' || filter.tab === 'to-read' ? 'due_at' : null
  const { text, fromOrgan, year } = filter
  const heads = await Promise.all(
    inScope(db, scope).map(async (rows) => {
      let query = onTab(rows, filter.tab)
      if (text) query = query.where((eb) => eb.or([eb('title', 'like', like(text)), eb('number', 'like', like(text))]))
      if (fromOrgan) query = query.where('from_organ_name', 'like', like(fromOrgan))
      if (year !== undefined) query = query.where('register_year', '=', year)
      if (first !== null) query = query.orderBy((eb) => eb.case().when(first, 'is', null).then(1).else(0).end()).orderBy(first)
      const ordered = query.orderBy('sent_at', 'desc').orderBy('id').limit(page.offset + page.limit)
      // Deadlines are sorted in an index that holds nothing else; only the page itself is read whole.
      return first === null ? ordered.selectAll().execute() : readReceipts(db, await ordered.select('id').execute())
    }),
  )
  const merged = heads.flat().sort((a, b) => (first === null ? 0 : compareTimes(a[first], b[first])) || b.sent_at - a.sent_at || (a.id < b.id ? -1 : 1))
  return merged.slice(page.offset, page.offset + page.limit)
}

async function readReceipts(db: ReadDb, found: readonly Pick<ReceiptRecord, 'id'>[]): Promise<ReceiptRecord[]> {
  if (found.length === 0) return []
  return tables<ExchangeTables>(db).selectFrom('exchange_receipt').selectAll().where('id', 'in', found.map((row) => row.id)).execute()
}

/** Earlier first; without a time last. */
function compareTimes(a: number | null, b: number | null): number {
  if (a === b) return 0
  return a === null ? 1 : b === null ? -1 : a - b
}

/** How many rows each tab has. */
export async function countReceived(db: ReadDb, scope: ListScope): Promise<Readonly<Record<ReceivedTab, number>>> {
  const counts = inScope(db, scope).map((rows) =>
    rows.select((eb) => ['state', 'handling', eb.fn.countAll<number>().as('count')]).groupBy(['state', 'handling']).execute(),
  )
  const rows = (await Promise.all(counts)).flat()
  const sum = (matches: (row: { state: ReceiptState; handling: string | null }) => boolean): number =>
    rows.filter(matches).reduce((total, row) => total + Number(row.count), 0)
  const waits = (row: { state: ReceiptState }): boolean => handlingStates.includes(row.state)
  return {
    'to-sign': sum((row) => row.state === 'sent'),
    'to-register': sum((row) => row.state === 'signed-for'),
    'in-handling': sum((row) => waits(row) && row.handling === 'handle'),
    'to-read': sum((row) => waits(row) && row.handling === 'read'),
    finished: sum((row) => row.state === 'finished'),
    all: sum(() => true),
  }
}

/** Dispatches of organs, newest first. */
export async function listSent(db: ReadDb, organIds: readonly string[], text: string | undefined, page: Page): Promise<DispatchRecord[]> {
  if (organIds.length === 0) return []
  let query = tables<ExchangeTables>(db).selectFrom('exchange_dispatch').selectAll().where('organ_id', 'in', organIds)
  if (text) query = query.where((eb) => eb.or([eb('title', 'like', like(text)), eb('number', 'like', like(text))]))
  return query.orderBy('sent_at', 'desc').orderBy('id').limit(page.limit).offset(page.offset).execute()
}

/** States of the receipts of dispatches, for counting. */
export async function listStates(db: ReadDb, dispatchIds: readonly string[]): Promise<readonly Pick<ReceiptRecord, 'dispatch_id' | 'state' | 'sign_by'>[]> {
  if (dispatchIds.length === 0) return []
  return tables<ExchangeTables>(db).selectFrom('exchange_receipt').select(['dispatch_id', 'state', 'sign_by']).where('dispatch_id', 'in', dispatchIds).execute()
}

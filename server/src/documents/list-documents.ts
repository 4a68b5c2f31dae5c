/** Lists and searches over the documents somebody may see. */
import type { DocumentKind, DocumentState } from '@xiewen/shared/documents'
import { type RawBuilder, sql } from 'kysely'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { Holders } from './holders.ts'
import { type NumberQuery, parseNumberQuery } from './number-query.ts'
import { mayMatch } from './search-index.ts'
import type { DocumentRecord, DocumentTables } from './tables.ts'

/** What a list is narrowed by. `ownerId` and `unitIds` narrow by drafter and drafting unit. */
export interface DocumentFilter {
  readonly ownerId?: string
  readonly unitIds?: readonly string[]
  readonly states?: readonly DocumentState[]
  readonly kind?: DocumentKind | undefined
  readonly urgency?: string | undefined
  readonly text?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of rows, the cursor of the next page in hand. */
export interface DocumentPage<T> {
  readonly rows: readonly T[]
  readonly next: string | null
}

/** Documents last changed first. A text that reads like a number is looked up as one first. */
export async function listDocuments(db: ReadDb, holders: Holders, filter: DocumentFilter): Promise<DocumentPage<DocumentRecord>> {
  if (holders.isAdministrator) return { rows: [], next: null }
  const number = filter.text ? parseNumberQuery(filter.text) : null
  const numbered = number && (await selectPage(db, holders, filter, [isNumbered(number)]))
  if (numbered && numbered.rows.length > 0) return numbered
  const text = filter.text?.trim() ? filter.text.trim() : null
  const words = text && (await mayMatch(db, text))
  return selectPage(db, holders, filter, [...(words ? [words] : []), ...(text ? [titleOrNumber(text)] : [])])
}

async function selectPage(db: ReadDb, holders: Holders, filter: DocumentFilter, conditions: readonly RawBuilder<boolean>[]): Promise<DocumentPage<DocumentRecord>> {
  let query = (await selectVisible(db, holders)).selectAll('document')
  if (filter.ownerId !== undefined) query = query.where('owner_person_id', '=', filter.ownerId)
  if (filter.unitIds) query = query.where('unit_id', 'in', filter.unitIds.length > 0 ? filter.unitIds : [''])
  if (filter.states && filter.states.length > 0) query = query.where(isInState(filter.states))
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  if (filter.urgency) query = query.where('urgency', '=', filter.urgency)
  for (const condition of conditions) query = query.where(condition)
  const rows = await page(query, filter).execute()
  return cut(rows, filter.limit)
}

/** Documents whose text holds every word, last changed first, with the text itself. */
export async function searchDocuments(
  db: ReadDb,
  holders: Holders,
  filter: DocumentFilter & { readonly text: string },
): Promise<DocumentPage<DocumentRecord & { readonly body: string }>> {
  const matching = await mayMatch(db, filter.text)
  if (holders.isAdministrator || matching === null) return { rows: [], next: null }
  let query = (await selectVisible(db, holders))
    .innerJoin('document_text', 'document_text.document_id', 'document.id')
    .selectAll('document')
    .select('document_text.body')
    .where(matching)
  if (filter.kind) query = query.where('kind', '=', filter.kind)
  for (const word of wordsOf(filter.text)) query = query.where(sql<boolean>`lower(document_text.body) like ${likePattern(word)} escape '\\'`)
  const rows = await page(query, filter).execute()
  return cut(rows, filter.limit)
}

/** From so many grants on it is quicker to walk the documents in order and ask for each whether it may be seen. */
const manyGrants = 2000

/** Documents within sight. Both forms mean the same: few are looked up and sorted, many are walked in the order of the index. */
async function selectVisible(db: ReadDb, holders: Holders) {
  const own = tables<DocumentTables>(db)
  const granted = own.selectFrom('document_grant').select('document_id').where('holder', 'in', holders.keys)
  const seesMany = (await granted.limit(1).offset(manyGrants).execute()).length > 0
  return own
    .selectFrom('document')
    .where((eb) => (seesMany ? eb.exists(granted.where(sql<boolean>`document_grant.document_id = document.id`)) : eb('document.id', 'in', granted)))
}

type Pageable<Q> = { orderBy(column: 'changed_at' | 'document.id', direction: 'desc'): Q; limit(count: number): Q; where(condition: RawBuilder<boolean>): Q }

function page<Q extends Pageable<Q>>(query: Q, filter: DocumentFilter): Q {
  const [at, id] = (filter.cursor ?? '').split('.')
  const ordered = query.orderBy('changed_at', 'desc').orderBy('document.id', 'desc').limit(filter.limit + 1)
  if (!at || !id || !/^\d{1,15}$/.test(at)) return ordered
  return ordered.where(sql<boolean>`(changed_at < ${Number(at)} or (changed_at = ${Number(at)} and document.id < ${id}))`)
}

function cut<T extends DocumentRecord>(rows: readonly T[], limit: number): DocumentPage<T> {
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? `${last.changed_at}.${last.id}` : null }
}

/** One state is read in the order of its index. Several have no common order: an expression keeps the planner from sorting them all. */
function isInState(states: readonly DocumentState[]): RawBuilder<boolean> {
  return states.length === 1 ? sql<boolean>`state = ${states[0]}` : sql<boolean>`(state || '') in (${sql.join(states)})`
}

/** Title, drafter, or the number as printed: 云政办发〔2026〕13号. */
function titleOrNumber(text: string): RawBuilder<boolean> {
  const pattern = likePattern(text)
  const printed = sql<string>`coalesce(number_code || '〔' || number_year || '〕' || number_serial || '号', '')`
  return sql<boolean>`(lower(title) like ${pattern} escape '\\' or owner_name like ${pattern} escape '\\' or lower(${printed}) like ${pattern} escape '\\')`
}

function isNumbered(number: NumberQuery): RawBuilder<boolean> {
  const year = number.year === null ? sql`` : sql` and number_year = ${number.year}`
  const code = number.codeEnd === '' ? sql`` : sql` and number_code like ${likePattern(number.codeEnd).slice(0, -1)} escape '\\'`
  return sql<boolean>`(number_serial = ${number.serial}${year}${code})`
}

function likePattern(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

/** What was typed, separated by white space. */
function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '').slice(0, 8)
}

/** The first place where a word of the query stands, with its surroundings (at most 80 characters). */
export function excerptOf(body: string, text: string): string {
  const lower = body.toLowerCase()
  const found = wordsOf(text).map((word) => lower.indexOf(word.toLowerCase())).filter((index) => index >= 0)
  const start = Math.max(0, Math.min(...(found.length > 0 ? found : [0])) - 20)
  const cutText = body.slice(start, start + 80).replaceAll(/\s+/g, ' ')
  return `${start > 0 ? '…' : ''}${cutText}${start + 80 < body.length ? '…' : ''}`
}

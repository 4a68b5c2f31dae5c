/** 发文字号 and their register (发文登记簿). */
import { decideNumber, decideVoidNumber, type DocumentNumber, findSerialGaps, formatDocumentNumber, type NumberRow, type SerialGap } from '@xiewen/shared/documents'
import { getUnit } from '../directory/index.ts'
import type { CommandContext } from '../platform/context.ts'
import { type ReadDb, tables } from '../platform/database/index.ts'
import { Refused } from '../platform/log/fault.ts'
import { changeDocument, numberOf } from './repository.ts'
import { getDocument, rightsChanged } from './state.ts'
import type { DocumentTables, NumberRecord } from './tables.ts'
import { dropRenditions } from './renditions.ts'
import { indexDocument } from './search-index.ts'

/** Gives a signed document the next number of a code and moves it to `numbered`. The writer is single and the register's key
 * is the number itself, so two callers can never get the same one.
 *
 * @throws Refused `documents.not-found`, `.not-signed`, `.already-numbered`, `.code-not-registered`
 */
export async function allocateNumber(ctx: CommandContext, documentId: string, code: string, year: number): Promise<DocumentNumber> {
  const row = await getDocument(ctx, documentId)
  const organ = await getUnit(ctx.db, row.organ_id)
  const decision = decideNumber(
    { state: row.state, current: numberOf(row), organCodes: organ?.codes ?? [], lastSerial: await lastSerial(ctx.db, code, year) },
    { code, year },
  )
  if (!decision.ok) throw new Refused(decision.refusal.code, decision.refusal.params)
  const number = decision.value
  await tables<DocumentTables>(ctx.db)
    .insertInto('number_register')
    .values({
      ...number,
      organ_id: row.organ_id,
      state: 'allocated',
      document_id: documentId,
      title: row.title,
      at: ctx.now,
      person_id: ctx.actorOrNull?.personId ?? '',
      person_name: ctx.actorOrNull?.name ?? '',
      void_reason: '',
      voided_at: null,
      voided_by: '',
    })
    .execute()
  await changeDocument(ctx.db, documentId, {
    state: 'numbered', number_code: code, number_year: year, number_serial: number.serial, changed_at: ctx.now,
  })
  await indexDocument(ctx.db, documentId)
  await ctx.record({ kind: 'documents.numbered', subject: { kind: 'document', id: documentId }, data: { ...number, printed: formatDocumentNumber(number) } })
  rightsChanged(ctx, documentId)
  return number
}

/** Declares the number of a document void (作废): the row stays with the reason, the document goes back to `signed`.
 *
 * @throws Refused `documents.number-in-use` once sealed or sent, `documents.not-numbered`
 */
export async function voidNumber(ctx: CommandContext, documentId: string, reason: string): Promise<void> {
  const row = await getDocument(ctx, documentId)
  const number = numberOf(row)
  if (!number) throw new Refused('documents.not-numbered')
  const decision = decideVoidNumber(row.state)
  if (!decision.ok) throw new Refused(decision.refusal.code)
  await tables<DocumentTables>(ctx.db)
    .updateTable('number_register')
    .set({ state: 'void', void_reason: reason, voided_at: ctx.now, voided_by: ctx.actorOrNull?.name ?? '' })
    .where('document_id', '=', documentId)
    .where('state', '=', 'allocated')
    .execute()
  await dropRenditions(ctx.db, documentId)
  await changeDocument(ctx.db, documentId, { state: decision.value, number_code: null, number_year: null, number_serial: null, changed_at: ctx.now })
  await indexDocument(ctx.db, documentId)
  await ctx.record({ kind: 'documents.number-voided', subject: { kind: 'document', id: documentId }, data: { ...number, printed: formatDocumentNumber(number), reason } })
  rightsChanged(ctx, documentId)
}

async function lastSerial(db: ReadDb, code: string, year: number): Promise<number> {
  const row = await tables<DocumentTables>(db)
    .selectFrom('number_register')
    .select((eb) => eb.fn.max('serial').as('serial'))
    .where('code', '=', code)
    .where('year', '=', year)
    .executeTakeFirst()
  return Number(row?.serial ?? 0)
}

/** What the register is narrowed by. `offset` counts rows. */
export interface RegisterFilter {
  readonly organIds: readonly string[]
  readonly code?: string | undefined
  readonly year?: number | undefined
  readonly limit: number
  readonly offset: number
}

/** Rows of the register, newest numbers first. Each organ is read in the order of its index and the few heads are merged, so that
 * a page costs a page however long the register is. */
export async function listNumbers(db: ReadDb, filter: RegisterFilter): Promise<readonly NumberRow[]> {
  const heads = await Promise.all([...filter.organIds, ''].map((organId) => listNumbersOf(db, organId, filter)))
  const merged = heads.flat().sort((a, b) => b.year - a.year || (a.code < b.code ? -1 : a.code > b.code ? 1 : b.serial - a.serial))
  return merged.slice(filter.offset, filter.offset + filter.limit).map(presentNumber)
}

function listNumbersOf(db: ReadDb, organId: string, filter: RegisterFilter): Promise<NumberRecord[]> {
  let query = tables<DocumentTables>(db).selectFrom('number_register').selectAll().where('organ_id', '=', organId)
  if (filter.code) query = query.where('code', '=', filter.code)
  if (filter.year !== undefined) query = query.where('year', '=', filter.year)
  return query.orderBy('year', 'desc').orderBy('code').orderBy('serial', 'desc').limit(filter.offset + filter.limit).execute()
}

function presentNumber(row: NumberRecord): NumberRow {
  return {
    number: { code: row.code, year: row.year, serial: row.serial },
    state: row.state,
    // Safe because the id comes from `newId`.
    documentId: row.document_id as NumberRow['documentId'],
    title: row.title,
    at: Number(row.at),
    byName: row.person_name,
    reason: row.void_reason,
    voidedAt: row.voided_at === null ? null : Number(row.voided_at),
    voidedByName: row.voided_by,
  }
}

/** How one code stands in one year. */
export interface SerialSummary {
  readonly code: string
  readonly year: number
  readonly last: number
  readonly voided: number
  readonly gaps: readonly SerialGap[]
}

/** Each code and year of the organs: last serial, void ones, and gaps that no row explains. The database counts; serials are read
 * only where the count says that some are missing. */
export async function summariseNumbers(db: ReadDb, organIds: readonly string[]): Promise<SerialSummary[]> {
  const groups = await tables<DocumentTables>(db)
    .selectFrom('number_register')
    .select((eb) => [
      'code',
      'year',
      eb.fn.countAll<number>().as('count'),
      eb.fn.max('serial').as('last'),
      eb.fn.sum<number>(eb.case().when('state', '=', 'void').then(1).else(0).end()).as('voided'),
    ])
    .where('organ_id', 'in', [...organIds, ''])
    .groupBy(['year', 'code'])
    .orderBy('year', 'desc')
    .orderBy('code')
    .execute()
  return Promise.all(
    groups.map(async (group) => {
      const { code, year } = group
      const last = Number(group.last)
      const gaps = Number(group.count) === last ? [] : findSerialGaps(await serialsOf(db, organIds, { code, year }))
      return { code, year, last, voided: Number(group.voided), gaps: [...gaps] }
    }),
  )
}

async function serialsOf(db: ReadDb, organIds: readonly string[], { code, year }: { readonly code: string; readonly year: number }): Promise<readonly number[]> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('number_register')
    .select('serial')
    .where('organ_id', 'in', [...organIds, ''])
    .where('code', '=', code)
    .where('year', '=', year)
    .execute()
  return rows.map((row) => row.serial)
}

/** Serials of a code and year that other documents hold, ascending; void ones count, because they are never given again. */
export async function listSerialsOfOthers(db: ReadDb, number: DocumentNumber, documentId: string): Promise<readonly number[]> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('number_register')
    .select(['serial', 'document_id'])
    .where('code', '=', number.code)
    .where('year', '=', number.year)
    .orderBy('serial')
    .execute()
  return rows.filter((row) => row.document_id !== documentId).map((row) => Number(row.serial))
}

/** The only SQL of the archive room. */
import type { ArchiveNumber, Period } from '@xiewen/shared/archive'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { ArchiveTables, CandidateRecord, FondsRecord, PartRecord, PieceRecord } from './tables.ts'

/** A candidate by document, or null. */
export async function findCandidate(db: ReadDb, documentId: string): Promise<CandidateRecord | null> {
  return (await tables<ArchiveTables>(db).selectFrom('archive_candidate').selectAll().where('document_id', '=', documentId).executeTakeFirst()) ?? null
}

/** Stores a candidate; one that is known is changed. */
export async function putCandidate(db: WriteDb, row: CandidateRecord): Promise<void> {
  const { document_id: _document, ...rest } = row
  await tables<ArchiveTables>(db).insertInto('archive_candidate').values(row).onConflict((conflict) => conflict.column('document_id').doUpdateSet(rest)).execute()
}

/** A page of a list. */
export interface Page {
  readonly limit: number
  readonly offset: number
}

/** Candidates of organs that are ready and not filed: those that wait, or those left out. */
export async function listCandidates(db: ReadDb, organIds: readonly string[], leftOut: boolean, page: Page): Promise<CandidateRecord[]> {
  if (organIds.length === 0) return []
  const { limit, offset } = page
  return tables<ArchiveTables>(db)
    .selectFrom('archive_candidate')
    .leftJoin('archive_piece', 'archive_piece.document_id', 'archive_candidate.document_id')
    .selectAll('archive_candidate')
    .where('archive_candidate.organ_id', 'in', organIds)
    .where('ready_at', 'is not', null)
    .where('archive_piece.id', 'is', null)
    .where('left_out_reason', leftOut ? 'is not' : 'is', null)
    .orderBy('ready_at')
    .orderBy('archive_candidate.document_id')
    .limit(limit)
    .offset(offset)
    .execute()
}

/** A piece by id, or null. */
export async function findPiece(db: ReadDb, pieceId: string): Promise<PieceRecord | null> {
  return (await tables<ArchiveTables>(db).selectFrom('archive_piece').selectAll().where('id', '=', pieceId).executeTakeFirst()) ?? null
}

/** The piece a document was filed as, or null. */
export async function findPieceOfDocument(db: ReadDb, documentId: string): Promise<PieceRecord | null> {
  return (await tables<ArchiveTables>(db).selectFrom('archive_piece').selectAll().where('document_id', '=', documentId).executeTakeFirst()) ?? null
}

/** Parts of a piece in their order. */
export function listParts(db: ReadDb, pieceId: string): Promise<PartRecord[]> {
  return tables<ArchiveTables>(db).selectFrom('archive_part').selectAll().where('piece_id', '=', pieceId).orderBy('place').execute()
}

/** The last serial of a series, 0 when it is empty. */
export async function lastSerial(db: ReadDb, series: Omit<ArchiveNumber, 'serial'>): Promise<number> {
  const row = await tables<ArchiveTables>(db)
    .selectFrom('archive_piece')
    .select((eb) => eb.fn.max('serial').as('serial'))
    .where('fonds', '=', series.fonds)
    .where('category', '=', series.category)
    .where('year', '=', series.year)
    .where('period', '=', series.period)
    .executeTakeFirst()
  return Number(row?.serial ?? 0)
}

/** Stores a piece with its parts. There is no function that changes or removes one. */
export async function addPiece(db: WriteDb, piece: PieceRecord, parts: readonly PartRecord[]): Promise<void> {
  await tables<ArchiveTables>(db).insertInto('archive_piece').values(piece).execute()
  await tables<ArchiveTables>(db).insertInto('archive_part').values(parts).execute()
}

/** What pieces are narrowed by. */
export interface PieceFilter {
  readonly organIds: readonly string[]
  readonly year?: number | undefined
  readonly period?: Period | undefined
  readonly text?: string | undefined
}

/** Pieces of organs, newest first. */
export async function listPieces(db: ReadDb, filter: PieceFilter, page: Page): Promise<PieceRecord[]> {
  if (filter.organIds.length === 0) return []
  let query = tables<ArchiveTables>(db).selectFrom('archive_piece').selectAll().where('organ_id', 'in', filter.organIds)
  if (filter.year !== undefined) query = query.where('year', '=', filter.year)
  if (filter.period !== undefined) query = query.where('period', '=', filter.period)
  if (filter.text) {
    const like = `%${filter.text.replaceAll(/[%_]/g, '')}%`
    query = query.where((eb) => eb.or([eb('title', 'like', like), eb('number', 'like', like), eb('document_number', 'like', like), eb('responsible', 'like', like)]))
  }
  return query.orderBy('filed_at', 'desc').orderBy('id', 'desc').limit(page.limit).offset(page.offset).execute()
}

/** Years in which organs have pieces, newest first. */
export async function listYears(db: ReadDb, organIds: readonly string[]): Promise<readonly number[]> {
  if (organIds.length === 0) return []
  const rows = await tables<ArchiveTables>(db).selectFrom('archive_piece').select('year').distinct().where('organ_id', 'in', organIds).orderBy('year', 'desc').execute()
  return rows.map((row) => Number(row.year))
}

/** How many pieces an organ has. */
export async function countPieces(db: ReadDb, organId: string): Promise<number> {
  const row = await tables<ArchiveTables>(db).selectFrom('archive_piece').select((eb) => eb.fn.countAll<number>().as('count')).where('organ_id', '=', organId).executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** What an organ numbers with, or null until it is set. */
export async function findFonds(db: ReadDb, organId: string): Promise<FondsRecord | null> {
  return (await tables<ArchiveTables>(db).selectFrom('archive_fonds').selectAll().where('organ_id', '=', organId).executeTakeFirst()) ?? null
}

/** The organ a 全宗号 belongs to, or null. */
export async function findOwnerOfFonds(db: ReadDb, fonds: string): Promise<string | null> {
  return (await tables<ArchiveTables>(db).selectFrom('archive_fonds').select('organ_id').where('fonds', '=', fonds).executeTakeFirst())?.organ_id ?? null
}

/** Sets what an organ numbers with. */
export async function putFonds(db: WriteDb, row: FondsRecord): Promise<void> {
  const { organ_id: _organ, ...rest } = row
  await tables<ArchiveTables>(db).insertInto('archive_fonds').values(row).onConflict((conflict) => conflict.column('organ_id').doUpdateSet(rest)).execute()
}

/** The full-text index behind one small port: FTS5 on SQLite, tsvector on PostgreSQL. */
import { type RawBuilder, sql } from 'kysely'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { DocumentRecord, DocumentTables } from './tables.ts'
import { indexTokens, type QueryTerm, queryTerms } from './tokens.ts'

/** PostgreSQL limits a tsvector to 1 MB; words beyond that many are left out there. */
const mostWords = 60_000

/** What a document is found by: its text, who drafted it, and its number as printed. */
export function findableText(row: Pick<DocumentRecord, 'owner_name' | 'number_code' | 'number_year' | 'number_serial'>, body: string): string {
  const number = row.number_code === null ? '' : `${row.number_code}〔${String(row.number_year)}〕${String(row.number_serial)}号`
  return `${body}\n${row.owner_name}\n${number}`
}

/** Writes the words of a document from its stored copies. */
export async function indexDocument(db: WriteDb, documentId: string): Promise<void> {
  const row = await tables<DocumentTables>(db)
    .selectFrom('document')
    .innerJoin('document_text', 'document_text.document_id', 'document.id')
    .select(['serial', 'owner_name', 'number_code', 'number_year', 'number_serial', 'body'])
    .where('document.id', '=', documentId)
    .executeTakeFirst()
  if (row) await indexText(db, Number(row.serial), findableText(row, row.body))
}

/** Writes the words of every document again, in batches: for migrations that change what is findable. */
export async function indexAll(db: WriteDb): Promise<void> {
  const batch = 500
  for (let after = ''; ; ) {
    const rows = await tables<DocumentTables>(db)
      .selectFrom('document')
      .innerJoin('document_text', 'document_text.document_id', 'document.id')
      .select(['document.id', 'serial', 'owner_name', 'number_code', 'number_year', 'number_serial', 'body'])
      .where('document.id', '>', after)
      .orderBy('document.id')
      .limit(batch)
      .execute()
    for (const row of rows) await indexText(db, Number(row.serial), findableText(row, row.body))
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    after = last.id
  }
}

/** Writes the words of a document, replacing what was there. */
async function indexText(db: WriteDb, serial: number, text: string): Promise<void> {
  const tokens = indexTokens(text)
  if (db.dialect === 'sqlite') {
    await sql`delete from document_search where rowid = ${serial}`.execute(db.kysely)
    await sql`insert into document_search (rowid, tokens) values (${serial}, ${tokens})`.execute(db.kysely)
    return
  }
  const words = JSON.stringify([...new Set(tokens.split(' '))].filter((word) => word !== '').slice(0, mostWords))
  // Words go in as they are: the parser of `to_tsvector` knows no Chinese.
  await sql`insert into document_search (serial, tokens)
    values (${serial}, array_to_tsvector(array(select jsonb_array_elements_text(cast(${words} as jsonb)))))
    on conflict (serial) do update set tokens = excluded.tokens`.execute(db.kysely)
}

/** Takes a document out of the index. */
export async function dropText(db: WriteDb, serial: number): Promise<void> {
  const key = db.dialect === 'sqlite' ? sql.raw('rowid') : sql.raw('serial')
  await sql`delete from document_search where ${key} = ${serial}`.execute(db.kysely)
}

/** A subquery of the serials that may match, or null when there is nothing to search for. On PostgreSQL the order of words is
 * not checked here; callers check the text itself. */
export function matchingSerials(db: ReadDb, text: string): RawBuilder<unknown> | null {
  const terms = queryTerms(text)
  if (terms.length === 0) return null
  return db.dialect === 'sqlite'
    ? sql`select rowid from document_search where document_search match ${terms.map(ftsTerm).join(' AND ')}`
    : sql`select serial from document_search where tokens @@ cast(${terms.map(tsTerm).join(' & ')} as tsquery)`
}

/** From so many matches on, walking the documents in their order finds a page sooner than looking every match up. */
const manyMatches = 2000

/** The condition that a document may match, in the form that is quick for how often its words occur; null when there is nothing
 * to search for. Planners cannot count the matches of a word beforehand. */
export async function mayMatch(db: ReadDb, text: string): Promise<RawBuilder<boolean> | null> {
  const serials = matchingSerials(db, text)
  if (serials === null) return null
  const { rows } = await sql`select 1 from (${serials} limit 1 offset ${manyMatches}) as found`.execute(db.kysely)
  // A sum is no column: it keeps the planner from looking up every match by its serial.
  const serial = rows.length > 0 ? sql.raw('(document.serial + 0)') : sql.raw('document.serial')
  return sql<boolean>`${serial} in (${serials})`
}

/** Words are letters and digits only, so quoting cannot be broken out of. */
function ftsTerm(term: QueryTerm): string {
  return `"${term.words.join(' ')}"${term.isPrefix ? '*' : ''}`
}

function tsTerm(term: QueryTerm): string {
  return term.words.map((word, index) => `'${word}'${term.isPrefix && index === term.words.length - 1 ? ':*' : ''}`).join(' & ')
}

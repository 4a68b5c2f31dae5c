/** The full-text index behind one small port: FTS5 on SQLite, tsvector on PostgreSQL. */
import { type RawBuilder, sql } from 'kysely'
import type { ReadDb, WriteDb } from '../platform/database/index.ts'
import { indexTokens, type QueryTerm, queryTerms } from './tokens.ts'

/** PostgreSQL limits a tsvector to 1 MB; words beyond that many are left out there. */
const mostWords = 60_000

/** Writes the words of a document, replacing what was there. */
export async function indexText(db: WriteDb, serial: number, text: string): Promise<void> {
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

/** Words are letters and digits only, so quoting cannot be broken out of. */
function ftsTerm(term: QueryTerm): string {
  return `"${term.words.join(' ')}"${term.isPrefix ? '*' : ''}`
}

function tsTerm(term: QueryTerm): string {
  return term.words.map((word, index) => `'${word}'${term.isPrefix && index === term.words.length - 1 ? ':*' : ''}`).join(' & ')
}

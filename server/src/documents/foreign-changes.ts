/** Rows of what imported Word files say of their revisions (修订). They are found by the account the log names and the serial of the
 * change, so nobody gets another's by writing its id, and what a file says never takes the place of the account. */
import type { ForeignAuthor } from '@xiewen/shared/documents'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { ForeignChange } from './import/index.ts'
import type { DocumentTables } from './tables.ts'

/** Rows of one statement: what SQLite and PostgreSQL take without trouble. */
const atOnce = 200

/** Remembers what a file says of its revisions under who handed it in. */
export async function rememberForeign(db: WriteDb, changes: readonly ForeignChange[], personId: string): Promise<void> {
  for (let from = 0; from < changes.length; from += atOnce) {
    await tables<DocumentTables>(db)
      .insertInto('document_foreign_change')
      .values(changes.slice(from, from + atOnce).map(({ serial, author, saidAt }) => ({ person_id: personId, serial, author, said_at: saidAt })))
      // The same file says the same again.
      .onConflict((conflict) => conflict.columns(['person_id', 'serial']).doNothing())
      .execute()
  }
}

/** What files say of these changes, by the change's id; `personId` is the account the log names. */
export async function findForeign(db: ReadDb, changes: readonly { readonly id: string; readonly personId: string }[]): Promise<ReadonlyMap<string, ForeignAuthor>> {
  const own = changes.flatMap(({ id, personId }) => (id.startsWith(`${personId}:w`) ? [{ id, personId, serial: id.slice(personId.length + 1) }] : []))
  const found = new Map<string, ForeignAuthor>()
  for (let from = 0; from < own.length; from += atOnce) {
    const asked = own.slice(from, from + atOnce)
    const rows = await tables<DocumentTables>(db).selectFrom('document_foreign_change').selectAll().where('serial', 'in', asked.map(({ serial }) => serial)).execute()
    const said = new Map(rows.map((row) => [`${row.person_id}:${row.serial}`, { author: row.author, saidAt: row.said_at }]))
    for (const { id } of asked) {
      const row = said.get(id)
      if (row) found.set(id, row)
    }
  }
  return found
}

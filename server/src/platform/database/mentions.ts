/** Who still names something: asked before bytes are taken away that several rooms may have stored. */
import { sql } from 'kysely'
import type { ReadDb } from './types.ts'

/** Tables that tell what happened, and hold nothing: the ledger, and answers kept for requests sent twice. */
const telling: readonly string[] = ['fact', 'idempotency']

/**
 * Where words (digests, ids) stand in the database: in any text column of any table, alone or within a text, the ledger apart. Reads whole tables; for
 * jobs at night. Columns of bytes are not looked into, for none of them holds stored bytes by naming them. The texts being written (`document_update`,
 * `document_snapshot`, `document_version`) do name the pictures of their figures, but a picture counts only while it is attached (`document_attachment`,
 * whose columns are texts; see `documents/pictures.ts`). The rest is an index of texts and a secret of servers. A test lists them: whoever adds one thinks about it here.
 *
 * @returns `table.column` of a place by word; words that stand nowhere are absent
 */
export async function findMentions(db: ReadDb, words: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  if (words.length === 0) return found
  for (const { name, columns, isView } of await db.kysely.introspection.getTables()) {
    if (isView || telling.includes(name)) continue
    for (const column of columns.filter(({ dataType }) => /char|text|json/i.test(dataType))) {
      const own = sql.ref(column.name)
      const tests = words.map((word) => sql`${own} like ${`%${word}%`}`)
      const { rows } = await sql<{ value: string }>`select ${own} as value from ${sql.table(name)} where ${sql.join(tests, sql` or `)}`.execute(db.kysely)
      for (const word of words) if (rows.some(({ value }) => value.includes(word))) found.set(word, `${name}.${column.name}`)
    }
  }
  return found
}

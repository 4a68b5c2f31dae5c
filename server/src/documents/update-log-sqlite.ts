/** Rows of live editing on SQLite: one prepared statement per commit, however many documents it holds. It is a transaction of its own,
 * so a commit is one call to the engine, and nothing is compiled again. */
import { documentStates, isFrozenState } from '@xiewen/shared/documents'
import { sql } from 'kysely'
import type { Statement, WriteDb } from '../platform/database/index.ts'
import type { LogRow } from '../platform/realtime/ports.ts'

const openStates = documentStates
  .filter((state) => !isFrozenState(state))
  .map((state) => `'${state}'`)
  .join(',')

/** How much later than its stored time of change a document may be changed before that time is written again (ms): it stands in five
 * indexes, and lists show minutes. */
const changedAtStepMs = 5_000

const newestIds = 'SELECT value->>0 FROM json_each(NEW.newest)'

/** What is inserted into this view is appended. It belongs to one connection and is gone with it. The bytes of all rows come as one
 * blob, and each row says from where (counted from 1) and how many are its own.
 *
 * The bytes of a row are selected out of the document's own row: where the document is gone or signed there is none, so the column
 * that must not be null refuses the whole commit. Rights were asked for when the frames arrived; a signature may have come since.
 * The time of change and the mark for the refresh of copies stand in indexes and are written only when they change.
 */
const door = [
  'CREATE TEMP VIEW IF NOT EXISTS live_append(rows, bytes, newest, at) AS SELECT NULL, NULL, NULL, NULL',
  `CREATE TEMP TRIGGER IF NOT EXISTS live_append_rows INSTEAD OF INSERT ON live_append BEGIN
    INSERT INTO document_update(seq, document_id, bytes, person_id, session_id, at)
      SELECT row.value->>0, row.value->>1,
        (SELECT substr(NEW.bytes, row.value->>2, row.value->>3) FROM document WHERE id = row.value->>1 AND state IN (${openStates})),
        row.value->>4, row.value->>5, row.value->>6
      FROM json_each(NEW.rows) AS row;
    UPDATE document SET version = (SELECT value->>1 FROM json_each(NEW.newest) WHERE value->>0 = document.id) WHERE id IN (${newestIds});
    UPDATE document SET changed_at = NEW.at, is_stale = 1 WHERE id IN (${newestIds}) AND (is_stale <> 1 OR changed_at < NEW.at - ${changedAtStepMs});
  END`,
]

/** Makes what `appendStatement` inserts into, on the writer's connection; once made it stays. */
export async function openAppendDoor(db: WriteDb): Promise<void> {
  for (const statement of door) await sql.raw(statement).execute(db.kysely)
}

/** The statement that appends `rows` under the numbers from `first` on. */
export function appendStatement(rows: readonly LogRow[], first: number): Statement {
  const newest = new Map<string, number>()
  let [at, from] = [0, 1]
  const numbered = rows.map((row, index) => {
    newest.set(row.documentId, first + index)
    at = Math.max(at, row.at)
    const start = from
    from += row.bytes.length
    return [first + index, row.documentId, start, row.bytes.length, row.personId, row.sessionId, row.at]
  })
  const bytes = Buffer.concat(rows.map((row) => row.bytes))
  return { sql: 'INSERT INTO live_append(rows, bytes, newest, at) VALUES (?, ?, ?, ?)', parameters: [JSON.stringify(numbered), bytes, JSON.stringify([...newest]), at] }
}

/** Whether an error is the refusal described above. */
export function isRefusedAppend(cause: unknown): boolean {
  return String(cause).includes('NOT NULL constraint failed: document_update.bytes')
}

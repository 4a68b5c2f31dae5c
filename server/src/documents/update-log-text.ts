/** Rows of live editing as one piece of SQL for SQLite: one call to the engine per commit, however many documents it holds. */
import { documentStates, isFrozenState } from '@xiewen/shared/documents'
import type { LogRow } from '../platform/realtime/ports.ts'

const openStateList = documentStates
  .filter((state) => !isFrozenState(state))
  .map(text)
  .join(',')

/** How much later than its stored time of change a document may be changed before that time is written again (ms): it stands in five
 * indexes, and lists show minutes. */
const changedAtStepMs = 5_000

/** Rows of one statement: a longer one is compiled into memory that the allocator then keeps. */
const rowsAtOnce = 40

/** The statements that append `rows` under the numbers from `first` on.
 *
 * The bytes of a document's first row are selected out of the document's own row: where the document is gone or signed there is no
 * row, so the column that must not be null refuses the whole commit. Rights were asked for when the frames arrived; a signature may
 * have come since. The time of change and the mark for the refresh of copies stand in indexes and are written only when they change.
 */
export function appendText(rows: readonly LogRow[], first: number): string {
  const newest = new Map<string, number>()
  let at = 0
  const values = rows.map((row, index) => {
    const id = text(row.documentId)
    const content = newest.has(id) ? bytes(row.bytes) : `(SELECT ${bytes(row.bytes)} FROM document WHERE id=${id} AND state IN (${openStateList}))`
    newest.set(id, first + index)
    at = Math.max(at, row.at)
    return `(${first + index},${id},${content},${text(row.personId)},${text(row.sessionId)},${whole(row.at)})`
  })
  const versions = [...newest].map(([id, seq]) => `UPDATE document SET version=${seq} WHERE id=${id}`)
  const changed = `UPDATE document SET changed_at=${whole(at)},is_stale=1 WHERE id IN (${[...newest.keys()].join(',')}) AND (is_stale<>1 OR changed_at<${whole(at - changedAtStepMs)})`
  const inserts: string[] = []
  for (let from = 0; from < values.length; from += rowsAtOnce)
    inserts.push(`INSERT INTO document_update(seq,document_id,bytes,person_id,session_id,at) VALUES ${values.slice(from, from + rowsAtOnce).join(',')}`)
  return [...inserts, ...versions, changed].join(';\n')
}

/** Whether an error is the refusal described above. */
export function isRefusedText(cause: unknown): boolean {
  return String(cause).includes('NOT NULL constraint failed: document_update.bytes')
}

function text(value: string): string {
  // SQLite ends the text of a statement at a zero byte.
  if (value.includes('\0')) throw new Error('Bug: a zero byte in an id')
  return `'${value.replaceAll("'", "''")}'`
}

function bytes(value: Uint8Array): string {
  return `x'${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}'`
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error('Bug: a time that is no whole number')
  return String(value)
}

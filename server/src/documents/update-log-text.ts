/** Rows of live editing as one piece of SQL for SQLite: one call to the engine per commit, however many documents it holds. */
import { documentStates, isFrozenState } from '@xiewen/shared/documents'
import type { LogRow } from '../platform/realtime/ports.ts'

const openStates = documentStates.filter((state) => !isFrozenState(state))

/** The statements that append `rows` under the numbers from `first` on.
 *
 * The bytes are selected out of the document's own row: where the document is gone or signed there is no row, so the column that
 * must not be null refuses the whole commit. Rights were asked for when the frames arrived; a signature may have come since.
 */
export function appendText(rows: readonly LogRow[], first: number): string {
  const open = openStates.map(text).join(',')
  const values = rows.map(
    (row, index) =>
      `(${first + index},${text(row.documentId)},(SELECT ${bytes(row.bytes)} FROM document WHERE id=${text(row.documentId)} AND state IN (${open})),` +
      `${text(row.personId)},${text(row.sessionId)},${whole(row.at)})`,
  )
  const newest = new Map(rows.map((row, index) => [row.documentId, { seq: first + index, at: row.at }]))
  const updates = [...newest].map(
    ([id, { seq, at }]) => `UPDATE document SET version=${seq},changed_at=${whole(at)},is_stale=1 WHERE id=${text(id)}`,
  )
  return [`INSERT INTO document_update(seq,document_id,bytes,person_id,session_id,at) VALUES ${values.join(',')}`, ...updates].join(';\n')
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

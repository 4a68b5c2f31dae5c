/** Rows of live editing as one statement for PostgreSQL: one way there and back per commit, however many documents it holds. */
import { documentStates, isFrozenState } from '@xiewen/shared/documents'
import { sql } from 'kysely'
import type { WriteDb } from '../platform/database/index.ts'
import { Fault } from '../platform/log/fault.ts'
import type { LogRow } from '../platform/realtime/ports.ts'

const openStates = documentStates.filter((state) => !isFrozenState(state))

/** How much later than its stored time of change a document may be changed before that time is written again (ms): it stands in
 * indexes, and lists show minutes. */
const changedAtStepMs = 5_000

/** Appends rows, and notes in their documents that they have changed.
 *
 * @returns the rows' numbers, in the order given
 * @throws Fault when a document is frozen or gone: then nothing is written
 */
export async function appendAtOnce(db: WriteDb, rows: readonly LogRow[]): Promise<readonly number[]> {
  const ids = rows.map((row) => row.documentId)
  const { rows: numbered } = await sql<{ seq: number }>`
    with fresh(n, document_id, bytes, person_id, session_id, at) as (
      select * from unnest(${rows.map((_, n) => n + 1)}::int[], ${ids}::text[], ${rows.map((row) => Buffer.from(row.bytes))}::bytea[],
        ${rows.map((row) => row.personId)}::text[], ${rows.map((row) => row.sessionId)}::text[], ${rows.map((row) => row.at)}::bigint[])
    ), open as (
      select id from document where id in (select document_id from fresh) and state = any(${openStates}::text[])
    ), last as (
      select coalesce(max(seq), 0) as seq from document_update
    ), added as (
      insert into document_update (seq, document_id, bytes, person_id, session_id, at)
      select last.seq + fresh.n, fresh.document_id, fresh.bytes, fresh.person_id, fresh.session_id, fresh.at from fresh, last
      where (select count(*) from open) = ${new Set(ids).size}
      returning seq, document_id, at
    ), newest as (
      select document_id, max(seq) as seq, max(at) as at from added group by document_id
    ), noted as (
      update document set version = newest.seq, is_stale = 1,
        changed_at = case when document.is_stale <> 1 or document.changed_at < newest.at - ${changedAtStepMs} then newest.at else document.changed_at end
      from newest where document.id = newest.document_id
    )
    select seq from added order by seq`.execute(db.kysely)
  // Rights were asked for when the frames arrived; a signature may have been given since.
  if (numbered.length < rows.length) throw new Fault('updates for a document that is gone or has been signed')
  return numbered.map(({ seq }) => Number(seq))
}

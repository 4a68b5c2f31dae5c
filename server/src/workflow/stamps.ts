/** Time stamps (时间戳) over the signatures of opinions. They come after the act, from the office's service: nobody waits for them. */
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { OpinionStampRecord, WorkflowTables } from './tables.ts'

/** A signature (base64) that waits for its stamp. */
export interface UnstampedOpinion {
  readonly caseId: string
  readonly seq: number
  readonly signature: string
}

function unstamped(db: ReadDb) {
  return tables<WorkflowTables>(db)
    .selectFrom('workflow_opinion')
    .leftJoin('workflow_opinion_stamp', (join) => join.onRef('workflow_opinion_stamp.case_id', '=', 'workflow_opinion.case_id').onRef('workflow_opinion_stamp.seq', '=', 'workflow_opinion.seq'))
    .select(['workflow_opinion.case_id as caseId', 'workflow_opinion.seq as seq', 'workflow_opinion.signature as signature'])
    .where('workflow_opinion_stamp.seq', 'is', null)
    .orderBy('workflow_opinion.case_id')
    .orderBy('workflow_opinion.seq')
}

/** Opinions of a case without a stamp, oldest first. */
export function listUnstampedOf(db: ReadDb, caseId: string): Promise<readonly UnstampedOpinion[]> {
  return unstamped(db).where('workflow_opinion.case_id', '=', caseId).execute()
}

/** Opinions of any case without a stamp, the oldest cases first, at most `limit`. */
export function listUnstamped(db: ReadDb, limit: number): Promise<readonly UnstampedOpinion[]> {
  return unstamped(db).limit(limit).execute()
}

/** Keeps a stamp (base64). The first one stays: it proves the earlier time. */
export async function keepStamp(db: WriteDb, stamp: { readonly caseId: string; readonly seq: number; readonly token: string; readonly at: number }): Promise<void> {
  const row: OpinionStampRecord = { case_id: stamp.caseId, seq: stamp.seq, token: stamp.token, stamped_at: stamp.at }
  await tables<WorkflowTables>(db).insertInto('workflow_opinion_stamp').values(row).onConflict((conflict) => conflict.columns(['case_id', 'seq']).doNothing()).execute()
}

/** Stamps of a case. */
export function listStamps(db: ReadDb, caseId: string): Promise<readonly OpinionStampRecord[]> {
  return tables<WorkflowTables>(db).selectFrom('workflow_opinion_stamp').selectAll().where('case_id', '=', caseId).execute()
}

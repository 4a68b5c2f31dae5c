/** The only SQL of the workflow room. */
import type { CaseEvent, CaseState, OpinionStatement } from '@xiewen/shared/workflow'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { CaseRecord, OpinionRecord, ReadingRecord, TaskRecord, WorkflowTables } from './tables.ts'

/** A case with its row and folded state. */
export interface StoredCase {
  readonly row: CaseRecord
  readonly state: CaseState
}

function stored(row: CaseRecord | undefined): StoredCase | null {
  // Safe because `saveCase` is the only writer of the column.
  return row ? { row, state: JSON.parse(row.state) as CaseState } : null
}

/** A case by id, or null. */
export async function findCase(db: ReadDb, caseId: string): Promise<StoredCase | null> {
  return stored(await tables<WorkflowTables>(db).selectFrom('workflow_case').selectAll().where('id', '=', caseId).executeTakeFirst())
}

/** The newest case of a document, or null. */
export async function findCaseOfDocument(db: ReadDb, documentId: string): Promise<StoredCase | null> {
  const query = tables<WorkflowTables>(db).selectFrom('workflow_case').selectAll().where('document_id', '=', documentId)
  return stored(await query.orderBy('started_at', 'desc').orderBy('id', 'desc').executeTakeFirst())
}

/** Every case of a document, newest first: a stopped one (终止) may be followed by another. */
export async function listCasesOfDocument(db: ReadDb, documentId: string): Promise<readonly StoredCase[]> {
  const rows = await tables<WorkflowTables>(db).selectFrom('workflow_case').selectAll().where('document_id', '=', documentId).orderBy('started_at', 'desc').orderBy('id', 'desc').execute()
  return rows.flatMap((row) => stored(row) ?? [])
}

/** Stores a new case or the next state of one, with the events that led there and its tasks. */
export async function saveCase(db: WriteDb, row: CaseRecord, state: CaseState, events: readonly CaseEvent[]): Promise<void> {
  const own = tables<WorkflowTables>(db)
  const { id, ...rest } = row
  await own.insertInto('workflow_case').values(row).onConflict((conflict) => conflict.column('id').doUpdateSet(rest)).execute()
  const last = await own.selectFrom('workflow_event').select((eb) => eb.fn.max('seq').as('seq')).where('case_id', '=', id).executeTakeFirst()
  const first = Number(last?.seq ?? 0) + 1
  const bodies = events.map((event, index) => ({ case_id: id, seq: first + index, body: JSON.stringify(event), at: row.changed_at }))
  if (bodies.length > 0) await own.insertInto('workflow_event').values(bodies).execute()
  for (const task of state.tasks) {
    if (task.changedAt !== state.version) continue
    const change = { step: task.step, post_id: task.postId, state: task.state, due_at: task.dueAt }
    await own
      .insertInto('workflow_task')
      .values({ id: task.id, case_id: id, document_id: row.document_id, urged_at: null, ...change })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
      .execute()
  }
}

/** Events of a case in order. */
export async function listEvents(db: ReadDb, caseId: string): Promise<readonly CaseEvent[]> {
  const rows = await tables<WorkflowTables>(db).selectFrom('workflow_event').select('body').where('case_id', '=', caseId).orderBy('seq').execute()
  // Safe because `saveCase` is the only writer of the column.
  return rows.map((row) => JSON.parse(row.body) as CaseEvent)
}

/** Task rows of a case. */
export function listTaskRows(db: ReadDb, caseId: string): Promise<TaskRecord[]> {
  return tables<WorkflowTables>(db).selectFrom('workflow_task').selectAll().where('case_id', '=', caseId).execute()
}

/** A task row, or null. */
export async function findTaskRow(db: ReadDb, taskId: string): Promise<TaskRecord | null> {
  return (await tables<WorkflowTables>(db).selectFrom('workflow_task').selectAll().where('id', '=', taskId).executeTakeFirst()) ?? null
}

/** Remembers when a task was urged last. */
export async function markUrged(db: WriteDb, taskId: string, at: number): Promise<void> {
  await tables<WorkflowTables>(db).updateTable('workflow_task').set({ urged_at: at }).where('id', '=', taskId).execute()
}

/** Cases with a live task of a post, or started by it: what a successor takes over. */
export async function listCasesOfPost(db: ReadDb, postId: string): Promise<readonly StoredCase[]> {
  const running = await tables<WorkflowTables>(db).selectFrom('workflow_case').selectAll().where('status', '=', 'running').where('state', 'like', `%${postId}%`).execute()
  return running.flatMap((row) => stored(row) ?? [])
}

/** Remembers that a person acted in a case. */
export async function markActed(db: WriteDb, caseId: string, personId: string, at: number): Promise<void> {
  await tables<WorkflowTables>(db)
    .insertInto('workflow_participant')
    .values({ case_id: caseId, person_id: personId, acted_at: at })
    .onConflict((conflict) => conflict.columns(['case_id', 'person_id']).doUpdateSet({ acted_at: at }))
    .execute()
}

/** Cases a person started, newest first. */
export function listStarted(db: ReadDb, personId: string, page: { readonly running?: boolean | undefined; readonly limit: number; readonly offset: number }): Promise<CaseRecord[]> {
  let query = tables<WorkflowTables>(db).selectFrom('workflow_case').selectAll().where('starter_person_id', '=', personId)
  if (page.running !== undefined) query = query.where('status', page.running ? '=' : '!=', 'running')
  return query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(page.limit).offset(page.offset).execute()
}

/** Cases a person has acted in, last act first. */
export function listActed(db: ReadDb, personId: string, page: { readonly limit: number; readonly offset: number }): Promise<CaseRecord[]> {
  return tables<WorkflowTables>(db)
    .selectFrom('workflow_case')
    .innerJoin('workflow_participant', 'workflow_participant.case_id', 'workflow_case.id')
    .selectAll('workflow_case')
    .where('workflow_participant.person_id', '=', personId)
    .orderBy('workflow_participant.acted_at', 'desc')
    .orderBy('workflow_case.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

/** Opinions of a case, oldest first. */
export function listOpinions(db: ReadDb, caseId: string): Promise<OpinionRecord[]> {
  return tables<WorkflowTables>(db).selectFrom('workflow_opinion').selectAll().where('case_id', '=', caseId).orderBy('seq').execute()
}

/** The newest opinion of a case, or null. */
export async function findLastOpinion(db: ReadDb, caseId: string): Promise<OpinionRecord | null> {
  const query = tables<WorkflowTables>(db).selectFrom('workflow_opinion').selectAll().where('case_id', '=', caseId)
  return (await query.orderBy('seq', 'desc').executeTakeFirst()) ?? null
}

/** Adds an opinion at the end of the stream. There is no function that changes or removes one. */
export async function appendOpinion(db: WriteDb, row: OpinionRecord): Promise<void> {
  await tables<WorkflowTables>(db).insertInto('workflow_opinion').values(row).execute()
}

/** The signed statement of an opinion. */
export function statementOf(row: Pick<OpinionRecord, 'statement'>): OpinionStatement {
  // Safe because only statements made by `prepareOpinion` are stored.
  return JSON.parse(row.statement) as OpinionStatement
}

/** Readers of a case, in the order they were asked. */
export function listReadings(db: ReadDb, caseId: string): Promise<ReadingRecord[]> {
  return tables<WorkflowTables>(db).selectFrom('workflow_reading').selectAll().where('case_id', '=', caseId).orderBy('at').orderBy('post_id').execute()
}

/** Read counters of many cases. */
export async function countReadings(db: ReadDb, caseIds: readonly string[]): Promise<ReadonlyMap<string, { readonly read: number; readonly total: number }>> {
  if (caseIds.length === 0) return new Map()
  const rows = await tables<WorkflowTables>(db)
    .selectFrom('workflow_reading')
    .select((eb) => ['case_id', eb.fn.countAll<number>().as('total'), eb.fn.count<number>('read_at').as('read')])
    .where('case_id', 'in', caseIds)
    .groupBy('case_id')
    .execute()
  return new Map(rows.map((row) => [row.case_id, { read: Number(row.read), total: Number(row.total) }]))
}

/** Asks a post to read; asking again after it has read starts anew, the former opinion stays in the stream. */
export async function putReading(db: WriteDb, row: ReadingRecord): Promise<void> {
  const { case_id: _case, post_id: _post, ...rest } = row
  await tables<WorkflowTables>(db)
    .insertInto('workflow_reading')
    .values(row)
    .onConflict((conflict) => conflict.columns(['case_id', 'post_id']).doUpdateSet(rest))
    .execute()
}

/** Changes a reader's row. */
export async function changeReading(db: WriteDb, caseId: string, postId: string, change: Partial<Pick<ReadingRecord, 'read_at' | 'read_by' | 'opinion' | 'urged_at'>>): Promise<void> {
  await tables<WorkflowTables>(db).updateTable('workflow_reading').set(change).where('case_id', '=', caseId).where('post_id', '=', postId).execute()
}

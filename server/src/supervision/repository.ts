/** The only SQL about single assignments. Lists are in `ledger.ts`. */
import type { BlobDigest, WorkCalendar } from '@xiewen/shared/base'
import {
  type Assignment, type AssignmentEvent, type AssignmentNumber, type Evidence, type EvidenceId, formatAssignmentNumber, isEnded,
  lampDates, leadOf, mayView,
} from '@xiewen/shared/supervision'
import type { Actor } from '../platform/context.ts'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import { relationOf } from './relation.ts'
import type { AssignmentRecord, EventRecord, EvidenceRecord, SupervisionTables } from './tables.ts'

/** An assignment with the title of its source as it was when put forward. */
export interface StoredAssignment {
  readonly assignment: Assignment
  readonly sourceTitle: string
}

/** Reads the body of a row. */
export function assignmentOf(row: Pick<AssignmentRecord, 'body'>): Assignment {
  // Safe because `saveAssignment` is the only writer of the column.
  return JSON.parse(row.body) as Assignment
}

/** An assignment whoever asks: for jobs, reactions and other rooms. */
export async function findAssignment(db: ReadDb, id: string): Promise<StoredAssignment | null> {
  const row = await tables<SupervisionTables>(db).selectFrom('assignment').select(['body', 'source_title']).where('id', '=', id).executeTakeFirst()
  return row ? { assignment: assignmentOf(row), sourceTitle: row.source_title } : null
}

/** An assignment the actor may see, or null. */
export async function findAssignmentFor(db: ReadDb, actor: Actor, id: string): Promise<StoredAssignment | null> {
  const found = await findAssignment(db, id)
  return found && mayView(found.assignment, relationOf(actor, found.assignment)) ? found : null
}

/** Assignments that were made from a document and not cancelled. */
export async function listOfSource(db: ReadDb, documentId: string): Promise<readonly Assignment[]> {
  const rows = await tables<SupervisionTables>(db).selectFrom('assignment').select('body').where('source_id', '=', documentId).where('state', '!=', 'cancelled').execute()
  return rows.map(assignmentOf)
}

/** The next number of an organ's year. The single writer makes it safe; the unique constraint makes it sure. */
export async function nextNumber(db: ReadDb, organId: string, year: number): Promise<AssignmentNumber> {
  const last = await tables<SupervisionTables>(db)
    .selectFrom('assignment')
    .select((eb) => eb.fn.max('number_serial').as('serial'))
    .where('organ_id', '=', organId)
    .where('number_year', '=', year)
    .executeTakeFirst()
  return { year, serial: Number(last?.serial ?? 0) + 1 }
}

/** Stores a new assignment. */
export async function addAssignment(db: WriteDb, stored: StoredAssignment, calendar: WorkCalendar, now: number): Promise<void> {
  await tables<SupervisionTables>(db).insertInto('assignment').values(rowOf(stored, calendar, now)).execute()
}

/** Stores an assignment after an event, with the event itself. */
export async function saveAssignment(db: WriteDb, stored: StoredAssignment, event: AssignmentEvent, calendar: WorkCalendar, now: number): Promise<void> {
  const { assignment } = stored
  const own = tables<SupervisionTables>(db)
  const { id, created_at: _created, ...change } = rowOf(stored, calendar, now)
  await own.updateTable('assignment').set(change).where('id', '=', id).execute()
  await own
    .insertInto('assignment_event')
    .values({ assignment_id: assignment.id, seq: assignment.version, kind: event.kind, body: JSON.stringify(event), at: event.at })
    .execute()
  if (event.kind !== 'assigned') return
  await own.insertInto('assignment_part').values(assignment.parts.map((part) => ({ assignment_id: assignment.id, unit_id: part.unitId, role: part.role }))).execute()
}

/** Stores the dates at which the lamp changes, after the calendar did. */
export async function saveDates(db: WriteDb, assignment: Assignment, calendar: WorkCalendar): Promise<void> {
  const { yellowOn, redOn } = lampDates(assignment, calendar)
  await tables<SupervisionTables>(db).updateTable('assignment').set({ yellow_on: yellowOn, red_on: redOn }).where('id', '=', assignment.id).execute()
}

/** Assignments whose clock runs. */
export async function listRunning(db: ReadDb): Promise<readonly StoredAssignment[]> {
  const rows = await tables<SupervisionTables>(db).selectFrom('assignment').select(['body', 'source_title']).where('state', 'not in', ['proposed', 'closed', 'cancelled']).execute()
  return rows.map((row) => ({ assignment: assignmentOf(row), sourceTitle: row.source_title }))
}

/** Events of an assignment, oldest first. */
export function listEvents(db: ReadDb, id: string): Promise<EventRecord[]> {
  return tables<SupervisionTables>(db).selectFrom('assignment_event').selectAll().where('assignment_id', '=', id).orderBy('seq').execute()
}

function rowOf({ assignment, sourceTitle }: StoredAssignment, calendar: WorkCalendar, now: number): AssignmentRecord {
  const { yellowOn, redOn } = lampDates(assignment, calendar)
  return {
    id: assignment.id,
    organ_id: assignment.organId,
    state: assignment.state,
    number_year: assignment.number?.year ?? null,
    number_serial: assignment.number?.serial ?? null,
    source_kind: assignment.source.kind,
    source_id: assignment.source.documentId,
    source_block: assignment.source.block,
    source_title: sourceTitle,
    leader_post_id: assignment.leaderPostId,
    lead_unit_id: leadOf(assignment),
    assigned_on: assignment.assignedOn,
    due_on: assignment.dueOn,
    finished_on: assignment.finishedOn,
    yellow_on: yellowOn,
    red_on: redOn,
    sort_key: sortKeyOf(assignment),
    search: searchTextOf(assignment, sourceTitle),
    body: JSON.stringify(assignment),
    created_at: assignment.createdAt,
    changed_at: now,
    version: assignment.version,
  }
}

const farFuture = 9_999_999_999_999

function sortKeyOf(assignment: Assignment): string {
  if (assignment.state === 'proposed') return `0.${assignment.createdAt}`
  if (!isEnded(assignment.state)) return `1.${assignment.dueOn ?? ''}`
  return `2.${farFuture - (assignment.endedAt ?? 0)}`
}

function searchTextOf(assignment: Assignment, sourceTitle: string): string {
  const number = assignment.number ? formatAssignmentNumber(assignment.number) : ''
  const units = assignment.parts.map((part) => part.unitName).join(' ')
  return [number, assignment.title, assignment.task, sourceTitle, assignment.source.label, units].join('\n').toLowerCase()
}

/** Stores the row of an evidence file. */
export async function addEvidence(db: WriteDb, row: EvidenceRecord): Promise<void> {
  await tables<SupervisionTables>(db).insertInto('assignment_evidence').values(row).execute()
}

/** One evidence file of an assignment, or null. */
export async function findEvidence(db: ReadDb, assignmentId: string, evidenceId: string): Promise<EvidenceRecord | null> {
  const query = tables<SupervisionTables>(db).selectFrom('assignment_evidence').selectAll().where('assignment_id', '=', assignmentId).where('id', '=', evidenceId)
  return (await query.executeTakeFirst()) ?? null
}

/** An evidence row as reports cite it. */
export function evidenceOf(row: EvidenceRecord): Evidence {
  // Safe because the id comes from `newId` and the digest from the blob store.
  return { id: row.id as EvidenceId, name: row.name, sizeBytes: Number(row.size_bytes), digest: row.blob as BlobDigest }
}

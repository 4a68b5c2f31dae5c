/** Documents and grants: reading with sight checked, and writing. The only SQL about them. */
import type { DocumentId, DocumentState, DocumentView } from '@xiewen/shared/documents'
import { documentKinds, effectiveRight, type DocumentRight, urgencies } from '@xiewen/shared/documents'
import type { PersonId, UnitId } from '@xiewen/shared/directory'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { Holders } from './holders.ts'
import type { DocumentRecord, DocumentTables, GrantRecord } from './tables.ts'

/** A document as found for somebody: never handed out without a right to read. */
export interface SeenDocument {
  readonly row: DocumentRecord
  readonly right: Exclude<DocumentRight, 'none'>
}

/** A document whoever asks; for other rooms' doors and for jobs. */
export async function findDocument(db: ReadDb, documentId: string): Promise<DocumentRecord | null> {
  return (await tables<DocumentTables>(db).selectFrom('document').selectAll().where('id', '=', documentId).executeTakeFirst()) ?? null
}

/** A document if one of the holders may read it, with the strongest right in force; null otherwise. */
export async function findDocumentFor(db: ReadDb, holders: Holders, documentId: string): Promise<SeenDocument | null> {
  const row = await findDocument(db, documentId)
  if (!row) return null
  const right = await findRight(db, holders, row)
  return right === 'none' ? null : { row, right }
}

/** The right the holders have in a document. */
export async function findRight(db: ReadDb, holders: Holders, row: Pick<DocumentRecord, 'id' | 'state'>): Promise<DocumentRight> {
  const grants = await tables<DocumentTables>(db)
    .selectFrom('document_grant')
    .select(['access', 'source'])
    .where('document_id', '=', row.id)
    .where('holder', 'in', holders.keys)
    .execute()
  return effectiveRight(row.state, grants.map((grant) => ({ right: grant.access, source: grant.source })), holders.isAdministrator)
}

/** All grants of a document. */
export function listGrants(db: ReadDb, documentId: string): Promise<GrantRecord[]> {
  return tables<DocumentTables>(db).selectFrom('document_grant').selectAll().where('document_id', '=', documentId).orderBy('holder').execute()
}

/** Gives access; the same holder and source replace what they had. */
export async function putGrant(db: WriteDb, grant: GrantRecord): Promise<void> {
  await tables<DocumentTables>(db)
    .insertInto('document_grant')
    .values(grant)
    .onConflict((conflict) => conflict.columns(['document_id', 'holder', 'source']).doUpdateSet({ access: grant.access }))
    .execute()
}

/** Takes away what a source gave; to one holder only when given. */
export async function dropGrants(db: WriteDb, documentId: string, source: string, holder?: string): Promise<void> {
  const grants = tables<DocumentTables>(db).deleteFrom('document_grant').where('document_id', '=', documentId).where('source', '=', source)
  await (holder === undefined ? grants : grants.where('holder', '=', holder)).execute()
}

/** Stores a new document. */
export async function addDocument(db: WriteDb, row: Omit<DocumentRecord, 'serial'>): Promise<DocumentRecord> {
  const last = await tables<DocumentTables>(db).selectFrom('document').select((eb) => eb.fn.max('serial').as('serial')).executeTakeFirst()
  const whole = { ...row, serial: Number(last?.serial ?? 0) + 1 }
  await tables<DocumentTables>(db).insertInto('document').values(whole).execute()
  return whole
}

/** Changes fields of a document. */
export async function changeDocument(db: WriteDb, documentId: string, change: Partial<Omit<DocumentRecord, 'id' | 'serial'>>): Promise<void> {
  await tables<DocumentTables>(db).updateTable('document').set(change).where('id', '=', documentId).execute()
}

/** Removes a draft with everything that belongs to it. */
export async function removeDocument(db: WriteDb, documentId: string): Promise<void> {
  const own = tables<DocumentTables>(db)
  for (const table of ['document_update', 'document_snapshot', 'document_version', 'document_grant', 'document_attachment', 'document_text', 'document_thread', 'document_comment', 'document_desk', 'document_beginning'] as const) {
    await own.deleteFrom(table).where('document_id', '=', documentId).execute()
  }
  await own.deleteFrom('document').where('id', '=', documentId).execute()
}

/** People who wrote in the text up to a row of the log. */
export async function listAuthors(db: ReadDb, documentId: string, upTo: number): Promise<readonly string[]> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('document_update')
    .select('person_id')
    .distinct()
    .where('document_id', '=', documentId)
    .where('seq', '<=', upTo)
    .execute()
  return rows.map((row) => row.person_id)
}

/** Present a stored document to rooms and pages. */
export function presentDocument(row: DocumentRecord): DocumentView {
  return {
    // Safe because ids come from `newId`.
    id: row.id as DocumentId,
    title: row.title,
    kind: documentKinds.find((kind) => kind === row.kind) ?? '通知',
    state: row.state satisfies DocumentState,
    origin: row.origin,
    number: numberOf(row),
    urgency: urgencies.find((urgency) => urgency === row.urgency) ?? 'none',
    // Safe because ids come from the directory.
    ownerPersonId: row.owner_person_id as PersonId,
    ownerName: row.owner_name,
    organId: row.organ_id as UnitId,
    organName: row.organ_name,
    unitName: row.unit_name,
    createdAt: Number(row.created_at),
    changedAt: Number(row.changed_at),
    version: Number(row.version),
    frozenDigest: row.frozen_digest,
  }
}

/** The number in force, or null. */
export function numberOf(row: DocumentRecord): DocumentView['number'] {
  return row.number_code === null || row.number_year === null || row.number_serial === null
    ? null
    : { code: row.number_code, year: row.number_year, serial: row.number_serial }
}

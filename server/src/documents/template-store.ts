/** Templates: their rows and versions, and which one a document was begun from. */
import {
  documentKinds, type TemplateContent, templateContentSchema, type TemplateId, type TemplateRow, type TemplateState, type TemplateVersion, upcastDocument,
} from '@xiewen/shared/documents'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import { Refused } from '../platform/log/fault.ts'
import type { BeginningRecord, DocumentTables, TemplateRecord, TemplateVersionRecord } from './tables.ts'

/** A template in one of its versions. */
export interface StoredTemplate {
  readonly record: TemplateRecord
  readonly content: TemplateContent
  readonly row: TemplateRow
}

/** A template of an organ, in its newest version or the one named; null when there is none. */
export async function findTemplate(db: ReadDb, organId: string, templateId: string, version?: number): Promise<StoredTemplate | null> {
  const own = tables<DocumentTables>(db)
  const record = await own.selectFrom('document_template').selectAll().where('id', '=', templateId).where('organ_id', '=', organId).executeTakeFirst()
  if (!record) return null
  const kept = await own
    .selectFrom('document_template_version')
    .selectAll()
    .where('template_id', '=', templateId)
    .where('version', '=', version ?? record.version)
    .executeTakeFirst()
  return kept ? present(record, kept) : null
}

/** The templates of an organ by kind and name. */
export async function listTemplates(db: ReadDb, organId: string, states: readonly TemplateState[]): Promise<readonly StoredTemplate[]> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('document_template as template')
    .innerJoin('document_template_version as kept', (join) => join.onRef('kept.template_id', '=', 'template.id').onRef('kept.version', '=', 'template.version'))
    .selectAll('kept')
    .select(['template.id', 'template.organ_id', 'template.name', 'template.kind', 'template.state', 'template.version as newest'])
    .where('template.organ_id', '=', organId)
    .where('template.state', 'in', [...states])
    .orderBy('template.kind')
    .orderBy('template.name')
    .execute()
  return rows.map((row) => present({ ...row, version: row.newest }, row))
}

function present(record: TemplateRecord, kept: TemplateVersionRecord): StoredTemplate {
  const content = contentOf(kept)
  const row: TemplateRow = {
    // Safe because ids come from `newId`.
    id: record.id as TemplateId,
    name: content.name,
    purpose: content.purpose,
    kind: documentKinds.find((kind) => kind === content.document.elements.kind) ?? '通知',
    format: content.document.elements.format,
    code: content.code,
    state: record.state,
    version: kept.version,
    changedAt: Number(kept.at),
    changedByName: kept.person_name,
  }
  return { record, content, row }
}

/** What a version holds, in today's shape. */
function contentOf(kept: TemplateVersionRecord): TemplateContent {
  const stored: unknown = JSON.parse(kept.content)
  const document = upcastDocument(typeof stored === 'object' && stored !== null && 'document' in stored ? stored.document : null)
  if (!document.ok) throw new Refused(document.refusal.code, document.refusal.params)
  return templateContentSchema.parse({ ...Object(stored), document: document.value })
}

/** The versions of a template, the newest first. */
export async function listTemplateVersions(db: ReadDb, templateId: string): Promise<readonly TemplateVersion[]> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('document_template_version')
    .select(['version', 'reason', 'at', 'person_name'])
    .where('template_id', '=', templateId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map((row) => ({ version: row.version, reason: row.reason, at: Number(row.at), byName: row.person_name }))
}

/** Whether another template in use has the name. */
export async function isTemplateNameTaken(db: ReadDb, organId: string, name: string, except: string | null): Promise<boolean> {
  const rows = await tables<DocumentTables>(db)
    .selectFrom('document_template')
    .select('id')
    .where('organ_id', '=', organId)
    .where('name', '=', name)
    .where('state', '=', 'in-use')
    .execute()
  return rows.some((row) => row.id !== except)
}

/** Stores a version and makes it the newest; the template itself too when it is the first. */
export async function storeTemplate(db: WriteDb, record: TemplateRecord, kept: Omit<TemplateVersionRecord, 'template_id' | 'version'>): Promise<void> {
  const { id, ...rest } = record
  const own = tables<DocumentTables>(db)
  await own.insertInto('document_template').values(record).onConflict((conflict) => conflict.column('id').doUpdateSet(rest)).execute()
  await own.insertInto('document_template_version').values({ ...kept, template_id: id, version: record.version }).execute()
}

/** Retires a template or takes it into use again. */
export async function setTemplateState(db: WriteDb, templateId: string, state: TemplateState): Promise<void> {
  await tables<DocumentTables>(db).updateTable('document_template').set({ state }).where('id', '=', templateId).execute()
}

/** Remembers what a document was begun from. */
export async function storeBeginning(db: WriteDb, beginning: BeginningRecord): Promise<void> {
  await tables<DocumentTables>(db).insertInto('document_beginning').values(beginning).execute()
}

/** The 机关代字 the template of a document names, or empty. */
export async function findTemplateCode(db: ReadDb, documentId: string): Promise<string> {
  const row = await tables<DocumentTables>(db).selectFrom('document_beginning').select('code').where('document_id', '=', documentId).executeTakeFirst()
  return row?.code ?? ''
}

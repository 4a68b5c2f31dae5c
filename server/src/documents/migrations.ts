/** Creates the tables of the documents room. */
import { sql } from 'kysely'
import type { Migration, MigrationStep, WriteDb } from '../platform/database/index.ts'
import { indexAll } from './search-index.ts'

/** The room's migrations, forward only. */
export const documentsMigrations: readonly Migration[] = [
  { name: '20261122T1000-documents-create', up: createDocuments },
  { name: '20261122T1001-documents-log', up: createLog },
  { name: '20261122T1002-documents-register', up: createRegister },
  { name: '20261122T1003-documents-search', up: createSearch },
  { name: '20261122T1220-documents-list-order', up: orderLists },
  { name: '20261123T0050-documents-register-order', up: orderRegister },
  { name: '20261127T2055-documents-find-numbers', up: findNumbers },
  { name: '20261127T2130-documents-checker', up: createChecker },
  { name: '20261127T2200-documents-comments', up: createComments },
  { name: '20261128T0010-documents-templates', up: createTemplates },
  { name: '20261128T0115-documents-sealed-organs', up: createSealedOrgans },
  { name: '20261128T0020-documents-by-state', up: orderByState },
  { name: '20261128T0400-documents-handed-in', up: createHandedIn },
  { name: '20261128T0910-documents-foreign-changes', up: createForeignChanges },
  { name: '20261128T1220-documents-foreign-comments', up: createForeignComments },
  { name: '20261128T1240-documents-typefaces', up: createTypefaces },
]

async function createDocuments({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('serial', 'bigint', (c) => c.notNull().unique())
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('urgency', 'text', (c) => c.notNull())
    .addColumn('owner_person_id', 'text', (c) => c.notNull())
    .addColumn('owner_name', 'text', (c) => c.notNull())
    .addColumn('owner_post_id', 'text', (c) => c.notNull())
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('unit_name', 'text', (c) => c.notNull())
    .addColumn('organ_id', 'text', (c) => c.notNull())
    .addColumn('organ_name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('is_stale', 'integer', (c) => c.notNull())
    .addColumn('was_submitted', 'integer', (c) => c.notNull())
    .addColumn('frozen_version_id', 'text')
    .addColumn('frozen_digest', 'text')
    .addColumn('number_code', 'text')
    .addColumn('number_year', 'integer')
    .addColumn('number_serial', 'integer')
    .execute()
  await schema.schema.createIndex('document_changed').on('document').columns(['changed_at', 'id']).execute()
  await schema.schema.createIndex('document_stale').on('document').columns(['is_stale', 'id']).execute()
  await schema.schema
    .createTable('document_grant')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('access', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_grant_key', ['document_id', 'holder', 'source'])
    .execute()
  await schema.schema.createIndex('document_grant_holder').on('document_grant').columns(['holder', 'document_id']).execute()
}

async function createLog({ schema, bytes }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_update')
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('bytes', sql.raw(bytes), (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await schema.schema.createIndex('document_update_document').on('document_update').columns(['document_id', 'seq']).execute()
  await schema.schema
    .createTable('document_snapshot')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('bytes', sql.raw(bytes), (c) => c.notNull())
    .addPrimaryKeyConstraint('document_snapshot_key', ['document_id', 'seq'])
    .execute()
  await schema.schema
    .createTable('document_version')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('state', sql.raw(bytes), (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('characters', 'integer', (c) => c.notNull())
    .addColumn('digest', 'text')
    .addColumn('is_frozen', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addUniqueConstraint('document_version_name', ['document_id', 'name'])
    .execute()
}

async function createRegister({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('number_register')
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('serial', 'integer', (c) => c.notNull())
    .addColumn('organ_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('document_id', 'text')
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('void_reason', 'text', (c) => c.notNull())
    .addColumn('voided_at', 'bigint')
    .addColumn('voided_by', 'text', (c) => c.notNull())
    // The last line of defence: whatever happens above, the same number cannot be stored twice.
    .addPrimaryKeyConstraint('number_register_key', ['code', 'year', 'serial'])
    .execute()
  await sql`create unique index number_register_document on number_register (document_id) where state = 'allocated'`.execute(schema)
  await schema.schema.createIndex('number_register_organ').on('number_register').columns(['organ_id', 'year', 'code', 'serial']).execute()
  await schema.schema
    .createTable('document_attachment')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('media_type', 'text', (c) => c.notNull())
    .addColumn('size_bytes', 'bigint', (c) => c.notNull())
    .addColumn('blob', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('removed_at', 'bigint')
    .execute()
  await schema.schema.createIndex('document_attachment_document').on('document_attachment').column('document_id').execute()
  await schema.schema
    .createTable('document_rendition')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('blob', 'text', (c) => c.notNull())
    .addColumn('pages', 'integer', (c) => c.notNull())
    .addColumn('anchors', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_rendition_key', ['document_id', 'stage'])
    .execute()
}

/** One's own and one's unit's documents in the order they are listed in. */
async function orderLists({ schema }: MigrationStep): Promise<void> {
  await schema.schema.createIndex('document_owner').on('document').columns(['owner_person_id', 'changed_at', 'id']).execute()
  await schema.schema.createIndex('document_unit').on('document').columns(['unit_id', 'changed_at', 'id']).execute()
}

/** The register in the order it is read in. */
async function orderRegister({ schema }: MigrationStep): Promise<void> {
  await schema.schema.createIndex('number_register_order').on('number_register').columns(['organ_id', 'year desc', 'code', 'serial desc']).execute()
}

/** Documents are found by number and drafter through the index; the register's totals are read from an index alone. */
async function findNumbers({ schema, dialect }: MigrationStep): Promise<void> {
  await schema.schema.createIndex('document_number').on('document').columns(['number_serial', 'number_year', 'changed_at']).execute()
  await schema.schema.createIndex('number_register_totals').on('number_register').columns(['organ_id', 'code', 'year', 'serial', 'state']).execute()
  // Safe because a migration runs in the writer's transaction.
  await indexAll({ kysely: schema, dialect } as WriteDb)
}

async function createSearch({ schema, dialect }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_text')
    .addColumn('document_id', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute()
  if (dialect === 'sqlite') {
    await sql`create virtual table document_search using fts5(tokens, tokenize='unicode61 remove_diacritics 0')`.execute(schema)
    return
  }
  await sql`create table document_search (serial bigint primary key, tokens tsvector not null)`.execute(schema)
  await sql`create index document_search_tokens on document_search using gin (tokens)`.execute(schema)
}

/** What offices set of the checker, and findings put aside. */
async function createChecker({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('checker_setting')
    .addColumn('organ_id', 'text', (c) => c.primaryKey())
    .addColumn('rules', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .execute()
  await schema.schema
    .createTable('document_ignored_finding')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('anchor', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_ignored_finding_key', ['document_id', 'rule', 'anchor'])
    .execute()
}

/** Comments, and which step a document was in while it lay on a desk. */
async function createComments({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_thread')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('quote', 'text', (c) => c.notNull())
    .addColumn('anchor_from', 'text', (c) => c.notNull())
    .addColumn('anchor_to', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('resolved_at', 'bigint')
    .addColumn('resolved_by', 'text', (c) => c.notNull())
    .execute()
  await schema.schema.createIndex('document_thread_document').on('document_thread').columns(['document_id', 'at', 'id']).execute()
  await schema.schema
    .createTable('document_comment')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('thread_id', 'text', (c) => c.notNull())
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addColumn('post_title', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('withdrawn_at', 'bigint')
    .execute()
  await schema.schema.createIndex('document_comment_document').on('document_comment').columns(['document_id', 'at', 'id']).execute()
  await schema.schema
    .createTable('document_desk')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('from_at', 'bigint', (c) => c.notNull())
    .addColumn('until_at', 'bigint')
    .addPrimaryKeyConstraint('document_desk_key', ['document_id', 'source', 'holder', 'from_at'])
    .execute()
}

/** Templates with every version of them, and what a document was begun from. */
async function createTemplates({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_template')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organ_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute()
  await schema.schema.createIndex('document_template_organ').on('document_template').columns(['organ_id', 'kind']).execute()
  await schema.schema
    .createTable('document_template_version')
    .addColumn('template_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_template_version_key', ['template_id', 'version'])
    .execute()
  await schema.schema
    .createTable('document_beginning')
    .addColumn('document_id', 'text', (c) => c.primaryKey())
    .addColumn('template_id', 'text', (c) => c.notNull())
    .addColumn('template_version', 'integer', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .execute()
}

/** One state is listed in its order: drafts are few among everything issued. */
async function orderByState({ schema }: MigrationStep): Promise<void> {
  await schema.schema.createIndex('document_state').on('document').columns(['state', 'changed_at', 'id']).execute()
}

/** Whose seals a final PDF bears. */
async function createSealedOrgans({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_sealed_organ')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('organ', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_sealed_organ_key', ['document_id', 'organ'])
    .execute()
}

/** Pictures of imported files, by who handed them in. */
async function createHandedIn({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_handed_in')
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('blob', 'text', (c) => c.notNull())
    .addColumn('size_bytes', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_handed_in_key', ['person_id', 'blob'])
    .execute()
}

/** What imported files say of their revisions, by who handed them in. */
async function createForeignChanges({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_foreign_change')
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('serial', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('said_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_foreign_change_key', ['person_id', 'serial'])
    .execute()
}

/** Comments of imported files by who handed them in, which draft was begun with which file, and whom a file names as the writer of
 * a comment. */
async function createForeignComments({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('document_handed_in_comments')
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('threads', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_handed_in_comments_key', ['person_id', 'mark'])
    .execute()
  await schema.schema
    .createTable('document_file_use')
    .addColumn('document_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_file_use_key', ['document_id', 'person_id', 'mark'])
    .execute()
  await schema.schema.createIndex('document_file_use_mark').on('document_file_use').columns(['person_id', 'mark']).execute()
  await schema.schema.alterTable('document_comment').addColumn('file_author', 'text').execute()
  await schema.schema.alterTable('document_comment').addColumn('file_date', 'text').execute()
}

/** What the office has chosen to print with, every choice of it: documents stay readable in the faces they were typeset with. */
async function createTypefaces({ schema }: MigrationStep): Promise<void> {
  await schema.schema
    .createTable('typeface_choice')
    .addColumn('version', 'integer', (c) => c.primaryKey())
    .addColumn('choices', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('person_name', 'text', (c) => c.notNull())
    .execute()
}

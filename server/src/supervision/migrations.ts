/** Migrations of the supervision room. */
import type { Migration, MigrationStep } from '../platform/database/index.ts'

/** In order. */
export const supervisionMigrations: readonly Migration[] = [
  { name: '20261122T1200-supervision-create', up: create },
  { name: '20261128T0010-supervision-sight', up: indexSight },
]

async function create({ schema }: MigrationStep): Promise<void> {
  await createAssignments(schema.schema)
  await createHistory(schema.schema)
}

/** For the ledger of those who see few assignments, and for tallies that are counted once per version. */
async function indexSight({ schema }: MigrationStep): Promise<void> {
  await schema.schema.alterTable('assignment').addColumn('version', 'integer', (c) => c.notNull().defaultTo(0)).execute()
  await schema.schema.createIndex('assignment_leader').on('assignment').columns(['leader_post_id']).execute()
  await schema.schema
    .createIndex('assignment_counted')
    .on('assignment')
    .columns(['organ_id', 'state', 'assigned_on', 'finished_on', 'due_on', 'yellow_on', 'red_on', 'lead_unit_id', 'version', 'id'])
    .execute()
}

async function createAssignments(schema: MigrationStep['schema']['schema']): Promise<void> {
  await schema
    .createTable('assignment')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organ_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('number_year', 'integer')
    .addColumn('number_serial', 'integer')
    .addColumn('source_kind', 'text', (c) => c.notNull())
    .addColumn('source_id', 'text')
    .addColumn('source_block', 'integer')
    .addColumn('source_title', 'text', (c) => c.notNull())
    .addColumn('leader_post_id', 'text')
    .addColumn('lead_unit_id', 'text')
    .addColumn('assigned_on', 'text')
    .addColumn('due_on', 'text')
    .addColumn('finished_on', 'text')
    .addColumn('yellow_on', 'text')
    .addColumn('red_on', 'text')
    .addColumn('sort_key', 'text', (c) => c.notNull())
    .addColumn('search', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    // The last line of defence: whatever happens above, the same number cannot be stored twice.
    .addUniqueConstraint('assignment_number', ['organ_id', 'number_year', 'number_serial'])
    .execute()
  await schema.createIndex('assignment_order').on('assignment').columns(['sort_key', 'id']).execute()
  await schema.createIndex('assignment_organ').on('assignment').columns(['organ_id', 'state', 'due_on']).execute()
  await schema.createIndex('assignment_source').on('assignment').columns(['source_id', 'source_block']).execute()
  await schema
    .createTable('assignment_part')
    .addColumn('assignment_id', 'text', (c) => c.notNull())
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('assignment_part_key', ['assignment_id', 'unit_id'])
    .execute()
  await schema.createIndex('assignment_part_unit').on('assignment_part').columns(['unit_id', 'assignment_id']).execute()
}

async function createHistory(schema: MigrationStep['schema']['schema']): Promise<void> {
  await schema
    .createTable('assignment_event')
    .addColumn('assignment_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('assignment_event_key', ['assignment_id', 'seq'])
    .execute()
  await schema
    .createTable('assignment_evidence')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('assignment_id', 'text', (c) => c.notNull())
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('size_bytes', 'bigint', (c) => c.notNull())
    .addColumn('blob', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await schema.createIndex('assignment_evidence_of').on('assignment_evidence').column('assignment_id').execute()
}

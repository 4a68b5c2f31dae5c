/** Migrations of the workflow room. */
import type { Migration } from '../platform/database/index.ts'

/** In order. */
export const workflowMigrations: readonly Migration[] = [
  {
    name: '20261122T1000-workflow-create',
    up: async ({ schema }) => {
      const create = schema.schema
      await create
        .createTable('workflow_case')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('document_id', 'text', (c) => c.notNull())
        .addColumn('template', 'text', (c) => c.notNull())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('urgency', 'text', (c) => c.notNull())
        .addColumn('status', 'text', (c) => c.notNull())
        .addColumn('version', 'bigint', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('step', 'text')
        .addColumn('starter_person_id', 'text', (c) => c.notNull())
        .addColumn('started_at', 'bigint', (c) => c.notNull())
        .addColumn('changed_at', 'bigint', (c) => c.notNull())
        .execute()
      await create.createIndex('workflow_case_document').on('workflow_case').columns(['document_id', 'started_at']).execute()
      await create.createIndex('workflow_case_starter').on('workflow_case').columns(['starter_person_id', 'started_at']).execute()
      await create
        .createTable('workflow_event')
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('seq', 'bigint', (c) => c.notNull())
        .addColumn('body', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('workflow_event_key', ['case_id', 'seq'])
        .execute()
      await create
        .createTable('workflow_task')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('document_id', 'text', (c) => c.notNull())
        .addColumn('step', 'text', (c) => c.notNull())
        .addColumn('post_id', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('due_at', 'bigint')
        .addColumn('urged_at', 'bigint')
        .execute()
      await create.createIndex('workflow_task_case').on('workflow_task').column('case_id').execute()
      await create.createIndex('workflow_task_post').on('workflow_task').columns(['post_id', 'state']).execute()
      await create
        .createTable('workflow_participant')
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('person_id', 'text', (c) => c.notNull())
        .addColumn('acted_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('workflow_participant_key', ['case_id', 'person_id'])
        .execute()
      await create.createIndex('workflow_participant_person').on('workflow_participant').columns(['person_id', 'acted_at']).execute()
      await create
        .createTable('workflow_opinion')
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('seq', 'integer', (c) => c.notNull())
        .addColumn('task_id', 'text')
        .addColumn('case_version', 'bigint')
        .addColumn('statement', 'text', (c) => c.notNull())
        .addColumn('signature', 'text', (c) => c.notNull())
        .addColumn('public_key', 'text', (c) => c.notNull())
        .addColumn('version_id', 'text')
        .addPrimaryKeyConstraint('workflow_opinion_key', ['case_id', 'seq'])
        .execute()
      await create
        .createTable('workflow_reading')
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('post_id', 'text', (c) => c.notNull())
        .addColumn('from_person_id', 'text', (c) => c.notNull())
        .addColumn('from_name', 'text', (c) => c.notNull())
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .addColumn('read_at', 'bigint')
        .addColumn('read_by', 'text')
        .addColumn('opinion', 'text', (c) => c.notNull())
        .addColumn('urged_at', 'bigint')
        .addPrimaryKeyConstraint('workflow_reading_key', ['case_id', 'post_id'])
        .execute()
    },
  },
  {
    name: '20261128T0040-workflow-incoming',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('workflow_incoming')
        .addColumn('document_id', 'text', (c) => c.primaryKey())
        .addColumn('facts', 'text', (c) => c.notNull())
        .execute()
    },
  },
  {
    name: '20261128T0900-workflow-opinion-stamps',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('workflow_opinion_stamp')
        .addColumn('case_id', 'text', (c) => c.notNull())
        .addColumn('seq', 'integer', (c) => c.notNull())
        .addColumn('token', 'text', (c) => c.notNull())
        .addColumn('stamped_at', 'bigint', (c) => c.notNull())
        .addPrimaryKeyConstraint('workflow_opinion_stamp_key', ['case_id', 'seq'])
        .execute()
    },
  },
]

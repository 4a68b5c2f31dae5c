/** Table of inbox entries. */
import type { Migration } from '../database/index.ts'

/** One entry for one post. */
export interface InboxRow {
  id: string
  kind: 'todo' | 'to-read'
  room: string
  task_id: string
  post_id: string
  subject_kind: string
  subject_id: string
  title: string
  detail: string
  step: string
  from_name: string
  urgency: 'none' | 'urgent' | 'extra-urgent'
  due_at: number | null
  created_at: number
  done_at: number | null
  read_at: number | null
}

/** Kysely view of the inbox. */
export interface InboxTables {
  inbox_entry: InboxRow
}

/** Creates the inbox. */
export const inboxMigrations: readonly Migration[] = [
  {
    name: '20261122T0810-inbox-create',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('inbox_entry')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('room', 'text', (column) => column.notNull())
        .addColumn('task_id', 'text', (column) => column.notNull())
        .addColumn('post_id', 'text', (column) => column.notNull())
        .addColumn('subject_kind', 'text', (column) => column.notNull())
        .addColumn('subject_id', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('detail', 'text', (column) => column.notNull())
        .addColumn('step', 'text', (column) => column.notNull())
        .addColumn('from_name', 'text', (column) => column.notNull())
        .addColumn('urgency', 'text', (column) => column.notNull())
        .addColumn('due_at', 'bigint')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('done_at', 'bigint')
        .addColumn('read_at', 'bigint')
        .execute()
      await schema.schema.createIndex('inbox_open').on('inbox_entry').columns(['post_id', 'done_at', 'due_at']).execute()
      await schema.schema.createIndex('inbox_task').on('inbox_entry').columns(['room', 'task_id']).execute()
    },
  },
]

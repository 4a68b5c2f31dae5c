/** Tables of the ledger of acts. */
import type { Migration } from '../database/index.ts'

/** One row of the ledger: `record` is the canonical text, `leaf` its Merkle leaf hash in hex. */
export interface FactRow {
  seq: number
  id: string
  at: number
  kind: string
  subject_kind: string
  subject_id: string
  person_id: string | null
  record: string
  leaf: string
}

/** Kysely view of the platform's own tables of the ledger. */
export interface AuditTables {
  fact: FactRow
  /** One row: how far the tree has grown and its peaks in hex. */
  audit_frontier: { id: number; size: number; peaks: string }
  audit_checkpoint: { size: number; root: string; at: number; text: string }
  /** Files taken out of the ledger; `blob` holds the bytes, so that what left can be shown again. */
  audit_export: { id: string; person_id: string; blob: string; at: number }
}

/** Creates the ledger. */
export const auditMigrations: readonly Migration[] = [
  {
    name: '20261122T0800-audit-create',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('fact')
        .addColumn('seq', 'bigint', (column) => column.primaryKey())
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('subject_kind', 'text', (column) => column.notNull())
        .addColumn('subject_id', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text')
        .addColumn('record', 'text', (column) => column.notNull())
        .addColumn('leaf', 'text', (column) => column.notNull())
        .execute()
      await schema.schema.createIndex('fact_subject').on('fact').columns(['subject_id', 'seq']).execute()
      await schema.schema.createIndex('fact_person').on('fact').columns(['person_id', 'seq']).execute()
      await schema.schema.createIndex('fact_kind').on('fact').columns(['kind', 'seq']).execute()
      await schema.schema
        .createTable('audit_frontier')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('size', 'bigint', (column) => column.notNull())
        .addColumn('peaks', 'text', (column) => column.notNull())
        .execute()
      await schema.schema
        .createTable('audit_checkpoint')
        .addColumn('size', 'bigint', (column) => column.primaryKey())
        .addColumn('root', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .execute()
    },
  },
  {
    name: '20261128T1605-audit-exports',
    up: async ({ schema }) => {
      await schema.schema
        .createTable('audit_export')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('blob', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
]

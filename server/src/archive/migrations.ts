/** Migrations of the archive room. */
import type { Migration } from '../platform/database/index.ts'
import { envelopeMigration } from './envelope-table.ts'

/** In order. */
export const archiveMigrations: readonly Migration[] = [
  {
    name: '20261122T2350-archive-create',
    up: async ({ schema }) => {
      const create = schema.schema
      await create
        .createTable('archive_candidate')
        .addColumn('document_id', 'text', (c) => c.primaryKey())
        .addColumn('organ_id', 'text', (c) => c.notNull())
        .addColumn('organ_name', 'text', (c) => c.notNull())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('origin', 'text', (c) => c.notNull())
        .addColumn('document_number', 'text', (c) => c.notNull())
        .addColumn('responsible', 'text', (c) => c.notNull())
        .addColumn('document_date', 'text')
        .addColumn('sent_document_id', 'text')
        .addColumn('register_number', 'text', (c) => c.notNull())
        .addColumn('ready_at', 'bigint')
        .addColumn('left_out_reason', 'text')
        .execute()
      await create.createIndex('archive_candidate_organ').on('archive_candidate').columns(['organ_id', 'ready_at']).execute()
      await create
        .createTable('archive_piece')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('document_id', 'text', (c) => c.notNull().unique())
        .addColumn('organ_id', 'text', (c) => c.notNull())
        .addColumn('organ_name', 'text', (c) => c.notNull())
        .addColumn('fonds', 'text', (c) => c.notNull())
        .addColumn('category', 'text', (c) => c.notNull())
        .addColumn('year', 'integer', (c) => c.notNull())
        .addColumn('period', 'text', (c) => c.notNull())
        .addColumn('serial', 'integer', (c) => c.notNull())
        .addColumn('number', 'text', (c) => c.notNull())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('origin', 'text', (c) => c.notNull())
        .addColumn('document_number', 'text', (c) => c.notNull())
        .addColumn('responsible', 'text', (c) => c.notNull())
        .addColumn('document_date', 'text')
        .addColumn('pages', 'integer', (c) => c.notNull())
        .addColumn('size_bytes', 'bigint', (c) => c.notNull())
        .addColumn('seal_verdict', 'text')
        .addColumn('filed_at', 'bigint', (c) => c.notNull())
        .addColumn('filed_person_id', 'text', (c) => c.notNull())
        .addColumn('filed_by_name', 'text', (c) => c.notNull())
        .addUniqueConstraint('archive_piece_number', ['fonds', 'category', 'year', 'period', 'serial'])
        .execute()
      await create.createIndex('archive_piece_organ').on('archive_piece').columns(['organ_id', 'filed_at']).execute()
      await create
        .createTable('archive_part')
        .addColumn('piece_id', 'text', (c) => c.notNull())
        .addColumn('place', 'integer', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('media_type', 'text', (c) => c.notNull())
        .addColumn('size_bytes', 'bigint', (c) => c.notNull())
        .addColumn('digest', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('archive_part_key', ['piece_id', 'place'])
        .execute()
      await create
        .createTable('archive_fonds')
        .addColumn('organ_id', 'text', (c) => c.primaryKey())
        .addColumn('fonds', 'text', (c) => c.notNull().unique())
        .addColumn('template', 'text', (c) => c.notNull())
        .addColumn('changed_at', 'bigint', (c) => c.notNull())
        .execute()
    },
  },
  envelopeMigration,
]

/** Migrations of the exchange room. */
import type { Migration, MigrationStep } from '../platform/database/index.ts'

type Kind = 'text' | 'bigint' | 'integer'

/** Creates a table of columns written `name kind` or, where null is allowed, `name kind?`. */
async function createTable({ schema }: MigrationStep, name: string, columns: readonly string[], key: readonly [string, ...string[]]): Promise<void> {
  let table = schema.schema.createTable(name)
  for (const column of columns) {
    const [title = '', type = ''] = column.split(' ')
    const isOptional = type.endsWith('?')
    // Safe because the lists below use these three kinds only.
    table = table.addColumn(title, type.replace('?', '') as Kind, (c) => (isOptional ? c : c.notNull()))
  }
  // Safe because the key names columns of the list.
  await table.addPrimaryKeyConstraint(`${name}_key`, [...key] as unknown as never[]).execute()
}

const dispatchColumns = [
  'id text', 'document_id text', 'organ_id text', 'organ_name text', 'title text', 'number text', 'urgency text', 'blob text', 'pages integer',
  'note text', 'sent_at bigint', 'person_id text', 'person_name text', 'envelope text', 'signature text', 'public_key text',
]
const receiptColumns = [
  'id text', 'dispatch_id text', 'document_id text', 'from_organ_id text', 'from_organ_name text', 'organ_id text', 'organ_name text', 'title text',
  'number text', 'urgency text', 'role text', 'copies integer', 'state text', 'sent_at bigint', 'sign_by bigint', 'signed_at bigint?',
  'signed_person_id text?', 'signed_name text?', 'signed_for text?', 'acknowledgement text?', 'signature text?', 'public_key text?', 'ended_at bigint?',
  'ended_name text?', 'ended_reason text', 'ended_noted integer', 'urged_at bigint?', 'urge_count integer', 'register_year integer?',
  'register_serial integer?', 'registered_at bigint?', 'registered_name text?', 'registered_for text?', 'handling text?', 'due_at bigint?',
  'copy_id text?', 'finished_at bigint?',
]
const eventColumns = ['receipt_id text', 'seq integer', 'act text', 'at bigint', 'person_name text', 'detail text']
const readerColumns = [
  'receipt_id text', 'post_id text', 'person_name text', 'post_title text', 'unit_name text', 'from_name text', 'purpose text', 'at bigint',
  'read_at bigint?', 'read_by text?', 'opinion text', 'urged_at bigint?',
]

/** In order. */
export const exchangeMigrations: readonly Migration[] = [
  {
    name: '20261122T1300-exchange-create',
    up: async (step) => {
      await createTable(step, 'exchange_dispatch', dispatchColumns, ['id'])
      await createTable(step, 'exchange_receipt', receiptColumns, ['id'])
      await createTable(step, 'exchange_event', eventColumns, ['receipt_id', 'seq'])
      await createTable(step, 'exchange_reader', readerColumns, ['receipt_id', 'post_id'])
      const create = step.schema.schema
      await create.createIndex('exchange_dispatch_document').on('exchange_dispatch').column('document_id').execute()
      await create.createIndex('exchange_dispatch_organ').on('exchange_dispatch').columns(['organ_id', 'sent_at']).execute()
      await create.createIndex('exchange_receipt_dispatch').on('exchange_receipt').column('dispatch_id').execute()
      await create.createIndex('exchange_receipt_document').on('exchange_receipt').column('document_id').execute()
      await create.createIndex('exchange_receipt_copy').on('exchange_receipt').column('copy_id').execute()
      await create.createIndex('exchange_receipt_organ').on('exchange_receipt').columns(['organ_id', 'state', 'sent_at']).execute()
      // The last word on 收文编号: two receipts of an organ can never carry the same one.
      await create.createIndex('exchange_receipt_number').on('exchange_receipt').columns(['organ_id', 'register_year', 'register_serial']).unique().execute()
      await create.createIndex('exchange_reader_post').on('exchange_reader').column('post_id').execute()
    },
  },
  {
    name: '20261127T2100-exchange-list-order',
    up: async ({ schema }) => {
      await schema.schema.createIndex('exchange_receipt_time').on('exchange_receipt').columns(['organ_id', 'sent_at']).execute()
      await schema.schema.createIndex('exchange_receipt_count').on('exchange_receipt').columns(['organ_id', 'state', 'handling']).execute()
    },
  },
  {
    name: '20261128T0021-exchange-by-deadline',
    up: async ({ schema }) => {
      await schema.schema.createIndex('exchange_receipt_due').on('exchange_receipt').columns(['organ_id', 'handling', 'state', 'due_at', 'sent_at', 'id']).execute()
    },
  },
]

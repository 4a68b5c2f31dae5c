/** Tables of the seals room. */
import type { ApplicationState, RenewalState, SealKind, SealOrigin, SealState } from '@xiewen/shared/seals'
import type { Migration } from '../platform/database/index.ts'
import { batchMigration } from './batch/batch-table.ts'
import { outsideListMigration } from './outside/outside-list-table.ts'
import { outsideMigration } from './outside/outside-tables.ts'
import { copyCodeMigration } from './copies/copy-table.ts'
import { custodyMigration } from './custody.ts'
import { lendingMigration } from './lending-table.ts'
import { registerExportMigration } from './register/export-table.ts'
import { reconciliationMigration } from './reconciliation-table.ts'
import { revocationListMigration } from './trust-services/list-table.ts'

/** One seal. `drawing` is the blob of its outlines, `data` that of its GB/T 38540 structure; both null before it is made. */
export interface SealRecord {
  id: string
  kind: SealKind
  state: SealState
  name: string
  bottom_line: string
  organ_id: string
  organ_name: string
  /** Unit that bears the name: the organ or one of its sections. */
  unit_id: string
  custodian_id: string
  custodian_name: string
  keeper_post_id: string
  diameter_mm: number
  code: string
  /** Certificate in hexadecimal. */
  certificate: string | null
  certificate_serial: string
  drawing: string | null
  data: string | null
  valid_until: number | null
  proposer_id: string
  proposer_name: string
  approver_id: string | null
  approver_name: string
  maker_id: string | null
  maker_name: string
  changed_at: number
  revoked_at: number | null
  reason: string
  /** Who asked that it be destroyed. */
  ender_id: string | null
  ender_name: string
  /** Number of the certificate in force; its key is named by it. */
  generation: number
  renewal_state: RenewalState | ''
  renewal_reason: string
  renewal_asker_id: string | null
  renewal_asker_name: string
  renewal_approver_id: string | null
  renewal_approver_name: string
  origin: SealOrigin
  /** Maker of a seal from outside; empty for the office's own. */
  outside_maker: string
}

/** One application with its permit: the permit's columns are null until it is issued. */
export interface ApplicationRecord {
  id: string
  state: ApplicationState
  document_id: string
  seal_id: string
  custodian_id: string
  organ_id: string
  title: string
  number: string
  pages: number
  digest: string
  place: string
  drafter_id: string
  applicant_id: string
  applicant_post_id: string
  applicant_name: string
  applied_at: number
  approver_id: string | null
  approver_name: string
  decided_at: number | null
  opinion: string
}

/** One permit (用印许可): one per application, good once. */
export interface PermitRecord {
  id: string
  application_id: string
  seal_id: string
  document_id: string
  digest: string
  place: string
  issued_at: number
  valid_until: number
  used_at: number | null
  /** When it was taken back or lapsed unused. */
  ended_at: number | null
}

/** One impression. */
export interface ImpressionRecord {
  id: string
  permit_id: string
  application_id: string
  seal_id: string
  document_id: string
  seal_name: string
  title: string
  number: string
  digest: string
  sealed_digest: string
  page: number
  x_hundredths: number
  y_hundredths: number
  keeper_id: string
  keeper_name: string
  on_behalf_of: string
  applicant_name: string
  approver_name: string
  at: number
  /** SM3 of the OFD sealed with it; null when there was none. */
  ofd_digest: string | null
}

/** Kysely view of the room's own tables. */
export interface SealsTables {
  seal_authority: { role: string; certificate: string; at: number }
  seal: SealRecord
  seal_application: ApplicationRecord
  seal_permit: PermitRecord
  seal_impression: ImpressionRecord
}

type Column = readonly [name: string, type: 'text' | 'bigint' | 'integer', isNullable?: 'null']

const sealColumns: readonly Column[] = [
  ['kind', 'text'], ['state', 'text'], ['name', 'text'], ['bottom_line', 'text'], ['organ_id', 'text'], ['organ_name', 'text'], ['unit_id', 'text'],
  ['custodian_id', 'text'], ['custodian_name', 'text'], ['keeper_post_id', 'text'], ['diameter_mm', 'integer'], ['code', 'text'], ['certificate', 'text', 'null'],
  ['certificate_serial', 'text'], ['drawing', 'text', 'null'], ['data', 'text', 'null'], ['valid_until', 'bigint', 'null'], ['proposer_id', 'text'],
  ['proposer_name', 'text'], ['approver_id', 'text', 'null'], ['approver_name', 'text'], ['maker_id', 'text', 'null'], ['maker_name', 'text'],
  ['changed_at', 'bigint'], ['revoked_at', 'bigint', 'null'], ['reason', 'text'],
]
const applicationColumns: readonly Column[] = [
  ['state', 'text'], ['document_id', 'text'], ['seal_id', 'text'], ['custodian_id', 'text'], ['organ_id', 'text'], ['title', 'text'], ['number', 'text'],
  ['pages', 'integer'], ['digest', 'text'], ['place', 'text'], ['drafter_id', 'text'], ['applicant_id', 'text'], ['applicant_post_id', 'text'],
  ['applicant_name', 'text'], ['applied_at', 'bigint'], ['approver_id', 'text', 'null'], ['approver_name', 'text'], ['decided_at', 'bigint', 'null'], ['opinion', 'text'],
]
const permitColumns: readonly Column[] = [
  ['application_id', 'text'], ['seal_id', 'text'], ['document_id', 'text'], ['digest', 'text'], ['place', 'text'], ['issued_at', 'bigint'],
  ['valid_until', 'bigint'], ['used_at', 'bigint', 'null'], ['ended_at', 'bigint', 'null'],
]
const impressionColumns: readonly Column[] = [
  ['permit_id', 'text'], ['application_id', 'text'], ['seal_id', 'text'], ['document_id', 'text'], ['seal_name', 'text'], ['title', 'text'], ['number', 'text'],
  ['digest', 'text'], ['sealed_digest', 'text'], ['page', 'integer'], ['x_hundredths', 'integer'], ['y_hundredths', 'integer'], ['keeper_id', 'text'],
  ['keeper_name', 'text'], ['on_behalf_of', 'text'], ['applicant_name', 'text'], ['approver_name', 'text'], ['at', 'bigint'],
]

/** Creates the room. The unique index on the impression's permit is the last guard of one impression per permit. */
export const sealsMigrations: readonly Migration[] = [
  {
    name: '20261122T1500-seals-create',
    up: async ({ schema }) => {
      const create = schema.schema
      const table = (name: string, columns: readonly Column[]) =>
        columns.reduce(
          (built, [column, type, isNullable]) => built.addColumn(column, type, (c) => (isNullable === undefined ? c.notNull() : c)),
          create.createTable(name).addColumn('id', 'text', (c) => c.primaryKey()),
        )
      await create
        .createTable('seal_authority')
        .addColumn('role', 'text', (c) => c.primaryKey())
        .addColumn('certificate', 'text', (c) => c.notNull())
        .addColumn('at', 'bigint', (c) => c.notNull())
        .execute()
      await table('seal', sealColumns).execute()
      await create.createIndex('seal_organ').on('seal').column('organ_id').execute()
      await table('seal_application', applicationColumns).execute()
      await create.createIndex('seal_application_document').on('seal_application').column('document_id').execute()
      await create.createIndex('seal_application_custodian').on('seal_application').columns(['custodian_id', 'applied_at']).execute()
      await table('seal_permit', permitColumns).execute()
      await create.createIndex('seal_permit_application').on('seal_permit').column('application_id').unique().execute()
      await table('seal_impression', impressionColumns).execute()
      await create.createIndex('seal_impression_permit').on('seal_impression').column('permit_id').unique().execute()
      await create.createIndex('seal_impression_sealed').on('seal_impression').column('sealed_digest').execute()
      await create.createIndex('seal_impression_at').on('seal_impression').column('at').execute()
    },
  },
  {
    name: '20261128T0100-seals-ofd',
    up: async ({ schema }) => {
      await schema.schema.alterTable('seal_impression').addColumn('ofd_digest', 'text').execute()
      await schema.schema.createIndex('seal_impression_ofd').on('seal_impression').column('ofd_digest').execute()
    },
  },
  custodyMigration,
  revocationListMigration,
  reconciliationMigration,
  lendingMigration,
  copyCodeMigration,
  outsideMigration,
  {
    name: '20261128T0911-seals-impressions-of-document',
    up: async ({ schema }) => {
      await schema.schema.createIndex('seal_impression_document').on('seal_impression').column('document_id').execute()
    },
  },
  registerExportMigration,
  {
    name: '20261128T1310-seals-books-by-seal',
    up: async ({ schema }) => {
      await schema.schema.createIndex('seal_permit_seal').on('seal_permit').columns(['seal_id', 'used_at', 'ended_at', 'valid_until']).execute()
      await schema.schema.createIndex('seal_impression_seal').on('seal_impression').columns(['seal_id', 'id']).execute()
    },
  },
  batchMigration,
  outsideListMigration,
]

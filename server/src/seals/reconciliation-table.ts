/** The table of the outcomes of the daily 核对. */
import { type Finding, findingKinds } from '@xiewen/shared/seals'
import { z } from 'zod'
import { type Migration, type ReadDb, tables } from '../platform/database/index.ts'

/** One day's outcome: counts, and the findings as JSON. `at` is ms UTC. */
export interface ReconciliationRecord {
  id: string
  at: number
  permits: number
  impressions: number
  findings: string
}

/** Kysely view of it. */
export interface ReconciliationTables {
  seal_reconciliation: ReconciliationRecord
}

/** Adds the outcomes. */
export const reconciliationMigration: Migration = {
  name: '20261128T0420-seals-reconciliation',
  up: async ({ schema }) => {
    await schema.schema
      .createTable('seal_reconciliation')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('permits', 'integer', (c) => c.notNull())
      .addColumn('impressions', 'integer', (c) => c.notNull())
      .addColumn('findings', 'text', (c) => c.notNull())
      .execute()
    await schema.schema.createIndex('seal_reconciliation_at').on('seal_reconciliation').column('at').execute()
  },
}

const findingsSchema = z.array(z.object({ kind: z.enum(findingKinds), sealId: z.string(), id: z.string() }))

/** The last outcome, or null before the first night. */
export async function findReconciliation(db: ReadDb): Promise<{ readonly at: number; readonly findings: readonly Finding[] } | null> {
  const row = await tables<ReconciliationTables>(db).selectFrom('seal_reconciliation').selectAll().orderBy('at', 'desc').limit(1).executeTakeFirst()
  return row ? { at: Number(row.at), findings: findingsSchema.parse(JSON.parse(row.findings)) } : null
}

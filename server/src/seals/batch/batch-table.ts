/** The tables of batches (批量用印). A line changes in the transaction of its impression, so that a server that dies between two files leaves
 * exactly what was done, what was refused and what was not tried. */
import type { batchLineStates } from '@xiewen/shared/seals'
import type { CreateTableBuilder } from 'kysely'
import { type Migration, type ReadDb, tables, type WriteDb } from '../../platform/database/index.ts'

/** One batch of a person's; times ms UTC. One person has one open batch. */
export interface BatchRecord {
  id: string
  person_id: string
  started_at: number
  closed_at: number | null
}

/** One file of a batch. Nudges are hundredths of a millimetre; `refusal` is the JSON of code and parameters, empty when there is none. */
export interface BatchLineRecord {
  batch_id: string
  place: number
  application_id: string
  document_id: string
  title: string
  number: string
  seal_name: string
  nudge_x: number
  nudge_y: number
  state: (typeof batchLineStates)[number]
  tried_at: number | null
  digest: string
  verdict: string
  refusal: string
}

interface BatchTables {
  seal_batch: BatchRecord
  seal_batch_line: BatchLineRecord
}

/** Adds batches. */
export const batchMigration: Migration = {
  name: '20261128T1530-seals-batches',
  up: async ({ schema }) => {
    const create = schema.schema
    await create
      .createTable('seal_batch')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('person_id', 'text', (c) => c.notNull())
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('closed_at', 'bigint')
      .execute()
    await create.createIndex('seal_batch_person').on('seal_batch').columns(['person_id', 'closed_at']).execute()
    const words = ['batch_id', 'application_id', 'document_id', 'title', 'number', 'seal_name', 'state', 'digest', 'verdict', 'refusal'] as const
    const numbers = ['place', 'nudge_x', 'nudge_y'] as const
    let lines: CreateTableBuilder<'seal_batch_line', string> = create.createTable('seal_batch_line')
    for (const column of words) lines = lines.addColumn(column, 'text', (c) => c.notNull())
    for (const column of numbers) lines = lines.addColumn(column, 'integer', (c) => c.notNull())
    await lines
      .addColumn('tried_at', 'bigint')
      .addPrimaryKeyConstraint('seal_batch_line_key', ['batch_id', 'application_id'])
      .execute()
  },
}

/** A batch of a person, or null: nobody finds another's. Without an id the open one. */
export async function findBatch(db: ReadDb, personId: string, id?: string): Promise<BatchRecord | null> {
  const own = tables<BatchTables>(db).selectFrom('seal_batch').selectAll().where('person_id', '=', personId)
  const query = id === undefined ? own.where('closed_at', 'is', null).orderBy('id', 'desc').limit(1) : own.where('id', '=', id)
  return (await query.executeTakeFirst()) ?? null
}

/** A person's batches, the newest first, from before `cursor` on. */
export function listBatches(db: ReadDb, personId: string, { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }): Promise<BatchRecord[]> {
  const own = tables<BatchTables>(db).selectFrom('seal_batch').selectAll().where('person_id', '=', personId).orderBy('id', 'desc').limit(limit)
  return (cursor === undefined ? own : own.where('id', '<', cursor)).execute()
}

/** Its files in their order. */
export function listLines(db: ReadDb, batchId: string): Promise<BatchLineRecord[]> {
  return tables<BatchTables>(db).selectFrom('seal_batch_line').selectAll().where('batch_id', '=', batchId).orderBy('place').execute()
}

/** Enters a batch; what the person had open is closed. */
export async function insertBatch(db: WriteDb, row: BatchRecord, lines: readonly BatchLineRecord[]): Promise<void> {
  await tables<BatchTables>(db).updateTable('seal_batch').set({ closed_at: row.started_at }).where('person_id', '=', row.person_id).where('closed_at', 'is', null).execute()
  await tables<BatchTables>(db).insertInto('seal_batch').values(row).execute()
  await tables<BatchTables>(db).insertInto('seal_batch_line').values([...lines]).execute()
}

/** Puts a batch away. */
export async function closeBatch(db: WriteDb, id: string, at: number): Promise<void> {
  await tables<BatchTables>(db).updateTable('seal_batch').set({ closed_at: at }).where('id', '=', id).where('closed_at', 'is', null).execute()
}

/** Enters what became of a file, if it is still in the state it was seen in.
 *
 * @returns false when another request has worked on it meanwhile
 */
export async function changeLine(db: WriteDb, line: Pick<BatchLineRecord, 'batch_id' | 'application_id' | 'state'>, change: Partial<BatchLineRecord>): Promise<boolean> {
  const done = await tables<BatchTables>(db)
    .updateTable('seal_batch_line')
    .set(change)
    .where('batch_id', '=', line.batch_id)
    .where('application_id', '=', line.application_id)
    .where('state', '=', line.state)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) === 1
}

/** Reading the ledger of acts back for rooms that hold their own books against it. */
import type { RecordedFact } from '@xiewen/shared/base'
import { type ReadDb, tables } from '../database/index.ts'
import { parseFactRow } from './ledger.ts'
import type { AuditTables } from './tables.ts'

/** Every act of these kinds, oldest first. */
export async function listActs(db: ReadDb, kinds: readonly string[]): Promise<readonly RecordedFact[]> {
  const rows = await tables<AuditTables>(db).selectFrom('fact').select(['seq', 'record']).where('kind', 'in', [...kinds]).orderBy('seq').execute()
  return rows.map(parseFactRow)
}

/** How many acts of each of these kinds there are; kinds without any are absent. */
export async function countActs(db: ReadDb, kinds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tables<AuditTables>(db).selectFrom('fact').select((eb) => ['kind', eb.fn.countAll().as('count')]).where('kind', 'in', [...kinds]).groupBy('kind').execute()
  return new Map(rows.map((row) => [row.kind, Number(row.count)]))
}

/** Every act on these subjects, oldest first. */
export async function listActsOn(db: ReadDb, subjectIds: readonly string[]): Promise<readonly RecordedFact[]> {
  if (subjectIds.length === 0) return []
  const rows = await tables<AuditTables>(db).selectFrom('fact').select(['seq', 'record']).where('subject_id', 'in', [...subjectIds]).orderBy('seq').execute()
  return rows.map(parseFactRow)
}

/** An act that the rules turned down: the contract that was called and the code of the refusal. */
export interface RefusedAct {
  readonly at: number
  readonly contract: string
  readonly code: string
  readonly personId: string
  readonly personName: string
}

/** Refused acts on contracts of a room since a moment (ms UTC), newest first. */
export async function listRefused(db: ReadDb, room: string, since: number): Promise<readonly RefusedAct[]> {
  const rows = await tables<AuditTables>(db)
    .selectFrom('fact')
    .select(['seq', 'record'])
    .where('subject_kind', '=', 'contract')
    .where('kind', 'like', `${room}.%`)
    .where('at', '>=', since)
    .orderBy('seq', 'desc')
    .limit(5000)
    .execute()
  return rows.map(parseFactRow).map(({ at, kind, data, actor }) => ({ at, contract: kind, code: String(data['code'] ?? ''), personId: actor?.personId ?? '', personName: actor?.personName ?? '' }))
}

/** The checker's rows: settings of an organ, findings put aside in a document. */
import { emptyHouse, type HouseRules, houseRulesSchema, type IgnoredView } from '@xiewen/shared/documents'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { CheckerSettingRecord, DocumentTables, IgnoredFindingRecord } from './tables.ts'

/** What an organ has set, with the version the next change must name; version 0 when nothing was ever set. */
export interface CheckerSetting {
  readonly house: HouseRules
  readonly version: number
  readonly changedAt: number | null
  readonly changedByName: string
}

/** The settings of an organ. */
export async function readCheckerSetting(db: ReadDb, organId: string): Promise<CheckerSetting> {
  const row = await tables<DocumentTables>(db).selectFrom('checker_setting').selectAll().where('organ_id', '=', organId).executeTakeFirst()
  if (!row) return { house: emptyHouse, version: 0, changedAt: null, changedByName: '' }
  const house = houseRulesSchema.parse(JSON.parse(row.rules))
  return { house, version: row.version, changedAt: Number(row.at), changedByName: row.person_name }
}

/** Stores the settings of an organ. */
export async function storeCheckerSetting(db: WriteDb, row: CheckerSettingRecord): Promise<void> {
  const { organ_id: _key, ...rest } = row
  await tables<DocumentTables>(db).insertInto('checker_setting').values(row).onConflict((conflict) => conflict.column('organ_id').doUpdateSet(rest)).execute()
}

/** Findings put aside in a document, the oldest first. */
export async function listIgnored(db: ReadDb, documentId: string): Promise<readonly IgnoredView[]> {
  const rows = await tables<DocumentTables>(db).selectFrom('document_ignored_finding').selectAll().where('document_id', '=', documentId).orderBy('at').execute()
  return rows.map((row) => ({ rule: row.rule, anchor: row.anchor, reason: row.reason, byName: row.person_name, at: Number(row.at) }))
}

/** Puts a finding aside, or aside anew with another reason. */
export async function storeIgnored(db: WriteDb, row: IgnoredFindingRecord): Promise<void> {
  const { reason, at, person_id, person_name } = row
  await tables<DocumentTables>(db)
    .insertInto('document_ignored_finding')
    .values(row)
    .onConflict((conflict) => conflict.columns(['document_id', 'rule', 'anchor']).doUpdateSet({ reason, at, person_id, person_name }))
    .execute()
}

/** Takes it back. False when it was not put aside. */
export async function dropIgnored(db: WriteDb, documentId: string, rule: string, anchor: string): Promise<boolean> {
  const dropped = await tables<DocumentTables>(db)
    .deleteFrom('document_ignored_finding')
    .where('document_id', '=', documentId)
    .where('rule', '=', rule)
    .where('anchor', '=', anchor)
    .executeTakeFirst()
  return Number(dropped.numDeletedRows) > 0
}

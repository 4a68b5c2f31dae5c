/** Reading units: the tree of regions, organs and sections. */
import type { Unit, UnitId } from '@xiewen/shared/directory'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { DirectoryTables } from './tables.ts'

type UnitRow = DirectoryTables['unit']

function presentUnit(row: UnitRow): Unit {
  return {
    // Safe because ids come from `newId` and codes were written as JSON by `addUnit`.
    id: row.id as UnitId,
    parentId: row.parent_id as UnitId | null,
    kind: row.kind,
    name: row.name,
    shortName: row.short_name,
    codes: JSON.parse(row.codes) as string[],
    order: row.place,
  }
}

/** All units, parents before children, siblings in order of precedence (名次). */
export async function listUnits(db: ReadDb): Promise<readonly Unit[]> {
  const rows = await tables<DirectoryTables>(db).selectFrom('unit').selectAll().orderBy('path').execute()
  return rows.map(presentUnit)
}

/** One unit, or null. */
export async function getUnit(db: ReadDb, unitId: string): Promise<Unit | null> {
  const row = await tables<DirectoryTables>(db).selectFrom('unit').selectAll().where('id', '=', unitId).executeTakeFirst()
  return row ? presentUnit(row) : null
}

/** The unit of that full or short name (规范化简称), or null. */
export async function findUnitByName(db: ReadDb, name: string): Promise<Unit | null> {
  const row = await tables<DirectoryTables>(db)
    .selectFrom('unit')
    .selectAll()
    .where((eb) => eb.or([eb('name', '=', name), eb('short_name', '=', name)]))
    .orderBy('path')
    .executeTakeFirst()
  return row ? presentUnit(row) : null
}

/** The nearest organ (机关) at or above a unit, or null above all organs. */
export async function organOf(db: ReadDb, unitId: string): Promise<Unit | null> {
  let unit = await getUnit(db, unitId)
  while (unit && unit.kind !== 'organ') unit = unit.parentId === null ? null : await getUnit(db, unit.parentId)
  return unit
}

/** Ids of a unit and everything below it. */
export async function unitIdsWithin(db: ReadDb, unitId: string): Promise<readonly string[]> {
  const top = await tables<DirectoryTables>(db).selectFrom('unit').select('path').where('id', '=', unitId).executeTakeFirst()
  if (!top) return []
  const rows = await tables<DirectoryTables>(db).selectFrom('unit').select('id').where('path', 'like', `${top.path}%`).execute()
  return rows.map((row) => row.id)
}

/** Adds a unit; its path orders the tree by precedence and holds the ancestors' ids. */
export async function insertUnit(db: WriteDb, unit: Unit): Promise<void> {
  const parent = unit.parentId === null ? '' : ((await tables<DirectoryTables>(db).selectFrom('unit').select('path').where('id', '=', unit.parentId).executeTakeFirst())?.path ?? '')
  await tables<DirectoryTables>(db)
    .insertInto('unit')
    .values({
      id: unit.id,
      parent_id: unit.parentId,
      kind: unit.kind,
      name: unit.name,
      short_name: unit.shortName,
      codes: JSON.stringify(unit.codes),
      place: unit.order,
      path: `${parent}${String(unit.order).padStart(4, '0')}.${unit.id}/`,
    })
    .execute()
}

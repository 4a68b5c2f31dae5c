/** The ledger (台账): lists and counts over the assignments somebody may see. */
import type { CivilDate } from '@xiewen/shared/base'
import type { AssignmentState, LampColour } from '@xiewen/shared/supervision'
import { type RawBuilder, sql } from 'kysely'
import { type ReadDb, tables } from '../platform/database/index.ts'
import type { Sight } from './relation.ts'
import type { AssignmentRecord, SupervisionTables } from './tables.ts'

/** What the ledger is narrowed by. */
export interface LedgerFilter {
  readonly states: readonly AssignmentState[]
  readonly lamps: readonly LampColour[]
  readonly unitId?: string | undefined
  readonly role?: 'lead' | 'support' | undefined
  readonly sourceKind?: string | undefined
  readonly sourceId?: string | undefined
  readonly text?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

const orNone = (ids: readonly string[]): readonly string[] => (ids.length > 0 ? ids : [''])

/** Assignments within somebody's sight: the rules of `mayView` as a condition. */
function selectVisible(db: ReadDb, sight: Sight) {
  const own = tables<SupervisionTables>(db)
  return own.selectFrom('assignment').where((eb) =>
    eb.or([
      eb('organ_id', 'in', orNone(sight.supervises)),
      eb.and([
        eb('state', '!=', 'proposed'),
        eb.or([
          eb('organ_id', 'in', orNone(sight.watches)),
          eb('leader_post_id', 'in', orNone(sight.posts)),
          eb('id', 'in', own.selectFrom('assignment_part').select('assignment_id').where('unit_id', 'in', orNone(sight.units))),
        ]),
      ]),
    ]),
  )
}

/** The lamp of a day as SQL: the same comparison of dates as `lampOf`. */
function lampOn(today: CivilDate): RawBuilder<LampColour> {
  return sql<LampColour>`case
    when state in ('assigned', 'accepted', 'reporting', 'returned', 'completion-claimed')
      then case when red_on <= ${today} then 'red' when yellow_on <= ${today} then 'yellow' else 'green' end
    when state = 'closed' and (finished_on is null or finished_on <= due_on) then 'blue'
    else 'grey' end`
}

/** One page of the ledger. */
export async function listLedger(db: ReadDb, sight: Sight, filter: LedgerFilter, today: CivilDate): Promise<{ readonly rows: readonly AssignmentRecord[]; readonly next: string | null }> {
  let query = selectVisible(db, sight).selectAll()
  if (filter.states.length > 0) query = query.where('state', 'in', filter.states)
  if (filter.lamps.length > 0) query = query.where(lampOn(today), 'in', filter.lamps)
  if (filter.sourceKind !== undefined) query = query.where('source_kind', '=', filter.sourceKind)
  if (filter.sourceId !== undefined) query = query.where('source_id', '=', filter.sourceId)
  if (filter.unitId !== undefined) query = query.where('id', 'in', partsOf(db, filter.unitId, filter.role))
  if (filter.text) query = query.where(sql<boolean>`search like ${likePattern(filter.text)} escape '\\'`)
  const [key, id] = (filter.cursor ?? '').split('~')
  if (key !== undefined && id !== undefined) query = query.where(sql<boolean>`(sort_key > ${key} or (sort_key = ${key} and id > ${id}))`)
  const rows = await query.orderBy('sort_key').orderBy('id').limit(filter.limit + 1).execute()
  const last = rows[filter.limit - 1]
  return { rows: rows.slice(0, filter.limit), next: rows.length > filter.limit && last ? `${last.sort_key}~${last.id}` : null }
}

function partsOf(db: ReadDb, unitId: string, role: 'lead' | 'support' | undefined) {
  const parts = tables<SupervisionTables>(db).selectFrom('assignment_part').select('assignment_id').where('unit_id', '=', unitId)
  return role === undefined ? parts : parts.where('role', '=', role)
}

function likePattern(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

/** Numbers by lead unit, state and lamp, over what was assigned in a year and what is not assigned yet. */
export async function countByUnit(db: ReadDb, sight: Sight, year: number, today: CivilDate) {
  const rows = await inYear(db, sight, year)
    .select(['lead_unit_id', 'state', lampOn(today).as('lamp'), (eb) => eb.fn.countAll().as('count')])
    .groupBy(['lead_unit_id', 'state', 'lamp'])
    .execute()
  return rows.map((row) => ({ leadUnitId: row.lead_unit_id, state: row.state, lamp: row.lamp, count: Number(row.count) }))
}

function inYear(db: ReadDb, sight: Sight, year: number) {
  return selectVisible(db, sight).where((eb) =>
    eb.or([eb('assigned_on', 'is', null), eb.and([eb('assigned_on', '>=', `${year}-01-01`), eb('assigned_on', '<=', `${year}-12-31`)])]),
  )
}

/** Bodies of the assignments of a year, for the indicators. */
export async function listYear(db: ReadDb, sight: Sight, year: number): Promise<readonly Pick<AssignmentRecord, 'body'>[]> {
  return inYear(db, sight, year).select('body').where('assigned_on', 'is not', null).execute()
}

/** How many were assigned and finished per month (`YYYY-MM`), from a month on. */
export async function countByMonth(db: ReadDb, sight: Sight, column: 'assigned_on' | 'finished_on', from: string): Promise<ReadonlyMap<string, number>> {
  const month = sql<string>`substr(${sql.ref(column)}, 1, 7)`
  const rows = await selectVisible(db, sight)
    .select([month.as('month'), (eb) => eb.fn.countAll().as('count')])
    .where(column, '>=', `${from}-01`)
    .groupBy('month')
    .execute()
  return new Map(rows.map((row) => [row.month, Number(row.count)]))
}

/** Assignments under way in which one of the units has a part or which it supervises. */
export async function listRunningOf(db: ReadDb, unitIds: readonly string[]): Promise<readonly Pick<AssignmentRecord, 'body'>[]> {
  const own = tables<SupervisionTables>(db)
  return own
    .selectFrom('assignment')
    .select('body')
    .where('state', 'in', ['assigned', 'accepted', 'reporting', 'returned', 'completion-claimed'])
    .where((eb) => eb.or([eb('organ_id', 'in', orNone(unitIds)), eb('id', 'in', own.selectFrom('assignment_part').select('assignment_id').where('unit_id', 'in', orNone(unitIds)))]))
    .execute()
}

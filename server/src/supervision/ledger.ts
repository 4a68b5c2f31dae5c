/** The ledger (台账): lists and counts over the assignments somebody may see. */
import type { CivilDate } from '@xiewen/shared/base'
import type { AssignmentState, LampColour } from '@xiewen/shared/supervision'
import { type Expression, type ExpressionBuilder, type RawBuilder, sql } from 'kysely'
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

/** From so many assignments in sight on it is quicker to walk the ledger in its order and ask of each whether it may be seen. */
const manyInSight = 2000

/** Assignments within somebody's sight: the rules of `mayView` as a condition. Both forms mean the same: few are looked up by
 * their ids, many are walked. */
async function selectVisible(db: ReadDb, sight: Sight) {
  const own = tables<SupervisionTables>(db)
  const inSight = unionOf(waysOfSeeing(db, sight).map((way) => way.select('assignment.id')))
  const seesMany = (await sql`select 1 from (${inSight}) as seen limit 1 offset ${manyInSight}`.execute(db.kysely)).rows.length > 0
  return own.selectFrom('assignment').where((eb) => (seesMany ? isInSight(db, sight, eb) : sql<boolean>`assignment.id in (${inSight})`))
}

/** One selection for each way of seeing an assignment, so that each goes by an index of its own. */
function waysOfSeeing(db: ReadDb, sight: Sight) {
  const own = tables<SupervisionTables>(db)
  const known = own.selectFrom('assignment').where('state', '!=', 'proposed')
  const parts = own.selectFrom('assignment_part').select('assignment_id').where('unit_id', 'in', orNone(sight.units))
  return [
    own.selectFrom('assignment').where('organ_id', 'in', orNone(sight.supervises)),
    known.where('organ_id', 'in', orNone(sight.watches)),
    known.where('leader_post_id', 'in', orNone(sight.posts)),
    known.where('assignment.id', 'in', parts),
  ]
}

function unionOf(selections: readonly Expression<unknown>[]): RawBuilder<unknown> {
  return sql.join(selections.map((each) => sql`select * from (${each}) as way`), sql` union `)
}

function isInSight(db: ReadDb, sight: Sight, eb: ExpressionBuilder<SupervisionTables, 'assignment'>) {
  const parts = tables<SupervisionTables>(db).selectFrom('assignment_part').select('assignment_id').where('unit_id', 'in', orNone(sight.units))
  return eb.or([
    eb('organ_id', 'in', orNone(sight.supervises)),
    eb.and([eb('state', '!=', 'proposed'), eb.or([eb('organ_id', 'in', orNone(sight.watches)), eb('leader_post_id', 'in', orNone(sight.posts)), eb('id', 'in', parts)])]),
  ])
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
  let query = (await selectVisible(db, sight)).selectAll()
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

/** A version of an assignment. */
export type AssignmentVersion = Pick<AssignmentRecord, 'id' | 'version'>

/** What of somebody's sight the overview counts: what is not assigned yet, what was assigned in the year, and what was assigned or
 * finished from a month (`YYYY-MM`) on. Only which version, because carrying thousands of whole rows takes longer than finding them;
 * each way of seeing is narrowed by itself, so that one index holds all that is read. */
export async function listCounted(db: ReadDb, sight: Sight, year: number, from: string): Promise<readonly AssignmentVersion[]> {
  const ways = waysOfSeeing(db, sight).map((way) =>
    way.select(['assignment.id', 'version']).where((eb) =>
      eb.or([
        eb('assigned_on', 'is', null),
        eb.and([eb('assigned_on', '>=', `${year}-01-01`), eb('assigned_on', '<=', `${year}-12-31`)]),
        eb('assigned_on', '>=', `${from}-01`),
        eb('finished_on', '>=', `${from}-01`),
      ]),
    ),
  )
  return (await unionOf(ways).$castTo<AssignmentVersion>().execute(db.kysely)).rows
}

/** Bodies by id, in pieces that every engine takes. */
export async function readBodies(db: ReadDb, ids: readonly string[]): Promise<readonly Pick<AssignmentRecord, 'id' | 'version' | 'body'>[]> {
  const piece = 500
  const rows = []
  for (let from = 0; from < ids.length; from += piece) {
    rows.push(...(await tables<SupervisionTables>(db).selectFrom('assignment').select(['id', 'version', 'body']).where('id', 'in', ids.slice(from, from + piece)).execute()))
  }
  return rows
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

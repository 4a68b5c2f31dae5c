/** The installation's working-day calendar (工作日历): what this release knows, and what its administrators have put in force. */
import { builtInArrangements, type WorkCalendar, workCalendarOf, type YearArrangement, yearArrangementSchema } from '@xiewen/shared/base'
import { type ReadDb, tables, type WriteDb } from '../platform/database/index.ts'
import type { DirectoryTables } from './tables.ts'

/** A year's arrangement as an administrator entered it. `setAt` in UTC ms. */
export interface OfficeYear {
  readonly arrangement: YearArrangement
  readonly setAt: number
  readonly setBy: string
}

/** Arrangements entered by administrators, oldest year first. */
export async function listOfficeYears(db: ReadDb): Promise<readonly OfficeYear[]> {
  const rows = await tables<DirectoryTables>(db).selectFrom('calendar_year').selectAll().orderBy('year').execute()
  return rows.map((row) => ({ arrangement: yearArrangementSchema.parse(JSON.parse(row.arrangement)), setAt: Number(row.set_at), setBy: row.set_by }))
}

/** The calendar in force: the office's own years replace those built in. */
export async function loadCalendar(db: ReadDb): Promise<WorkCalendar> {
  return workCalendarOf([...builtInArrangements, ...(await listOfficeYears(db)).map(({ arrangement }) => arrangement)])
}

/** Puts a year in force; the one entered before for it is replaced. */
export async function saveYear(db: WriteDb, { arrangement, setAt, setBy }: OfficeYear): Promise<void> {
  const row = { year: arrangement.year, arrangement: JSON.stringify(arrangement), set_at: setAt, set_by: setBy }
  await tables<DirectoryTables>(db).insertInto('calendar_year').values(row).onConflict((conflict) => conflict.column('year').doUpdateSet(row)).execute()
}

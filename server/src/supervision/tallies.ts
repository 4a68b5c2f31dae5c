/** Tallies of assignments for the overview. Reading thousands of bodies takes longer than anybody waits, so a tally is counted once
 * per version of an assignment, for as long as the day and the calendar hold. */
import type { CivilDate, WorkCalendar } from '@xiewen/shared/base'
import { addTallies, emptyTally, type Tally, tallyOf } from '@xiewen/shared/supervision'
import type { QueryContext } from '../platform/context.ts'
import type { Services } from '../platform/services.ts'
import { type CountedRow, readBodies } from './ledger.ts'
import { assignmentOf } from './repository.ts'

interface Book {
  readonly today: CivilDate
  readonly calendar: WorkCalendar
  readonly tallies: Map<string, { readonly version: number; readonly tally: Tally }>
}

const books = new WeakMap<Services, Book>()

/** The tallies of the rows that were assigned, added up by lead unit. */
export async function tallyByUnit(ctx: QueryContext, rows: readonly CountedRow[]): Promise<ReadonlyMap<string | null, Tally>> {
  const { tallies, today, calendar } = bookOf(ctx)
  const assigned = rows.filter((row) => row.assigned_on !== null)
  const unknown = assigned.filter((row) => tallies.get(row.id)?.version !== row.version).map((row) => row.id)
  for (const row of await readBodies(ctx.db, unknown)) tallies.set(row.id, { version: row.version, tally: tallyOf(assignmentOf(row), today, calendar) })
  const sums = new Map<string | null, Tally>()
  for (const row of assigned) sums.set(row.lead_unit_id, addTallies(sums.get(row.lead_unit_id) ?? emptyTally, tallies.get(row.id)?.tally ?? emptyTally))
  return sums
}

function bookOf(ctx: QueryContext): Book {
  const calendar = ctx.services.calendar.current()
  const known = books.get(ctx.services)
  if (known && known.today === ctx.today && known.calendar === calendar) return known
  const book: Book = { today: ctx.today, calendar, tallies: new Map() }
  books.set(ctx.services, book)
  return book
}

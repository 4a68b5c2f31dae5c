/** What the overview counts of assignments. Reading thousands of bodies takes longer than anybody waits, so an assignment is counted
 * once per version, for as long as the day and the calendar hold. */
import type { CivilDate, WorkCalendar } from '@xiewen/shared/base'
import { addTallies, type Assignment, type AssignmentState, emptyTally, type LampColour, lampOf, leadOf, type Tally, tallyOf } from '@xiewen/shared/supervision'
import type { QueryContext } from '../platform/context.ts'
import type { Services } from '../platform/services.ts'
import { type AssignmentVersion, readBodies } from './ledger.ts'
import { assignmentOf } from './repository.ts'

/** What the overview counts of one assignment. */
export interface CountedAssignment {
  readonly version: number
  readonly state: AssignmentState
  readonly lamp: LampColour
  readonly leadUnitId: string | null
  readonly assignedOn: CivilDate | null
  readonly finishedOn: CivilDate | null
  readonly tally: Tally
}

interface Book {
  readonly today: CivilDate
  readonly calendar: WorkCalendar
  readonly counted: Map<string, CountedAssignment>
}

const books = new WeakMap<Services, Book>()

/** The given versions with what is counted of them; a version that nobody counted today is read once. */
export async function countVersions(ctx: QueryContext, versions: readonly AssignmentVersion[]): Promise<readonly CountedAssignment[]> {
  const { counted, today, calendar } = bookOf(ctx)
  const unknown = versions.filter(({ id, version }) => counted.get(id)?.version !== version).map(({ id }) => id)
  for (const row of await readBodies(ctx.db, unknown)) counted.set(row.id, countOne(row.version, assignmentOf(row), today, calendar))
  return versions.flatMap(({ id }) => counted.get(id) ?? [])
}

function countOne(version: number, assignment: Assignment, today: CivilDate, calendar: WorkCalendar): CountedAssignment {
  const { state, assignedOn, finishedOn } = assignment
  const lamp = lampOf(assignment, today, calendar).colour
  return { version, state, lamp, leadUnitId: leadOf(assignment), assignedOn, finishedOn, tally: tallyOf(assignment, today, calendar) }
}

/** The tallies of what was assigned, added up by lead unit. */
export function tallyByUnit(counted: readonly CountedAssignment[]): ReadonlyMap<string | null, Tally> {
  const sums = new Map<string | null, Tally>()
  for (const { assignedOn, leadUnitId, tally } of counted) if (assignedOn !== null) sums.set(leadUnitId, addTallies(sums.get(leadUnitId) ?? emptyTally, tally))
  return sums
}

function bookOf(ctx: QueryContext): Book {
  const calendar = ctx.services.calendar.current()
  const known = books.get(ctx.services)
  if (known && known.today === ctx.today && known.calendar === calendar) return known
  const book: Book = { today: ctx.today, calendar, counted: new Map() }
  books.set(ctx.services, book)
  return book
}

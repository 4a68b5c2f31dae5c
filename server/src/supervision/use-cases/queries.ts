/** Reading: ledger, overview, one assignment. */
import { accept, type CivilDate, refuse } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import {
  addTallies, assignmentStates, emptyTally, indicatorsFrom, lampColours, type Overview, supervisionContract as contract,
} from '@xiewen/shared/supervision'
import { listUnits } from '../../directory/index.ts'
import { type Operation, onQuery } from '../../platform/slice.ts'
import { listCounted, listLedger } from '../ledger.ts'
import { presentAssignment, presentRow } from '../present.ts'
import { sightOf } from '../relation.ts'
import { findAssignmentFor } from '../repository.ts'
import { type CountedAssignment, countVersions, tallyByUnit } from '../tallies.ts'

const ledger = onQuery(contract.ledger, async (ctx, input) => {
  const page = await listLedger(ctx.db, sightOf(ctx.actor), input, ctx.today)
  const calendar = ctx.services.calendar.current()
  return accept({ rows: page.rows.map((row) => presentRow(row, ctx.today, calendar)), next: page.next })
})

const view = onQuery(contract.view, async (ctx, input) => {
  const found = await findAssignmentFor(ctx.db, ctx.actor, input.assignmentId)
  return found ? accept(await presentAssignment(ctx, found)) : refuse('supervision.not-found')
})

const overview = onQuery(contract.overview, async (ctx, input) => {
  const year = input.year ?? Number(ctx.today.slice(0, 4))
  const months = lastMonths(ctx.today, 12)
  const counted = await countVersions(ctx, await listCounted(ctx.db, sightOf(ctx.actor), year, months[0] ?? ctx.today.slice(0, 7)))
  const rows = counted.filter((row) => row.assignedOn === null || row.assignedOn.startsWith(`${year}-`))
  const tallies = tallyByUnit(rows)
  const rowsOf = groupBy(rows, (row) => row.leadUnitId)
  const units: Overview['units'] = []
  for (const unit of await listUnits(ctx.db)) {
    const own = rowsOf.get(unit.id)
    if (!own) continue
    const indicators = indicatorsFrom(tallies.get(unit.id) ?? emptyTally)
    units.push({ unitId: unit.id satisfies UnitId, unitName: unit.shortName || unit.name, ...tallyRows(own), indicators })
  }
  return accept({ ...tallyRows(rows), units, months: countMonths(months, counted), indicators: indicatorsFrom([...tallies.values()].reduce(addTallies, emptyTally)) })
})

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

function tallyRows(rows: readonly CountedAssignment[]): Pick<Overview, 'total' | 'states' | 'lamps'> {
  return { total: rows.length, states: countEach(assignmentStates, rows, (row) => row.state), lamps: countEach(lampColours, rows, (row) => row.lamp) }
}

function countEach<K extends string>(keys: readonly K[], rows: readonly CountedAssignment[], keyOf: (row: CountedAssignment) => K): Record<K, number> {
  // Safe because the record is made from all keys.
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
  for (const row of rows) counts[keyOf(row)] += 1
  return counts
}

function countMonths(months: readonly string[], rows: readonly CountedAssignment[]): Overview['months'] {
  const assigned = countBy(rows, (row) => row.assignedOn?.slice(0, 7))
  const closed = countBy(rows, (row) => row.finishedOn?.slice(0, 7))
  return months.map((month) => ({ month, assigned: assigned.get(month) ?? 0, closed: closed.get(month) ?? 0 }))
}

function countBy(rows: readonly CountedAssignment[], keyOf: (row: CountedAssignment) => string | undefined): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return counts
}

function lastMonths(today: CivilDate, count: number): readonly string[] {
  const current = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  return Array.from({ length: count }, (_each, index) => {
    const month = current - (count - 1) + index
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

/** Operations of this file. */
export const queryOperations: readonly Operation[] = [ledger, view, overview]

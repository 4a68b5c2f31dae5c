/** Reading: ledger, overview, one assignment. */
import { accept, type CivilDate, refuse } from '@xiewen/shared/base'
import type { UnitId } from '@xiewen/shared/directory'
import {
  type AssignmentState, assignmentStates, indicatorsOf, type LampColour, lampColours, leadOf, type Overview, supervisionContract as contract,
} from '@xiewen/shared/supervision'
import { listUnits } from '../../directory/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type Operation, onQuery } from '../../platform/slice.ts'
import { countByMonth, countByUnit, listLedger, listYear } from '../ledger.ts'
import { presentAssignment, presentRow } from '../present.ts'
import { sightOf } from '../relation.ts'
import { assignmentOf, findAssignmentFor } from '../repository.ts'

const ledger = onQuery(contract.ledger, async (ctx, input) => {
  const page = await listLedger(ctx.db, sightOf(ctx.actor), input, ctx.today)
  const calendar = ctx.services.calendar.current()
  return accept({ rows: page.rows.map((row) => presentRow(row, ctx.today, calendar)), next: page.next })
})

const view = onQuery(contract.view, async (ctx, input) => {
  const found = await findAssignmentFor(ctx.db, ctx.actor, input.assignmentId)
  return found ? accept(await presentAssignment(ctx, found)) : refuse('supervision.not-found')
})

type Count = Awaited<ReturnType<typeof countByUnit>>[number]

const overview = onQuery(contract.overview, async (ctx, input) => {
  const year = input.year ?? Number(ctx.today.slice(0, 4))
  const counts = await countByUnit(ctx.db, sightOf(ctx.actor), year, ctx.today)
  const all = (await listYear(ctx.db, sightOf(ctx.actor), year)).map(assignmentOf)
  const calendar = ctx.services.calendar.current()
  const units: Overview['units'] = []
  const countsOf = groupBy(counts, (count) => count.leadUnitId)
  const ledBy = groupBy(all, leadOf)
  for (const unit of await listUnits(ctx.db)) {
    const own = countsOf.get(unit.id)
    if (!own) continue
    const indicators = indicatorsOf(ledBy.get(unit.id) ?? [], ctx.today, calendar)
    units.push({ unitId: unit.id satisfies UnitId, unitName: unit.shortName || unit.name, states: tallyStates(own), lamps: tallyLamps(own), total: sum(own), indicators })
  }
  return accept({
    total: sum(counts),
    states: tallyStates(counts),
    lamps: tallyLamps(counts),
    units,
    months: await monthsOf(ctx),
    indicators: indicatorsOf(all, ctx.today, calendar),
  })
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

function sum(counts: readonly Count[]): number {
  return counts.reduce((total, each) => total + each.count, 0)
}

function tallyStates(counts: readonly Count[]): Record<AssignmentState, number> {
  // Safe because the record is made from all states.
  return Object.fromEntries(assignmentStates.map((state) => [state, sum(counts.filter((each) => each.state === state))])) as Record<AssignmentState, number>
}

function tallyLamps(counts: readonly Count[]): Record<LampColour, number> {
  // Safe because the record is made from all colours.
  return Object.fromEntries(lampColours.map((lamp) => [lamp, sum(counts.filter((each) => each.lamp === lamp))])) as Record<LampColour, number>
}

async function monthsOf(ctx: QueryContext): Promise<Overview['months']> {
  const months = lastMonths(ctx.today, 12)
  const sight = sightOf(ctx.actor)
  const from = months[0] ?? ctx.today.slice(0, 7)
  const assigned = await countByMonth(ctx.db, sight, 'assigned_on', from)
  const closed = await countByMonth(ctx.db, sight, 'finished_on', from)
  return months.map((month) => ({ month, assigned: assigned.get(month) ?? 0, closed: closed.get(month) ?? 0 }))
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

/** Showing the working-day calendar and putting a year's arrangement in force. */
import { accept, arrangementFaults, builtInArrangements, daysOff, refuse } from '@xiewen/shared/base'
import { calendarContract } from '@xiewen/shared/directory'
import { onCommand, onQuery } from '../../platform/slice.ts'
import { listOfficeYears, loadCalendar, saveYear } from '../calendar.ts'

const show = onQuery(calendarContract.show, async (ctx) => {
  const own = await listOfficeYears(ctx.db)
  const replaced = new Set(own.map(({ arrangement }) => arrangement.year))
  const builtIn = builtInArrangements.filter(({ year }) => !replaced.has(year)).map((arrangement) => ({ arrangement, builtIn: true, setAt: null, setBy: '' }))
  return accept({ years: [...builtIn, ...own.map((year) => ({ ...year, builtIn: false }))].sort((a, b) => a.arrangement.year - b.arrangement.year) })
})

const setYear = onCommand(calendarContract.setYear, async (ctx, { arrangement }) => {
  const fault = arrangementFaults(arrangement)[0]
  if (fault) return refuse(`directory.calendar-${fault.code}`, { date: fault.date })
  await saveYear(ctx.db, { arrangement, setAt: ctx.now, setBy: ctx.actor.name })
  const next = await loadCalendar(ctx.db)
  // The rows are the truth and are read again at every start; this only spares asking them at every deadline.
  ctx.afterCommit(() => ctx.services.calendar.adopt(next))
  await ctx.record({
    kind: 'directory.calendar-set',
    subject: { kind: 'calendar', id: String(arrangement.year) },
    data: { year: arrangement.year, source: arrangement.source, daysOff: daysOff(arrangement).size, makeUpDays: arrangement.makeUpDays.length },
  })
  return accept({})
})

/** All operations on the calendar. */
export const calendarOperations = [show, setYear]

/** The working-day calendar (工作日历) of the installation: which years are known, and putting a year's arrangement in force.
 * Fact: `directory.calendar-set` with the year, its source and the number of days off. */
import { z } from 'zod'
import { forDuties, forSignedIn } from '../base/access.ts'
import { yearArrangementSchema } from '../base/calendar/index.ts'
import { command, query } from '../base/contract.ts'

/** Commands and queries of the calendar. */
export const calendarContract = {
  show: query({
    name: 'directory.calendar',
    summary: 'Arrangements of holidays in force, oldest first. Years not listed have only their statutory days off, and deadlines in them are provisional.',
    access: forSignedIn,
    input: z.strictObject({}),
    output: z.object({
      years: z.array(z.object({ arrangement: yearArrangementSchema, builtIn: z.boolean(), setAt: z.number().nullable(), setBy: z.string() })),
    }),
  }),
  setYear: command({
    name: 'directory.set-calendar-year',
    summary: 'Puts a year’s arrangement of holidays in force (节假日安排); lamps and reminders of running assignments are reckoned anew.',
    access: forDuties('system-admin'),
    input: z.strictObject({ arrangement: yearArrangementSchema }),
    output: z.object({}),
  }),
} as const

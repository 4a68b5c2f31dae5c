/** Timed work: urging by the calendar, three working days before the due date, one before, on it, and every working day after. */
import { civilDateAt } from '@xiewen/shared/base'
import { daysLeftOf } from '@xiewen/shared/supervision'
import { z } from 'zod'
import type { JobKind } from '../platform/slice.ts'
import { applyEvent, urgeJob } from './apply.ts'
import { findAssignment } from './repository.ts'

const payloadSchema = z.object({ assignmentId: z.string() })

/** Jobs of the room. One that slept through several dates urges once, with what is true then. */
export const supervisionJobs: readonly JobKind[] = [
  {
    name: urgeJob,
    misfire: 'run-late',
    run: async (ctx, job) => {
      const found = await findAssignment(ctx.db, payloadSchema.parse(job.payload).assignmentId)
      if (!found) return
      const daysLeft = daysLeftOf(found.assignment, civilDateAt(ctx.now), ctx.services.calendar.current())
      if (daysLeft === null) return
      await applyEvent(ctx, found, { kind: 'urged', note: '', daysLeft, at: ctx.now, by: null })
    },
  },
]

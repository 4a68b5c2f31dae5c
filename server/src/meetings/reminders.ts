/** Reminders: a day before and half an hour before a meeting begins, to those who have not been excused. */
import { z } from 'zod'
import { receiptState } from '@xiewen/shared/meetings'
import type { CommandContext } from '../platform/context.ts'
import type { JobKind } from '../platform/slice.ts'
import { tell } from './notices.ts'
import { findMeeting, listAttendees } from './repository.ts'
import type { MeetingRecord } from './tables.ts'

const jobName = 'meetings.remind'
const leadTimes = { day: 24 * 3_600_000, 'half-hour': 30 * 60_000 } as const
const payloadSchema = z.object({ meetingId: z.string(), from: z.number() })

/** Plans the reminders of a meeting; planning again moves them. */
export async function planReminders(ctx: CommandContext, meeting: MeetingRecord): Promise<void> {
  for (const [key, ms] of Object.entries(leadTimes)) {
    const dueAt = meeting.from_at - ms
    if (dueAt > ctx.now) await ctx.jobs.plan({ name: jobName, key: `${meeting.id}.${key}`, dueAt, payload: { meetingId: meeting.id, from: meeting.from_at } })
    else await ctx.jobs.cancel(jobName, `${meeting.id}.${key}`)
  }
}

/** Forgets them. */
export async function cancelReminders(ctx: CommandContext, meetingId: string): Promise<void> {
  for (const key of Object.keys(leadTimes)) await ctx.jobs.cancel(jobName, `${meetingId}.${key}`)
}

/** Timed work of the room. */
export const meetingsJobs: readonly JobKind[] = [
  {
    name: jobName,
    misfire: 'skip',
    graceMs: 20 * 60_000,
    run: async (ctx, job) => {
      const { meetingId, from } = payloadSchema.parse(job.payload)
      const meeting = await findMeeting(ctx.db, meetingId)
      if (meeting?.state !== 'notified' || meeting.from_at !== from) return
      const expected = (await listAttendees(ctx.db, meetingId)).filter((attendee) => receiptState(attendee, { state: meeting.state, from }) !== 'leave-granted')
      for (const attendee of expected) await tell(ctx, meeting, attendee, 'meetings.step.reminder')
      await ctx.record({ kind: 'meetings.reminded', subject: { kind: 'meeting', id: meetingId }, data: { from, expected: expected.length } })
    },
  },
]

/** The meetings room on the server: rooms, bookings, receipts, sign-in, minutes and their tasks. */
import { meetingsRefusals } from '@xiewen/shared/meetings'
import { defineSlice } from '../platform/slice.ts'
import { meetingsMigrations } from './migrations.ts'
import { meetingsReactions } from './reactions.ts'
import { meetingsJobs } from './reminders.ts'
import { markOperations } from './use-cases/marks.ts'
import { planOperations } from './use-cases/plan.ts'
import { queryOperations } from './use-cases/queries.ts'
import { receiptOperations } from './use-cases/receipts.ts'
import { roomOperations } from './use-cases/rooms.ts'
import { runOperations } from './use-cases/run.ts'

export { linkAssignment, noteAssignmentState } from './links.ts'
export { findMark, findMeeting, findMeetingOfMinutes } from './repository.ts'

/** What this room brings to the server. */
export const meetingsSlice = defineSlice({
  name: 'meetings',
  migrations: meetingsMigrations,
  operations: [...roomOperations, ...planOperations, ...receiptOperations, ...runOperations, ...markOperations, ...queryOperations],
  refusals: meetingsRefusals,
  reactions: meetingsReactions,
  jobs: meetingsJobs,
  reading: 'notice',
})

/** The exchange room on the server: dispatches, receipts, registering, reading, verification. */
import { exchangeRefusals } from '@xiewen/shared/exchange'
import { defineSlice } from '../platform/slice.ts'
import { exchangeJobs } from './deadlines.ts'
import { exchangeMigrations } from './migrations.ts'
import { exchangeReactions } from './reactions.ts'
import { followOperations } from './use-cases/follow.ts'
import { receivedOperations } from './use-cases/queries.ts'
import { readingOfEntry, readOperations } from './use-cases/read.ts'
import { receiveOperations } from './use-cases/receive.ts'
import { registerOperations } from './use-cases/register.ts'
import { resumeOperations } from './use-cases/resume.ts'
import { sendOperations } from './use-cases/send.ts'
import { trackingOperations } from './use-cases/tracking.ts'
import { verifyOperations } from './use-cases/verify.ts'

/** What this room brings to the server. */
export const exchangeSlice = defineSlice({
  name: 'exchange',
  migrations: exchangeMigrations,
  operations: [
    ...sendOperations, ...receiveOperations, ...followOperations, ...registerOperations, ...resumeOperations, ...readOperations,
    ...receivedOperations, ...trackingOperations, ...verifyOperations,
  ],
  refusals: exchangeRefusals,
  reactions: exchangeReactions,
  jobs: exchangeJobs,
  reading: readingOfEntry,
})

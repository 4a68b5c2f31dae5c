/** The workflow room on the server: cases, tasks, opinions, circulation. */
import { workflowRefusals } from '@xiewen/shared/workflow'
import { defineSlice } from '../platform/slice.ts'
import { workflowJobs } from './deadlines.ts'
import { workflowMigrations } from './migrations.ts'
import { workflowReactions } from './reactions.ts'
import { actOperations } from './use-cases/acts.ts'
import { previewOperations } from './use-cases/preview.ts'
import { queryOperations } from './use-cases/queries.ts'
import { readingOfEntry, sideOperations } from './use-cases/side.ts'
import { sheetOperations } from './use-cases/show-sheet.ts'
import { startOperations } from './use-cases/start.ts'
import { togetherOperations } from './use-cases/together.ts'

export { type OpinionFault, opinionFaults, verifyOpinions } from './opinions.ts'
export { listCasesOfDocument, listEvents, listOpinions, statementOf } from './repository.ts'
export { keepStamp, listStamps, listUnstamped, listUnstampedOf, type UnstampedOpinion } from './stamps.ts'
export { layOutSheet, storeIncoming } from './sheet.ts'
export { type NewCase, startCase } from './start-case.ts'

/** What this room brings to the server. */
export const workflowSlice = defineSlice({
  name: 'workflow',
  migrations: workflowMigrations,
  operations: [...startOperations, ...actOperations, ...togetherOperations, ...sideOperations, ...previewOperations, ...queryOperations, ...sheetOperations],
  refusals: workflowRefusals,
  reading: readingOfEntry,
  reactions: workflowReactions,
  jobs: workflowJobs,
})

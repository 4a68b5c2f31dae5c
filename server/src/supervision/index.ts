/** The supervision room on the server: assignments, reports, lamps, urging. */
import { supervisionRefusals } from '@xiewen/shared/supervision'
import { defineSlice } from '../platform/slice.ts'
import { supervisionJobs } from './jobs.ts'
import { supervisionMigrations } from './migrations.ts'
import { supervisionReactions } from './reactions.ts'
import { actOperations } from './use-cases/acts.ts'
import { assignOperations } from './use-cases/assign.ts'
import { evidenceOperations } from './use-cases/evidence.ts'
import { queryOperations } from './use-cases/queries.ts'

export { type AssignmentOrigin, proposeAssignment } from './create.ts'
export { resolveUnits } from './proposals.ts'
export { findAssignment, findAssignmentFor, listOfSource, type StoredAssignment } from './repository.ts'

/** What this room brings to the server. */
export const supervisionSlice = defineSlice({
  name: 'supervision',
  migrations: supervisionMigrations,
  operations: [...assignOperations, ...actOperations, ...evidenceOperations, ...queryOperations],
  refusals: supervisionRefusals,
  reactions: supervisionReactions,
  jobs: supervisionJobs,
  reading: 'notice',
})

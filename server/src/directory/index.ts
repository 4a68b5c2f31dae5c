/** The directory room on the server: people, units, posts, deputies, sessions. */
import { directoryRefusals } from '@xiewen/shared/directory'
import { defineSlice } from '../platform/slice.ts'
import { directoryMigrations } from './tables.ts'
import { calendarOperations } from './use-cases/calendar.ts'
import { delegationOperations } from './use-cases/delegations.ts'
import { peopleOperations } from './use-cases/people.ts'
import { sessionOperations } from './use-cases/session.ts'

export { loadCalendar } from './calendar.ts'
export { findDeputyOf, postsActedFor, postsActedForByEach } from './delegations.ts'
export { findPerson, getPost, getPosts, listPeople, listPostsOfPeople, listPostsOfPerson, listPostsWithDuty, peopleOfPosts, personOfPost } from './posts.ts'
export { makeLink, resolveActor } from './sessions.ts'
export { setUpAdministrators, type SetUpPerson } from './set-up.ts'
export { findUnitByName, getUnit, listUnits, organOf, unitIdsWithin } from './units.ts'

/** What this room brings to the server. */
export const directorySlice = defineSlice({
  name: 'directory',
  migrations: directoryMigrations,
  operations: [...sessionOperations, ...peopleOperations, ...delegationOperations, ...calendarOperations],
  refusals: directoryRefusals,
})

/** Every slice of the server, in the order of their dependencies. */
import { auditSlice } from '../platform/audit/slice.ts'
import { inboxSlice } from '../platform/inbox/inbox.ts'
import type { Reaction, Slice } from '../platform/slice.ts'
import type { LiveDocuments } from './compose-realtime.ts'
import type { Database } from '../platform/database/index.ts'
import { directorySlice } from '../directory/index.ts'

/** Platform slices first, then the rooms. */
export const slices: readonly Slice[] = [auditSlice, inboxSlice, directorySlice]

/** Journeys across rooms. */
export const processes: readonly Reaction[] = []

/** Where live text is kept and who may touch it. */
export function liveDocuments(_database: Database): LiveDocuments {
  return { log: { load: async () => null, append: async () => [], saveSnapshot: async () => undefined }, rights: { rightsOf: async () => 'none' }, inspector: { accept: () => ({ kind: 'accept' }) } }
}

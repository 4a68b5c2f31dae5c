/** Every slice of the server, in the order of their dependencies. */
import { auditSlice } from '../platform/audit/slice.ts'
import { inboxSlice } from '../platform/inbox/inbox.ts'
import type { Reaction, Slice } from '../platform/slice.ts'
import { directorySlice } from '../directory/index.ts'
import { documentsSlice } from '../documents/index.ts'

/** Platform slices first, then the rooms. */
export const slices: readonly Slice[] = [auditSlice, inboxSlice, directorySlice, documentsSlice]

/** Journeys across rooms. */
export const processes: readonly Reaction[] = []

export { liveDocuments } from '../documents/index.ts'

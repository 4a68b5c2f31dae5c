/** Every slice of the server, in the order of their dependencies. */
import { auditSlice } from '../platform/audit/slice.ts'
import { makeInboxSlice } from '../platform/inbox/inbox.ts'
import { liveSlice } from '../platform/realtime/slice.ts'
import type { Reaction, Slice } from '../platform/slice.ts'
import { archiveSlice } from '../archive/index.ts'
import { directorySlice } from '../directory/index.ts'
import { documentsSlice } from '../documents/index.ts'
import { exchangeSlice } from '../exchange/index.ts'
import { meetingsSlice } from '../meetings/index.ts'
import { handOver } from '../processes/hand-over.ts'
import { issueDocument } from '../processes/issue-document.ts'
import { meetingToTask } from '../processes/meeting-to-task.ts'
import { receiveDocument } from '../processes/receive-document.ts'
import { stampOpinions } from '../processes/stamp-opinions.ts'
import { supervisionSlice } from '../supervision/index.ts'
import { sealsSlice } from '../seals/index.ts'
import { workflowSlice } from '../workflow/index.ts'

const rooms: readonly Slice[] = [directorySlice, documentsSlice, workflowSlice, sealsSlice, meetingsSlice, supervisionSlice, exchangeSlice, archiveSlice]

/** Platform slices first, then the rooms. */
export const slices: readonly Slice[] = [auditSlice, liveSlice, makeInboxSlice(rooms), ...rooms]

/** Journeys across rooms. */
export const processes: readonly Reaction[] = [...handOver, ...issueDocument, ...receiveDocument, ...meetingToTask, ...stampOpinions]

export { liveDocuments } from '../documents/index.ts'

/** Opens the door through which rooms reach the live sockets. */
import { ydocVersion } from '@xiewen/shared/documents'
import type * as door from './door.ts'
import type { Realtime } from './realtime.ts'
import type { TicketOffice } from './ticket-office.ts'

/** Joins the ticket office and the endpoint. `closeSession` also withdraws tickets that were not used yet.
 *
 * @param realtime asked late: rooms are built before the HTTP server they will hang on
 */
export function openRealtimeDoor(office: TicketOffice, realtime: () => Realtime | undefined): door.Realtime {
  return {
    issueTicket: (grant) => office.issue({ ...grant, schemaVersion: ydocVersion }),
    refreshRights(documentId) {
      void realtime()?.refreshRights(documentId)
    },
    closeSession(sessionId) {
      office.revoke(sessionId)
      realtime()?.closeSessions(sessionId)
    },
  }
}

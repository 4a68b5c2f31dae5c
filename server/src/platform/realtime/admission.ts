/** Who is let in: the origin of the page, a well-made request, a ticket for that document. */
import type { IncomingMessage } from 'node:http'
import type { Deadlines } from './deadlines.ts'
import type { Report, TicketGrant, Tickets } from './ports.ts'
import type { SyncTarget } from './sync-target.ts'

/** Why a request gets no line. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 500 | 503

/** The door keeper. */
export interface Admission {
  /** Origin, ticket and document of a request that wants a line; a status when it gets none. */
  check(request: IncomingMessage, target: SyncTarget, isWellMade: boolean): Promise<TicketGrant | RefusalStatus>
  /** Whether a page of ours sent the request. */
  isOwnOrigin(request: IncomingMessage): boolean
}

/** Makes the door keeper. */
export function createAdmission(deps: {
  readonly tickets: Tickets
  readonly origins: readonly string[] | (() => readonly string[])
  readonly inTime: Deadlines['inTime']
  readonly report: Report
  readonly isClosing: () => boolean
}): Admission {
  function isOwnOrigin(request: IncomingMessage): boolean {
    const { origin } = request.headers
    const origins = typeof deps.origins === 'function' ? deps.origins() : deps.origins
    return origin !== undefined && origins.includes(origin)
  }

  async function redeem({ ticket }: SyncTarget): Promise<TicketGrant | null | 'failed'> {
    if (ticket === null || ticket === '') return null
    try {
      return await deps.inTime(deps.tickets.redeem(ticket))
    } catch (cause) {
      if (!deps.isClosing()) deps.report({ kind: 'ticket-failed', cause })
      return 'failed'
    }
  }

  return {
    async check(request, target, isWellMade) {
      if (!isOwnOrigin(request)) return 403
      if (deps.isClosing()) return 503
      if (!isWellMade) return 400
      const grant = await redeem(target)
      if (grant === 'failed') return 503
      return grant === null || grant.documentId !== target.documentId ? 401 : grant
    },
    isOwnOrigin,
  }
}

/** The way in where WebSocket is blocked: one request that stays open brings what the server says, short ones carry what the client says. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Admission, RefusalStatus } from './admission.ts'
import { answer, type HttpLine, openHttpLine } from './http-line.ts'
import type { Limits } from './limits.ts'
import type { Line } from './line.ts'
import type { Relay, Report, TicketGrant } from './ports.ts'
import { parseHttpTarget, type SyncTarget } from './sync-target.ts'

/** The door of HTTP lines. */
export interface HttpDoor {
  /** Takes a request below `/sync/`; false when it is none of an HTTP line's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
}

/** Makes the door. */
export function createHttpDoor(deps: {
  readonly admission: Admission
  readonly limits: Limits
  readonly report: Report
  readonly refused: (status: RefusalStatus) => void
  readonly wayTo: (documentId: string) => Promise<'here' | Relay | 'unknown'>
  readonly lead: (way: 'here' | Relay, line: Line, target: SyncTarget, grant: TicketGrant, maxMessageBytes: number) => void
}): HttpDoor {
  const { admission, limits } = deps
  const lines = new Map<string, { readonly line: HttpLine; readonly documentId: string }>()

  async function open(request: IncomingMessage, response: ServerResponse, target: SyncTarget): Promise<void> {
    request.resume()
    const grant = await admission.check(request, target, true)
    if (typeof grant === 'number') return refuse(response, grant)
    const way = await deps.wayTo(grant.documentId)
    if (way === 'unknown') return refuse(response, 503)
    if (response.destroyed) return
    const key = randomBytes(32).toString('base64url')
    const line = openHttpLine(response, key, { maxRequestBytes: limits.maxHttpRequestBytes, maxMessageBytes: limits.maxHttpMessageBytes })
    // Known before the first byte leaves, so that a quick client finds its line.
    lines.set(key, { line, documentId: grant.documentId })
    deps.lead(way, line, target, grant, limits.maxHttpMessageBytes)
    response.on('close', () => lines.delete(key))
  }

  function refuse(response: ServerResponse, status: RefusalStatus): void {
    deps.refused(status)
    answer(response, status)
  }

  return {
    handle(request, response) {
      const asked = request.method === 'POST' ? parseHttpTarget(request.url ?? '') : null
      if (asked === null) return false
      if (asked.kind === 'open') {
        open(request, response, asked.target).catch((cause: unknown) => {
          deps.report({ kind: 'bug', cause })
          response.destroy()
        })
        return true
      }
      const found = lines.get(asked.key)
      const isTheirs = found !== undefined && found.documentId === asked.documentId && admission.isOwnOrigin(request)
      if (isTheirs) found.line.receive(request, response, asked.number)
      else {
        request.resume()
        answer(response, found === undefined ? 410 : 403)
      }
      return true
    },
  }
}

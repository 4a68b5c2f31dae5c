/** Joins the sync endpoint to the HTTP server, the documents room's log and the sessions. */
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ydocVersion } from '@xiewen/shared/documents'
import type { Clock } from '../platform/clock/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Realtime as RealtimeDoor } from '../platform/realtime/door.ts'
import { attachRealtime, createTicketOffice, type Inspector, type Realtime, type Rights, type UpdateLog } from '../platform/realtime/index.ts'

/** What the documents room brings to live editing. */
export interface LiveDocuments {
  readonly log: UpdateLog
  readonly rights: Rights
  readonly inspector: Inspector
}

/** The endpoint, the door rooms use, and the way to end sockets of a session or person. */
export interface ComposedRealtime {
  readonly endpoint: Realtime
  readonly door: RealtimeDoor
  drop(sessionOrPersonId: string): void
  close(): Promise<void>
}

/** Attaches live editing to a server. */
export function composeRealtime(options: {
  readonly server: Server
  readonly live: LiveDocuments
  readonly clock: Clock
  readonly config: Config
  readonly report: (error: unknown, where: string) => void
}): ComposedRealtime {
  const { server, live, clock, config, report } = options
  const tickets = createTicketOffice({ clock, random: (size) => randomBytes(size) })
  const endpoint = attachRealtime(server, {
    tickets,
    rights: live.rights,
    log: live.log,
    inspector: live.inspector,
    clock,
    report: (event) => report('cause' in event ? event.cause : event, `realtime ${event.kind}`),
    origins: () => allowedOrigins(server, config),
  })
  const drop = (id: string): void => {
    tickets.revoke(id)
    endpoint.closeSessions(id)
  }
  return {
    endpoint,
    drop,
    close: () => endpoint.close(),
    door: {
      issueTicket: (grant) => tickets.issue({ ...grant, schemaVersion: ydocVersion }),
      refreshRights: (documentId) => {
        endpoint.refreshRights(documentId).catch((error: unknown) => report(error, 'realtime rights'))
      },
      look: () => endpoint.look(),
      closeSession: drop,
    },
  }
}

/** Our own address under the names people use for it: the public one, else the loopback names with the real port. */
function allowedOrigins(server: Server, config: Config): readonly string[] {
  if (config.publicUrl !== null) return [new URL(config.publicUrl).origin]
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  return [...new Set(['127.0.0.1', 'localhost', config.host])].map((host) => `http://${host}:${port}`)
}

/** Live editing for clients that can have no WebSocket. Its requests are its own from the first byte: their bodies are streams, and
 * its answers stay open. */
export function mountSync(app: FastifyInstance, endpoint: Realtime): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.raw.url?.startsWith('/sync/') && endpoint.handleRequest(request.raw, reply.raw)) reply.hijack()
  })
}

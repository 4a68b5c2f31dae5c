/** Joins the sync endpoint to the HTTP server, the documents room's log and the sessions. */
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { ydocVersion } from '@xiewen/shared/documents'
import type { Clock } from '../platform/clock/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Realtime as RealtimeDoor } from '../platform/realtime/door.ts'
import type { Cluster } from '../platform/cluster/index.ts'
import { attachRealtime, createTicketOffice, type Inspector, type Realtime, type Rights, type TicketGrant, type TicketOffice, type Tickets, type UpdateLog } from '../platform/realtime/index.ts'

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
  /** Redeems a ticket of this process on behalf of another. */
  redeem(ticket: string): Promise<TicketGrant | null>
  /** Rights have changed by an act on another process. */
  refreshRights(documentId: string): void
  close(): Promise<void>
}

/** Attaches live editing to a server. */
export function composeRealtime(options: {
  readonly server: Server
  readonly live: LiveDocuments
  /** `null` where this process is the only one. */
  readonly cluster: Cluster | null
  readonly clock: Clock
  readonly config: Config
  readonly report: (error: unknown, where: string) => void
}): ComposedRealtime {
  const { server, live, cluster, clock, config, report } = options
  const tickets = createTicketOffice({ clock, random: (size) => randomBytes(size) })
  const endpoint = attachRealtime(server, {
    tickets: cluster === null ? tickets : ticketsOfAll(tickets, cluster),
    owners: cluster?.owners,
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
  const refreshRights = (documentId: string): void => {
    endpoint.refreshRights(documentId).catch((error: unknown) => report(error, 'realtime rights'))
  }
  return {
    endpoint,
    drop,
    redeem: (ticket) => tickets.redeem(ticket),
    refreshRights,
    close: () => endpoint.close(),
    door: {
      issueTicket: (grant) => {
        const ticket = tickets.issue({ ...grant, schemaVersion: ydocVersion })
        return cluster === null ? ticket : `${cluster.nodeId()}.${ticket}`
      },
      refreshRights: (documentId) => {
        refreshRights(documentId)
        cluster?.say({ kind: 'rights', documentId })
      },
      look: () => endpoint.look(),
      closeSession: (id) => {
        drop(id)
        cluster?.say({ kind: 'session-ended', id })
      },
    },
  }
}

/** Tickets name the node that issued them, which is the only one that can redeem them: so each is used once, whichever node a client
 * is led to. A ticket of a node that is gone is gone with it; the client asks for another. */
function ticketsOfAll(own: TicketOffice, cluster: Cluster): Tickets {
  return {
    async redeem(ticket) {
      const dot = ticket.indexOf('.')
      const [node, rest] = [ticket.slice(0, Math.max(0, dot)), ticket.slice(dot + 1)]
      if (node === cluster.nodeId() || node === '') return own.redeem(rest)
      // Safe because the other node answers with the grant it made.
      return (await cluster.redeemThere(node, rest)) as TicketGrant | null
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

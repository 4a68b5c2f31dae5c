/** A whole sync endpoint on a port of its own, with adjustable rights: for tests and for the load generator. */
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import WebSocket from 'ws'
import { defaultLimits, type Limits, listenBacklog } from '../limits.ts'
import type { Inspector, RealtimeEvent, Rights, RightsLevel, TicketGrant, UpdateLog } from '../ports.ts'
import { attachRealtime, type Realtime } from '../realtime.ts'
import { createTicketOffice, type TicketOffice } from '../ticket-office.ts'

/** How to start it. */
export interface HarnessOptions {
  readonly log: UpdateLog
  /** 0 or absent: any free port. */
  readonly port?: number
  readonly limits?: Partial<Limits>
  readonly inspector?: Inspector
  readonly rights?: Rights
  readonly rightsOf?: (documentId: string, personId: string) => Promise<RightsLevel>
}

/** The running endpoint and what a test turns. */
export interface Harness {
  readonly realtime: Realtime
  readonly office: TicketOffice
  /** `ws://127.0.0.1:port` */
  readonly url: string
  readonly origin: string
  readonly events: RealtimeEvent[]
  /** Rights by `personId`; everybody else may edit. */
  readonly rights: Map<string, RightsLevel>
  /** Milliseconds the clock runs ahead. */
  skewMs: number
  grant(documentId: string, personId: string, more?: Partial<TicketGrant>): TicketGrant
  ticket(documentId: string, personId: string, more?: Partial<TicketGrant>): string
  /** A client WebSocket class that sends the allowed origin. */
  readonly WebSocket: typeof globalThis.WebSocket
  close(): Promise<void>
}

/** Starts an endpoint on a free loopback port. */
export async function startHarness(options: HarnessOptions): Promise<Harness> {
  const server = createServer((request, response) => {
    if (!realtime.handleRequest(request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', listenBacklog, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const origin = `http://127.0.0.1:${port}`
  const rights = new Map<string, RightsLevel>()
  const events: RealtimeEvent[] = []
  const clock = { now: () => Date.now() + harness.skewMs }
  const office = createTicketOffice({ clock, random: (size) => randomBytes(size) })
  const realtime = attachRealtime(server, {
    tickets: office,
    rights: options.rights ?? rightsFrom(options.rightsOf ?? (async (_documentId, personId) => rights.get(personId) ?? 'edit')),
    log: options.log,
    inspector: options.inspector ?? { accept: () => ({ kind: 'accept' }) },
    clock,
    report: (event) => events.push(event),
    origins: [origin],
    limits: { ...defaultLimits, ...options.limits },
  })
  const grant = (documentId: string, personId: string, more: Partial<TicketGrant> = {}): TicketGrant => ({
    sessionId: `session-of-${personId}`,
    personId,
    personName: `人员${personId}`,
    postTitle: '拟稿人',
    documentId,
    schemaVersion: 1,
    ...more,
  })
  const harness: Harness = {
    realtime,
    office,
    url: `ws://127.0.0.1:${port}`,
    origin,
    events,
    rights,
    skewMs: 0,
    grant,
    ticket: (documentId, personId, more) => office.issue(grant(documentId, personId, more)),
    WebSocket: originSocket(origin),
    async close() {
      await realtime.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return harness
}

function rightsFrom(rightsOf: (documentId: string, personId: string) => Promise<RightsLevel>): Rights {
  return {
    rightsOfPeople: async (documentId, personIds) =>
      new Map(await Promise.all(personIds.map(async (personId) => [personId, await rightsOf(documentId, personId)] as const))),
  }
}

function originSocket(origin: string): typeof globalThis.WebSocket {
  class OriginSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { origin })
    }
  }
  // Safe because ws implements the browser's interface as far as Yjs providers and our client use it.
  return OriginSocket as unknown as typeof globalThis.WebSocket
}

/** Waits until `condition` holds; throws after `timeoutMs`. */
export async function until(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

let serial = 0
/** A fresh, well-formed document id. */
export function aDocumentId(): string {
  serial += 1
  return `01j0000000${String(serial).padStart(16, '0')}`
}

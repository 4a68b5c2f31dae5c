/** The sync endpoint: y-websocket's protocol at `/sync/<documentId>` on an existing HTTP server. See server/PROTOCOL.md. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createAdmission, type RefusalStatus } from './admission.ts'
import { closeCodes, type CloseReason } from './close-codes.ts'
import { openDeadlines } from './deadlines.ts'
import { type Connection, createConnection } from './connection.ts'
import type { LiveLook } from './door.ts'
import { createFigures, type RealtimeMetrics } from './figures.ts'
import { createHttpDoor } from './http-door.ts'
import { judgeUpdate } from './ledger.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { Line } from './line.ts'
import type { Clock, Inspector, Owners, Relay, RelayedClient, Report, Rights, TicketGrant, Tickets, UpdateLog } from './ports.ts'
import { createRightsDesk } from './rights-desk.ts'
import { createRightsWatch } from './rights-watch.ts'
import { createRooms, type DocumentState, type OpenFailure } from './rooms.ts'
import { scanUpdate } from './scan-update.ts'
import { parseSyncTarget, type SyncTarget } from './sync-target.ts'
import { acceptWebSocket, destroyToo, readWebSocketKey } from './web-socket-line.ts'

/** Everything the sync endpoint is composed of. */
export interface RealtimeDeps {
  readonly tickets: Tickets
  readonly rights: Rights
  readonly log: UpdateLog
  readonly inspector: Inspector
  readonly clock: Clock
  readonly report: Report
  /** Exact values of the `Origin` header that may connect, e.g. `https://oa.example.gov.cn`. A function is asked per request
   * (a server on port 0 learns its own origin late). A request without an origin is refused. */
  readonly origins: readonly string[] | (() => readonly string[])
  readonly limits?: Partial<Limits>
  /** Which process serves a document, where several share one store. */
  readonly owners?: Owners | undefined
}

/** An outcome of writing on the server's own behalf. */
export type WriteOutcome =
  | { readonly kind: 'written'; readonly seq: number }
  | { readonly kind: 'not-written'; readonly because: OpenFailure | 'gap' | 'foreign-author' }

/** The running endpoint. */
export interface Realtime {
  /** Takes a request below `/sync/` of a client that can have no WebSocket; false when it is none of these. */
  handleRequest(request: IncomingMessage, response: ServerResponse): boolean
  /** Stops taking sockets, commits what was accepted, closes the rest with 4512. */
  close(): Promise<void>
  /** Closes every socket of a session or a person at once with 4401. Withdraw their tickets too (`TicketOffice.revoke`). */
  closeSessions(sessionOrPersonId: string, reason?: CloseReason): number
  /** Asks for everybody's rights in a document again; when it resolves, lowered rights are in force and whatever was accepted
   * under the old ones is on disk. */
  refreshRights(documentId: string): Promise<void>
  /** The whole document, everything acknowledged included, as one version 1 Yjs update. */
  readState(documentId: string): Promise<DocumentState | OpenFailure>
  /** Adds an update on behalf of a person, past rights and inspector, durably, and sends it to everybody. */
  write(
    documentId: string,
    update: Uint8Array,
    author: { readonly personId: string; readonly sessionId: string },
  ): Promise<WriteOutcome>
  /** Takes over a client of another process for a document of ours; that process has redeemed its ticket. */
  adopt(line: Line, client: RelayedClient): void
  /** Sends everybody away to try again: this process has lost touch with the others. */
  abandon(): void
  /** People connected to a document now, one entry per socket. */
  listPresent(documentId: string): readonly TicketGrant[]
  metrics(): RealtimeMetrics
  /** The same by document. */
  look(): LiveLook
}

/** Attaches the sync endpoint to an HTTP server. Every upgrade request that is not `/sync/<documentId>` is answered with 404. */
export function attachRealtime(server: Server, deps: RealtimeDeps): Realtime {
  const limits: Limits = { ...defaultLimits, ...deps.limits }
  const { clock, report } = deps
  const rooms = createRooms({ log: deps.log, clock, limits, report, inspector: deps.inspector, owners: deps.owners })
  const connections = new Set<Connection>()
  const relayed = new Set<{ readonly line: Line; readonly grant: TicketGrant }>()
  const closed: Record<string, number> = {}
  const refused: Record<string, number> = {}
  let isClosing = false
  const deadlines = openDeadlines(limits.answerWithinMs)
  const inTime = deadlines.inTime
  const admission = createAdmission({ tickets: deps.tickets, origins: deps.origins, inTime, report, isClosing: () => isClosing })
  const desk = createRightsDesk(deps.rights, inTime)
  const watch = createRightsWatch({ rights: deps.rights, inTime, rooms, report, isClosing: () => isClosing })
  const figures = createFigures({ rooms, clock, connections, relayed, closed, refused })

  const httpDoor = createHttpDoor({
    admission,
    limits,
    report,
    refused: countRefused,
    wayTo,
    lead: (way, line, target, grant, maxMessageBytes) => lead(way, line, clientOf(target, grant, maxMessageBytes)),
  })

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Without a listener a reset during the handshake would end the process.
    socket.on('error', destroyToo)
    admit(request, socket, head).catch((cause: unknown) => {
      report({ kind: 'bug', cause })
      deny(socket, 500)
    })
  }
  server.on('upgrade', onUpgrade)
  const timers = [
    setInterval(() => each((connection) => connection.ping()), limits.pingEveryMs),
    setInterval(() => each((connection) => connection.keepAlive()), Math.max(20, limits.keepAliveMs / 4)),
    setInterval(() => void watch.poll(), limits.rightsEveryMs),
  ]
  for (const timer of timers) timer.unref()

  function each(act: (connection: Connection) => void): void {
    for (const connection of [...connections]) act(connection)
  }

  function countRefused(status: RefusalStatus): void {
    refused[status] = (refused[status] ?? 0) + 1
  }

  function deny(socket: Duplex, status: RefusalStatus): void {
    countRefused(status)
    if (!socket.writable) return void socket.destroy()
    socket.end(`HTTP/1.1 ${status} ${statusText[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const target = parseSyncTarget(request.url ?? '')
    if (target === null) return deny(socket, 404)
    const key = readWebSocketKey(request)
    const grant = await admission.check(request, target, key !== null)
    if (typeof grant === 'number') return deny(socket, grant)
    const way = await wayTo(grant.documentId)
    if (way === 'unknown') return deny(socket, 503)
    if (socket.destroyed || key === null) return
    lead(way, acceptWebSocket(socket, key, head, limits.maxFrameBytes), clientOf(target, grant, limits.maxFrameBytes))
  }

  /** Whether a document is served here; if not, the way to whoever serves it. */
  async function wayTo(documentId: string): Promise<'here' | Relay | 'unknown'> {
    const { owners } = deps
    if (owners === undefined || (rooms.find(documentId) !== undefined && owners.isCurrent())) return 'here'
    try {
      return await inTime(owners.find(documentId))
    } catch (cause) {
      if (!isClosing) report({ kind: 'owner-unknown', documentId, cause })
      return 'unknown'
    }
  }

  function lead(way: 'here' | Relay, line: Line, client: RelayedClient): void {
    if (way === 'here') return connect(line, client)
    const away = { line, grant: client.grant }
    relayed.add(away)
    way.attach(line, client, (why) => {
      relayed.delete(away)
      closed[why] = (closed[why] ?? 0) + 1
    })
    if (isClosing) endRelayed(away, 'server-closing')
  }

  function endRelayed({ line }: { readonly line: Line }, reason: CloseReason): void {
    line.close(closeCodes[reason], reason)
  }

  function connect(line: Line, { grant, isExtended, schemaVersion, maxMessageBytes }: RelayedClient): void {
    const isOutdated = schemaVersion !== null && schemaVersion < grant.schemaVersion
    const connection = createConnection({ line, grant, isExtended, isOutdated, maxMessageBytes }, connectionDeps)
    connections.add(connection)
    if (isClosing) connection.close('server-closing')
    else void start(connection)
  }

  const connectionDeps = {
    rooms,
    inspector: deps.inspector,
    clock,
    limits,
    report,
    onClosed: (connection: Connection, reason: string) => {
      connections.delete(connection)
      closed[reason] = (closed[reason] ?? 0) + 1
    },
  }

  /** Rights first: without them not even the existence of the document shows. */
  async function start(connection: Connection): Promise<void> {
    const { documentId, personId } = connection.grant
    try {
      const rights = await desk.ask(documentId, personId)
      if (rights === 'none') return connection.close('no-right')
      const room = await rooms.open(documentId)
      if (typeof room === 'string') return connection.close(room)
      if (!connections.has(connection)) return
      connection.begin(room, rights)
    } catch (cause) {
      if (isClosing) return connection.close('server-closing')
      report({ kind: 'rights-failed', documentId, cause })
      connection.close('try-later')
    }
  }

  return {
    handleRequest: httpDoor.handle,
    async close() {
      if (isClosing) return
      isClosing = true
      server.off('upgrade', onUpgrade)
      for (const timer of timers) clearInterval(timer)
      await rooms.close()
      each((connection) => connection.close('server-closing'))
      for (const away of [...relayed]) endRelayed(away, 'server-closing')
      deadlines.close()
    },
    closeSessions(id, reason = 'session-ended') {
      let count = 0
      each((connection) => {
        if (connection.grant.sessionId !== id && connection.grant.personId !== id) return
        count += 1
        connection.close(reason)
      })
      for (const away of [...relayed]) {
        if (away.grant.sessionId !== id && away.grant.personId !== id) continue
        count += 1
        endRelayed(away, reason)
      }
      return count
    },
    async refreshRights(documentId) {
      const room = rooms.find(documentId)
      if (room === undefined) return
      await watch.refresh(room)
      await rooms.settled(room)
    },
    readState: (documentId) => rooms.state(documentId),
    async write(documentId, update, author) {
      const room = await rooms.open(documentId)
      if (typeof room === 'string') return { kind: 'not-written', because: room }
      const scan = scanUpdate(update)
      const standing = judgeUpdate(room.accepted, scan, author.personId, room.clients.ownerOf)
      if (standing.kind === 'gap') return { kind: 'not-written', because: 'gap' }
      if (standing.kind === 'foreign-client') return { kind: 'not-written', because: 'foreign-author' }
      if (standing.kind === 'new') rooms.accept(room, { ...author, member: null }, { update, scan, frame: 0 })
      await rooms.settled(room)
      rooms.touch(room)
      return { kind: 'written', seq: room.seq }
    },
    adopt: connect,
    abandon() {
      rooms.abandon()
      each((connection) => connection.close('try-later'))
      for (const away of [...relayed]) endRelayed(away, 'try-later')
    },
    listPresent: (documentId) => [...(rooms.find(documentId)?.members ?? [])].map((member) => member.grant),
    metrics: figures.metrics,
    look: figures.look,
  }
}

function clientOf({ isExtended, schemaVersion }: SyncTarget, grant: TicketGrant, maxMessageBytes: number): RelayedClient {
  return { grant, isExtended, schemaVersion, maxMessageBytes }
}

const statusText = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

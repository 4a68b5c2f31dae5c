/** One socket: reads its frames in order, judges each against rights, limits and the document, answers, and never trusts. */
import { Malformed } from './byte-reader.ts'
import { closeCodes, type CloseReason } from './close-codes.ts'
import { countNewClients, judgeUpdate } from './ledger.ts'
import { Bucket, type Limits } from './limits.ts'
import type { Line } from './line.ts'
import type { Clock, InspectionContext, Inspector, Report, RightsLevel, TicketGrant } from './ports.ts'
import { frameJoin, type Member, type Room, roomBytes, updatesOf } from './room.ts'
import type { Rooms } from './rooms.ts'
import { scanUpdate, type UpdateScan } from './scan-update.ts'
import {
  ackFrame,
  type ClientMessage,
  deniedFrame,
  helloFrame,
  noticeFrame,
  type Notice,
  parseMessage,
  presenceFrame,
  step1Frame,
} from './wire.ts'

/** What a connection needs besides its socket. */
export interface ConnectionDeps {
  readonly rooms: Rooms
  readonly inspector: Inspector
  readonly clock: Clock
  readonly limits: Limits
  readonly report: Report
  readonly onClosed: (connection: Connection, reason: string) => void
}

/** What the opening request said. */
export interface ConnectionStart {
  readonly line: Line
  readonly grant: TicketGrant
  /** The client asked for our extension messages. */
  readonly isExtended: boolean
  /** Largest message this line takes. */
  readonly maxMessageBytes: number
  /** Older mapping than the document's: never more than reading. */
  readonly isOutdated: boolean
}

/** A live socket. */
export interface Connection extends Member {
  /** Attaches the room once rights and document are known; frames received before are read then. */
  readonly begin: (room: Room, rights: RightsLevel) => void
  /** One tick of the keep-alive timer. */
  readonly keepAlive: () => void
  readonly ping: () => void
  readonly unsentBytes: () => number
}

/** Takes over an upgraded socket. */
export function createConnection(start: ConnectionStart, deps: ConnectionDeps): Connection {
  const { line, grant } = start
  const { limits, clock } = deps
  const now = clock.now()
  const buckets = {
    frames: new Bucket(limits.framesPerSecond, limits.framesBurst, now),
    updates: new Bucket(limits.updatesPerSecond, limits.updatesBurst, now),
    joins: new Bucket(limits.joinsPerSecond, limits.joinsBurst, now),
    presence: new Bucket(limits.presencePerSecond, limits.presenceBurst, now),
  }
  const inbox: Uint8Array[] = []
  let room: Room | null = null
  let rights: RightsLevel = 'none'
  let rightsAt = now
  /** What the inspector is told, as long as the rights are what they are. */
  let context: InspectionContext | null = null
  let isJoined = false
  let isClosed = false
  let isBusy = false
  let isPaused = false
  let isAlive = true
  let wasDenied = false
  let lastSent = now
  let joinAllowance = 0
  let uncommitted = 0
  let frames = 0
  /** First frame that is not stored: nothing from it on is acknowledged until a step 2 has carried everything again. */
  let heldFrom: number | null = null
  let gaps = 0
  let newClients = 0

  const connection: Connection = {
    grant,
    isJoined: () => isJoined,
    send,
    acknowledge,
    settled(bytes) {
      uncommitted -= bytes
      resumeReading()
    },
    close,
    unsentBytes: () => line.unsentBytes(),
    begin,
    changeRights,
    keepAlive() {
      if (!isClosed && room !== null && clock.now() - lastSent >= limits.keepAliveMs) send([presenceFrame(0, [])])
    },
    ping() {
      if (!isAlive) return terminate('no-pong')
      isAlive = false
      line.ping()
    },
  }

  line.listen({
    message(data) {
      if (isClosed) return
      if (!buckets.frames.take(clock.now())) return close('too-many-frames')
      inbox.push(data)
      if (inbox.length > 64) pauseReading()
      drain()
    },
    malformed: () => close('malformed'),
    alive() {
      isAlive = true
    },
    ended: finish,
  })
  return connection

  function begin(theRoom: Room, level: RightsLevel): void {
    if (isClosed) return
    room = theRoom
    rights = capped(level)
    rightsAt = clock.now()
    room.members.add(connection)
    greet(theRoom)
    drain()
  }

  function greet(theRoom: Room): void {
    const first: Buffer[] = []
    if (start.isExtended) {
      const { documentId, personId, personName, postTitle, schemaVersion } = grant
      first.push(
        helloFrame({
          documentId,
          rights,
          seq: theRoom.seq,
          schemaVersion,
          maxFrameBytes: start.maxMessageBytes,
          personId,
          personName,
          postTitle,
          client: theRoom.clients.issue(personId),
        }),
      )
    }
    if (mayWrite()) first.push(step1Frame(theRoom.accepted.state))
    else first.push(...denial())
    first.push(theRoom.presence.frameFor(connection))
    send(first)
  }

  function capped(level: RightsLevel): RightsLevel {
    return start.isOutdated && level !== 'none' ? 'read' : level
  }

  function mayWrite(): boolean {
    return rights === 'edit' || rights === 'suggest'
  }

  function changeRights(level: RightsLevel): void {
    const before = rights
    rights = capped(level)
    rightsAt = clock.now()
    if (rights !== before) context = null
    if (rights === 'none') return close('no-right')
    if (rights === before || room === null) return
    if (start.isExtended) send([noticeFrame({ kind: 'rights', rights })])
    if (!mayWrite()) {
      room.presence.demote(connection)
      send(denial())
    } else if (before === 'read') send([step1Frame(room.accepted.state)])
  }

  function denial(): readonly Buffer[] {
    if (wasDenied) return []
    wasDenied = true
    return [deniedFrame('read-only')]
  }

  /** Reads what has come, in order, in the same turn; only a frame that somebody must think about holds back those behind it. */
  function drain(): void {
    if (isBusy || room === null) return
    try {
      for (let next = inbox.shift(); next !== undefined && !isClosed; next = inbox.shift()) {
        const waiting = receive(room, next)
        if (waiting !== undefined) return void wait(waiting)
        resumeReading()
      }
    } catch (cause) {
      fail(cause)
    }
  }

  async function wait(waiting: Promise<void>): Promise<void> {
    isBusy = true
    try {
      await waiting
      resumeReading()
    } catch (cause) {
      fail(cause)
    } finally {
      isBusy = false
    }
    drain()
  }

  function fail(cause: unknown): void {
    if (cause instanceof Malformed) return close('malformed')
    deps.report({ kind: 'bug', cause })
    close('server-fault')
  }

  function receive(theRoom: Room, bytes: Uint8Array): Promise<void> | undefined {
    // Frames are judged by rights that somebody vouched for a moment ago, or not at all.
    if (clock.now() - rightsAt > limits.rightsMaxAgeMs) return void close('try-later')
    const message: ClientMessage = parseMessage(bytes)
    switch (message.kind) {
      case 'step1':
        return join(theRoom, message.state)
      case 'step2':
      case 'update':
        return takeUpdate(theRoom, message.body, message.kind)
      case 'awareness':
        return takePresence(theRoom, message.body)
      case 'query-awareness':
        if (!buckets.joins.take(clock.now())) return void close('too-many-frames')
        return send([theRoom.presence.frameFor(connection)]), undefined
    }
  }

  function join(theRoom: Room, state: ReadonlyMap<number, number>): undefined {
    if (!buckets.joins.take(clock.now())) return void close('too-many-frames')
    const answer = frameJoin(theRoom, state)
    joinAllowance = answer.reduce((sum, frame) => sum + frame.length, line.unsentBytes())
    isJoined = true
    send(answer)
  }

  function takePresence(theRoom: Room, body: Uint8Array): undefined {
    // A stock client repeats everybody's presence; beyond the cap it is dropped, not punished.
    if (!buckets.presence.take(clock.now())) return
    const verdict = theRoom.presence.receive(connection, body, limits.maxPresenceBytes, !mayWrite())
    if (verdict === 'too-large') close('too-large')
  }

  function takeUpdate(theRoom: Room, body: Uint8Array, kind: 'step2' | 'update'): Promise<void> | undefined {
    frames += 1
    const frame = frames
    if (!buckets.updates.take(clock.now())) return void close('too-many-frames')
    const scan = scanUpdate(body)
    const standing = judgeUpdate(theRoom.accepted, scan, grant.personId, theRoom.clients.ownerOf)
    if (standing.kind === 'known') return known(theRoom, frame, kind)
    if (!mayWrite()) return notAccepted(frame, 'read-only')
    if (standing.kind === 'foreign-client') return void close('foreign-author')
    if (standing.kind === 'gap') return gap(theRoom, frame)
    newClients += countNewClients(theRoom.accepted, scan)
    if (newClients > limits.maxNewClients) return void close('too-large')
    if (roomBytes(theRoom) + body.length > limits.maxDocumentBytes) return void close('too-large')
    return inspect(theRoom, { update: copyOf(body), scan, frame }, kind)
  }

  /** Nothing new: stored already, or on its way to the disk. */
  function known(theRoom: Room, frame: number, kind: 'step2' | 'update'): undefined {
    if (kind === 'step2') heldFrom = null
    const answer = (): void => {
      const ack = acknowledge(theRoom.seq, frame)
      if (ack !== null) send([ack])
    }
    if (theRoom.pending === 0) return void answer()
    deps.rooms.settled(theRoom).then(answer, () => close('try-later'))
  }

  function notAccepted(frame: number, reason: 'read-only' | 'gap'): undefined {
    heldFrom ??= frame
    notify({ kind: 'not-accepted', frame, reason })
    if (reason === 'read-only') send(denial())
  }

  /** The update builds on something we do not have: drop it, ask for everything we lack, and count. */
  function gap(theRoom: Room, frame: number): undefined {
    gaps += 1
    if (gaps > limits.maxGaps) return void close('gap-flood')
    notAccepted(frame, 'gap')
    send([step1Frame(theRoom.accepted.state)])
  }

  function inspect(
    theRoom: Room,
    offered: { readonly update: Uint8Array; readonly scan: UpdateScan; readonly frame: number },
    kind: 'step2' | 'update',
  ): Promise<void> | undefined {
    const { scan } = offered
    context ??= { grant, rights: rights === 'edit' ? 'edit' : 'suggest', state: () => updatesOf(theRoom) }
    const verdict = deps.inspector.accept(offered.update, context)
    if (!(verdict instanceof Promise)) return settle(theRoom, offered, kind, verdict)
    return verdict.then(
      (late) => {
        // The document, the rights and the socket may have moved on while the inspector thought.
        const again = isClosed || theRoom.isDead || !mayWrite() ? null : judgeUpdate(theRoom.accepted, scan, grant.personId, theRoom.clients.ownerOf)
        if (again?.kind === 'new') return settle(theRoom, offered, kind, late)
        // What the inspector has let in is not coming after all.
        deps.inspector.forget?.(theRoom.documentId)
        if (isClosed || theRoom.isDead) return
        if (again === null) return notAccepted(offered.frame, 'read-only')
        if (again.kind === 'foreign-client') return close('foreign-author')
        if (again.kind === 'gap') return gap(theRoom, offered.frame)
        return known(theRoom, offered.frame, kind)
      },
      (cause: unknown) => {
        deps.report({ kind: 'inspector-failed', documentId: theRoom.documentId, cause })
        close('try-later')
      },
    )
  }

  function settle(
    theRoom: Room,
    offered: { readonly update: Uint8Array; readonly scan: UpdateScan; readonly frame: number },
    kind: 'step2' | 'update',
    verdict: { readonly kind: 'accept' } | { readonly kind: 'refuse'; readonly reason: string },
  ): undefined {
    if (verdict.kind === 'refuse') {
      notify({ kind: 'refused', frame: offered.frame, reason: verdict.reason })
      return void close('refused')
    }
    if (kind === 'step2') heldFrom = null
    uncommitted += offered.update.length
    if (uncommitted > limits.maxUncommittedBytes) pauseReading()
    deps.rooms.accept(theRoom, { personId: grant.personId, sessionId: grant.sessionId, member: connection }, offered)
  }

  function acknowledge(seq: number, frame: number): Buffer | null {
    if (isClosed || !start.isExtended) return null
    const upTo = heldFrom === null ? frame : Math.min(frame, heldFrom - 1)
    return upTo > 0 ? ackFrame(seq, upTo) : null
  }

  function notify(notice: Notice): void {
    if (start.isExtended) send([noticeFrame(notice)])
  }

  function send(out: readonly Buffer[]): void {
    if (isClosed || out.length === 0) return
    const unsent = line.unsentBytes()
    if (unsent === 0) joinAllowance = 0
    if (unsent > limits.maxUnsentBytes + joinAllowance) return close('slow-reader')
    lastSent = clock.now()
    line.write(out)
  }

  function pauseReading(): void {
    if (isPaused || isClosed) return
    isPaused = true
    line.pause()
  }

  function resumeReading(): void {
    if (!isPaused || isClosed || inbox.length > 16 || uncommitted > limits.maxUncommittedBytes / 2) return
    isPaused = false
    line.resume()
  }

  function close(reason: CloseReason): void {
    if (isClosed) return
    finish(reason)
    // A reader that does not read would never see a close frame behind four megabytes.
    if (reason === 'slow-reader') return line.cut()
    line.close(closeCodes[reason], reason)
  }

  function terminate(reason: string): void {
    finish(reason)
    line.cut()
  }

  function finish(reason: string): void {
    if (isClosed) return
    isClosed = true
    inbox.length = 0
    if (room !== null) deps.rooms.leave(room, connection)
    deps.onClosed(connection, reason)
  }
}

/** Frames are views into network buffers many times their size; only what is kept is copied. */
function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return copy
}

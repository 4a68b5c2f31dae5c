/** One socket: reads its frames in order, judges each against rights, limits and the document, answers, and never trusts. */
import { Malformed } from './byte-reader.ts'
import { closeCodes, type CloseReason } from './close-codes.ts'
import { Bucket, type Limits } from './limits.ts'
import type { Line } from './line.ts'
import type { Clock, Inspector, Report, RightsLevel, TicketGrant } from './ports.ts'
import { frameJoin, type Member, type Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { createUpdateIntake, mayWrite, type UpdateKind } from './update-intake.ts'
import { type ClientMessage, deniedFrame, helloFrame, noticeFrame, type Notice, parseMessage, presenceFrame, step1Frame } from './wire.ts'

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
  let isJoined = false
  let isClosed = false
  let isBusy = false
  let isPaused = false
  let isAlive = true
  let wasDenied = false
  let lastSent = now
  let joinAllowance = 0
  let uncommitted = 0

  const intake = createUpdateIntake(
    {
      grant,
      isExtended: start.isExtended,
      rights: () => rights,
      isClosed: () => isClosed,
      member: () => connection,
      send,
      notify,
      deny: () => send(denial()),
      close,
      accepted(bytes) {
        uncommitted += bytes
        if (uncommitted > limits.maxUncommittedBytes) pauseReading()
      },
    },
    deps,
  )

  const connection: Connection = {
    grant,
    isJoined: () => isJoined,
    send,
    acknowledge: intake.acknowledge,
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
    if (mayWrite(rights)) first.push(step1Frame(theRoom.accepted.state))
    else first.push(...denial())
    first.push(theRoom.presence.frameFor(connection))
    send(first)
  }

  function capped(level: RightsLevel): RightsLevel {
    return start.isOutdated && level !== 'none' ? 'read' : level
  }

  function changeRights(level: RightsLevel): void {
    const before = rights
    rights = capped(level)
    rightsAt = clock.now()
    if (rights !== before) intake.rightsChanged()
    if (rights === 'none') return close('no-right')
    if (rights === before || room === null) return
    notify({ kind: 'rights', rights })
    if (!mayWrite(rights)) {
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
    const verdict = theRoom.presence.receive(connection, body, limits.maxPresenceBytes, !mayWrite(rights))
    if (verdict === 'too-large') close('too-large')
  }

  function takeUpdate(theRoom: Room, body: Uint8Array, kind: UpdateKind): Promise<void> | undefined {
    if (!buckets.updates.take(clock.now())) return void close('too-many-frames')
    return intake.take(theRoom, body, kind)
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

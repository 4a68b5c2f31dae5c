/** One socket: reads its frames in order, judges each against rights, limits and the document, answers, and never trusts. */
import { Malformed } from './byte-reader.ts'
import { closeCodes, type CloseReason } from './close-codes.ts'
import { Bucket, type Limits } from './limits.ts'
import type { Line, LineEar } from './line.ts'
import type { Clock, Inspector, Report, RightsLevel, TicketGrant } from './ports.ts'
import { frameJoin, type Member, type Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import { mayWrite, UpdateIntake, type Writer } from './update-intake.ts'
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
  return new SocketConnection(start, deps)
}

/** A class, and one object for its line, its intake and its room: thousands are open at once, and each function of its own would
 * be kept for each of them. */
class SocketConnection implements Connection, Writer, LineEar {
  readonly grant: TicketGrant
  readonly isExtended: boolean
  readonly #start: ConnectionStart
  readonly #deps: ConnectionDeps
  readonly #line: Line
  readonly #intake: UpdateIntake
  readonly #frames: Bucket
  readonly #updates: Bucket
  readonly #joins: Bucket
  readonly #presences: Bucket
  readonly #inbox: Uint8Array[] = []
  #room: Room | null = null
  #rights: RightsLevel = 'none'
  #rightsAt: number
  #isJoined = false
  #isClosed = false
  #isBusy = false
  #isPaused = false
  #isAlive = true
  #wasDenied = false
  #lastSent: number
  #joinAllowance = 0
  #uncommitted = 0

  constructor(start: ConnectionStart, deps: ConnectionDeps) {
    const { limits, clock } = deps
    const now = clock.now()
    this.grant = start.grant
    this.isExtended = start.isExtended
    this.#start = start
    this.#deps = deps
    this.#line = start.line
    this.#frames = new Bucket(limits.framesPerSecond, limits.framesBurst, now)
    this.#updates = new Bucket(limits.updatesPerSecond, limits.updatesBurst, now)
    this.#joins = new Bucket(limits.joinsPerSecond, limits.joinsBurst, now)
    this.#presences = new Bucket(limits.presencePerSecond, limits.presenceBurst, now)
    this.#rightsAt = now
    this.#lastSent = now
    this.#intake = new UpdateIntake(this, deps)
    start.line.listen(this)
  }

  message(data: Uint8Array): void {
    if (this.#isClosed) return
    if (!this.#frames.take(this.#deps.clock.now())) return this.close('too-many-frames')
    this.#inbox.push(data)
    if (this.#inbox.length > 64) this.#pauseReading()
    this.#drain()
  }

  malformed(): void {
    this.close('malformed')
  }

  alive(): void {
    this.#isAlive = true
  }

  ended(why: string): void {
    this.#finish(why)
  }

  isJoined(): boolean {
    return this.#isJoined
  }

  isClosed(): boolean {
    return this.#isClosed
  }

  rights(): RightsLevel {
    return this.#rights
  }

  acknowledge(seq: number, frame: number): Buffer | null {
    return this.#intake.acknowledge(seq, frame)
  }

  accepted(bytes: number): void {
    this.#uncommitted += bytes
    if (this.#uncommitted > this.#deps.limits.maxUncommittedBytes) this.#pauseReading()
  }

  settled(bytes: number): void {
    this.#uncommitted -= bytes
    this.#resumeReading()
  }

  unsentBytes(): number {
    return this.#line.unsentBytes()
  }

  keepAlive(): void {
    if (!this.#isClosed && this.#room !== null && this.#deps.clock.now() - this.#lastSent >= this.#deps.limits.keepAliveMs) this.send([presenceFrame(0, [])])
  }

  ping(): void {
    if (!this.#isAlive) return this.#terminate('no-pong')
    this.#isAlive = false
    this.#line.ping()
  }

  begin(room: Room, level: RightsLevel): void {
    if (this.#isClosed) return
    this.#room = room
    this.#rights = this.#capped(level)
    this.#rightsAt = this.#deps.clock.now()
    room.members.add(this)
    this.#greet(room)
    this.#drain()
  }

  #greet(room: Room): void {
    const first: Buffer[] = []
    if (this.isExtended) {
      const { documentId, personId, personName, postTitle, schemaVersion } = this.grant
      first.push(
        helloFrame({
          documentId,
          rights: this.#rights,
          seq: room.seq,
          schemaVersion,
          maxFrameBytes: this.#start.maxMessageBytes,
          personId,
          personName,
          postTitle,
          client: room.clients.issue(personId),
        }),
      )
    }
    if (mayWrite(this.#rights)) first.push(step1Frame(room.accepted.state))
    else first.push(...this.#denial())
    first.push(room.presence.frameFor(this))
    this.send(first)
  }

  #capped(level: RightsLevel): RightsLevel {
    return this.#start.isOutdated && level !== 'none' ? 'read' : level
  }

  changeRights(level: RightsLevel): void {
    const before = this.#rights
    const rights = this.#capped(level)
    this.#rights = rights
    this.#rightsAt = this.#deps.clock.now()
    if (rights !== before) this.#intake.rightsChanged()
    if (rights === 'none') return this.close('no-right')
    if (rights === before || this.#room === null) return
    this.notify({ kind: 'rights', rights })
    if (!mayWrite(rights)) {
      this.#room.presence.demote(this)
      this.deny()
    } else if (before === 'read') this.send([step1Frame(this.#room.accepted.state)])
  }

  deny(): void {
    this.send(this.#denial())
  }

  #denial(): readonly Buffer[] {
    if (this.#wasDenied) return []
    this.#wasDenied = true
    return [deniedFrame('read-only')]
  }

  /** Reads what has come, in order, in the same turn; only a frame that somebody must think about holds back those behind it. */
  #drain(): void {
    const room = this.#room
    if (this.#isBusy || room === null) return
    try {
      for (let next = this.#inbox.shift(); next !== undefined && !this.#isClosed; next = this.#inbox.shift()) {
        const waiting = this.#receive(room, next)
        if (waiting !== undefined) return void this.#wait(waiting)
        this.#resumeReading()
      }
    } catch (cause) {
      this.#fail(cause)
    }
  }

  async #wait(waiting: Promise<void>): Promise<void> {
    this.#isBusy = true
    try {
      await waiting
      this.#resumeReading()
    } catch (cause) {
      this.#fail(cause)
    } finally {
      this.#isBusy = false
    }
    this.#drain()
  }

  #fail(cause: unknown): void {
    if (cause instanceof Malformed) return this.close('malformed')
    this.#deps.report({ kind: 'bug', cause })
    this.close('server-fault')
  }

  #receive(room: Room, bytes: Uint8Array): Promise<void> | undefined {
    const now = this.#deps.clock.now()
    // Frames are judged by rights that somebody vouched for a moment ago, or not at all.
    if (now - this.#rightsAt > this.#deps.limits.rightsMaxAgeMs) return void this.close('try-later')
    const message: ClientMessage = parseMessage(bytes)
    switch (message.kind) {
      case 'step1':
        return this.#join(room, message.state)
      case 'step2':
      case 'update':
        if (!this.#updates.take(now)) return void this.close('too-many-frames')
        return this.#intake.take(room, message.body, message.kind)
      case 'awareness':
        return this.#takePresence(room, message.body)
      case 'query-awareness':
        if (!this.#joins.take(now)) return void this.close('too-many-frames')
        return this.send([room.presence.frameFor(this)]), undefined
    }
  }

  #join(room: Room, state: ReadonlyMap<number, number>): undefined {
    if (!this.#joins.take(this.#deps.clock.now())) return void this.close('too-many-frames')
    const answer = frameJoin(room, state)
    this.#joinAllowance = answer.reduce((sum, frame) => sum + frame.length, this.#line.unsentBytes())
    this.#isJoined = true
    this.send(answer)
  }

  #takePresence(room: Room, body: Uint8Array): undefined {
    // A stock client repeats everybody's presence; beyond the cap it is dropped, not punished.
    if (!this.#presences.take(this.#deps.clock.now())) return
    const verdict = room.presence.receive(this, body, this.#deps.limits.maxPresenceBytes, !mayWrite(this.#rights))
    if (verdict === 'too-large') this.close('too-large')
  }

  notify(notice: Notice): void {
    if (this.isExtended) this.send([noticeFrame(notice)])
  }

  send(out: readonly Buffer[]): void {
    if (this.#isClosed || out.length === 0) return
    const unsent = this.#line.unsentBytes()
    if (unsent === 0) this.#joinAllowance = 0
    if (unsent > this.#deps.limits.maxUnsentBytes + this.#joinAllowance) return this.close('slow-reader')
    this.#lastSent = this.#deps.clock.now()
    this.#line.write(out)
  }

  #pauseReading(): void {
    if (this.#isPaused || this.#isClosed) return
    this.#isPaused = true
    this.#line.pause()
  }

  #resumeReading(): void {
    if (!this.#isPaused || this.#isClosed || this.#inbox.length > 16 || this.#uncommitted > this.#deps.limits.maxUncommittedBytes / 2) return
    this.#isPaused = false
    this.#line.resume()
  }

  close(reason: CloseReason): void {
    if (this.#isClosed) return
    this.#finish(reason)
    // A reader that does not read would never see a close frame behind four megabytes.
    if (reason === 'slow-reader') return this.#line.cut()
    this.#line.close(closeCodes[reason], reason)
  }

  #terminate(reason: string): void {
    this.#finish(reason)
    this.#line.cut()
  }

  #finish(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#inbox.length = 0
    if (this.#room !== null) this.#deps.rooms.leave(this.#room, this)
    this.#deps.onClosed(this, reason)
  }
}

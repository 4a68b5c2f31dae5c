/** What one socket writes: each update is judged against rights, the document, its limits and the inspector, and answered. */
import { countNewClients, judgeUpdate } from './ledger.ts'
import type { Limits } from './limits.ts'
import type { InspectionContext, Inspector, Report, RightsLevel, Verdict } from './ports.ts'
import { type Member, type Room, roomBytes, updatesOf } from './room.ts'
import type { Rooms } from './rooms.ts'
import { scanUpdate, type UpdateScan } from './scan-update.ts'
import { ackFrame, type Notice, step1Frame } from './wire.ts'

/** How an update came: as an answer to our step 1, or as typed. */
export type UpdateKind = 'step2' | 'update'

/** The socket as its intake sees it; its room knows it as a member. */
export interface Writer extends Member {
  /** The client asked for our extension messages. */
  readonly isExtended: boolean
  readonly rights: () => RightsLevel
  readonly isClosed: () => boolean
  readonly notify: (notice: Notice) => void
  /** Tells a client without extensions, once, that it may not write. */
  readonly deny: () => void
  /** That many bytes are on their way to the log. */
  readonly accepted: (bytes: number) => void
}

/** What an intake needs besides its socket. */
interface IntakeDeps {
  readonly rooms: Rooms
  readonly inspector: Inspector
  readonly limits: Limits
  readonly report: Report
}

interface Offered {
  readonly update: Uint8Array
  readonly scan: UpdateScan
  /** Its number among the sync frames of the socket. */
  readonly frame: number
}

/** Whether these rights let somebody write. */
export function mayWrite(rights: RightsLevel): boolean {
  return rights === 'edit' || rights === 'suggest'
}

/** Takes the updates of one socket. A class, because every socket has one. */
export class UpdateIntake {
  readonly #writer: Writer
  readonly #deps: IntakeDeps
  /** What the inspector is told, as long as the rights are what they are. */
  #context: InspectionContext | null = null
  #frames = 0
  /** First frame that is not stored: nothing from it on is acknowledged until a step 2 has carried everything again. */
  #heldFrom: number | null = null
  #gaps = 0
  #newClients = 0

  constructor(writer: Writer, deps: IntakeDeps) {
    this.#writer = writer
    this.#deps = deps
  }

  /** A promise when the inspector thinks: frames behind this one wait for it. */
  take(room: Room, body: Uint8Array, kind: UpdateKind): Promise<void> | undefined {
    this.#frames += 1
    const frame = this.#frames
    const scan = scanUpdate(body)
    const standing = this.#judge(room, scan)
    if (standing.kind === 'known') return this.#known(room, frame, kind)
    if (!mayWrite(this.#writer.rights())) return this.#notAccepted(frame, 'read-only')
    if (standing.kind === 'foreign-client') return void this.#writer.close('foreign-author')
    if (standing.kind === 'gap') return this.#gap(room, frame)
    this.#newClients += countNewClients(room.accepted, scan)
    if (this.#newClients > this.#deps.limits.maxNewClients) return void this.#writer.close('too-large')
    if (roomBytes(room) + body.length > this.#deps.limits.maxDocumentBytes) return void this.#writer.close('too-large')
    return this.#inspect(room, { update: copyOf(body), scan, frame }, kind)
  }

  #judge(room: Room, scan: UpdateScan): ReturnType<typeof judgeUpdate> {
    return judgeUpdate(room.accepted, scan, this.#writer.grant.personId, room.clients.ownerOf)
  }

  /** Nothing new: stored already, or on its way to the disk. */
  #known(room: Room, frame: number, kind: UpdateKind): undefined {
    if (kind === 'step2') this.#heldFrom = null
    const answer = (): void => {
      const ack = this.acknowledge(room.seq, frame)
      if (ack !== null) this.#writer.send([ack])
    }
    if (room.pending === 0) return void answer()
    this.#deps.rooms.settled(room).then(answer, () => this.#writer.close('try-later'))
  }

  #notAccepted(frame: number, reason: 'read-only' | 'gap'): undefined {
    this.#heldFrom ??= frame
    this.#writer.notify({ kind: 'not-accepted', frame, reason })
    if (reason === 'read-only') this.#writer.deny()
  }

  /** The update builds on something we do not have: drop it, ask for everything we lack, and count. */
  #gap(room: Room, frame: number): undefined {
    this.#gaps += 1
    if (this.#gaps > this.#deps.limits.maxGaps) return void this.#writer.close('gap-flood')
    this.#notAccepted(frame, 'gap')
    this.#writer.send([step1Frame(room.accepted.state)])
  }

  #inspect(room: Room, offered: Offered, kind: UpdateKind): Promise<void> | undefined {
    this.#context ??= { grant: this.#writer.grant, rights: this.#writer.rights() === 'edit' ? 'edit' : 'suggest', state: () => updatesOf(room) }
    const verdict = this.#deps.inspector.accept(offered.update, this.#context)
    if (!(verdict instanceof Promise)) return this.#settle(room, offered, kind, verdict)
    return verdict.then(
      (late) => this.#settleLate(room, offered, kind, late),
      (cause: unknown) => {
        this.#deps.report({ kind: 'inspector-failed', documentId: room.documentId, cause })
        this.#writer.close('try-later')
      },
    )
  }

  /** The document, the rights and the socket may have moved on while the inspector thought. */
  #settleLate(room: Room, offered: Offered, kind: UpdateKind, verdict: Verdict): undefined {
    const again = this.#writer.isClosed() || room.isDead || !mayWrite(this.#writer.rights()) ? null : this.#judge(room, offered.scan)
    if (again?.kind === 'new') return this.#settle(room, offered, kind, verdict)
    // What the inspector has let in is not coming after all.
    this.#deps.inspector.forget?.(room.documentId)
    if (this.#writer.isClosed() || room.isDead) return
    if (again === null) return this.#notAccepted(offered.frame, 'read-only')
    if (again.kind === 'foreign-client') return void this.#writer.close('foreign-author')
    if (again.kind === 'gap') return this.#gap(room, offered.frame)
    return this.#known(room, offered.frame, kind)
  }

  #settle(room: Room, offered: Offered, kind: UpdateKind, verdict: Verdict): undefined {
    if (verdict.kind === 'refuse') {
      this.#writer.notify({ kind: 'refused', frame: offered.frame, reason: verdict.reason })
      return void this.#writer.close('refused')
    }
    if (kind === 'step2') this.#heldFrom = null
    const { personId, sessionId } = this.#writer.grant
    this.#writer.accepted(offered.update.length)
    this.#deps.rooms.accept(room, { personId, sessionId, member: this.#writer }, offered)
  }

  /** The acknowledgement of everything up to `frame`, unless there is something before it that is not stored. */
  acknowledge(seq: number, frame: number): Buffer | null {
    if (this.#writer.isClosed() || !this.#writer.isExtended) return null
    const upTo = this.#heldFrom === null ? frame : Math.min(frame, this.#heldFrom - 1)
    return upTo > 0 ? ackFrame(seq, upTo) : null
  }

  /** What the inspector is told is made anew. */
  rightsChanged(): void {
    this.#context = null
  }
}

/** Frames are views into network buffers many times their size; only what is kept is copied. */
function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return copy
}

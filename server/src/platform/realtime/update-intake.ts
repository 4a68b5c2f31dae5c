/** What one socket writes: each update is judged against rights, the document, its limits and the inspector, and answered. */
import type { CloseReason } from './close-codes.ts'
import { countNewClients, judgeUpdate } from './ledger.ts'
import type { Limits } from './limits.ts'
import type { InspectionContext, Inspector, Report, RightsLevel, TicketGrant, Verdict } from './ports.ts'
import { type Member, type Room, roomBytes, updatesOf } from './room.ts'
import type { Rooms } from './rooms.ts'
import { scanUpdate, type UpdateScan } from './scan-update.ts'
import { ackFrame, type Notice, step1Frame } from './wire.ts'

/** How an update came: as an answer to our step 1, or as typed. */
export type UpdateKind = 'step2' | 'update'

/** The socket as its intake sees it. */
export interface Writer {
  readonly grant: TicketGrant
  /** The client asked for our extension messages. */
  readonly isExtended: boolean
  readonly rights: () => RightsLevel
  readonly isClosed: () => boolean
  /** The writer as its room knows it. */
  readonly member: () => Member
  readonly send: (frames: readonly Buffer[]) => void
  readonly notify: (notice: Notice) => void
  /** Tells a client without extensions, once, that it may not write. */
  readonly deny: () => void
  readonly close: (reason: CloseReason) => void
  /** That many bytes are on their way to the log. */
  readonly accepted: (bytes: number) => void
}

/** Takes the updates of one socket. */
export interface UpdateIntake {
  /** A promise when the inspector thinks: frames behind this one wait for it. */
  take(room: Room, body: Uint8Array, kind: UpdateKind): Promise<void> | undefined
  /** The acknowledgement of everything up to `frame`, unless there is something before it that is not stored. */
  acknowledge(seq: number, frame: number): Buffer | null
  /** What the inspector is told is made anew. */
  rightsChanged(): void
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

/** Makes the intake of one socket. */
export function createUpdateIntake(writer: Writer, deps: { readonly rooms: Rooms; readonly inspector: Inspector; readonly limits: Limits; readonly report: Report }): UpdateIntake {
  const { grant } = writer
  const { limits, rooms } = deps
  /** What the inspector is told, as long as the rights are what they are. */
  let context: InspectionContext | null = null
  let frames = 0
  /** First frame that is not stored: nothing from it on is acknowledged until a step 2 has carried everything again. */
  let heldFrom: number | null = null
  let gaps = 0
  let newClients = 0

  function take(room: Room, body: Uint8Array, kind: UpdateKind): Promise<void> | undefined {
    frames += 1
    const frame = frames
    const scan = scanUpdate(body)
    const standing = judge(room, scan)
    if (standing.kind === 'known') return known(room, frame, kind)
    if (!mayWrite(writer.rights())) return notAccepted(frame, 'read-only')
    if (standing.kind === 'foreign-client') return void writer.close('foreign-author')
    if (standing.kind === 'gap') return gap(room, frame)
    newClients += countNewClients(room.accepted, scan)
    if (newClients > limits.maxNewClients) return void writer.close('too-large')
    if (roomBytes(room) + body.length > limits.maxDocumentBytes) return void writer.close('too-large')
    return inspect(room, { update: copyOf(body), scan, frame }, kind)
  }

  function judge(room: Room, scan: UpdateScan): ReturnType<typeof judgeUpdate> {
    return judgeUpdate(room.accepted, scan, grant.personId, room.clients.ownerOf)
  }

  /** Nothing new: stored already, or on its way to the disk. */
  function known(room: Room, frame: number, kind: UpdateKind): undefined {
    if (kind === 'step2') heldFrom = null
    const answer = (): void => {
      const ack = acknowledge(room.seq, frame)
      if (ack !== null) writer.send([ack])
    }
    if (room.pending === 0) return void answer()
    rooms.settled(room).then(answer, () => writer.close('try-later'))
  }

  function notAccepted(frame: number, reason: 'read-only' | 'gap'): undefined {
    heldFrom ??= frame
    writer.notify({ kind: 'not-accepted', frame, reason })
    if (reason === 'read-only') writer.deny()
  }

  /** The update builds on something we do not have: drop it, ask for everything we lack, and count. */
  function gap(room: Room, frame: number): undefined {
    gaps += 1
    if (gaps > limits.maxGaps) return void writer.close('gap-flood')
    notAccepted(frame, 'gap')
    writer.send([step1Frame(room.accepted.state)])
  }

  function inspect(room: Room, offered: Offered, kind: UpdateKind): Promise<void> | undefined {
    context ??= { grant, rights: writer.rights() === 'edit' ? 'edit' : 'suggest', state: () => updatesOf(room) }
    const verdict = deps.inspector.accept(offered.update, context)
    if (!(verdict instanceof Promise)) return settle(room, offered, kind, verdict)
    return verdict.then(
      (late) => settleLate(room, offered, kind, late),
      (cause: unknown) => {
        deps.report({ kind: 'inspector-failed', documentId: room.documentId, cause })
        writer.close('try-later')
      },
    )
  }

  /** The document, the rights and the socket may have moved on while the inspector thought. */
  function settleLate(room: Room, offered: Offered, kind: UpdateKind, verdict: Verdict): undefined {
    const again = writer.isClosed() || room.isDead || !mayWrite(writer.rights()) ? null : judge(room, offered.scan)
    if (again?.kind === 'new') return settle(room, offered, kind, verdict)
    // What the inspector has let in is not coming after all.
    deps.inspector.forget?.(room.documentId)
    if (writer.isClosed() || room.isDead) return
    if (again === null) return notAccepted(offered.frame, 'read-only')
    if (again.kind === 'foreign-client') return void writer.close('foreign-author')
    if (again.kind === 'gap') return gap(room, offered.frame)
    return known(room, offered.frame, kind)
  }

  function settle(room: Room, offered: Offered, kind: UpdateKind, verdict: Verdict): undefined {
    if (verdict.kind === 'refuse') {
      writer.notify({ kind: 'refused', frame: offered.frame, reason: verdict.reason })
      return void writer.close('refused')
    }
    if (kind === 'step2') heldFrom = null
    writer.accepted(offered.update.length)
    rooms.accept(room, { personId: grant.personId, sessionId: grant.sessionId, member: writer.member() }, offered)
  }

  function acknowledge(seq: number, frame: number): Buffer | null {
    if (writer.isClosed() || !writer.isExtended) return null
    const upTo = heldFrom === null ? frame : Math.min(frame, heldFrom - 1)
    return upTo > 0 ? ackFrame(seq, upTo) : null
  }

  return {
    take,
    acknowledge,
    rightsChanged() {
      context = null
    },
  }
}

/** Frames are views into network buffers many times their size; only what is kept is copied. */
function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  copy.set(bytes)
  return copy
}

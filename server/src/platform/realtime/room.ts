/** One open document: its bytes as they lie in the log, what they contain by clocks, and who is connected. No Y.Doc. */
import { Malformed } from './byte-reader.ts'
import { type ClientIds, createClientIds } from './client-ids.ts'
import type { CloseReason } from './close-codes.ts'
import {
  absorbUpdate,
  copyLedger,
  coversState,
  emptyLedger,
  judgeUpdate,
  type Ledger,
  type StateVector,
} from './ledger.ts'
import { DamagedFrame, openSnapshot, openUpdates } from './log-frames.ts'
import type { RightsLevel, StoredLog, TicketGrant } from './ports.ts'
import { createPresence, type Presence } from './presence.ts'
import { createRate, type Rate } from './rate.ts'
import { scanUpdate, type UpdateScan } from './scan-update.ts'
import { Tail } from './tail.ts'
import { encodeDeletes, step2Frame, updateFrame } from './wire.ts'

/** A socket as its room sees it. */
export interface Member {
  readonly grant: TicketGrant
  /** Has been given the state; receives what is committed from then on. */
  readonly isJoined: () => boolean
  /** Sends frames in one write. */
  readonly send: (frames: readonly Buffer[]) => void
  readonly acknowledge: (seq: number, frame: number) => Buffer | null
  readonly settled: (bytes: number) => void
  readonly close: (reason: CloseReason) => void
  readonly changeRights: (rights: RightsLevel) => void
}

/** The folded beginning of a document. */
export interface Snapshot {
  readonly seq: number
  readonly wire: Buffer
  readonly update: Uint8Array
  readonly state: StateVector
}

/** Answers given since the last commit. */
export interface JoinAnswers {
  seq: number
  readonly byState: Map<string, readonly Buffer[]>
}

/** What is committed and waits to leave in one write per member. */
export interface Outbox {
  fresh: FreshUpdate[]
  acks: Map<Member, Buffer[]>
  timer: ReturnType<typeof setTimeout> | null
  /** Monotonic milliseconds of the last write. */
  lastFlush: number
  /** Updates in the last write. */
  lastCount: number
  /** When the oldest update in it was accepted; Infinity when there is none. */
  since: number
}

/** Committed updates of one author in one frame, on their way to the other members; the author gets an acknowledgement instead. */
export interface FreshUpdate {
  readonly author: Member | null
  readonly wire: Buffer
  /** How many updates it was made of. */
  readonly count: number
}

/** An open document. `accepted` runs ahead of `committed` by what is on its way to the disk. */
export interface Room {
  readonly documentId: string
  readonly members: Set<Member>
  readonly presence: Presence
  readonly clients: ClientIds
  readonly accepted: Ledger
  readonly committed: Ledger
  snapshot: Snapshot | null
  readonly tail: Tail
  readonly outbox: Outbox
  /** Number of the newest committed row; 0 when there is none. */
  seq: number
  /** Entries on their way to the log. */
  pending: number
  /** Answers to joiners as of the committed state, by what they had: a herd that comes back after a cut is answered once. */
  readonly joins: JoinAnswers
  /** Updates accepted since the document was loaded, and how often lately. */
  updates: number
  readonly rate: Rate
  /** UTC milliseconds. */
  readonly openedAt: number
  /** Called once `pending` is 0 again. */
  onSettled: (() => void)[]
  /** Updates on their way to the log, in the order in which they were accepted. */
  readonly pendingUpdates: Set<Uint8Array>
  /** Bytes on their way to the log. */
  pendingBytes: number
  isDead: boolean
  isCompacting: boolean
  /** Tail size at which compaction is tried again after a failure. */
  compactAgainAt: number
}

/** Makes a room from what the log holds.
 *
 * @throws DamagedFrame if a checksum, the grammar, the order of rows or a missing struct shows that the bytes are not what was stored
 */
export function openRoom(documentId: string, stored: StoredLog, presenceWindowMs: number, now: () => number): Room {
  const committed = emptyLedger()
  const snapshot = openStoredSnapshot(documentId, stored, committed)
  const tail = new Tail()
  let seq = stored.snapshotSeq
  for (const row of stored.tail) {
    if (row.seq <= seq) throw new DamagedFrame('order of rows')
    seq = row.seq
    const { personId, updates } = openUpdates(documentId, row.bytes)
    for (const update of updates) {
      const scan = scanStored(update)
      if (judgeUpdate(committed, scan, null).kind === 'gap') throw new DamagedFrame('a row is missing')
      absorbUpdate(committed, scan, personId)
    }
    tail.append(seq, updates.map(updateFrame))
  }
  const members = new Set<Member>()
  const accepted = copyLedger(committed)
  const clients = createClientIds(accepted)
  return {
    documentId,
    members,
    clients,
    presence: createPresence({ members, windowMs: presenceWindowMs, now, mayShow: clients.bind }),
    accepted,
    committed,
    snapshot,
    tail,
    outbox: { fresh: [], acks: new Map(), timer: null, lastFlush: -Infinity, lastCount: 0, since: Infinity },
    seq,
    pending: 0,
    pendingUpdates: new Set(),
    joins: { seq: -1, byState: new Map() },
    updates: 0,
    rate: createRate(),
    openedAt: now(),
    onSettled: [],
    pendingBytes: 0,
    isDead: false,
    isCompacting: false,
    compactAgainAt: 0,
  }
}

function openStoredSnapshot(documentId: string, stored: StoredLog, ledger: Ledger): Snapshot | null {
  if (stored.snapshot === null) return null
  const { update, authors, clocks } = stored.opened ?? openSnapshot(documentId, stored.snapshot)
  for (const [client, personId] of authors) ledger.authors.set(client, personId)
  if (clocks === null) {
    const scan = scanStored(update)
    if (judgeUpdate(ledger, scan, null).kind === 'gap') throw new DamagedFrame('a snapshot with a hole')
    absorbUpdate(ledger, scan, '')
  } else {
    // Compared with what the update says before it was sealed, and under its checksum since.
    for (const [client, clock] of clocks.state) ledger.state.set(client, clock)
    for (const [client, ranges] of clocks.deleted) ledger.deleted.set(client, ranges)
  }
  return makeSnapshot(stored.snapshotSeq, update, new Map(ledger.state))
}

function scanStored(update: Uint8Array): UpdateScan {
  try {
    return scanUpdate(update)
  } catch (cause) {
    if (cause instanceof Malformed) throw new DamagedFrame('update grammar', { cause })
    throw cause
  }
}

/** A snapshot ready to send. */
export function makeSnapshot(seq: number, update: Uint8Array, state: StateVector): Snapshot {
  const wire = updateFrame(update)
  return { seq, wire, update: wire.subarray(wire.length - update.length), state }
}

const emptyStep2 = step2Frame(Uint8Array.of(0, 0))

/** Tails longer than this are sent whole: looking for what is missing would hold up the others. */
const searchedTailBytes = 256 << 10

/** The frames that bring a client with `have` to the committed state. Content comes first and the closing step 2 last, so that a
 * client that counts itself synced has everything. A client that lacks only recent rows gets those and the deletions. */
export function frameJoin(room: Room, have: StateVector): readonly Buffer[] {
  // An empty client's answer is made of buffers that are there already; others' are searched for.
  if (have.size === 0 || have.size > mostClients) return answerJoin(room, have)
  const { joins } = room
  if (joins.seq !== room.seq) {
    joins.byState.clear()
    joins.seq = room.seq
  }
  const key = [...have].map(([client, clock]) => `${client}:${clock}`).sort().join(' ')
  const known = joins.byState.get(key)
  if (known !== undefined) return known
  const answer = answerJoin(room, have)
  if (joins.byState.size < answersAtMost && answer.reduce((sum, frame) => sum + frame.length, 0) <= largestKeptAnswer) joins.byState.set(key, answer)
  return answer
}

/** How many answers are kept, how large each may be, and how many clients what they answer may name. */
const [answersAtMost, largestKeptAnswer, mostClients] = [8, 16 << 10, 200]

function answerJoin(room: Room, have: StateVector): readonly Buffer[] {
  const { snapshot, tail } = room
  if (have.size > 0 && (snapshot === null || coversState(have, snapshot.state)))
    return [...missingFrames(tail, have), step2Frame(encodeDeletes(room.committed))]
  const first = snapshot === null ? [] : [snapshot.wire]
  return [...first, ...(tail.length === 0 ? [] : [tail.frames()]), emptyStep2]
}

function missingFrames(tail: Tail, have: StateVector): readonly Buffer[] {
  if (tail.length > searchedTailBytes) return [tail.frames()]
  const missing: Buffer[] = []
  tail.each((wire, update) => {
    if (scanUpdate(update).blocks.some((block) => block.end > (have.get(block.client) ?? 0))) missing.push(wire)
  })
  return missing
}

/** Size of the document as it would be loaded, including what is on its way. */
export function roomBytes(room: Room): number {
  return (room.snapshot?.update.length ?? 0) + room.tail.length + room.pendingBytes
}

/** The document as accepted so far, as updates in order: snapshot, tail, and what is on its way to the log. */
export function updatesOf(room: Room): readonly Uint8Array[] {
  const updates = room.snapshot === null ? [] : [room.snapshot.update]
  room.tail.each((_wire, update) => updates.push(update))
  return [...updates, ...room.pendingUpdates]
}

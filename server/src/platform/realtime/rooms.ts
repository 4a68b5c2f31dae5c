/** All open documents of this process: loading once, committing in groups, folding long tails, leaving memory when idle. */
import { type Accepted, type Author, type Batch, startBatch } from './batch.ts'
import { createCommitQueue } from './commit-queue.ts'
import { createCompaction } from './compaction.ts'
import { createDistributor, flushWindowMs } from './distribute.ts'
import { foldUpdates } from './fold-room.ts'
import { createFolder } from './folding.ts'
import { Histogram } from './histogram.ts'
import { absorbUpdate } from './ledger.ts'
import type { Limits } from './limits.ts'
import { DamagedFrame } from './log-frames.ts'
import type { Clock, Inspector, Owners, Report, UpdateLog } from './ports.ts'
import { type Member, openRoom, type Room } from './room.ts'
import { updateFrame } from './wire.ts'

/** What the rooms need. */
export interface RoomsDeps {
  readonly log: UpdateLog
  readonly clock: Clock
  readonly limits: Limits
  readonly report: Report
  /** Told of every accepted update, and of documents that left memory. */
  readonly inspector: Inspector
  /** Absent where this process is the only one. */
  readonly owners?: Owners | undefined
}

/** Why a document cannot be opened. */
export type OpenFailure = 'no-document' | 'damaged' | 'try-later'

/** A whole document as of row `seq`, as one version 1 update. */
export interface DocumentState {
  readonly seq: number
  readonly update: Uint8Array
}

/** Counters since start. */
export interface RoomCounters {
  updates: number
  rows: number
  commits: number
  deliveries: number
  compactions: number
  /** From the start of a commit to its answer. */
  readonly commit: Histogram
  /** From accepting an update to writing it to the others' sockets. */
  readonly fanOut: Histogram
}

/** The open documents. */
export interface Rooms {
  open(documentId: string): Promise<Room | OpenFailure>
  find(documentId: string): Room | undefined
  list(): readonly Room[]
  /** Records an update as accepted and queues it; it counts for later judgements at once. */
  accept(room: Room, author: Author, accepted: Accepted): void
  /** Resolves once everything accepted so far in this room is on disk; rejects if the room died meanwhile. */
  settled(room: Room): Promise<void>
  /** Closes an idle room after a while; call when a member left. */
  leave(room: Room, member: Member): void
  /** Lets a room that was opened without a member leave memory again. */
  touch(room: Room): void
  state(documentId: string): Promise<DocumentState | OpenFailure>
  /** Forgets everything at once: another process may serve these documents by now. */
  abandon(): void
  readonly counters: RoomCounters
  close(): Promise<void>
}

/** How much one commit changes the expectation of the next, and what a disk that stalls may make us expect at most (ms). */
const [commitWeight, longestExpectedMs] = [0.1, 5]

/** Creates the rooms of one process. */
export function createRooms(deps: RoomsDeps): Rooms {
  const { limits, report, clock } = deps
  const rooms = new Map<string, Room>()
  const loading = new Map<string, Promise<Room | OpenFailure>>()
  const openBatches = new Map<Member, Batch>()
  const folder = createFolder()
  const distributor = createDistributor({ delivered: (count) => (counters.deliveries += count), waited: (ms) => counters.fanOut.observe(ms) })
  const counters: RoomCounters = { updates: 0, rows: 0, commits: 0, deliveries: 0, compactions: 0, commit: new Histogram(), fanOut: new Histogram() }
  let isClosed = false
  let expectedCommitMs = 1
  /** Counts how often everything was abandoned: what was being read then is not ours any more. */
  let abandoned = 0

  const compactWhenDue = createCompaction({
    log: deps.log,
    folder,
    limits,
    report,
    isClosed: () => isClosed,
    folded: () => {
      counters.compactions += 1
    },
  })

  const queue = createCommitQueue<Batch>({
    log: deps.log,
    windowMs: limits.commitWindowMs,
    longWindowMs: limits.longCommitWindowMs,
    monotonic: () => performance.now(),
    committed: (entries, tookMs) => {
      counters.commits += 1
      counters.commit.observe(tookMs)
      expectedCommitMs += (Math.min(longestExpectedMs, tookMs) - expectedCommitMs) * commitWeight
      const byRoom = new Map<Room, [Batch, number][]>()
      for (const [batch, seq] of entries) {
        const list = byRoom.get(batch.room)
        if (list === undefined) byRoom.set(batch.room, [[batch, seq]])
        else list.push([batch, seq])
      }
      for (const [room, batches] of byRoom) if (!room.isDead) publish(room, batches)
    },
    failed: (entries, cause) => {
      const affected = new Set(entries.map((batch) => batch.room))
      report({ kind: 'append-failed', documents: [...affected].map((room) => room.documentId), cause })
      // What others have not seen is still with its author, who sends it again after connecting anew.
      for (const room of affected) kill(room, 'try-later')
    },
    bug: (cause) => report({ kind: 'bug', cause }),
  })

  function bury(room: Room): void {
    room.isDead = true
    if (rooms.get(room.documentId) === room) rooms.delete(room.documentId)
    deps.inspector.forget?.(room.documentId)
    deps.owners?.release(room.documentId)
  }

  function kill(room: Room, reason: 'try-later' | 'server-closing'): void {
    bury(room)
    for (const member of [...room.members]) member.close(reason)
    for (const resolve of room.onSettled.splice(0)) resolve()
  }

  /** After the commit: into the tail, and into the outbox for the others, with the acknowledgement for the author. */
  function publish(room: Room, batches: readonly [Batch, number][]): void {
    for (const [batch, seq] of batches) {
      const { member, personId } = batch.author
      room.seq = Math.max(room.seq, seq)
      room.outbox.since = Math.min(room.outbox.since, batch.startedAt)
      room.pending -= 1
      room.pendingBytes -= batch.bytes
      counters.rows += 1
      for (const { scan, update } of batch.items) {
        absorbUpdate(room.committed, scan, personId)
        room.pendingUpdates.delete(update)
      }
      const runs = batch.runs.map(({ update, count }) => ({ author: member, wire: updateFrame(update), count }))
      room.tail.append(seq, runs.map((run) => run.wire))
      room.outbox.fresh.push(...runs)
      acknowledge(room, batch, seq)
    }
    distributor.plan(room)
    if (room.pending === 0) for (const resolve of room.onSettled.splice(0)) resolve()
    compactWhenDue(room)
  }

  function acknowledge(room: Room, batch: Batch, seq: number): void {
    const last = batch.items.at(-1)
    const { member } = batch.author
    if (member === null || last === undefined) return
    const ack = member.acknowledge(seq, last.frame)
    // A later acknowledgement says all that an earlier one says.
    if (ack !== null) room.outbox.acks.set(member, [ack])
    member.settled(batch.bytes)
  }

  async function load(documentId: string): Promise<Room | OpenFailure> {
    const begun = abandoned
    try {
      // Owned before it is read: what is read is then all there is.
      if (deps.owners !== undefined && (await deps.owners.find(documentId)) !== 'here') return 'try-later'
      const stored = await deps.log.load(documentId)
      if (stored === null) return 'no-document'
      if (begun !== abandoned) return 'try-later'
      const room = openRoom(documentId, stored, limits.presenceWindowMs, () => clock.now())
      rooms.set(documentId, room)
      compactWhenDue(room, false)
      return room
    } catch (cause) {
      if (cause instanceof DamagedFrame) {
        report({ kind: 'document-damaged', documentId, detail: cause.message })
        return 'damaged'
      }
      report({ kind: 'load-failed', documentId, cause })
      return 'try-later'
    }
  }

  async function open(documentId: string): Promise<Room | OpenFailure> {
    if (isClosed) return 'try-later'
    if (deps.owners?.isCurrent() === false) return 'try-later'
    const known = rooms.get(documentId)
    if (known !== undefined) return known
    let attempt = loading.get(documentId)
    if (attempt === undefined) {
      attempt = load(documentId).finally(() => loading.delete(documentId))
      loading.set(documentId, attempt)
    }
    return attempt
  }

  function evictWhenIdle(room: Room): void {
    if (room.members.size > 0 || room.isDead) return
    const timer = setTimeout(() => {
      if (room.members.size > 0 || room.pending > 0 || room.isCompacting) return evictWhenIdle(room)
      bury(room)
    }, limits.idleRoomMs)
    timer.unref()
  }

  function openBatch(room: Room, author: Author): Batch {
    const { member } = author
    // A commit that is over before the room's next write only makes more commits.
    const wantedAt = member === null ? -Infinity : room.outbox.lastFlush + flushWindowMs(room) - expectedCommitMs
    const batch = startBatch(room, author, { wantedAt, now: () => clock.now() }, () => {
      if (member !== null) openBatches.delete(member)
    })
    room.pending += 1
    if (member !== null) openBatches.set(member, batch)
    queue.add(batch)
    return batch
  }

  function settled(room: Room): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (): void => (room.isDead ? reject(new Error('the document could not be saved')) : resolve())
      if (room.pending === 0) settle()
      else room.onSettled.push(settle)
    })
  }

  return {
    open,
    find: (documentId) => rooms.get(documentId),
    list: () => [...rooms.values()],
    accept(room, author, accepted) {
      absorbUpdate(room.accepted, accepted.scan, author.personId)
      const current = author.member === null ? undefined : openBatches.get(author.member)
      const batch = current?.isOpen ? current : openBatch(room, author)
      batch.items.push(accepted)
      room.pendingUpdates.add(accepted.update)
      deps.inspector.accepted?.(room.documentId, accepted.update)
      batch.bytes += accepted.update.length
      room.pendingBytes += accepted.update.length
      counters.updates += 1
      room.updates += 1
      room.rate.count(clock.now())
    },
    settled,
    leave(room, member) {
      room.members.delete(member)
      room.presence.leave(member)
      if (room.members.size === 0 && room.pending === 0) compactWhenDue(room)
      evictWhenIdle(room)
    },
    touch: evictWhenIdle,
    async state(documentId) {
      const room = await open(documentId)
      if (typeof room === 'string') return room
      await settled(room)
      const { seq } = room
      const update = room.tail.length === 0 && room.snapshot === null ? Uint8Array.of(0, 0) : await foldUpdates(room, folder, limits.compactDeadlineMs)
      evictWhenIdle(room)
      return { seq, update }
    },
    abandon() {
      abandoned += 1
      for (const room of rooms.values()) kill(room, 'try-later')
    },
    counters,
    async close() {
      isClosed = true
      await queue.drained()
      for (const room of rooms.values()) distributor.flush(room)
      for (const room of rooms.values()) kill(room, 'server-closing')
      await folder.close()
    },
  }
}

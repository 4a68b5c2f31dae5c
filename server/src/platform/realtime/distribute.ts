/** From the outbox of a room to its members: one write per member and flush, at once when the room has been quiet. */
import type { FreshUpdate, Member, Room } from './room.ts'

/** Sends what rooms have in their outboxes. */
export interface Distributor {
  /** Flushes now, or when the window since the last flush is over. */
  plan(room: Room): void
  flush(room: Room): void
}

/** Longest and shortest time that frames of a room wait for each other (ms). */
const [longestMs, shortestMs] = [5, 2]
/** A room whose last write carried so many updates is typed in by several at full speed. */
const manyUpdates = 16
/** A busy room is written to when a commit answers, even if its window has that much left (ms): a wake-up of its own costs more. */
const earlyMs = 2

/** How long frames of a busy room wait for each other: every write costs the same whatever it carries, and a room of 200 makes 199
 * of them for each keystroke. A quiet room never waits. */
export function flushWindowMs({ members, outbox }: Room): number {
  return outbox.lastCount >= manyUpdates ? longestMs : Math.min(longestMs, shortestMs + members.size / 50)
}

/** Makes a distributor. `delivered` counts updates times members,
 * `waited` is told how long the oldest update of a flush took from being accepted to being written. */
export function createDistributor(deps: {
  readonly delivered: (count: number) => void
  readonly waited: (ms: number) => void
}): Distributor {
  function plan(room: Room): void {
    if (room.outbox.timer !== null) return
    const wait = flushWindowMs(room) - (performance.now() - room.outbox.lastFlush)
    if (wait <= (room.outbox.lastCount >= manyUpdates ? earlyMs : 0.5)) return flush(room)
    room.outbox.timer = setTimeout(flush, wait, room)
  }

  function flush(room: Room): void {
    const { outbox } = room
    if (outbox.timer !== null) clearTimeout(outbox.timer)
    outbox.timer = null
    const { fresh, acks } = outbox
    if (room.isDead || (fresh.length === 0 && acks.size === 0)) return
    outbox.fresh = []
    outbox.acks = new Map()
    outbox.lastFlush = performance.now()
    outbox.lastCount = countOf(fresh)
    send(room, fresh, acks)
    if (outbox.since !== Infinity) deps.waited(performance.now() - outbox.since)
    outbox.since = Infinity
  }

  function send({ members, outbox }: Room, fresh: readonly FreshUpdate[], acks: ReadonlyMap<Member, readonly Buffer[]>): void {
    const authors = new Set(fresh.map((each) => each.author))
    const shared = joined(fresh.map((each) => each.wire))
    const total = outbox.lastCount
    for (const member of [...members]) {
      const ack = acks.get(member)
      const isAuthor = authors.has(member)
      if (!member.isJoined()) {
        if (ack !== undefined) member.send(ack)
        continue
      }
      const theirs = isAuthor ? fresh.filter((each) => each.author !== member) : fresh
      const frames = isAuthor ? joined(theirs.map((each) => each.wire)) : shared
      deps.delivered(isAuthor ? countOf(theirs) : total)
      if (ack !== undefined) member.send(joined([...frames, ...ack]))
      else if (frames.length > 0) member.send(frames)
    }
  }

  return { plan, flush }
}

function countOf(fresh: readonly FreshUpdate[]): number {
  return fresh.reduce((sum, each) => sum + each.count, 0)
}

/** Frames in one piece, so that they leave in one write. */
function joined(frames: readonly Buffer[]): readonly Buffer[] {
  return frames.length > 1 ? [Buffer.concat(frames)] : frames
}

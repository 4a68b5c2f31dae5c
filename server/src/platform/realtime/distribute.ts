/** From the outbox of a room to its members: one write per member and flush, at once when the room has been quiet. */
import type { FreshUpdate, Member, Room } from './room.ts'

/** Sends what rooms have in their outboxes. */
export interface Distributor {
  /** Flushes now, or when the window since the last flush is over. */
  plan(room: Room): void
  flush(room: Room): void
}

/** Makes a distributor. `windowMs` says how long frames of a busy room wait for each other; `delivered` counts updates times members,
 * `waited` is told how long the oldest update of a flush took from being accepted to being written. */
export function createDistributor(deps: {
  readonly windowMs: (room: Room) => number
  readonly delivered: (count: number) => void
  readonly waited: (ms: number) => void
}): Distributor {
  function plan(room: Room): void {
    if (room.outbox.timer !== null) return
    const wait = deps.windowMs(room) - (performance.now() - room.outbox.lastFlush)
    if (wait <= 0.5) return flush(room)
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
    send(room, fresh, acks)
    if (outbox.since !== Infinity) deps.waited(performance.now() - outbox.since)
    outbox.since = Infinity
  }

  function send(room: Room, fresh: readonly FreshUpdate[], acks: ReadonlyMap<Member, readonly Buffer[]>): void {
    const authors = new Set(fresh.map((each) => each.author))
    const shared = joined(fresh.map((each) => each.wire))
    const total = countOf(fresh)
    for (const member of [...room.members]) {
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

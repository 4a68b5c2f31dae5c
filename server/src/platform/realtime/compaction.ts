/** When the tail of a room is folded into a new snapshot, and what happens when that fails. */
import { foldRoom } from './fold-room.ts'
import type { Folder } from './folding.ts'
import type { Limits } from './limits.ts'
import type { Report, UpdateLog } from './ports.ts'
import { makeSnapshot, type Room } from './room.ts'

/** Folds a room's tail if it has become worth it. */
export type CompactWhenDue = (room: Room, isLeft?: boolean) => void

/** Makes it. `folded` is told of every new snapshot. */
export function createCompaction(deps: {
  readonly log: UpdateLog
  readonly folder: Folder
  readonly limits: Limits
  readonly report: Report
  readonly isClosed: () => boolean
  readonly folded: () => void
}): CompactWhenDue {
  const { limits } = deps

  async function compact(room: Room): Promise<void> {
    const folded = await foldRoom(room, deps.folder, limits.compactDeadlineMs)
    await deps.log.saveSnapshot(room.documentId, folded.seq, folded.bytes)
    room.snapshot = makeSnapshot(folded.seq, folded.update, folded.state)
    room.tail.dropTo(folded.seq)
    deps.folded()
  }

  return (room, isLeft = room.members.size === 0) => {
    const folded = room.snapshot?.update.length ?? 0
    // When everybody has gone nobody waits for the worker, and whoever comes next opens one piece.
    const worthIt = isLeft ? Math.max(limits.compactIdleBytes, folded / 16) : Math.max(limits.compactTailBytes, folded)
    const due = Math.max(worthIt, room.compactAgainAt)
    if (room.isCompacting || room.isDead || room.tail.length <= due) return
    room.isCompacting = true
    compact(room)
      .catch((cause: unknown) => {
        room.compactAgainAt = room.tail.length * 2
        if (!deps.isClosed() && !room.isDead) deps.report({ kind: 'compaction-failed', documentId: room.documentId, cause })
      })
      .finally(() => {
        room.isCompacting = false
      })
  }
}

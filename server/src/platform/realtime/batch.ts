/** The updates of one writer on their way to one commit. */
import type { Queued } from './commit-queue.ts'
import { type Joined, joinRuns } from './join-runs.ts'
import { sealUpdates } from './log-frames.ts'
import type { Member, Room } from './room.ts'
import type { UpdateScan } from './scan-update.ts'

/** Who writes: a socket, or the server on behalf of a person. */
export interface Author {
  readonly personId: string
  readonly sessionId: string
  readonly member: Member | null
}

/** An update that was judged new. `frame` is its number among the sync frames of its socket. */
export interface Accepted {
  readonly update: Uint8Array
  readonly scan: UpdateScan
  readonly frame: number
}

/** Grows until its commit starts. */
export interface Batch extends Queued {
  readonly room: Room
  readonly author: Author
  readonly items: Accepted[]
  /** What is stored and sent: the items, runs of typing joined. Settled when the commit starts. */
  runs: readonly Joined[]
  /** Monotonic milliseconds. */
  readonly startedAt: number
  isOpen: boolean
  bytes: number
}

/** Starts a batch.
 *
 * @param when.wantedAt monotonic milliseconds, see `Queued`
 * @param when.now      UTC milliseconds, asked when the commit starts
 * @param sealed        called when nothing more can be added
 */
export function startBatch(room: Room, author: Author, when: { readonly wantedAt: number; now(): number }, sealed: () => void): Batch {
  const { documentId } = room
  const { personId, sessionId } = author
  const batch: Batch = {
    documentId,
    room,
    author,
    isWanted: () => !room.isDead,
    items: [],
    runs: [],
    startedAt: performance.now(),
    wantedAt: when.wantedAt,
    isOpen: true,
    bytes: 0,
    row() {
      batch.isOpen = false
      sealed()
      batch.runs = joinRuns(batch.items)
      const bytes = sealUpdates(documentId, { personId, updates: batch.runs.map((run) => run.update) })
      return { documentId, bytes, personId, sessionId, at: when.now() }
    },
  }
  return batch
}

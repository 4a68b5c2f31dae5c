/** From snapshot and tail to one new snapshot, and the proof that it says the same before any row is passed over for it. */
import type { Folder } from './folding.ts'
import { absorbUpdate, copyLedger, emptyLedger, sameContent, type StateVector } from './ledger.ts'
import { sealSnapshot } from './log-frames.ts'
import type { Room } from './room.ts'
import { scanUpdate } from './scan-update.ts'

/** A snapshot that holds every row up to `seq`; `bytes` is its sealed frame. */
export interface FoldedRoom {
  readonly seq: number
  readonly update: Uint8Array
  readonly state: StateVector
  readonly bytes: Uint8Array
}

/** Folds the committed part and checks by clocks and deletions that it says the same.
 *
 * @throws Error when it does not, or past the deadline
 */
export async function foldRoom(room: Room, folder: Folder, deadlineMs: number): Promise<FoldedRoom> {
  const { seq, documentId } = room
  const expected = copyLedger(room.committed)
  const update = await foldUpdates(room, folder, deadlineMs)
  const folded = emptyLedger()
  absorbUpdate(folded, scanUpdate(update), '')
  if (!sameContent(folded, expected)) throw new Error('the folded document differs from the log')
  return { seq, update, state: expected.state, bytes: sealSnapshot(documentId, { update, authors: expected.authors, clocks: expected }) }
}

/** The committed part as one update. */
export async function foldUpdates({ snapshot, tail }: Room, folder: Folder, deadlineMs: number): Promise<Uint8Array> {
  if (snapshot !== null && tail.length === 0) return snapshot.update
  const parts = snapshot === null ? [] : [snapshot.update]
  tail.each((_wire, update) => parts.push(update))
  return folder.fold(parts, deadlineMs)
}

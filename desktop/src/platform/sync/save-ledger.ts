/** Counts what has been typed, sent and acknowledged. Pure; the session asks it whether "saved" is true. */

/** Edits, sync frames of the current connection, and acknowledgements. */
export interface SaveLedger {
  /** A local edit happened. */
  edited(): void
  /** A new connection: frame numbers begin again. */
  connected(): void
  /** The next sync frame carries every edit so far (a step 2), or continues a line of frames that does. */
  sent(): void
  /** Frames up to `frame` are on disk. A number that was never sent is ignored. */
  acknowledged(frame: number): void
  /** Whether every frame of this connection has been acknowledged, and at least one has. */
  isSettled(): boolean
  /** Edits not acknowledged. */
  pending(): number
}

/** Starts counting; `pendingBefore` edits of earlier sessions still lie in the journal. */
export function createSaveLedger(pendingBefore = 0): SaveLedger {
  let edits = pendingBefore
  let saved = 0
  let acked = 0
  /** Edits covered by each frame that has not been acknowledged; the first belongs to frame `acked + 1`. */
  let covers: number[] = []
  return {
    edited() {
      edits += 1
    },
    connected() {
      acked = 0
      covers = []
    },
    sent() {
      covers.push(edits)
    },
    acknowledged(frame) {
      const count = frame - acked
      if (count <= 0 || count > covers.length) return
      saved = Math.max(saved, covers[count - 1] ?? 0)
      covers = covers.slice(count)
      acked = frame
    },
    isSettled: () => acked > 0 && covers.length === 0,
    pending: () => edits - saved,
  }
}

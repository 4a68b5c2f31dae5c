/** Reads the copies of a stored text: at once, or in a thread when it is long. */
import { DamagedFrame } from '../../platform/realtime/log-frames.ts'
import type { StoredLog } from '../../platform/realtime/ports.ts'
import { type Threaded, threadOf } from '../../platform/threads/ask-thread.ts'
import { documentOf } from '../stored-text.ts'
import { type Copies, copiesOf } from './copies.ts'
import type { CopiesAnswer, StoredText } from './thread.ts'

const ask = threadOf<StoredText, CopiesAnswer>('read-copies', 1)
const limits = { deadlineMs: 60_000, heapMiB: 1024 }

/** A longer log (bytes) is read in a thread: what it costs would hold up those who type. A shorter one costs less than a thread. */
export const longLogBytes = 96 << 10

/** The copies of a stored text.
 *
 * @throws DamagedFrame when the stored bytes are not what was stored, make no document, or cannot be read within a minute
 */
export async function readCopies(stored: StoredText): Promise<Copies> {
  try {
    return await read(stored)
  } catch (cause) {
    if (cause instanceof DamagedFrame) throw cause
    // Nothing but bytes is worked on here: what fails once fails again, and must not hold up the texts behind it.
    throw new DamagedFrame('the text cannot be read', { cause })
  }
}

async function read({ documentId, log }: StoredText): Promise<Copies> {
  const bytes = log.tail.reduce((sum, row) => sum + row.bytes.length, log.snapshot?.length ?? 0)
  if (bytes <= longLogBytes) return copiesOf(documentOf(documentId, log))
  const answer = answered(await ask({ documentId, log: owned(log) }, limits))
  if ('damaged' in answer) throw new DamagedFrame(answer.damaged)
  return answer.copies
}

function answered(threaded: Threaded<CopiesAnswer>): CopiesAnswer {
  return threaded.kind === 'answered' ? threaded.answer : { damaged: `reading the text: ${threaded.kind}` }
}

/** Copies of their own: views into larger buffers would take their neighbours along. */
function owned({ snapshot, snapshotSeq, tail }: StoredLog): StoredLog {
  return { snapshot: snapshot === null ? null : new Uint8Array(snapshot), snapshotSeq, tail: tail.map(({ seq, bytes }) => ({ seq, bytes: new Uint8Array(bytes) })) }
}

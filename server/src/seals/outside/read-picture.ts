/** Pictures of seals from elsewhere, read in a thread with a deadline and a memory cap: never on the thread that serves everybody. */
import type { SealDrawing } from '@xiewen/crypto'
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { scanLimits } from '@xiewen/shared/seals'
import { type ThreadLimits, threadOf } from '../../platform/threads/ask-thread.ts'
import type { PictureAnswer, PictureToRead } from './clean-picture.ts'

/** What one picture may cost: a scan at the limit of pixels takes about a second and 100 MiB. */
export const pictureLimits = { deadlineMs: 15_000, heapMiB: 384 } as const satisfies ThreadLimits

type Unlimited<T> = T extends unknown ? Omit<T, 'limits'> : never
/** A picture as it came. */
export type PictureOfSeal = Unlimited<PictureToRead>

const ask = threadOf<PictureToRead, PictureAnswer>('read-picture', 1)

/** Reads a picture. Refuses `seals.scan-large`, `seals.scan-unreadable`, `seals.scan-no-seal`, `seals.scan-noisy`, and of scans `seals.scan-small` and
 * `seals.scan-not-round`. */
export async function readPicture(picture: PictureOfSeal, limits: ThreadLimits = pictureLimits): Promise<Result<SealDrawing>> {
  // A copy of its own: views into the pool Node reads from would take their neighbours along.
  const threaded = await ask({ ...picture, bytes: new Uint8Array(picture.bytes), limits: scanLimits }, limits)
  if (threaded.kind !== 'answered') return refuse('seals.scan-large')
  const { answer } = threaded
  return answer.kind === 'drawn' ? accept(answer.drawing) : refuse(answer.code, answer.params)
}

/** Reads files nobody vouches for in a thread of their own, with a deadline and a memory cap. */
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { type ThreadLimits, threadOf } from '../../platform/threads/ask-thread.ts'
import { importLimits } from './limits.ts'
import type { FileToRead, ReadFile } from './read-file.ts'
import type { ThreadAnswer } from './thread.ts'

const ask = threadOf<FileToRead, ThreadAnswer>('read-file', importLimits.concurrent)

/** Reads a file in a thread (`thread.ts`). Refuses with a code of the documents room when the file cannot be imported, takes too long or
 * needs too much memory; the process goes on whatever the file does. */
export async function readInThread(file: FileToRead, limits: ThreadLimits = importLimits): Promise<Result<ReadFile>> {
  // A copy of its own: views into the pool Node reads from would take their neighbours along.
  const threaded = await ask({ ...file, bytes: new Uint8Array(file.bytes) }, limits)
  if (threaded.kind === 'too-slow') return refuse('documents.import-too-slow')
  if (threaded.kind === 'too-large') return refuse('documents.oversized-file')
  const { answer } = threaded
  return answer.kind === 'read' ? accept(answer.file) : refuse(answer.code, answer.params)
}

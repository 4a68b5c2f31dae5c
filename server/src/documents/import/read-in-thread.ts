/** Reads files nobody vouches for in a thread of their own, with a deadline and a memory cap. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { importLimits } from './limits.ts'
import type { FileToRead, ReadFile } from './read-file.ts'
import type { ThreadAnswer } from './thread.ts'

/** The built program of the thread (`thread.ts`, bundled): found from sources, from their build and from inside a bundle alike. */
const program = join(dirname(createRequire(import.meta.url).resolve('@xiewen/server')), '../dist/programs/read-file.js')

/** What a reading may cost; tests make it smaller. */
export interface ReadingLimits {
  readonly deadlineMs: number
  readonly heapMiB: number
}

let running = 0
const waiting: (() => void)[] = []

/** Reads a file in a thread. Refuses with a code of the documents room when the file cannot be imported, takes too long or
 * needs too much memory; the process goes on whatever the file does. */
export async function readInThread(file: FileToRead, limits: ReadingLimits = importLimits): Promise<Result<ReadFile>> {
  if (running >= importLimits.concurrent) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  try {
    return await readAlone(file, limits)
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

function readAlone(file: FileToRead, limits: ReadingLimits): Promise<Result<ReadFile>> {
  return new Promise((resolve, reject) => {
    // A copy of its own: views into the pool Node reads from would take their neighbours along.
    const workerData: FileToRead = { ...file, bytes: new Uint8Array(file.bytes) }
    // No flags of this process: the thread is a program of its own.
    const worker = new Worker(program, { workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB, maxYoungGenerationSizeMb: 32 } })
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      void worker.terminate()
      settle()
    }
    const timer = setTimeout(() => end(() => resolve(refuse('documents.import-too-slow'))), limits.deadlineMs)
    worker.once('message', (given: ThreadAnswer) => end(() => resolve(given.kind === 'read' ? accept(given.file) : refuse(given.code, given.params))))
    worker.once('error', (error: Error & { readonly code?: string }) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError ? resolve(refuse('documents.oversized-file')) : reject(error))),
    )
  })
}

/** Work on bytes nobody vouches for, in a thread of its own with a deadline and a memory cap: whatever the bytes do ends with the thread. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Where bundled programs lie: found from sources, from their build and from inside a bundle alike. */
const programs = join(dirname(createRequire(import.meta.url).resolve('@xiewen/server')), '../dist/programs')

/** What one piece of work may cost. */
export interface ThreadLimits {
  readonly deadlineMs: number
  readonly heapMiB: number
}

/** What became of it. */
export type Threaded<A> = { readonly kind: 'answered'; readonly answer: A } | { readonly kind: 'too-slow' } | { readonly kind: 'too-large' }

/** Asks one program, a few threads at a time; the others wait their turn.
 *
 * @param program name of a bundled program (`server/bin/bundle-programs.mjs`) that posts its answer to `workerData`
 */
export function threadOf<I, A>(program: string, concurrent: number): (input: I, limits: ThreadLimits) => Promise<Threaded<A>> {
  const path = join(programs, `${program}.js`)
  const waiting: (() => void)[] = []
  let running = 0
  return async (input, limits) => {
    if (running >= concurrent) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await askAlone<I, A>(path, input, limits)
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}

function askAlone<I, A>(path: string, workerData: I, limits: ThreadLimits): Promise<Threaded<A>> {
  return new Promise((resolve, reject) => {
    // No flags of this process: the thread is a program of its own.
    const worker = new Worker(path, { workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB, maxYoungGenerationSizeMb: 32 } })
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      void worker.terminate()
      settle()
    }
    const timer = setTimeout(() => end(() => resolve({ kind: 'too-slow' })), limits.deadlineMs)
    worker.once('message', (answer: A) => end(() => resolve({ kind: 'answered', answer })))
    worker.once('error', (error: Error & { readonly code?: string }) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError ? resolve({ kind: 'too-large' }) : reject(error))),
    )
  })
}

/** Folds many updates into one, in a worker thread with a deadline: the only place where a Y.Doc is built from user bytes. */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** Folds updates, oldest first, into one equivalent update. Rejects on failure and past the deadline. */
export interface Folder {
  fold(updates: readonly Uint8Array[], deadlineMs: number): Promise<Uint8Array>
  close(): Promise<void>
}

// Source text, because one and the same program runs from TypeScript sources under the test runner and from `dist`, and a worker
// can load only what Node itself can load. Yjs tidies formatting marks after remote changes, which would delete things nobody
// deleted; the listener forbids that. The second document proves that the result reads back as the same bytes.
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const Y = require(workerData.yjs)
const build = (updates) => {
  const doc = new Y.Doc({ gc: true })
  doc.on('afterTransaction', (transaction) => { transaction._needFormattingCleanup = false })
  doc.transact(() => { for (const update of updates) Y.applyUpdate(doc, update) })
  const whole = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return whole
}
const same = (a, b) => Buffer.compare(a, b) === 0
parentPort.on('message', ({ id, updates }) => {
  try {
    const whole = build(updates)
    if (!same(build([whole]), whole)) throw new Error('the folded update reads back differently')
    parentPort.postMessage({ id, whole })
  } catch (error) {
    parentPort.postMessage({ id, error: String(error && error.message) })
  }
})
`

interface Answer {
  readonly id: number
  readonly whole?: Uint8Array
  readonly error?: string
}

interface Waiting {
  readonly resolve: (whole: Uint8Array) => void
  readonly reject: (cause: Error) => void
}

/** Makes a folder. The thread starts with the first call and does not keep the process alive. */
export function createFolder(): Folder {
  let worker: Worker | null = null
  let nextId = 0
  const waiting = new Map<number, Waiting>()

  function abandon(cause: Error): void {
    const dead = worker
    worker = null
    for (const { reject } of waiting.values()) reject(cause)
    waiting.clear()
    void dead?.terminate()
  }

  function running(): Worker {
    if (worker !== null) return worker
    const started = new Worker(program, {
      eval: true,
      workerData: { yjs: createRequire(import.meta.url).resolve('yjs') },
    })
    started.unref()
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.whole !== undefined) asked?.resolve(answer.whole)
      else asked?.reject(new Error(answer.error ?? 'folding failed'))
    })
    started.on('error', (cause) => {
      if (worker === started) abandon(cause instanceof Error ? cause : new Error('folding worker failed'))
    })
    worker = started
    return started
  }

  return {
    fold(updates, deadlineMs) {
      const id = (nextId += 1)
      const answer = new Promise<Uint8Array>((resolve, reject) => waiting.set(id, { resolve, reject }))
      const timer = setTimeout(() => abandon(new Error(`folding took longer than ${deadlineMs} ms`)), deadlineMs)
      running().postMessage({ id, updates })
      return answer.finally(() => clearTimeout(timer))
    },
    async close() {
      const dead = worker
      abandon(new Error('closing'))
      await dead?.terminate()
    },
  }
}

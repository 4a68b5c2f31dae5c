/**
 * Work on other processor cores, in Node (`worker_threads`) and browsers (`Worker`) alike. The library imports neither: the
 * caller says how a worker is started, and the worker's own file calls `serveSmWork`.
 */
import { CryptoError, type CryptoErrorCode } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { sm2VerifyDigest } from '../sign/verify.ts'
import { sm4GcmDecrypt, sm4GcmEncrypt } from '../cipher/sm4-gcm.ts'

/** One piece of work. Private keys stay where they are: signing is not among them. */
export type SmWork =
  | { readonly kind: 'sm3'; readonly data: Uint8Array }
  | {
      readonly kind: 'verify'
      readonly items: readonly {
        readonly publicKey: Uint8Array
        readonly digest: Uint8Array
        readonly signature: Uint8Array
      }[]
    }
  | {
      readonly kind: 'encrypt' | 'decrypt'
      readonly key: Uint8Array
      readonly iv: Uint8Array
      readonly data: Uint8Array
      readonly aad?: Uint8Array
    }

/** What a piece of work gave: bytes; for `verify` one byte an item, 1 for right; or the code of a `CryptoError`. */
export type SmWorkAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: CryptoErrorCode; readonly message: string }

/** A message to a worker and back. */
interface Envelope<T> {
  readonly number: number
  readonly content: T
}

/** A worker as the pool sees it: the methods of Node's `Worker`; in browsers three lines adapt `Worker` to them. */
export interface SmWorker {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message' | 'error', listener: (value: unknown) => void): unknown
  terminate(): unknown
}

/** Does one piece of work here and now. */
export function doSmWork(work: SmWork): SmWorkAnswer {
  try {
    return { ok: true, bytes: perform(work) }
  } catch (cause) {
    if (cause instanceof CryptoError) return { ok: false, code: cause.code, message: cause.message }
    throw cause
  }
}

function perform(work: SmWork): Uint8Array {
  switch (work.kind) {
    case 'sm3':
      return sm3(work.data)
    case 'verify':
      return Uint8Array.from(work.items, (item) => Number(sm2VerifyDigest(item.publicKey, item.digest, item.signature)))
    case 'encrypt':
      return sm4GcmEncrypt(work.key, work.iv, work.data, work.aad)
    case 'decrypt':
      return sm4GcmDecrypt(work.key, work.iv, work.data, work.aad)
  }
}

/** Answers the pool's messages: call it in the worker with `parentPort`, or with `self` adapted alike. */
export function serveSmWork(port: Pick<SmWorker, 'postMessage' | 'on'>): void {
  port.on('message', (message) => {
    // Safe because only the pool below posts to its workers.
    const { number, content } = message as Envelope<SmWork>
    port.postMessage({ number, content: doSmWork(content) } satisfies Envelope<SmWorkAnswer>)
  })
}

/** A pool of workers. `run` queues fairly; `dispose` ends the workers and fails what is still waiting. */
export interface SmPool {
  run(work: SmWork): Promise<Uint8Array>
  dispose(): Promise<void>
}

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (cause: Error) => void
}

/** Starts a pool. @param size workers, usually processor cores minus one · @param start starts one worker */
export function createSmPool(size: number, start: () => SmWorker): SmPool {
  const waiting = new Map<number, Waiting>()
  const failAll = (cause: Error): void => {
    for (const each of waiting.values()) each.reject(cause)
    waiting.clear()
  }
  const workers = Array.from({ length: Math.max(1, size) }, () => {
    const worker = start()
    worker.on('message', (message) => {
      // Safe because the worker runs `serveSmWork`.
      settle(message as Envelope<SmWorkAnswer>)
    })
    worker.on('error', (cause) => failAll(cause instanceof Error ? cause : new Error(String(cause))))
    return worker
  })
  function settle({ number, content }: Envelope<SmWorkAnswer>): void {
    const one = waiting.get(number)
    waiting.delete(number)
    if (content.ok) one?.resolve(content.bytes)
    else one?.reject(new CryptoError(content.code, content.message.slice(content.code.length + 2)))
  }
  let next = 0
  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        const number = next++
        waiting.set(number, { resolve, reject })
        workers[number % workers.length]?.postMessage({ number, content: work } satisfies Envelope<SmWork>)
      }),
    async dispose() {
      failAll(new Error('the pool was disposed'))
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

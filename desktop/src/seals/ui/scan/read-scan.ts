/** Reading a scan in a worker with a deadline. */
import type { ScanAnswer } from './scan-worker.ts'

const deadlineMs = 10_000

/** Cleans a scanned impression; `seals.scan-large` when it takes too long. */
export function readScan(file: Blob): Promise<ScanAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { type: 'module' })
    const end = (answer: ScanAnswer): void => {
      clearTimeout(timer)
      worker.terminate()
      resolve(answer)
    }
    const timer = setTimeout(() => end({ ok: false, code: 'seals.scan-large' }), deadlineMs)
    worker.addEventListener('message', (event: MessageEvent<ScanAnswer>) => end(event.data))
    worker.addEventListener('error', () => end({ ok: false, code: 'seals.scan-unreadable' }))
    worker.postMessage(file)
  })
}

/** Verifying a file in the browser itself: only the office's trust and a digest cross the network, never the file. */
import type { ReportSummary, SignatureSummary } from '@xiewen/crypto'
import { sealsContract, type Verification } from '@xiewen/shared/seals'
import type { z } from 'zod'
import { call, isCallError } from '../../../platform/http/index.ts'

type Trust = z.output<typeof sealsContract.trust.output>
type Known = z.output<typeof sealsContract.registered.output>

/** What the worker is given. */
export interface WorkerTask {
  readonly bytes: Uint8Array
  readonly trust: Trust
}

/** What it answers; `core` says whether WebAssembly ran. */
export type WorkerAnswer = { readonly ok: true; readonly core: 'wasm' | 'typescript'; readonly report: ReportSummary } | { readonly ok: false; readonly message: string }

/** The browser could not verify: an old engine, or a policy that forbids workers. */
export class LocalVerifyError extends Error {}

/** A verification made here, and by which core. `isRegisterSilent` says that the office's register could not be asked: the verdict stands, but whether the
 * file is registered and how its seals stand now is not known. */
export interface LocalVerification {
  readonly result: Verification
  readonly core: 'wasm' | 'typescript'
  readonly isRegisterSilent: boolean
}

/** Verifies a file in this browser.
 *
 * @throws LocalVerifyError when the browser cannot; CallError when the office's trust cannot be fetched
 */
export async function verifyLocally(file: Blob): Promise<LocalVerification> {
  const trust = await call(sealsContract.trust, {})
  const answer = await runWorker({ bytes: new Uint8Array(await file.arrayBuffer()), trust })
  if (!answer.ok) throw new LocalVerifyError(answer.message)
  const { report } = answer
  const serials = report.seals.flatMap(({ verdict, certificateSerial }) => (verdict === 'VALID' && certificateSerial !== '' ? [certificateSerial] : []))
  const known = report.digest === '' ? null : await askRegister(report.digest, serials)
  return { result: present(report, known === 'silent' ? null : known), core: answer.core, isRegisterSilent: known === 'silent' }
}

/** What the register says; the verdict of this browser does not depend on it. */
async function askRegister(digest: string, serials: readonly string[]): Promise<Known | 'silent'> {
  try {
    return await call(sealsContract.registered, { digest, serials: [...serials] })
  } catch (error) {
    if (!isCallError(error)) throw error
    return 'silent'
  }
}

function runWorker(task: WorkerTask): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' })
    const end = () => worker.terminate()
    worker.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
      end()
      resolve(event.data)
    })
    worker.addEventListener('error', (event) => {
      end()
      reject(new LocalVerifyError(event.message))
    })
    worker.postMessage(task, [task.bytes.buffer])
  })
}

/** In the words of the server's own answer. A file, and a seal, counts as registered only when it is VALID. */
function present(summary: ReportSummary, known: Known | null): Verification {
  const standing = <T>(seal: SignatureSummary, from: Readonly<Record<string, T>> | undefined): T | null => (seal.verdict === 'VALID' ? (from?.[seal.certificateSerial] ?? null) : null)
  return {
    ...summary,
    seals: summary.seals.map((seal) => ({ ...seal, state: standing(seal, known?.states), origin: standing(seal, known?.origins) })),
    registered: summary.verdict === 'VALID' ? (known?.registered ?? null) : null,
  }
}

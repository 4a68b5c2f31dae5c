/** Verifying a file in the browser itself: only the office's trust and a digest cross the network, never the file. */
import type { JsonReport, JsonSignature } from '@xiewen/crypto'
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
export type WorkerAnswer = { readonly ok: true; readonly core: 'wasm' | 'typescript'; readonly report: JsonReport } | { readonly ok: false; readonly message: string }

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
  const serials = report.signatures.flatMap(({ verdict, signer }) => (verdict === 'VALID' && signer !== null ? [signer.serial] : []))
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

/** In the words of the server's own answer. A file counts as registered only when it is VALID. */
function present(report: JsonReport, known: Known | null): Verification {
  return {
    verdict: report.verdict,
    kind: report.kind,
    digest: report.digest,
    sizeBytes: report.sizeBytes,
    reasons: report.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
    seals: report.signatures.map((signature) => presentSeal(signature, known)),
    registered: report.verdict === 'VALID' ? (known?.registered ?? null) : null,
  }
}

function presentSeal(signature: JsonSignature, known: Known | null): Verification['seals'][number] {
  const { seal, signer, time } = signature
  return {
    verdict: signature.verdict,
    reasons: signature.reasons.map(({ code, params }) => ({ code, params: { ...params } })),
    notes: [...signature.notes],
    sealName: seal?.name ?? '',
    sealCode: seal?.id ?? '',
    makerName: seal?.makerName ?? '',
    signerName: signer?.commonName ?? '',
    certificateSerial: signer?.serial ?? '',
    certificatePath: [...(signer?.path ?? [])],
    signedAt: time.at ?? signature.signedAt,
    timeSource: time.source,
    timeAuthority: time.authority ?? '',
    revocation: signature.revocation,
    format: signature.format,
    revision: signature.revision,
    page: signature.place?.page ?? null,
    places: signature.places.map(({ page, leftMm, topMm, widthMm, heightMm }) => ({ page, leftMm, topMm, widthMm, heightMm })),
    coveredBytes: signature.coveredBytes,
    picture: seal?.picture ?? '',
    state: signature.verdict === 'VALID' && signer !== null ? (known?.states[signer.serial] ?? null) : null,
    origin: signature.verdict === 'VALID' && signer !== null ? (known?.origins[signer.serial] ?? null) : null,
  }
}

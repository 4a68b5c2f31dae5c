/** Calls the server through contracts. Signing in again and proving identity again happen here, once, for every screen. */
import { currentCatalogue } from '../i18n/index.ts'
import { type AnyContract, type Contract, type ContractKind, type InputOf, type OutputOf, refusalSchema } from './contract-types.ts'
import { OfflineError, RefusalError, ServerFaultError } from './errors.ts'
import { type PlannedRequest, planRepeat, planRequest, planUpload } from './request.ts'
import { randomId } from './random-id.ts'

/** What the shell does when the server asks for a person. Each answers true when the same call is worth repeating. */
export interface CallGuards {
  /** The session has ended: shows the sign-in sheet over the page. */
  readonly signInAgain: () => Promise<boolean>
  /** The act needs a fresh proof of identity (二次认证). */
  readonly proveIdentity: () => Promise<boolean>
}

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Given by callers that retry the same user act themselves; otherwise made here. */
  readonly idempotencyKey?: string
  /** True for the calls of the sign-in and step-up sheets, which must not open themselves. */
  readonly bare?: boolean
}

/** A file as downloaded: its bytes and the name the server gave it. */
export interface DownloadedFile {
  readonly blob: Blob
  readonly fileName: string
}

let guards: CallGuards = { signInAgain: async () => false, proveIdentity: async () => false }

/** Tells the client what to do when a person is needed; called once by the shell. */
export function setCallGuards(next: CallGuards): void {
  guards = next
}

/** A new key for one user act. */
export function newActKey(): string {
  return randomId()
}

/** Calls a query or a command.
 *
 * @returns the parsed output
 * @throws RefusalError when the rules say no, ServerFaultError when the server failed, OfflineError when unreachable
 */
export async function call<C extends Contract<'query' | 'command', AnyContract['input'], AnyContract['output']>>(
  contract: C,
  input: InputOf<C>,
  options: CallOptions = {},
): Promise<OutputOf<C>> {
  const act = { idempotencyKey: options.idempotencyKey ?? newActKey(), signal: options.signal }
  const response = await send(planRequest(contract, input, act), options)
  return parseOutput(contract, response)
}

/** Sends a command again that was kept while there was no network.
 *
 * @param act its path, its JSON and the key it was first sent under
 * @throws as `call`; the output is not read
 */
export async function repeatCommand(act: { readonly path: string; readonly body: string; readonly idempotencyKey: string }, options: CallOptions = {}): Promise<void> {
  await send(planRepeat(act), options)
}

/** Sends bytes with an upload contract; the outcome is as with `call`. */
export async function upload<C extends Contract<'upload', AnyContract['input'], AnyContract['output']>>(
  contract: C,
  input: InputOf<C>,
  body: Blob,
  options: CallOptions = {},
): Promise<OutputOf<C>> {
  const act = { idempotencyKey: options.idempotencyKey ?? newActKey(), signal: options.signal }
  const response = await send(planUpload(contract, input, body, act), options)
  return parseOutput(contract, response)
}

/** Fetches the bytes of a download contract. */
export async function fetchFile<C extends Contract<'download', AnyContract['input'], AnyContract['output']>>(
  contract: C,
  input: InputOf<C>,
  options: CallOptions = {},
): Promise<DownloadedFile> {
  const response = await send(planRequest(contract, input, { idempotencyKey: '', signal: options.signal }), options)
  return { blob: await response.blob(), fileName: fileNameOf(response.headers.get('Content-Disposition')) }
}

async function send(request: PlannedRequest, options: CallOptions): Promise<Response> {
  const response = await reach(request)
  if (response.ok) return response
  const error = await errorOf(response)
  if (options.bare !== true && error instanceof RefusalError) {
    if (error.code === 'base.not-signed-in' && (await guards.signInAgain())) return send(request, options)
    if (error.code === 'base.step-up-required' && (await guards.proveIdentity())) return send(request, { ...options, bare: true })
  }
  throw error
}

async function reach(request: PlannedRequest): Promise<Response> {
  try {
    // The server words refused input itself, in the language the person has chosen.
    return await fetch(request.url, { ...request.init, headers: { ...request.init.headers, 'Accept-Language': currentCatalogue().locale } })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new OfflineError({ cause })
  }
}

async function errorOf(response: Response): Promise<RefusalError | ServerFaultError> {
  const text = await response.text()
  const parsed = refusalSchema.safeParse(parseJson(text))
  if (!parsed.success) return new ServerFaultError('', { cause: new Error(`HTTP ${response.status}`) })
  const { code, params } = parsed.data
  if (code === 'base.fault') return new ServerFaultError(String(params?.['trace'] ?? ''))
  return new RefusalError(params === undefined ? { code } : { code, params }, response.status)
}

async function parseOutput<C extends Contract<ContractKind, AnyContract['input'], AnyContract['output']>>(
  contract: C,
  response: Response,
): Promise<OutputOf<C>> {
  const text = await response.text()
  const parsed = contract.output.safeParse(parseJson(text))
  if (!parsed.success) throw new ServerFaultError('', { cause: parsed.error })
  // Safe because the value has just been parsed by this contract's own output schema.
  return parsed.data as OutputOf<C>
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // A proxy's HTML error page lands here: it is no answer of ours, and the caller reports a fault.
    return { unreadable: String(cause) }
  }
}

/** The file name in a Content-Disposition header (RFC 6266, RFC 5987), or `download`. */
export function fileNameOf(header: string | null): string {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1]
  if (extended !== undefined) return decodeURIComponent(extended)
  return /filename="?([^";]+)"?/i.exec(header ?? '')?.[1] ?? 'download'
}

/** How a contract's input becomes an HTTP request. Pure, so the rules can be tested without a network. */
import { type AnyContract, pathOf } from '@xiewen/shared/base'

/** A request before it is sent. */
export interface PlannedRequest {
  readonly url: string
  readonly init: RequestInit
}

/** What one user act carries besides its input. */
export interface ActOptions {
  /** Same for every retry of one user act, so that the server does it once. */
  readonly idempotencyKey: string
  readonly signal?: AbortSignal | undefined
}

/** Plans the request of a query, command or download.
 *
 * Queries and downloads travel as GET with flat parameters; commands as POST with JSON, the cross-site guard header
 * `X-Xiewen` and `Idempotency-Key`.
 */
export function planRequest(contract: AnyContract, input: unknown, act: ActOptions): PlannedRequest {
  const common: RequestInit = { credentials: 'same-origin', cache: 'no-store', ...(act.signal ? { signal: act.signal } : {}) }
  if (contract.kind === 'command') {
    return {
      url: pathOf(contract),
      init: { ...common, method: 'POST', headers: { ...guards(act), 'Content-Type': 'application/json' }, body: JSON.stringify(input) },
    }
  }
  const headers = { Accept: contract.kind === 'download' ? '*/*' : 'application/json', 'X-Xiewen': '1' }
  return { url: urlOf(contract, input), init: { ...common, method: 'GET', headers } }
}

/** Plans a command that was planned before and kept as text. */
export function planRepeat(act: ActOptions & { readonly path: string; readonly body: string }): PlannedRequest {
  const init: RequestInit = { credentials: 'same-origin', cache: 'no-store', method: 'POST', headers: { ...guards(act), 'Content-Type': 'application/json' }, body: act.body }
  return { url: act.path, init }
}

/** Plans an upload: raw bytes as the body, the input in the query string. */
export function planUpload(contract: AnyContract, input: unknown, body: Blob, act: ActOptions): PlannedRequest {
  return {
    url: urlOf(contract, input),
    init: {
      credentials: 'same-origin',
      method: 'POST',
      headers: { ...guards(act), 'Content-Type': 'application/octet-stream' },
      body,
      ...(act.signal ? { signal: act.signal } : {}),
    },
  }
}

/** The address of a contract with its input as query parameters; arrays repeat the key, absent fields are left out. */
export function urlOf(contract: AnyContract, input: unknown): string {
  const search = new URLSearchParams()
  if (typeof input === 'object' && input !== null) {
    for (const [key, value] of Object.entries(input)) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== undefined && item !== null) search.append(key, String(item))
      }
    }
  }
  const text = search.toString()
  return text === '' ? pathOf(contract) : `${pathOf(contract)}?${text}`
}

function guards(act: ActOptions): Record<string, string> {
  return { Accept: 'application/json', 'X-Xiewen': '1', 'Idempotency-Key': act.idempotencyKey }
}

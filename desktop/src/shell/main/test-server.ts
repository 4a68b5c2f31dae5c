/** The connection test of the address set-up: does a Xiewen server answer there? */
import { accept, inboxContract, pathOf, refuse } from '@xiewen/shared/base'
import type { Result } from '@xiewen/shared/base'

/** Longest wait for an answer. */
export const testTimeoutMs = 10_000
const waited = { seconds: testTimeoutMs / 1000 } as const

/** What stands behind an address. `version` is null where the server does not tell strangers. */
export interface FoundServer {
  readonly origin: string
  readonly version: string | null
}

/** Asks for the inbox counts without being signed in: a Xiewen server says so in its own words, anything else does not.
 *
 * @param fetchFrom  sends a request without cookies; rejects with Chromium's error name
 * @returns          the server, or `desktop.address-…` saying in the user's words what is wrong
 */
export async function testServer(
  origin: string,
  fetchFrom: (url: string, init: RequestInit) => Promise<Response>,
): Promise<Result<FoundServer>> {
  const timeout = AbortSignal.timeout(testTimeoutMs)
  try {
    const answer = await fetchFrom(`${origin}${pathOf(inboxContract.counts)}`, {
      headers: { accept: 'application/json' },
      credentials: 'omit',
      redirect: 'error',
      signal: timeout,
    })
    const text = (await answer.text()).slice(0, 4000)
    if (answer.status !== 401 || !text.includes('"base.not-signed-in"')) return refuse('desktop.address-not-office')
    return accept({ origin, version: answer.headers.get('x-xiewen-version') })
  } catch (cause) {
    if (timeout.aborted) return refuse('desktop.address-timeout', waited)
    return refuse(reasonFor(cause instanceof Error ? cause.message : ''), waited)
  }
}

function reasonFor(message: string): string {
  if (/ERR_NAME_/.test(message)) return 'desktop.address-unknown-host'
  if (/ERR_(CERT_|SSL_|BAD_SSL)/.test(message)) return 'desktop.address-certificate'
  if (/ERR_(TIMED_OUT|CONNECTION_TIMED_OUT)/.test(message)) return 'desktop.address-timeout'
  if (/ERR_(UNEXPECTED_REDIRECT|EMPTY_RESPONSE|INVALID_HTTP_RESPONSE|INVALID_REDIRECT)/.test(message))
    return 'desktop.address-not-office'
  return 'desktop.address-unreachable'
}

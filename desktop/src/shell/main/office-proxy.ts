/** Carries the interface's `/api`, `/fonts` and (where WebSocket is blocked) `/sync` requests to the office's server, and answers from the offline copy when the
 * server cannot be reached. */
import { pageOrigins } from '../../platform/bridge/contract/index.ts'
import type { LinkWatch } from './link-state.ts'
import type { OfflineCopy } from './offline-copy.ts'
import type { ServerLink } from './server-link.ts'

/** What the proxy works with. `now` gives UTC milliseconds. */
export interface ProxyParts {
  readonly link: ServerLink
  readonly copy: OfflineCopy
  readonly watch: LinkWatch
  readonly now: () => number
  readonly report: (what: string, cause?: unknown) => void
}

/** Set on answers that come from the offline copy: when the server gave them, UTC milliseconds. */
export const cachedAtHeader = 'x-xiewen-cached-at'

const notSent = /^(origin|referer|cookie|host|connection|content-length|user-agent|accept-encoding|sec-.*|proxy-.*)$/
const notPassedBack =
  /^(set-cookie.*|content-encoding|content-length|transfer-encoding|connection|keep-alive|content-security-policy.*|strict-transport-security|access-control-.*)$/

/** Whether a path belongs to the server rather than to the bundled interface. */
export function isServerPath(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/fonts/') || path.startsWith('/sync/')
}

/** Answers one request of the interface.
 *
 * @param request  of `app://xiewen/api/…` or `/fonts/…`; one that names another origin is refused with 403
 * @returns        the server's answer, an offline copy marked with `cachedAtHeader`, or a network error
 */
export async function proxied(parts: ProxyParts, request: Request): Promise<Response> {
  const claimed = request.headers.get('origin')
  if (claimed !== null && claimed !== pageOrigins.office) return new Response(null, { status: 403 })
  const url = new URL(request.url)
  const path = url.pathname + url.search
  try {
    const answer = await parts.link.fetch(path, await outgoing(parts.link.origin, request))
    parts.watch.answered()
    return await incoming(parts, request.method, path, answer)
  } catch (cause) {
    // The page has gone elsewhere or closed its stream; that says nothing of the server.
    if (request.signal.aborted) return Response.error()
    parts.report('the server did not answer', cause)
    return fromCopy(parts, request.method, path)
  }
}

async function outgoing(origin: string, request: Request): Promise<RequestInit> {
  const headers = new Headers()
  for (const [name, value] of request.headers) if (!notSent.test(name)) headers.set(name, value)
  // The server's guard against other sites compares this with its own origin; only our page can reach this proxy.
  headers.set('origin', origin)
  const carriesBody = request.method !== 'GET' && request.method !== 'HEAD'
  return {
    method: request.method,
    headers,
    signal: request.signal,
    ...(carriesBody ? { body: await request.arrayBuffer() } : {}),
  }
}

async function incoming(parts: ProxyParts, method: string, path: string, answer: Response): Promise<Response> {
  const headers = answerHeaders(answer.headers)
  const contentType = answer.headers.get('content-type') ?? ''
  const keeps = method === 'GET' && answer.status === 200 && contentType.startsWith('application/json')
  if (!keeps) return new Response(bodyAllowed(answer.status) ? answer.body : null, { status: answer.status, headers })
  const body = await answer.text()
  await parts.copy
    .keep(path, { at: parts.now(), status: answer.status, contentType, body })
    .catch((cause: unknown) => parts.report('keeping the offline copy failed', cause))
  return new Response(body, { status: answer.status, headers })
}

function answerHeaders(from: Headers): Headers {
  const headers = new Headers()
  for (const [name, value] of from) if (!notPassedBack.test(name)) headers.set(name, value)
  headers.set('x-content-type-options', 'nosniff')
  // Bytes from the server are data. Should one ever be opened as a page, it may not run anything in our origin.
  headers.set('content-security-policy', "sandbox; default-src 'none'")
  return headers
}

async function fromCopy(parts: ProxyParts, method: string, path: string): Promise<Response> {
  const now = parts.now()
  const kept = method === 'GET' ? await parts.copy.find(path, now) : null
  parts.watch.failed(now, kept?.at ?? null)
  if (kept === null) return Response.error()
  return new Response(kept.body, {
    status: kept.status,
    headers: {
      'content-type': kept.contentType,
      [cachedAtHeader]: String(kept.at),
      'x-content-type-options': 'nosniff',
    },
  })
}

function bodyAllowed(status: number): boolean {
  return ![101, 204, 205, 304].includes(status)
}

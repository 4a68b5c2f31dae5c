/** The stand-in's sessions: a Chromium context each, with custom schemes, request filters, and requests of their own. */
import { EventEmitter } from 'node:events'
import type { BrowserContext, WebSocketRoute } from 'playwright-core'
import { WebSocket } from 'ws'
import type { StandinControl } from './control.ts'
import { CookieJar } from './cookie-jar.ts'
import { appAddress, SchemeServer } from './scheme-server.ts'

interface RequestDetails {
  readonly url: string
  readonly method: string
  readonly resourceType: string
  readonly requestHeaders: Record<string, string>
}
type Filter = { readonly urls: readonly string[] }
type BeforeRequest = (details: RequestDetails, answer: (verdict: { readonly cancel?: boolean }) => void) => void
type BeforeHeaders = (
  details: RequestDetails,
  answer: (verdict: { readonly requestHeaders?: Record<string, string> }) => void,
) => void

/** Request filters. Headers are changed on WebSockets only; Chromium's own requests keep theirs. */
class WebRequest {
  beforeRequest: BeforeRequest | undefined
  beforeHeaders: BeforeHeaders | undefined

  onBeforeRequest(...args: readonly [BeforeRequest] | readonly [Filter, BeforeRequest]): void {
    this.beforeRequest = args.length === 1 ? args[0] : args[1]
  }

  onBeforeSendHeaders(...args: readonly [BeforeHeaders] | readonly [Filter, BeforeHeaders]): void {
    this.beforeHeaders = args.length === 1 ? args[0] : args[1]
  }

  mayGo(details: RequestDetails): Promise<boolean> {
    const filter = this.beforeRequest
    if (filter === undefined) return Promise.resolve(true)
    return new Promise((resolve) => filter(details, (verdict) => resolve(verdict.cancel !== true)))
  }

  headersFor(details: RequestDetails): Promise<Record<string, string>> {
    const filter = this.beforeHeaders
    if (filter === undefined) return Promise.resolve(details.requestHeaders)
    return new Promise((resolve) =>
      filter(details, (verdict) => resolve(verdict.requestHeaders ?? details.requestHeaders)),
    )
  }
}

/** What the page asked permission for and what the application answered. */
type PermissionHandlers = {
  request?: (...args: readonly never[]) => void
  check?: (...args: readonly never[]) => boolean
  device?: (...args: readonly never[]) => boolean
}

/** One session. */
export class StandinSession extends EventEmitter {
  readonly protocol = new SchemeServer()
  readonly webRequest = new WebRequest()
  readonly cookies = new CookieJar()
  /** Recorded, not enforced: Chromium decides here. Tests call them. */
  readonly permissions: PermissionHandlers = {}
  readonly #control: StandinControl
  #context: Promise<BrowserContext> | undefined

  constructor(control: StandinControl) {
    super()
    this.#control = control
  }

  setPermissionRequestHandler(handler: (...args: readonly never[]) => void): void {
    this.permissions.request = handler
  }

  setPermissionCheckHandler(handler: (...args: readonly never[]) => boolean): void {
    this.permissions.check = handler
  }

  setDevicePermissionHandler(handler: (...args: readonly never[]) => boolean): void {
    this.permissions.device = handler
  }

  async clearStorageData(): Promise<void> {
    this.cookies.clear()
    if (this.#context !== undefined) await (await this.#context).clearCookies()
  }

  /** A request of the main process, with this session's cookies; errors are worded as Chromium words them. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    const cookie = init.credentials === 'omit' ? null : await this.cookies.headerFor(url)
    if (cookie !== null) headers.set('cookie', cookie)
    const answer = await fetch(url, { ...init, headers }).catch((cause: unknown) => {
      throw new Error(netError(cause), { cause })
    })
    if (init.credentials !== 'omit') this.cookies.receive(url, answer.headers.getSetCookie())
    return answer
  }

  /** The Chromium context of this session. */
  context(): Promise<BrowserContext> {
    this.#context ??= this.#open()
    return this.#context
  }

  async close(): Promise<void> {
    if (this.#context !== undefined) await (await this.#context).close()
    this.protocol.close()
  }

  async #open(): Promise<BrowserContext> {
    const context = await (await this.#control.browser).newContext({ locale: this.#control.locale, viewport: null })
    await context.route('**/*', async (route, request) => {
      const details = {
        url: appAddress(request.url()),
        method: request.method(),
        resourceType: request.resourceType(),
        requestHeaders: {},
      }
      if (await this.webRequest.mayGo(details)) await route.continue()
      else await route.abort('blockedbyclient')
    })
    await context.routeWebSocket(/.*/, (socket) => void this.#carry(socket))
    return context
  }

  /** Carries a page's WebSocket, so that the application's filters apply to it as they do in Electron. */
  async #carry(socket: WebSocketRoute): Promise<void> {
    const details = {
      url: socket.url(),
      method: 'GET',
      resourceType: 'webSocket',
      requestHeaders: { Origin: 'app://xiewen' },
    }
    const early: (string | Buffer)[] = []
    socket.onMessage((message) => void early.push(message))
    if (!(await this.webRequest.mayGo(details))) {
      await socket.close({ code: 1006 })
      return
    }
    const server = new WebSocket(socket.url(), { headers: await this.webRequest.headersFor(details) })
    server.on('open', () => {
      for (const message of early) server.send(message)
      socket.onMessage((message) => server.send(message))
    })
    server.on('message', (data, isBinary) => socket.send(isBinary ? toBuffer(data) : toBuffer(data).toString('utf8')))
    server.on(
      'close',
      (code) => void socket.close({ code: code === 1005 || code === 1006 ? 1000 : code }).catch(() => undefined),
    )
    server.on('error', () => void socket.close({ code: 1011 }).catch(() => undefined))
    socket.onClose(() => server.close())
  }
}

function toBuffer(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)
}

const netErrors: Readonly<Record<string, string>> = {
  ENOTFOUND: 'net::ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'net::ERR_NAME_NOT_RESOLVED',
  ECONNREFUSED: 'net::ERR_CONNECTION_REFUSED',
  ECONNRESET: 'net::ERR_CONNECTION_RESET',
  UND_ERR_SOCKET: 'net::ERR_EMPTY_RESPONSE',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'net::ERR_CERT_AUTHORITY_INVALID',
  SELF_SIGNED_CERT_IN_CHAIN: 'net::ERR_CERT_AUTHORITY_INVALID',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'net::ERR_CERT_AUTHORITY_INVALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'net::ERR_CERT_COMMON_NAME_INVALID',
  CERT_HAS_EXPIRED: 'net::ERR_CERT_DATE_INVALID',
  ERR_SSL_WRONG_VERSION_NUMBER: 'net::ERR_SSL_PROTOCOL_ERROR',
}

function netError(cause: unknown): string {
  const inner = cause instanceof Error ? cause.cause : undefined
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  if (inner instanceof Error && inner.message === 'unexpected redirect') return 'net::ERR_UNEXPECTED_REDIRECT'
  return netErrors[code] ?? `net::ERR_FAILED (${code})`
}

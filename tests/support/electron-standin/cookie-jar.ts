/** Cookies of a session's own requests: enough of RFC 6265 for one server. Chromium's jar is the real one. */
import { EventEmitter } from 'node:events'

/** A cookie as Electron describes it; `expirationDate` in seconds since 1970. */
export interface StandinCookie {
  readonly name: string
  readonly value: string
  readonly host: string
  readonly path: string
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: string
  readonly expirationDate?: number
}

/** The jar; emits `changed` as Electron's `session.cookies` does. */
export class CookieJar extends EventEmitter {
  #cookies: readonly StandinCookie[] = []

  async get(filter: { readonly url: string }): Promise<readonly StandinCookie[]> {
    const host = new URL(filter.url).hostname
    const now = Date.now() / 1000
    return this.#cookies.filter((cookie) => cookie.host === host && (cookie.expirationDate ?? Infinity) > now)
  }

  async set(details: Omit<StandinCookie, 'host'> & { readonly url: string }): Promise<void> {
    const { url, ...cookie } = details
    this.#put({ ...cookie, host: new URL(url).hostname })
  }

  /** The `cookie` header for a request, or null. */
  async headerFor(url: string): Promise<string | null> {
    const cookies = await this.get({ url })
    return cookies.length === 0 ? null : cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ')
  }

  /** Takes the `set-cookie` lines of an answer. */
  receive(url: string, lines: readonly string[]): void {
    for (const line of lines) this.#put(parseSetCookie(line, new URL(url).hostname))
  }

  clear(): void {
    this.#cookies = []
  }

  #put(cookie: StandinCookie): void {
    this.#cookies = [
      ...this.#cookies.filter((known) => known.name !== cookie.name || known.host !== cookie.host),
      cookie,
    ]
    this.emit('changed', {}, cookie, 'inserted', false)
  }
}

function parseSetCookie(line: string, host: string): StandinCookie {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const attributes = new Map(
    rest.map((part) => [part.split('=')[0]?.toLowerCase() ?? '', part.slice(part.indexOf('=') + 1)]),
  )
  const maxAge = attributes.get('max-age')
  const expires = attributes.get('expires')
  const expirationDate =
    maxAge !== undefined
      ? Date.now() / 1000 + Number(maxAge)
      : expires !== undefined
        ? Date.parse(expires) / 1000
        : undefined
  return {
    name: pair.slice(0, pair.indexOf('=')),
    value: pair.slice(pair.indexOf('=') + 1),
    host,
    path: attributes.get('path') ?? '/',
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: attributes.get('samesite')?.toLowerCase() ?? 'unspecified',
    ...(expirationDate === undefined ? {} : { expirationDate }),
  }
}

/** A small typed client of our own API for work the server's tools do like any other user: the demonstration and tests. */
import { type AnyContract, type InputOf, type OutputOf, pathOf, type Refusal } from '@xiewen/shared/base'
import { sessionContract } from '@xiewen/shared/directory'

/** A refusal that arrived over HTTP. */
export class RefusedByServer extends Error {
  readonly refusal: Refusal
  readonly status: number

  constructor(name: string, status: number, refusal: Refusal) {
    super(`${name} was refused: ${refusal.code} ${JSON.stringify(refusal.params ?? {})}`)
    this.name = 'RefusedByServer'
    this.refusal = refusal
    this.status = status
  }
}

/** Bytes as they came from a download. */
export interface DownloadedFile {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** One person's connection. Cookies are kept; every command carries an idempotency key. */
export class ApiClient {
  readonly #url: string
  #cookie = ''

  constructor(url: string) {
    this.#url = url
  }

  /** Where the server is. */
  get url(): string {
    return this.#url
  }

  /** The session cookie as a header value, for sockets and raw requests. */
  get cookie(): string {
    return this.#cookie
  }

  /** Opens a session with a one-time link. */
  static async signIn(url: string, token: string): Promise<ApiClient> {
    const client = new ApiClient(url)
    await client.call(sessionContract.redeemLink, { token })
    return client
  }

  /** Calls a command or query.
   * @throws RefusedByServer when the rules say no */
  async call<C extends AnyContract>(contract: C, input: InputOf<C>, options: { readonly idempotencyKey?: string } = {}): Promise<OutputOf<C>> {
    const writes = contract.kind === 'command'
    const response = writes
      ? await this.fetch(pathOf(contract), {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() },
          body: JSON.stringify(input),
        })
      : await this.fetch(`${pathOf(contract)}${queryString(input)}`, {})
    // Safe because the server checks its answers against the same contract.
    return (await this.#parse(contract, response)) as OutputOf<C>
  }

  /** Sends raw bytes to an upload. */
  async upload<C extends AnyContract>(contract: C, input: InputOf<C>, body: Uint8Array): Promise<OutputOf<C>> {
    const response = await this.fetch(`${pathOf(contract)}${queryString(input)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
      body: Buffer.from(body),
    })
    // Safe because the server checks its answers against the same contract.
    return (await this.#parse(contract, response)) as OutputOf<C>
  }

  /** Fetches a download's bytes. */
  async download<C extends AnyContract>(contract: C, input: InputOf<C>): Promise<DownloadedFile> {
    const response = await this.fetch(`${pathOf(contract)}${queryString(input)}`, {})
    if (!response.ok) await this.#parse(contract, response)
    return { bytes: new Uint8Array(await response.arrayBuffer()), mediaType: response.headers.get('content-type') ?? '' }
  }

  /** A raw request with this person's cookie and the header our pages send. */
  async fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = { 'x-xiewen': '1', ...(this.#cookie ? { cookie: this.#cookie } : {}), ...init.headers }
    const response = await fetch(`${this.#url}${path}`, { ...init, headers })
    const set = response.headers.get('set-cookie')
    if (set) this.#cookie = set.split(';')[0] ?? ''
    return response
  }

  async #parse(contract: AnyContract, response: Response): Promise<unknown> {
    const body: unknown = await response.json()
    if (response.ok) return body
    throw new RefusedByServer(contract.name, response.status, asRefusal(body))
  }
}

function asRefusal(body: unknown): Refusal {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    // Safe because refusals travel as { code, params } and params are strings and numbers.
    return { code: body.code, params: ('params' in body ? body.params : {}) as Record<string, string | number> }
  }
  return { code: 'base.fault' }
}

function queryString(input: unknown): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(typeof input === 'object' && input !== null ? input : {})) {
    if (value === undefined) continue
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** Serves custom schemes to Chromium: `app://xiewen/x` becomes `http://xiewen.app.standin.localhost:<port>/x`. Chromium sends
 * every `*.localhost` name to this machine and treats it as a secure context, so storage, streams and policies are real. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

/** Answers a request of a custom scheme. */
export type SchemeHandler = (request: Request) => Response | Promise<Response>

/** The loopback server of one session. */
export class SchemeServer {
  readonly #handlers = new Map<string, SchemeHandler>()
  readonly #server: Server
  #port: Promise<number> | undefined

  constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy())
    })
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme ${scheme} is already handled`)
    this.#handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  /** The address Chromium loads for an application's address. */
  async pageAddress(address: string): Promise<string> {
    const match = /^([a-z][a-z0-9]*):\/\/([^/?#]+)(.*)$/.exec(address)
    if (match === null || ['http', 'https'].includes(match[1] ?? '')) return address
    return `http://${match[2]}.${match[1]}.standin.localhost:${await this.listening()}${match[3] || '/'}`
  }

  listening(): Promise<number> {
    this.#port ??= new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    return this.#port
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = appAddress(`http://${incoming.headers.host ?? ''}${incoming.url ?? '/'}`)
    const handler = this.#handlers.get(url.slice(0, url.indexOf(':')))
    const left = new AbortController()
    outgoing.on('close', () => left.abort())
    const answer = handler === undefined ? Response.error() : await handler(await requestOf(incoming, url, left.signal))
    if (answer.type === 'error') {
      outgoing.destroy()
      return
    }
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
    outgoing.flushHeaders()
    if (answer.body === null) outgoing.end()
    // Safe because Node's web stream and the DOM's are one class under two names.
    else
      Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0])
        .on('error', () => outgoing.destroy())
        .pipe(outgoing)
  }
}

/** The application's address for what Chromium shows: the inverse of `pageAddress`. */
export function appAddress(address: string): string {
  return address.replace(/^http:\/\/([^/:]+)\.([a-z0-9]+)\.standin\.localhost:\d+/, '$2://$1')
}

async function requestOf(incoming: IncomingMessage, url: string, signal: AbortSignal): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers.set(name, ['origin', 'referer'].includes(name) ? appAddress(value) : value)
  }
  const method = incoming.method ?? 'GET'
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal })
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return new Request(url, { method, headers, body: Buffer.concat(chunks), signal })
}

/** A server that speaks as an office's server does to the desktop client: contracts of the inbox and the session, with the
 * guards the client must satisfy. It exists so that the client's own tests need no database. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { inboxContract, pathOf } from '@xiewen/shared/base'
import type { InboxEntry } from '@xiewen/shared/base'

/** What arrived: method, path, and the headers a test looks at. */
export interface Arrival {
  readonly method: string
  readonly path: string
  readonly origin: string | undefined
  readonly cookie: string | undefined
}

/** The running server. */
export interface OfficeServer {
  readonly origin: string
  readonly arrivals: readonly Arrival[]
  /** Origins of the WebSockets that were opened. */
  readonly sockets: readonly (string | undefined)[]
  /** Open entries of the inbox; change it and the next look sees it. */
  inbox: readonly InboxEntry[]
  stop(): Promise<void>
  /** Listens again on the same port after `stop`. */
  start(): Promise<void>
}

const signInCookie = 'session=secret-of-the-session; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600'

/** Starts the server on a free loopback port. */
export async function startOfficeServer(): Promise<OfficeServer> {
  const arrivals: Arrival[] = []
  const sockets: (string | undefined)[] = []
  const http = createServer((request, response) => {
    const { origin, cookie } = request.headers
    arrivals.push({ method: request.method ?? '', path: request.url ?? '', origin, cookie })
    answer(server, request, response)
  })
  const socketServer = new WebSocketServer({ server: http })
  socketServer.on('connection', (socket, request) => {
    sockets.push(request.headers.origin)
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  let port = 0
  const empty: readonly InboxEntry[] = []
  const server = {
    origin: '',
    arrivals,
    sockets,
    inbox: empty,
    stop: () =>
      new Promise<void>((done) => {
        for (const client of socketServer.clients) client.terminate()
        http.close(() => done())
        http.closeAllConnections()
      }),
    start: () =>
      new Promise<void>((done) => {
        http.listen(port, '127.0.0.1', () => {
          const address = http.address()
          port = typeof address === 'object' && address !== null ? address.port : 0
          server.origin = `http://127.0.0.1:${port}`
          done()
        })
      }),
  }
  await server.start()
  return server
}

function answer(server: OfficeServer, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '').split('?')[0]
  const signedIn = request.headers.cookie?.includes('secret-of-the-session') === true
  if (request.method === 'POST' && request.headers.origin !== server.origin)
    return json(response, 403, refusal('base.cross-site'))
  if (path === '/api/session/sign-in') return json(response, 200, {}, { 'set-cookie': signInCookie })
  if (path === '/api/session/sign-out')
    return json(response, 200, {}, { 'set-cookie': 'session=; Path=/; HttpOnly; Max-Age=0' })
  if (!signedIn) return json(response, 401, refusal('base.not-signed-in'))
  if (path === '/api/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: {"topics":["inbox"]}\n\n')
    return
  }
  if (path === '/api/documents/page') {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<script>parent.document.title = "ran"</script>')
    return
  }
  if (path === pathOf(inboxContract.counts)) {
    return json(response, 200, { todo: server.inbox.length, toRead: 2, overdue: 0, byRoom: {} })
  }
  if (path === pathOf(inboxContract.list)) return json(response, 200, { rows: server.inbox, next: null })
  return json(response, 404, refusal('base.not-found'))
}

function refusal(code: string): object {
  return { code }
}

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

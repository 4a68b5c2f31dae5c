/** The HTTP server: limits, security headers, static files, health, events. */
import { existsSync } from 'node:fs'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'

/** Makes the bare server with every limit set: Fastify's and Node's defaults are not safe. */
export async function createHttpServer(options: { readonly webRoot: string; readonly secure: boolean; readonly trustProxy: boolean }): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    requestTimeout: 60_000,
    // Node looks for late headers and bodies only that often; its default of 30 s would treble the limits.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5000 },
    connectionTimeout: 75_000,
    keepAliveTimeout: 75_000,
    bodyLimit: 256 * 1024,
    trustProxy: options.trustProxy,
    return503OnClosing: true,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
  })
  await app.register(cookie)
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', contentSecurityPolicy)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('cross-origin-opener-policy', 'same-origin')
    reply.header('cross-origin-resource-policy', 'same-origin')
    reply.header('permissions-policy', 'camera=(self), microphone=(), geolocation=(), payment=()')
    if (options.secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    return payload
  })
  app.setErrorHandler(async (error, _request, reply) => {
    const status = errorStatus(error)
    const code = status === 413 ? 'base.too-large' : status < 500 ? 'base.invalid-input' : 'base.fault'
    const params = code === 'base.invalid-input' ? { detail: error instanceof Error ? error.message.slice(0, 200) : '' } : { limit: '', trace: '' }
    await reply.code(status).send({ code, params })
  })
  if (existsSync(options.webRoot)) {
    await app.register(fastifyStatic, { root: options.webRoot, index: false, cacheControl: false, setHeaders: cacheForever })
    app.get('/', async (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('index.html'))
  }
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html') && !/^\/(api|sync|fonts)\//.test(request.url)
    if (wantsPage && existsSync(options.webRoot)) return reply.code(200).header('cache-control', 'no-cache').sendFile('index.html')
    return reply.code(404).send({ code: 'base.not-found', params: {} })
  })
  return app
}

/** Scripts and styles from ourselves only; component styles are injected at run time, so style allows inline.
 * 'wasm-unsafe-eval' lets the page compile the WebAssembly of crypto/, which is part of its own script; it allows no eval. */
export const contentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

function errorStatus(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}

function cacheForever(reply: { header(name: string, value: string): unknown }, path: string): void {
  reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** Routes of published protocols: bytes of one media type in, bytes of another out, asked by programs that are not ours. No session is
 * looked at and nothing is written, so there is nothing another site could make a browser do. */
import { randomUUID } from 'node:crypto'
import { pathOf } from '@xiewen/shared/base'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Operation } from '../slice.ts'
import { queryContext, type World } from './run-context.ts'

/** What these routes need. `mayAsk` takes one request of an address and says whether it was one too many. */
export interface ProtocolDeps {
  readonly world: World
  readonly report: (error: unknown, trace: string) => void
  readonly mayAsk: (address: string) => boolean
}

const protocolBodyLimit = 16 * 1024

/** Mounts one protocol, its media type known to no other route. */
export function mountProtocol(app: FastifyInstance, operation: Extract<Operation, { kind: 'protocol' }>, deps: ProtocolDeps): void {
  const { media, bodyLimitBytes } = operation.contract
  if (media === undefined) throw new Error(`Bug: ${operation.contract.name} declares no media types`)
  const url = pathOf(operation.contract)
  const answer = async (request: FastifyRequest, reply: FastifyReply, body: Uint8Array): Promise<void> => {
    const trace = randomUUID()
    if (!deps.mayAsk(request.ip)) return void (await reply.code(429).send({ code: 'base.too-many-requests', params: {} }))
    try {
      const { world } = deps
      const origin = { sessionId: null, address: request.ip, requestId: trace }
      const bytes = await world.database.read((db) => operation.run(queryContext(world, { actor: null, origin }, db), body))
      await reply.header('content-type', media.response).header('cache-control', 'no-store').send(Buffer.from(bytes))
    } catch (error) {
      deps.report(error, trace)
      await reply.code(500).send({ code: 'base.fault', params: { trace } })
    }
  }
  void app.register(async (scope) => {
    scope.addContentTypeParser(media.request, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post(url, { bodyLimit: bodyLimitBytes ?? protocolBodyLimit }, (request, reply) => answer(request, reply, Buffer.isBuffer(request.body) ? request.body : new Uint8Array()))
    if (media.inPath) scope.get<{ Params: { '*': string } }>(`${url}/*`, (request, reply) => answer(request, reply, Buffer.from(request.params['*'], 'base64')))
  })
}

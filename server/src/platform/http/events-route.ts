/** `GET /api/events`: a stream of topics that changed, for one signed-in screen. */
import type { FastifyInstance } from 'fastify'
import type { EventHub } from '../events/hub.ts'
import type { ActorOf } from './guards.ts'

const heartbeatMs = 20_000
const watchLimit = 30

/** Mounts the stream. Topics without a colon (`inbox`, `document`) go to everyone signed in; `document:<id>` only to screens
 * that name it in `watch`. Content never travels here, and an open stream does not keep a session alive. */
export function mountEvents(app: FastifyInstance, hub: EventHub, actorOf: ActorOf): void {
  app.get('/api/events', async (request, reply) => {
    const actor = await actorOf(request, true)
    if (!actor) return reply.code(401).send({ code: 'base.not-signed-in', params: {} })
    const watched = new Set(watchesOf(request.query))
    reply.hijack()
    const stream = reply.raw
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    stream.write('retry: 2000\n\n')
    const remove = hub.add({
      owners: [actor.sessionId, actor.personId],
      watches: (topic) => !topic.includes(':') || watched.has(topic),
      send: (topics) => stream.write(`data: ${JSON.stringify({ topics })}\n\n`),
      end: () => stream.end(),
    })
    const check = async (): Promise<void> => {
      const still = await actorOf(request, true)
      if (still) stream.write(': alive\n\n')
      else stream.end()
    }
    const heartbeat = setInterval(() => void check().catch(() => stream.end()), heartbeatMs)
    stream.on('close', () => {
      clearInterval(heartbeat)
      remove()
    })
    return reply
  })
}

function watchesOf(query: unknown): readonly string[] {
  const given = typeof query === 'object' && query !== null && 'watch' in query ? query.watch : []
  const list = Array.isArray(given) ? given : [given]
  return list.filter((item): item is string => typeof item === 'string' && item.length < 60).slice(0, watchLimit)
}

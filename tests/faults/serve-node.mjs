// A node of live editing as the product composes it, over PostgreSQL, to be killed, stopped and restarted: everything below the screens.
// IPC in: `{ person, document }` asks for a ticket, `{ publish }` says that a topic has changed, `{ end }` that a session has, `{ holdMs }` keeps
// the writer's transaction open. IPC out: tickets, topics heard, that the writer is held.
// SIGTERM drains it as `xiewen serve` does.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

const dist = new URL('../../server/dist/', import.meta.url)
const load = (path) => import(fileURLToPath(new URL(path, dist)))
const { databaseUrl, redisUrl, publicUrl, pulse, isFresh, documents } = JSON.parse(process.argv[2])
const [{ openDatabase, migrate }, { slices, liveDocuments }, { openCluster, clusterMigrations }, { composeRealtime }, { clusterDoors }, { EventHub }] = await Promise.all([
  load('platform/database/index.js'),
  load('app/slices.js'),
  load('platform/cluster/index.js'),
  load('app/compose-realtime.js'),
  load('app/compose-cluster.js'),
  load('platform/events/hub.js'),
])
const database = await openDatabase({ dataDir: '', database: { kind: 'postgres', url: databaseUrl } })
const clock = { now: () => Date.now() }
const report = (error, where) => process.send?.({ reported: `${where}: ${error?.message ?? error}` })
if (isFresh) {
  await migrate(database, [...clusterMigrations, ...slices.flatMap((slice) => slice.migrations)], Date.now())
  await database.write(async ({ kysely }) => {
    for (const [n, { id, people }] of documents.entries()) {
      await kysely.insertInto('document').values(documentRow(id, n)).execute()
      await kysely.insertInto('document_grant').values(people.map((person) => ({ document_id: id, holder: `person:${person}`, source: 'test', access: 'edit' }))).execute()
    }
  })
}
const cluster = await openCluster({ databaseUrl, address: '127.0.0.1:0', redisUrl, pulse, report: (error) => report(error, 'cluster') })
const live = liveDocuments(database, clock, (error) => report(error, 'documents'), cluster.fence)
const hub = new EventHub()
const server = createServer((request, response) => {
  if (!realtime.endpoint.handleRequest(request, response)) response.writeHead(404).end()
})
const realtime = composeRealtime({ server, live, cluster, clock, config: { publicUrl, host: '127.0.0.1', port: 0 }, report })
hub.spreadTo((topics) => cluster.say({ kind: 'topics', topics }))
hub.add({ owners: [], watches: () => true, send: (topics) => process.send?.({ topics }), end: () => process.send?.({ streamsEnded: true }) })
cluster.serve(clusterDoors({ realtime, hub, calendar: () => {}, typefaces: () => {}, gone: () => live.catchUp() }))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

process.on('message', (message) => {
  if (message.publish) hub.publish([message.publish])
  else if (message.holdMs) void holdWriter(message.holdMs).catch(() => undefined)
  else if (message.end) realtime.door.closeSession(message.end)
  else if (message.figures) process.send?.({ figures: { ...cluster.figures(), ...realtime.endpoint.metrics() } })
  else {
    const { person, document } = message
    const grant = { sessionId: `session-of-${person}`, personId: person, personName: person, postTitle: '', documentId: document }
    process.send?.({ person, document, ticket: realtime.door.issueTicket(grant) })
  }
})
/** A transaction in which nothing is asked of the database for a while. */
const holdWriter = (ms) =>
  database.write(async ({ kysely }) => {
    await kysely.selectFrom('document').select('id').limit(1).execute()
    process.send?.({ held: true })
    await new Promise((resolve) => setTimeout(resolve, ms))
  })
process.once('disconnect', () => process.exit())
process.once('SIGTERM', async () => {
  await realtime.close()
  await live.close()
  server.closeAllConnections()
  server.close()
  await cluster.close()
  await database.close()
  process.exit()
})
process.send?.({ port: server.address().port })

function documentRow(id, n) {
  const now = Date.now()
  return { id, serial: now * 1000 + n, origin: 'own', state: 'draft', title: '', kind: 'notice', urgency: 'none', owner_person_id: 'p', owner_name: '', owner_post_id: '', unit_id: '', unit_name: '', organ_id: '', organ_name: '', created_at: now, changed_at: now, version: 0, is_stale: 0, was_submitted: 0 }
}

// The sync server over the product's own store (SQLite in a directory, or PostgreSQL), to be killed: everything below the screens.
// IPC: `{ person, document }` asks for a ticket. `XIEWEN_FRESH=1` makes the tables; without it only what a text needs is loaded, so
// that it is there again quickly.
import { fileURLToPath } from 'node:url'

const dist = new URL('../../server/dist/', import.meta.url)
const load = (path) => import(fileURLToPath(new URL(path, dist)))
const [directory, port, ...documents] = process.argv.slice(2)
const url = process.env.XIEWEN_DATABASE_URL
const [{ openDatabase, migrate }, { updateLog }, { startHarness }] = await Promise.all([
  load('platform/database/index.js'),
  load('documents/update-log.js'),
  load('platform/realtime/twins/harness.js'),
])
const database = await openDatabase({ dataDir: directory, database: url === undefined ? { kind: 'sqlite' } : { kind: 'postgres', url } })
if (process.env.XIEWEN_FRESH === '1') await migrate(database, (await load('app/slices.js')).slices.flatMap((slice) => slice.migrations), Date.now())
await database.write(async ({ kysely }) => {
  for (const [n, id] of documents.entries()) {
    const known = await kysely.selectFrom('document').select('id').where('id', '=', id).executeTakeFirst()
    if (known === undefined) await kysely.insertInto('document').values(documentRow(id, n)).execute()
  }
})
// A short tail, so that folding into snapshots happens under the kills.
const harness = await startHarness({ log: updateLog(database), port: Number(port), limits: { compactTailBytes: 4000, updatesBurst: 1e6, framesBurst: 1e6 } })
process.on('message', ({ person, document }) => process.send?.({ person, ticket: harness.ticket(document, person) }))
process.on('disconnect', () => process.exit())
process.send?.({ port: Number(new URL(harness.url).port) })

function documentRow(id, n) {
  const now = Date.now()
  return { id, serial: now * 1000 + n, origin: 'own', state: 'draft', title: '', kind: 'notice', urgency: 'none', owner_person_id: 'p', owner_name: '', owner_post_id: '', unit_id: '', unit_name: '', organ_id: '', organ_name: '', created_at: now, changed_at: now, version: 0, is_stale: 0, was_submitted: 0 }
}

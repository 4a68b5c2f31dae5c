// The sync server over the product's own store (SQLite in a directory, or PostgreSQL), to be killed: everything below the screens.
// It is bundled before it is started (`live-victim.ts`) and waits, with everything loaded, to be told what to serve: then it is there
// within a moment after the one before it was killed. IPC: `{ start }` first; later `{ person, document }` asks for a ticket.
import { migrate, openDatabase } from '../../server/dist/platform/database/index.js'
import { updateLog } from '../../server/dist/documents/update-log.js'
import { startHarness } from '../../server/dist/platform/realtime/twins/harness.js'

process.on('disconnect', () => process.exit())
process.once('message', ({ start }) => void serve(start))
process.send?.({ loaded: true })

/** Serves `documents`, which are made where they do not exist yet. `slicesFrom` names the module with the tables of a fresh store. */
async function serve({ directory, documents, databaseUrl, slicesFrom }) {
  const database = await openDatabase({ dataDir: directory, database: databaseUrl === null ? { kind: 'sqlite' } : { kind: 'postgres', url: databaseUrl } })
  if (slicesFrom !== null) await migrate(database, (await import(slicesFrom)).slices.flatMap((slice) => slice.migrations), Date.now())
  await database.write(async ({ kysely }) => {
    for (const [n, id] of documents.entries()) {
      const known = await kysely.selectFrom('document').select('id').where('id', '=', id).executeTakeFirst()
      if (known === undefined) await kysely.insertInto('document').values(documentRow(id, n)).execute()
    }
  })
  // A short tail, so that folding into snapshots happens under the kills.
  const harness = await startHarness({ log: updateLog(database), limits: { compactTailBytes: 4000, updatesBurst: 1e6, framesBurst: 1e6 } })
  process.on('message', ({ person, document }) => process.send?.({ person, ticket: harness.ticket(document, person) }))
  process.send?.({ port: Number(new URL(harness.url).port) })
}

function documentRow(id, n) {
  const now = Date.now()
  return { id, serial: now * 1000 + n, origin: 'own', state: 'draft', title: '', kind: 'notice', urgency: 'none', owner_person_id: 'p', owner_name: '', owner_post_id: '', unit_id: '', unit_name: '', organ_id: '', organ_name: '', created_at: now, changed_at: now, version: 0, is_stale: 0, was_submitted: 0 }
}

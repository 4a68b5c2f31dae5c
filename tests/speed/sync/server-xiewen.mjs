// Our server as the product composes it: SQLite with synchronous=FULL, rights from the database, inspector, every limit on.
// Only the rate limits are raised, because forty writers here type what thousands of people do.
import { fileURLToPath } from 'node:url'
import { answerParent } from './answer-parent.mjs'

const dist = new URL('../../../server/dist/', import.meta.url)
const load = (path) => import(fileURLToPath(new URL(path, dist)))
const [{ openDatabase, migrate }, { slices, liveDocuments }, { startHarness }] = await Promise.all([
  load('platform/database/index.js'),
  load('app/slices.js'),
  load('platform/realtime/twins/harness.js'),
])
const database = await openDatabase({ dataDir: process.env.XIEWEN_BENCH_DIR, database: databaseKind() })
await migrate(database, slices.flatMap((slice) => slice.migrations), Date.now())
const live = liveDocuments(database, { now: () => Date.now() }, (error) => process.stderr.write(`${error?.stack ?? error}\n`))
const limits = { updatesPerSecond: 1e6, updatesBurst: 1e6, framesPerSecond: 1e6, framesBurst: 1e6, joinsBurst: 1e4 }
const harness = await startHarness({ log: live.log, rights: live.rights, inspector: live.inspector, limits })

function databaseKind() {
  const url = process.env.XIEWEN_DATABASE_URL
  return url === undefined ? { kind: 'sqlite' } : { kind: 'postgres', url }
}

/** Documents are named by number here; ids are what the product's look like. */
const idOf = (name) => name.replaceAll(/[ilou]/g, '0').padStart(26, '0').slice(-26)
const made = new Set()

async function create(ids) {
  const fresh = ids.filter((id) => !made.has(id))
  for (const id of fresh) made.add(id)
  if (fresh.length === 0) return
  await database.write(async ({ kysely }) => {
    const known = await kysely.selectFrom('document').select('id').where('id', 'in', fresh).execute()
    const there = new Set(known.map((row) => row.id))
    for (const id of fresh) if (!there.has(id)) await kysely.insertInto('document').values(documentRow(id)).execute()
  })
}

let serial = Date.now()
const documentRow = (id) => ({
  id,
  serial: ++serial,
  origin: 'own',
  state: 'draft',
  title: '',
  kind: 'notice',
  urgency: 'none',
  owner_person_id: 'p',
  owner_name: '',
  owner_post_id: '',
  unit_id: '',
  unit_name: '',
  organ_id: '',
  organ_name: '',
  created_at: Date.now(),
  changed_at: Date.now(),
  version: 0,
  is_stale: 0,
  was_submitted: 0,
})

// A server that comes back over the same store must not meet the people of the one before it again.
const run = Date.now().toString(36)
let people = 0
async function openings(names) {
  const ids = names.map(idOf)
  await create([...new Set(ids)])
  const persons = ids.map(() => `person${run}x${(people += 1)}`)
  await database.write(async ({ kysely }) => {
    for (let at = 0; at < ids.length; at += 200) {
      const values = ids.slice(at, at + 200).map((id, n) => ({ document_id: id, holder: `person:${persons[at + n]}`, source: 'bench', access: 'edit' }))
      await kysely.insertInto('document_grant').values(values).execute()
    }
  })
  return ids.map((id, n) => ({
    path: `/sync/${id}?x=1&ticket=${harness.ticket(id, persons[n])}`,
    headers: { Origin: harness.origin },
    prefix: [],
    first: [],
  }))
}

answerParent(
  { port: Number(new URL(harness.url).port) },
  { openings, metrics: () => harness.realtime.metrics(), events: () => harness.events.map((event) => `${event.kind} ${event.cause ?? ''}`) },
)

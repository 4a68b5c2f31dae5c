// `npm run bench:books`: what a look at the ledger of seals and the overview costs in a county (470 seals, 100,000 impressions), and a page of the
// ledger whose fifty lines are held against the acts that made them, against
// reading every line as the nightly check does, in the same run. Prints JSON. XIEWEN_BENCH_SCALE=0.1 makes fewer impressions.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../server/bin/build.mjs'

const dist = fileURLToPath(new URL('../../server/dist', import.meta.url))
const impressions = Math.round(100_000 * Number(process.env.XIEWEN_BENCH_SCALE ?? 1))
const seals = 470
const day = 86_400_000
const now = 1_790_000_000_000
const leastTimes = 10

ensureBuilt()
const { openDatabase, migrate } = await import(join(dist, 'platform/database/index.js'))
const { slices } = await import(join(dist, 'app/slices.js'))
const { readBooks } = await import(join(dist, 'seals/reconciliation.js'))
const { countBooks, numbersAgree } = await import(join(dist, 'seals/books-count.js'))
const { judgeShown } = await import(join(dist, 'seals/said.js'))
const { reconcileBooks } = await import('@xiewen/shared/seals')
const { merkleLeafHash, toHex } = await import('@xiewen/crypto')
const dataDir = await mkdtemp(join(tmpdir(), 'xiewen-bench-books-'))
const database = await openDatabase({ database: { kind: 'sqlite' }, dataDir })
try {
  await migrate(database, slices.flatMap((slice) => slice.migrations), now)
  await fill()
  const bySeal = new Set(Array.from({ length: 3 }, (_, n) => idOf('s', n)))
  const look = await measure(async (db) => [await numbersAgree(db, now), await countBooks(db, null, now)], 15)
  const keeperLook = await measure(async (db) => [await numbersAgree(db, now), await countBooks(db, bySeal, now)], 15)
  const page = await measure((db) => db.kysely.selectFrom('seal_impression').selectAll().where('seal_id', 'in', [...bySeal]).orderBy('id', 'desc').limit(51).execute(), 15)
  const lines = await database.read((db) => db.kysely.selectFrom('seal_impression').selectAll().where('seal_id', 'in', [...bySeal]).orderBy('id', 'desc').limit(50).execute())
  const judged = await measure((db) => judgeShown(db, lines), 15)
  const agree = (await database.read((db) => judgeShown(db, lines))).length === 0
  const whole = await measure(async (db) => reconcileBooks(await readBooks(db), now), 3)
  const counted = await database.read((db) => countBooks(db, null, now))
  const passed = agree && whole.p50 >= leastTimes * look.p50 && whole.p50 >= leastTimes * judged.p50 && counted.impressions === impressions && (await database.read((db) => numbersAgree(db, now)))
  process.stdout.write(`${JSON.stringify({ bench: 'books', seals, impressions, milliseconds: { look, keeperLook, page, judged, whole }, times: Math.round(whole.p50 / look.p50), leastTimes, passed }, null, 2)}\n`)
  process.exitCode = passed ? 0 : 1
} finally {
  await database.close()
  await rm(dataDir, { recursive: true })
}

/** Honest books: each impression with its permit and the two acts that tell of them. Only benches may write rows. */
async function fill() {
  for (let from = 0; from < impressions; from += 500) {
    const some = Array.from({ length: Math.min(500, impressions - from) }, (_, n) => from + n)
    await database.write(async ({ kysely }) => {
      for (let at = 0; at < some.length; at += 50) {
        const part = some.slice(at, at + 50)
        await kysely.insertInto('seal_permit').values(part.map(permitOf)).execute()
        await kysely.insertInto('seal_impression').values(part.map(impressionOf)).execute()
        await kysely.insertInto('fact').values(part.flatMap((n) => [factOf(2 * n, n, 'seals.permitted'), factOf(2 * n + 1, n, 'seals.impressed')])).execute()
      }
    })
  }
}

function idOf(kind, n) {
  return `0193${kind}${String(n).padStart(10, '0')}-4f1e-8c2d-9a7b6c5d4e3f`
}

function momentOf(n) {
  return now - Math.floor(((impressions - n) / impressions) * 1500 * day)
}

function permitOf(n) {
  const at = momentOf(n)
  return { id: idOf('p', n), application_id: idOf('a', n), seal_id: idOf('s', n % seals), document_id: idOf('d', n), digest: digestOf(n), place: '{"page":1,"x":120,"y":200}', issued_at: at, valid_until: at + 1_800_000, used_at: at + 60_000, ended_at: null }
}

function impressionOf(n) {
  const names = { seal_name: '云山县第一局', title: '关于做好防汛抗旱应急准备工作的通知', number: `云发〔2026〕${n}号`, keeper_name: '吴桂芳', on_behalf_of: '', applicant_name: '赵敏', approver_name: '林若溪' }
  return { id: idOf('i', n), permit_id: idOf('p', n), application_id: idOf('a', n), seal_id: idOf('s', n % seals), document_id: idOf('d', n), digest: digestOf(n), sealed_digest: digestOf(n + 10_000_000), page: 1, x_hundredths: 1, y_hundredths: 1, keeper_id: idOf('k', 1), at: momentOf(n) + 60_000, ofd_digest: null, ...names }
}

function factOf(seq, n, kind) {
  const id = `f${seq}`
  const at = kind === 'seals.impressed' ? momentOf(n) + 60_000 : momentOf(n)
  const record = JSON.stringify({ v: 1, seq: seq + 1, id, at, kind, subject: { kind: 'seal-application', id: idOf('a', n) }, actor: { personId: idOf('k', 1), personName: '吴桂芳', postId: idOf('t', 1), unitName: '办公室' }, origin: { sessionId: null, address: '10.0.0.1', requestId: null }, result: 'done', data: { documentId: idOf('d', n), sealId: idOf('s', n % seals), digest: digestOf(n) } })
  return { seq: seq + 1, id, at, kind, subject_kind: 'seal-application', subject_id: idOf('a', n), person_id: idOf('k', 1), record, leaf: toHex(merkleLeafHash(new TextEncoder().encode(record))) }
}

function digestOf(n) {
  return n.toString(16).padStart(64, '0')
}

async function measure(work, rounds) {
  const times = []
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now()
    await database.read(work)
    if (round > 0) times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10
  return { p50: at(0.5), p95: at(0.95) }
}

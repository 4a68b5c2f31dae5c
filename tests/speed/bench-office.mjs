// `npm run bench:office`: how fast people of a county-size office get their lists, counts and finds, through the real API of a real
// server. Prints JSON. XIEWEN_BENCH_SCALE=0.1 makes a smaller office, XIEWEN_BENCH_ROUNDS more or fewer calls,
// XIEWEN_BENCH_ONLY=overview asks only what has that in its name.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../../server/bin/build.mjs'
import { fillCounty } from './county-rows.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'server/bin/xiewen.mjs')
const scale = Number(process.env.XIEWEN_BENCH_SCALE ?? 1)
const rounds = Number(process.env.XIEWEN_BENCH_ROUNDS ?? 30)
const only = process.env.XIEWEN_BENCH_ONLY ?? ''
const targetP95Ms = 50
const seed = 20_261_122

/** What people ask, by the name it is reported under. */
const questions = {
  'inbox.list': ['inbox/list', {}],
  'inbox.list done': ['inbox/list', { done: 'true' }],
  'inbox.list to read': ['inbox/list', { kind: 'to-read' }],
  'inbox.list text': ['inbox/list', { text: '防汛抗旱' }],
  'inbox.counts': ['inbox/counts', {}],
  'documents.list all': ['documents/list', {}],
  'documents.list mine': ['documents/list', { scope: 'mine' }],
  'documents.list unit': ['documents/list', { scope: 'unit' }],
  'documents.list issued urgent': ['documents/list', { states: 'issued', urgency: 'urgent' }],
  'documents.list draft notice': ['documents/list', { states: 'draft', kind: '通知' }],
  'documents.list title': ['documents/list', { text: '防汛抗旱' }],
  'documents.list number': ['documents/list', { text: '〕13号' }],
  'documents.list whole number': ['documents/list', { text: '云教0发〔2026〕113号' }],
  'documents.list code': ['documents/list', { text: '云教0发' }],
  'documents.list drafter': ['documents/list', { text: '赵伟' }],
  'documents.list nothing': ['documents/list', { text: '火星探测' }],
  'documents.search 2': ['documents/search', { text: '防汛' }],
  'documents.search 3': ['documents/search', { text: '示范建' }],
  'documents.search 4': ['documents/search', { text: '老旧小区' }],
  'documents.search words': ['documents/search', { text: '水污染 财政 通报' }],
  'documents.search rare': ['documents/search', { text: '第777项' }],
  'documents.search nothing': ['documents/search', { text: '火星探测' }],
  'documents.register': ['documents/register', {}],
  'exchange.received all': ['exchange/received-list', { tab: 'all' }],
  'exchange.received to sign': ['exchange/received-list', { tab: 'to-sign' }],
  'exchange.received handling': ['exchange/received-list', { tab: 'in-handling' }],
  'exchange.sent': ['exchange/sent-list', {}],
  'supervision.ledger': ['supervision/ledger', {}],
  'supervision.ledger red': ['supervision/ledger', { lamps: 'red' }],
  'supervision.ledger text': ['supervision/ledger', { text: '森林防火' }],
  'supervision.overview': ['supervision/overview', {}],
  'meetings.timeline': ['meetings/timeline', { date: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) }],
  'meetings.list': ['meetings/list', {}],
  'audit.list': ['audit/list', {}],
  'audit.list kind': ['audit/list', { kind: 'workflow.signed' }],
  'audit.list text': ['audit/list', { text: '防汛抗旱' }],
}

ensureBuilt()
const dataDir = process.env.XIEWEN_BENCH_KEEP ?? (await mkdtemp(join(tmpdir(), 'xiewen-bench-office-')))
const { indexTokens } = await import(join(root, 'server/dist/documents/tokens.js'))
const { processes, slices } = await import(join(root, 'server/dist/app/slices.js'))
const reactions = [...slices.flatMap((slice) => slice.reactions ?? []), ...processes].map((reaction) => reaction.name)
const generating = performance.now()
if (!existsSync(join(dataDir, 'xiewen.db'))) {
  await stop(await serve())
  await fillCounty(join(dataDir, 'xiewen.db'), { seed, scale, indexTokens, reactions })
}
const generateSeconds = Math.round((performance.now() - generating) / 1000)
const people = ['supervisor', 'registrar', 'director', 'leader', 'drafter', 'auditor']
const server = await serve()
const figures = {}
const loadBefore = loadavg()[0]
try {
  for (const [name, [path, input]] of Object.entries(questions).filter(([name]) => name.includes(only))) figures[name] = await measure(path, input)
} finally {
  await stop(server)
  if (process.env.XIEWEN_BENCH_KEEP === undefined) await rm(dataDir, { recursive: true })
}
const slow = Object.entries(figures).filter(([, figure]) => figure.p95 > targetP95Ms).map(([name]) => name)
const office = { accounts: Math.round(7500 * scale), organisations: Math.round(360 * scale), documents: Math.round(200_000 * scale) }
const result = { bench: 'office', office, generateSeconds, calls: rounds * people.length, loadBefore, targetP95Ms, milliseconds: figures, slow, passed: slow.length === 0 }
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
process.exitCode = result.passed ? 0 : 1

/** Asks as every person in turn; the first round warms the caches and is not counted. */
async function measure(path, input) {
  const times = []
  const rows = {}
  for (let round = 0; round <= rounds; round += 1) {
    for (const person of people) {
      const started = performance.now()
      const response = await fetch(`${server.url}/api/${path}?${new URLSearchParams(input)}`, { headers: { cookie: `xiewen_session=bench-${person}` } })
      const body = await response.json()
      // The register is open to some people only, the audit to one.
      if (response.status === 403) continue
      if (response.status === 404) throw new Error(`no such query: ${path}`)
      if (!response.ok) throw new Error(`${path} as ${person}: ${response.status} ${JSON.stringify(body)}`)
      if (round > 0) times.push(performance.now() - started)
      rows[person] = body.rows?.length
    }
  }
  if (times.length === 0) throw new Error(`nobody may ask ${path}`)
  times.sort((a, b) => a - b)
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10
  return { p50: at(0.5), p95: at(0.95), max: at(1), rows }
}

async function serve() {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--data', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)))
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (/health.*\n/.test(output)) resolve()
    })
  })
  child.removeAllListeners('exit')
  return { child, url: /http:\/\/\S+/.exec(output)[0] }
}

async function stop({ child }) {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

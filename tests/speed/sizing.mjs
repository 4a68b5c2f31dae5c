// `npm run bench:sizing [-- FILE]`: what a county, a city and a province need, reckoned from figures of `bench:sync` (FILE is its `--out`,
// best measured with XIEWEN_DATABASE_URL on the machine in question). Prints JSON. A model, not a measurement: its assumptions are in the output.
import { existsSync, readFileSync } from 'node:fs'

/** Figures of one processor core, as measured on a machine of two cores of 2.8 GHz; a file replaces them. */
const measuredHere = { cpuUsPerDelivery: 112, cpuUsPerCursorDelivery: 6, kbPerConnection: 8, kbPerDocument: 60, kbBase: 190_000, commitMs: 2.5 }

/** What people do. Rates are per person who edits. */
const assumptions = {
  keysPerSecond: 1.5,
  shareTypingAtOnce: 0.5,
  peopleInADocument: 5,
  cursorsPerSecond: 1,
  headroom: 'a core is planned to half, memory to two thirds',
  bigGroupMs: 3,
  rowsPerCommit: 'one per document with something new',
}

const places = [
  { name: 'county (县)', accounts: 7_500, online: 1_500, editing: 300 },
  { name: 'city (市)', accounts: 60_000, online: 12_000, editing: 2_400 },
  { name: 'province (省)', accounts: 400_000, online: 80_000, editing: 16_000 },
]

const file = process.argv[2]
const figures = file !== undefined && existsSync(file) ? figuresOf(JSON.parse(readFileSync(file, 'utf8'))) : measuredHere

function figuresOf({ measured: { xiewen } }) {
  const { fanOut, cursors, memory } = xiewen
  return {
    ...measuredHere,
    ...(fanOut ? { cpuUsPerDelivery: fanOut.cpuUsPerDelivery } : {}),
    ...(cursors ? { cpuUsPerCursorDelivery: cursors.cpuUsPerDelivery } : {}),
    ...(memory ? { kbPerConnection: memory.perConnectionKb, kbPerDocument: memory.perDocumentKb } : {}),
  }
}

function reckon({ name, accounts, online, editing }) {
  const documents = Math.ceil(editing / assumptions.peopleInADocument)
  const keys = editing * assumptions.shareTypingAtOnce * assumptions.keysPerSecond
  const others = assumptions.peopleInADocument - 1
  const deliveries = keys * others
  const cursorDeliveries = editing * assumptions.shareTypingAtOnce * assumptions.cursorsPerSecond * others
  const cores = (deliveries * figures.cpuUsPerDelivery + cursorDeliveries * figures.cpuUsPerCursorDelivery) / 1e6
  const megabytes = Math.ceil((figures.kbBase + online * figures.kbPerConnection + documents * figures.kbPerDocument) / 1024)
  // What comes within one commit shares it: beyond this rate commits carry more, they do not become more.
  const commits = Math.min(keys, 1000 / (figures.commitMs + assumptions.bigGroupMs))
  const nodes = Math.max(1, Math.ceil(cores / 0.5))
  const spare = nodes === 1 && accounts <= 7_500 ? 0 : 1
  return {
    place: name,
    accounts,
    online,
    editing,
    documentsOpen: documents,
    keysPerSecond: Math.round(keys),
    deliveriesPerSecond: Math.round(deliveries + cursorDeliveries),
    coresBusyEditing: Number(cores.toFixed(2)),
    megabytesOfMemory: megabytes,
    commitsPerSecond: Math.round(commits),
    rowsPerCommit: Number(Math.max(1, keys / commits).toFixed(1)),
    logMegabytesPerHour: Math.round((keys * 3600 * 60) / 2 ** 20),
    nodes: nodes + spare,
    of: spare === 0 ? 'one process, SQLite or PostgreSQL' : `${nodes} for the work and one that may fail, PostgreSQL${nodes > 2 ? ' with a synchronous standby, Redis' : ''}`,
  }
}

process.stdout.write(`${JSON.stringify({ model: 'sync sizing', figures, from: figures === measuredHere ? 'bench:sync on two cores of 2.8 GHz' : file, assumptions, places: places.map(reckon) }, null, 2)}\n`)

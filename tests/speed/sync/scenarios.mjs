// What is measured, for one server at a time. Each answers plain figures.
import { makeDirectory, runLoad, startServer } from './processes.mjs'

let round = 0
const names = (count, people) => Array.from({ length: count }, (_, n) => Array.from({ length: people }, () => `r${round}d${n}`))

/** People type or point; the processor time of the server is counted between the generator's two moments. */
async function typing(server, { documents, people, seconds, ...job }) {
  round += 1
  const openings = []
  for (const group of names(documents, people)) openings.push(await server.openings(group))
  const cpu = {}
  const result = await runLoad({ kind: 'type', port: server.port, documents: openings, warmSeconds: seconds >= 2 ? 1 : 0.5, seconds, ...job }, async (moment) => {
    cpu[moment] = await server.ask('cpu')
  })
  const cpuMs = cpu.end - cpu.begin
  return {
    deliveriesPerSecond: Math.round((result.deliveries * 1000) / result.tookMs),
    perCoreSecond: Math.round((result.deliveries * 1000) / cpuMs),
    cpuUsPerDelivery: figure((cpuMs * 1000) / result.deliveries),
    framesPerDelivery: figure(result.frames / result.deliveries),
    serverBusy: figure(cpuMs / result.tookMs),
    generatorBusy: result.generatorBusy,
    ...(result.latencyMs === null ? {} : { latencyMs: result.latencyMs }),
  }
}

/** Rows of the table that need a running server with nothing special stored. The heaviest comes last: what a server puts off (storing,
 * folding, indexing) must not fall into a row of another kind. */
export const live = {
  fanOut: (server, seconds) => typing(server, { documents: 20, people: 10, writers: 10, keysPerSecond: 500, seconds }),
  crowd: (server, seconds) => typing(server, { documents: 1, people: 200, writers: 200, keysPerSecond: 100, seconds }),
  cursors: (server, seconds) => typing(server, { documents: 1, people: 100, writers: 0, cursorsPerSecond: 5, seconds }),
  saturated: (server, seconds) => typing(server, { documents: 10, people: 20, writers: 4, inFlight: 16, seconds }),
}

/** Runs the live rows on a server of its own, after half a second of typing that nobody measures: code is compiled by then. */
export async function measureLive(target, rows, seconds) {
  const place = makeDirectory()
  const server = await startServer(target, place.directory)
  const result = {}
  try {
    await typing(server, { documents: 2, people: 6, writers: 3, inFlight: 4, seconds: 0.5 })
    for (const row of rows) result[row] = await live[row](server, seconds)
    return result
  } finally {
    await server.stop()
    place.remove()
  }
}

/** A long history: taking it in, opening it again, a crowd that opens it after a restart. */
export async function measureHistory(target, { edits, returning }) {
  const place = makeDirectory()
  let server = await startServer(target, place.directory)
  try {
    const name = 'history'
    // A server runs for months: what is measured is not how long its code takes to be compiled.
    await runLoad({ kind: 'intake', port: server.port, openings: await server.openings(['warmed', 'warmed']), edits: edits / 4, window: 512 }, async () => undefined)
    const cpu = {}
    const taken = await runLoad(
      { kind: 'intake', port: server.port, openings: await server.openings([name, name]), edits, window: 512 },
      async (moment) => void (cpu[moment] = await server.ask('cpu')),
    )
    const result = { intakeCpuUsPerEdit: figure(((cpu.end - cpu.begin) * 1000) / edits), intakeSeconds: figure(taken.tookMs / 1000) }
    // Hocuspocus stores after at most ten seconds; it is given them.
    await new Promise((resolve) => setTimeout(resolve, target === 'hocuspocus' ? 11_000 : 1500))
    result.warm = await join(server, [name])
    if (target === 'yws') return { ...result, cold: null, crowd: null }
    await server.stop()
    server = await startServer(target, place.directory)
    await join(server, ['another'])
    result.cold = await join(server, [name])
    await server.stop()
    server = await startServer(target, place.directory)
    result.crowd = await join(server, Array.from({ length: 200 }, () => name))
    if (returning > 0) {
      await server.stop()
      server = await startServer(target, place.directory)
      result.returning = await join(server, Array.from({ length: returning }, (_, n) => `back${n % (returning / 20)}`))
    }
    return result
  } finally {
    await server.stop()
    place.remove()
  }
}

async function join(server, documents) {
  const cpu = {}
  const openings = await server.openings(documents)
  const result = await runLoad({ kind: 'join', port: server.port, openings }, async (moment) => void (cpu[moment] = await server.ask('cpu')))
  return { allMs: figure(result.tookMs), p95Ms: result.joinMs.p95, cpuMs: figure(cpu.end - cpu.begin), bytesEach: result.bytesEach }
}

/** What a silent socket and a small open document hold, after garbage has been collected. */
export async function measureMemory(target, { connections, documents }) {
  const place = makeDirectory()
  const server = await startServer(target, place.directory)
  try {
    const before = {}
    const grown = async (kind, openings, more = {}) => {
      const memory = {}
      await runLoad({ kind, port: server.port, openings, ...more }, async (moment) => void (memory[moment] = await server.ask('memory')))
      return { rssKb: (memory.end.rss - memory.begin.rss) / openings.length / 1024, liveKb: (memory.end.live - memory.begin.live) / openings.length / 1024 }
    }
    await grown('idle', await server.openings(Array.from({ length: 50 }, () => 'warm')))
    before.idle = await grown('idle', await server.openings(Array.from({ length: connections }, () => 'idle')))
    // What typing makes the process grow by once (young generation, caches) is no document's.
    await grown('small', await server.openings(Array.from({ length: documents }, (_, n) => `warm${n}`)), { keys: 100 })
    before.small = await grown('small', await server.openings(Array.from({ length: documents }, (_, n) => `small${n}`)), { keys: 100 })
    return {
      perConnectionKb: figure(before.idle.rssKb),
      perConnectionLiveKb: figure(before.idle.liveKb),
      perDocumentKb: figure(before.small.rssKb),
      perDocumentLiveKb: figure(before.small.liveKb),
    }
  } finally {
    await server.stop()
    place.remove()
  }
}

/** Three digits are what such figures carry. */
export function figure(value) {
  return Number(value.toPrecision(3))
}

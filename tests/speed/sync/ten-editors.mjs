// Ten editors in one 20,000-character document; keystroke to peer, over a log that is fsynced first.
// The server runs in a process of its own; the editors are unmodified y-websocket providers.
import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const built = join(root, 'server/dist/platform/realtime/')
const figures = {
  editors: 10,
  characters: 20_000,
  keysPerSecondEach: 5,
  targetP95Ms: 50,
}

if (process.argv[2] === 'serve-ten-editors') await serve()

async function serve() {
  const { startHarness, aDocumentId } = await import(`${built}twins/harness.js`)
  const { openFileLog } = await import(`${built}twins/file-log.js`)
  const { sealUpdates } = await import(`${built}log-frames.js`)
  const Y = await import('yjs')
  const directory = await mkdtemp(join(tmpdir(), 'xiewen-bench-sync-'))
  const log = await openFileLog(join(directory, 'log.bin'))
  const documentId = aDocumentId()
  await log.create(documentId)
  const first = new Y.Doc()
  first.getText('t').insert(0, '为进一步做好有关工作，'.repeat(figures.characters).slice(0, figures.characters))
  const bytes = sealUpdates(documentId, { personId: 'server', updates: [Y.encodeStateAsUpdate(first)] })
  await log.append([{ documentId, bytes, personId: 'server', sessionId: '', at: Date.now() }])
  const harness = await startHarness({ log })
  const tickets = Array.from({ length: figures.editors }, (_, n) => harness.ticket(documentId, `p${n}`))
  process.send({ url: harness.url, origin: harness.origin, documentId, tickets })
  const cpu = process.cpuUsage()
  process.on('message', async () => {
    const { user, system } = process.cpuUsage(cpu)
    process.send({
      metrics: harness.realtime.metrics(),
      cpuMs: (user + system) / 1000,
      rssMb: process.memoryUsage().rss / 2 ** 20,
    })
    await harness.close()
    await log.close()
    await rm(directory, { recursive: true })
    process.disconnect()
  })
}

/** Measures for some seconds. */
export async function tenEditors(seconds) {
  const { WebsocketProvider } = await import('y-websocket')
  const { WebSocket } = await import('ws')
  const Y = await import('yjs')
  const server = fork(fileURLToPath(import.meta.url), ['serve-ten-editors'])
  const { url, origin, documentId, tickets } = await once(server)
  const OriginSocket = class extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { origin })
    }
  }
  const sentAt = new Map()
  const latencies = []
  const opened = performance.now()
  const providers = tickets.map((ticket) => {
    const doc = new Y.Doc()
    doc.on('afterTransaction', (transaction) => {
      const now = performance.now()
      for (const [client, clock] of transaction.afterState) {
        for (let at = transaction.beforeState.get(client) ?? 0; !transaction.local && at < clock; at += 1) {
          const sent = sentAt.get(`${client}:${at}`)
          if (sent !== undefined) latencies.push(now - sent)
        }
      }
    })
    return new WebsocketProvider(`${url}/sync`, documentId, doc, {
      WebSocketPolyfill: OriginSocket,
      params: { ticket },
      disableBc: true,
    })
  })
  await Promise.all(providers.map((provider) => new Promise((resolve) => provider.once('sync', resolve))))
  const joinMs = performance.now() - opened
  let keys = 0
  const total = figures.editors * figures.keysPerSecondEach * seconds
  await new Promise((resolve) => {
    const timer = setInterval(
      () => {
        const { doc } = providers[keys % providers.length]
        const text = doc.getText('t')
        const clock = Y.getState(doc.store, doc.clientID)
        sentAt.set(`${doc.clientID}:${clock}`, performance.now())
        text.insert(Math.floor((text.length * ((keys * 7919) % 1000)) / 1000), '字')
        keys += 1
        if (keys === total) resolve(clearInterval(timer))
      },
      1000 / (figures.editors * figures.keysPerSecondEach),
    )
  })
  const expected = total * (figures.editors - 1)
  for (const end = performance.now() + 5000; latencies.length < expected && performance.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 10))
  const texts = new Set(providers.map((provider) => provider.doc.getText('t').toString()))
  for (const provider of providers) {
    provider.destroy()
    provider.awareness.destroy()
    provider.doc.destroy()
  }
  server.send('stop')
  const { metrics, cpuMs, rssMb } = await once(server)
  latencies.sort((a, b) => a - b)
  const at = (share) =>
    round(latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN)
  return {
    ...figures,
    seconds,
    keystrokes: total,
    deliveries: latencies.length,
    lost: expected - latencies.length,
    converged: texts.size === 1,
    joinAllMs: round(joinMs),
    keystrokeToPeerMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
    commitMs: { p50: round(metrics.commitP50Ms), p95: round(metrics.commitP95Ms) },
    serverCpuMsPerSecond: round(cpuMs / seconds),
    serverRssMb: round(rssMb),
    passed: texts.size === 1 && latencies.length === expected && at(0.95) <= figures.targetP95Ms,
  }
}

function once(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`the server process ended with ${code}`)))
  })
}

function round(value) {
  return Math.round(value * 100) / 100
}

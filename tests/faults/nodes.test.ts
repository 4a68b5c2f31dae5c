/** Several nodes over one PostgreSQL: one owner per document, any client on any node; killed, stopped, drained, without Redis. R21. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import type { SyncSession } from '../../desktop/src/platform/sync/index.ts'
import { openDatabase } from '../../server/src/platform/database/index.ts'
import { updateLog } from '../../server/src/documents/index.ts'
import { openControl } from '../../server/src/platform/cluster/control.ts'
import { createLeases } from '../../server/src/platform/cluster/leases.ts'
import { enterCluster } from '../../server/src/platform/cluster/membership.ts'
import { sealUpdates } from '../../server/src/platform/realtime/index.ts'
import { aDocumentId, until as untilWithin } from '../../server/src/platform/realtime/twins/harness.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { aRedis, type TestRedis } from '../support/redis.ts'
import { aBalancer, aCable, openAt, startNode, type TestNode } from './nodes.ts'

/** What hangs is meant, not what is slow. */
const until = (condition: () => boolean): Promise<void> => untilWithin(condition, 40_000)
const testMs = 150_000

let postgres: TestPostgres
let redis: TestRedis
let databaseUrl: string
const people = ['w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'reader']
const documents = Array.from({ length: 9 }, () => ({ id: aDocumentId(), people }))
let nodes: TestNode[] = []
let nextDocument = 0

const start = (isFresh = false): Promise<TestNode> => startNode({ databaseUrl, redisUrl: redis.url, isFresh, documents })
const aDocument = (): string => documents[nextDocument++]?.id ?? ''

beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), aRedis()])
  await redis.start()
  databaseUrl = await postgres.createDatabase()
  nodes = [await start(true)]
  nodes.push(...(await Promise.all([start(), start()])))
}, testMs)
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end('SIGKILL')))
  await redis.kill()
  await postgres.stop()
}, testMs)

interface Writer {
  readonly doc: Y.Doc
  readonly session: SyncSession
}
const writers: Writer[] = []
afterEach(async () => {
  await Promise.all(writers.splice(0).map(({ session }) => session.dispose()))
})

const tokensOf = ({ doc }: Writer): Y.Array<string> => doc.getArray<string>('tokens')
const isSaved = ({ session }: Writer): boolean => session.state().kind === 'saved'

/** Six people write into a document over a balancer while something happens; answers when everybody is settled again. */
async function writeWhile(documentId: string, seed: number, happens: (balance: ReturnType<typeof aBalancer>) => Promise<void>, among: readonly TestNode[] = nodes): Promise<{ readonly written: readonly string[]; readonly backAfterMs: number }> {
  const balance = aBalancer([...among], seed)
  const all = ['w0', 'w1', 'w2', 'w3', 'w4', 'w5'].map((person) => balance.session(documentId, person))
  writers.push(...all)
  await until(() => all.every(isSaved))
  const written: string[] = []
  const typing = setInterval(() => {
    for (const [n, writer] of all.entries()) {
      const token = `${n}-${written.length}`
      tokensOf(writer).push([token])
      written.push(token)
    }
  }, 10)
  await until(() => written.length > 120)
  await happens(balance)
  const since = performance.now()
  const more = written.length + 120
  await until(() => written.length > more)
  clearInterval(typing)
  await until(() => all.every(isSaved))
  const backAfterMs = performance.now() - since
  await until(() => all.every((writer) => tokensOf(writer).length >= written.length))
  return { written, backAfterMs }
}

/** What a newcomer is given by each node. */
async function expectStored(documentId: string, written: readonly string[]): Promise<void> {
  for (const node of nodes) {
    const reader = aBalancer([node], 1).session(documentId, 'reader')
    writers.push(reader)
    await until(() => tokensOf(reader).length >= written.length)
    expect([...tokensOf(reader).toArray()].sort()).toEqual([...written].sort())
  }
}

/** The node that owns a document. */
async function ownerOf(documentId: string): Promise<TestNode> {
  const id = await holderOf(documentId)
  for (const node of nodes) {
    node.tell({ figures: true })
    await until(() => figuresOf(node) !== undefined)
    if (figuresOf(node)?.node === id) return node
  }
  throw new Error('nobody owns the document')
}
/** The name of the node in a document's lease. */
async function holderOf(documentId: string): Promise<unknown> {
  const control = await openControl(databaseUrl, 'nobody', { heard: () => {}, connected: () => {} })
  const [row] = await control.ask('select node_id from document_lease where document_id = $1', [documentId])
  await control.close()
  return row?.['node_id']
}
/** Waits until a document has another holder than this one. */
async function takenFrom(holder: unknown, documentId: string): Promise<void> {
  let now = holder
  const asking = setInterval(() => void holderOf(documentId).then((next) => (now = next)), 100)
  await until(() => now !== holder).finally(() => clearInterval(asking))
}
function figuresOf(node: TestNode): { readonly node: string; readonly redis: string } | undefined {
  // Safe because serve-node.mjs answers so.
  return node.said.findLast((said) => 'figures' in said)?.['figures'] as { readonly node: string; readonly redis: string } | undefined
}

async function replace(node: TestNode, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  await node.end(signal)
  nodes[nodes.indexOf(node)] = await start()
}

test('people on three nodes write in one document, with tickets of other nodes, and each ticket opens once', async () => {
  const documentId = aDocument()
  const { written } = await writeWhile(documentId, 1, async () => {})
  await expectStored(documentId, written)
  const [first, second] = [nodes[0], nodes[1]]
  if (first === undefined || second === undefined) throw new Error('no nodes')
  const ticket = await first.ticket(documentId, 'w0')
  const opened = await openAt(second, documentId, 'w0', ticket)
  await until(() => opened.heard.length > 0)
  await expect(openAt(second, documentId, 'w0', ticket)).rejects.toThrow('401')
  opened.stop()
}, testMs)

test('the owner killed under six writers: nothing acknowledged is lost or doubled, and everybody is back within ten seconds', async () => {
  const documentId = aDocument()
  const { written, backAfterMs } = await writeWhile(documentId, 2, async (balance) => {
    const owner = await ownerOf(documentId)
    balance.remove(owner)
    await replace(owner, 'SIGKILL')
  })
  await expectStored(documentId, written)
  expect(backAfterMs).toBeLessThan(10_000)
}, testMs)

test('an owner that stood still in the middle of a commit while another took over writes nothing when it wakes, and sends its clients away', async () => {
  const documentId = aDocument()
  const late = await startLate(documentId)
  const { written } = await writeWhile(documentId, 3, async (balance) => {
    balance.remove(late.owner)
    const owner = await holderOf(documentId)
    // All nodes share one writer: whoever stands still with it must lose it.
    late.owner.tell({ holdMs: 2_000 })
    await until(() => late.owner.said.some((said) => said['held'] === true))
    late.owner.child.kill('SIGSTOP')
    late.client.sendUpdate(late.update)
    for (const writer of writers) writer.session.reconnect()
    // Not only until everybody is saved: between two keys they may all be, before anybody has noticed anything.
    await takenFrom(owner, documentId)
    await until(() => writers.every(isSaved))
    late.owner.child.kill('SIGCONT')
    await until(() => late.client.closed() !== null)
  })
  expect(late.client.closed()?.code).toBe(4503)
  expect(late.client.acks()).toEqual([])
  await expectStored(documentId, written)
}, testMs)

/** Somebody connected to the owner itself, with an update to send. */
async function startLate(documentId: string): Promise<{ readonly owner: TestNode; readonly client: Awaited<ReturnType<typeof openAt>>; readonly update: Uint8Array }> {
  const owner = nodes[1]
  if (owner === undefined) throw new Error('no node')
  const client = await openAt(owner, documentId, 'w5')
  await until(() => client.heard.length > 0)
  const { Doc, encodeStateAsUpdate } = await import('yjs')
  const doc = new Doc()
  doc.getArray<string>('tokens').push(['too late'])
  return { owner, client, update: encodeStateAsUpdate(doc) }
}

test('the log itself refuses a node whose document was taken over, in the transaction that would have written', async () => {
  const documentId = aDocument()
  const database = await openDatabase({ dataDir: '', database: { kind: 'postgres', url: databaseUrl } })
  const hooks = { hearsRedis: () => false, lapsed: () => {}, gone: () => {}, report: () => {} }
  const join = async (address: string, lifeMs: number) => {
    const control = await openControl(databaseUrl, 'nobody', { heard: () => {}, connected: () => {} })
    const member = await enterCluster(control, { lifeMs, renewMs: 60_000 }, { ...hooks, address })
    const leases = createLeases(control, member)
    return { control, member, leases, log: updateLog(database, () => {}, leases.fence) }
  }
  const [old, next] = [await join('old:1', 200), await join('new:1', 60_000)]
  const row = { documentId, bytes: sealUpdates(documentId, { personId: 'w0', updates: [Uint8Array.of(0, 0)] }), personId: 'w0', sessionId: 's', at: 1 }
  expect(await old.leases.acquire(documentId)).toEqual({ kind: 'here' })
  expect(await next.leases.acquire(documentId)).toMatchObject({ kind: 'there', peer: { address: 'old:1' } })
  const [first = 0] = await old.log.append([row])
  await until(() => !old.member.isCurrent())
  await untilTaken(() => next.leases.acquire(documentId))
  await expect(old.log.append([row])).rejects.toThrow('another node has taken over')
  await expect(old.log.saveSnapshot(documentId, first, row.bytes)).rejects.toThrow('another node has taken over')
  expect(await next.log.append([row])).toEqual([first + 1])
  await Promise.all([old, next].map(async ({ member, control }) => member.leave().then(() => control.close())))
  await database.close()
}, testMs)

async function untilTaken(acquire: () => Promise<{ readonly kind: string }>): Promise<void> {
  const deadline = performance.now() + 5000
  while ((await acquire()).kind !== 'here') if (performance.now() > deadline) throw new Error('the lease never expired')
}

test('every node restarted in turn under six writers: nothing is lost or doubled', async () => {
  const documentId = aDocument()
  const { written } = await writeWhile(documentId, 4, async (balance) => {
    for (const node of [...nodes]) {
      balance.remove(node)
      await replace(node, 'SIGTERM')
      balance.nodes.push(...nodes.filter((each) => !balance.nodes.includes(each)))
    }
  })
  await expectStored(documentId, written)
}, testMs)

test('Redis killed under six writers: edits and topics still arrive; when it is back, topics go through it again', async () => {
  const documentId = aDocument()
  const [speaker, ear] = [nodes[0], nodes[2]]
  if (speaker === undefined || ear === undefined) throw new Error('no nodes')
  const heard = (topic: string): boolean => ear.said.some((said) => Array.isArray(said['topics']) && said['topics'].includes(topic))
  speaker.tell({ publish: 'with redis' })
  await until(() => heard('with redis'))
  const { written } = await writeWhile(documentId, 5, async () => {
    await redis.kill()
    speaker.tell({ publish: 'without redis' })
    await until(() => heard('without redis'))
  })
  await expectStored(documentId, written)
  await redis.start()
  speaker.tell({ publish: 'redis again' })
  await until(() => heard('redis again'))
}, testMs)

test('PostgreSQL crashed and started again under six writers: nothing acknowledged is lost or doubled, and every node goes on', async () => {
  const documentId = aDocument()
  const { written } = await writeWhile(documentId, 6, async () => {
    await postgres.crash()
    await postgres.start()
  })
  await expectStored(documentId, written)
}, testMs)

test('the link between two living nodes goes silent under six writers: clients of the one are sent away and write on through the other', async () => {
  const documentId = aDocument()
  const [owner, relay] = await Promise.all([start(), start()])
  const cable = await layCable(owner)
  try {
    const holder = await openAt(owner, documentId, 'w5')
    await until(() => holder.heard.length > 0)
    const relayed = await openAt(relay, documentId, 'w4')
    await until(() => relayed.heard.length > 0)
    const { written } = await writeWhile(documentId, 7, async () => {
      cable.cut()
      await until(() => relayed.closed() !== null)
    }, [owner, relay])
    expect(relayed.closed()?.code).toBe(4512)
    cable.mend()
    const back = aBalancer([relay], 1).session(documentId, 'reader')
    writers.push(back)
    await until(() => tokensOf(back).length >= written.length)
    expect([...tokensOf(back).toArray()].sort()).toEqual([...written].sort())
  } finally {
    cable.close()
    await Promise.all([owner, relay].map((node) => node.end('SIGKILL')))
  }
}, testMs)

/** Leads the others to a node over a cable: they find its address where it has entered it. */
async function layCable(node: TestNode): ReturnType<typeof aCable> {
  node.tell({ figures: true })
  await until(() => figuresOf(node) !== undefined)
  const control = await openControl(databaseUrl, 'nobody', { heard: () => {}, connected: () => {} })
  const id = figuresOf(node)?.node
  const [row] = await control.ask('select address from cluster_node where id = $1', [id])
  const cable = await aCable(Number(String(row?.['address']).split(':')[1]))
  await control.ask('update cluster_node set address = $2 where id = $1', [id, cable.address])
  await control.close()
  return cable
}

test('an ended session loses its sockets on every node at once', async () => {
  const documentId = aDocument()
  const [first, second] = [nodes[0], nodes[1]]
  if (first === undefined || second === undefined) throw new Error('no nodes')
  const clients = await Promise.all(nodes.map((node) => openAt(node, documentId, 'w0')))
  await until(() => clients.every((client) => client.heard.length > 0))
  second.tell({ end: 'session-of-w0' })
  await until(() => clients.every((client) => client.closed()?.code === 4401))
}, testMs)

/** Several nodes over one PostgreSQL, and people who are led to any of them. */
import { type ChildProcess, fork } from 'node:child_process'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { Awareness } from 'y-protocols/awareness'
import { createLineChoice, createSyncSession, type SyncSession } from '../../desktop/src/platform/sync/index.ts'
import { type RawClient, seeded, tryUpgrade } from '../../server/src/platform/realtime/twins/raw-client.ts'
import { quickFigures } from '../convergence/editors.ts'

const program = fileURLToPath(new URL('serve-node.mjs', import.meta.url))
const publicUrl = 'http://office.test'

/** Shorter than the product's, so that takeovers are quick; long enough for a machine with other work. */
export const quickPulse = { lifeMs: 2500, renewMs: 250 } as const

/** What a node says on its channel. */
type Said = Readonly<Record<string, unknown>>

/** A node in a process of its own. */
export interface TestNode {
  readonly child: ChildProcess
  readonly url: string
  /** Everything it said besides tickets. */
  readonly said: readonly Said[]
  tell(message: Said): void
  ticket(document: string, person: string): Promise<string>
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** How a node starts. The first makes the tables, the documents, and the rights of these people. */
export interface NodeOptions {
  readonly databaseUrl: string
  readonly redisUrl: string | null
  readonly isFresh?: boolean
  readonly documents?: readonly { readonly id: string; readonly people: readonly string[] }[]
}

/** Starts one. */
export async function startNode(options: NodeOptions): Promise<TestNode> {
  const child = fork(program, [JSON.stringify({ ...options, publicUrl, pulse: quickPulse })], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.setMaxListeners(100)
  child.on('error', () => {})
  const said: Said[] = []
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the node did not start: ${code}`)))
    child.on('message', (message: Said) => {
      if (typeof message['port'] === 'number') resolve(message['port'])
      else if (message['ticket'] === undefined) said.push(message)
    })
  })
  const tell = (message: Said): void => void child.send(message, () => {})
  return {
    child,
    url: `ws://127.0.0.1:${port}`,
    said,
    tell,
    ticket: (document, person) =>
      new Promise((resolve, reject) => {
        const hear = (message: Said): void => {
          if (message['person'] !== person || message['document'] !== document) return
          child.off('message', hear)
          child.off('exit', gone)
          resolve(String(message['ticket']))
        }
        const gone = (): void => reject(new Error('the node is gone'))
        child.on('message', hear)
        child.once('exit', gone)
        tell({ person, document })
      }),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await gone
    },
  }
}

/** Leads people to nodes, as a balancer without affinity would: tickets from one node, sockets to another. */
export interface Balancer {
  readonly nodes: TestNode[]
  /** Takes a node out before it is drained, as a health check would. */
  remove(node: TestNode): void
  session(documentId: string, person: string): { readonly doc: Y.Doc; readonly session: SyncSession }
}

/** Makes a balancer over nodes. */
export function aBalancer(nodes: TestNode[], seed: number): Balancer {
  const random = seeded(seed)
  const pick = (): TestNode => {
    const node = nodes[Math.floor(random() * nodes.length)]
    if (node === undefined) throw new Error('no node left')
    return node
  }
  class AnyNode extends WebSocket {
    constructor(address: string | URL) {
      super(String(address).replace(/^ws:\/\/balancer/, pick().url), { origin: publicUrl })
    }
  }
  return {
    nodes,
    remove: (node) => void nodes.splice(nodes.indexOf(node), 1),
    session(documentId, person) {
      const doc = new Y.Doc()
      const session = createSyncSession({
        documentId,
        doc,
        awareness: new Awareness(doc),
        getTicket: async () => ({ kind: 'ticket', ticket: await pick().ticket(documentId, person) }),
        serverUrl: 'ws://balancer',
        // Safe because ws implements the browser's interface as far as the session uses it.
        WebSocketClass: AnyNode as unknown as typeof globalThis.WebSocket,
        lines: createLineChoice(),
        random,
        figures: { ...quickFigures, longestMs: 500 },
      })
      return { doc, session }
    },
  }
}

/** The way to a node's links that can go silent, as a network does that is cut without a word. */
export interface Cable {
  readonly address: string
  cut(): void
  mend(): void
  close(): void
}

/** Lays a cable to a port of this machine. */
export async function aCable(to: number): Promise<Cable> {
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    const pass = (from: Socket, into: Socket): void => {
      ends.add(from)
      from.on('data', (bytes) => {
        if (!isCut) into.write(bytes)
      })
      from.on('error', () => from.destroy())
      from.on('close', () => {
        ends.delete(from)
        into.destroy()
      })
    }
    pass(near, far)
    pass(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Safe because it listens on a port, not on a path.
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    cut: () => void (isCut = true),
    mend: () => void (isCut = false),
    close: () => {
      server.close()
      for (const end of ends) end.destroy()
    },
  }
}

/** A raw socket to one node. */
export async function openAt(node: TestNode, documentId: string, person: string, ticket?: string): Promise<RawClient> {
  const shown = ticket ?? (await node.ticket(documentId, person))
  const upgrade = await tryUpgrade({ url: node.url, origin: publicUrl }, `/sync/${documentId}?x=1&ticket=${shown}`)
  if (!('client' in upgrade)) throw new Error(`upgrade refused with ${upgrade.status}`)
  upgrade.client.ws.on('error', () => {})
  return upgrade.client
}

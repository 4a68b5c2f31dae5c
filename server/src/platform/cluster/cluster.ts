/** Several server processes over one PostgreSQL: who owns which document, how clients of one node reach documents of another, and what
 * nodes tell each other. See README.md. */
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Line } from '../realtime/line.ts'
import type { Owners, RelayedClient } from '../realtime/index.ts'
import type { WriteDb } from '../database/index.ts'
import { type Control, openControl } from './control.ts'
import { createLeases } from './leases.ts'
import { serveLink } from './link-owner.ts'
import { openRelay, type RelayLink } from './link-relay.ts'
import { listenForLinks } from './link-socket.ts'
import { enterCluster, type Membership, ordinaryPulse, type Pulse } from './membership.ts'
import { type ClusterNotice, readNotice, writeNotice } from './notices.ts'
import { openRedisChannel, type RedisChannel } from './redis-channel.ts'

/** How a node joins. */
export interface ClusterOptions {
  /** PostgreSQL, as in the configuration. The tables exist. */
  readonly databaseUrl: string
  /** Where other nodes reach this one, and where it listens: `host:port`, port 0 for any. */
  readonly address: string
  readonly redisUrl: string | null
  readonly pulse?: Pulse
  readonly report: (cause: unknown) => void
}

/** What the cluster asks of the server it belongs to. */
export interface ClusterDoors {
  /** A client of another node wants a document of ours. */
  readonly admit: (line: Line, client: RelayedClient) => void
  /** What this node has to do, for another that asks. */
  readonly look: () => unknown
  /** Redeems a ticket that this node issued. */
  readonly redeem: (ticket: string) => Promise<unknown>
  readonly heard: (notice: ClusterNotice) => void
  /** This node did not count as alive for a while: nothing in memory can be trusted. */
  readonly lapsed: () => void
  /** Other nodes are gone: what they had begun may lie there. */
  readonly gone: () => void
  /** Notices may have been missed: of `everything` or of screens only. */
  readonly missed: (what: 'everything' | 'topics') => void
}

/** Figures for operators. */
export interface ClusterFigures {
  readonly node: string
  /** Where other nodes reach it. */
  readonly address: string
  readonly peers: number
  readonly redis: 'none' | 'up' | 'down'
}

/** This process as a node. */
export interface Cluster {
  readonly owners: Owners
  readonly nodeId: () => string
  /** Throws unless this node owns all these documents; part of the transaction that writes. */
  fence(db: WriteDb, documentIds: readonly string[]): Promise<void>
  /** Whether this node does what only one should do. */
  isFirst(): boolean
  /** Tells all other nodes. */
  say(notice: ClusterNotice): void
  /** Asks the node that issued a ticket to redeem it; `null` when it is gone or does not know it. */
  redeemThere(nodeId: string, ticket: string): Promise<unknown>
  /** Asks every other living node what it has to do; `null` for one that does not answer in time. */
  lookAtOthers(withinMs: number): Promise<readonly { readonly address: string; readonly answer: unknown }[]>
  serve(doors: ClusterDoors): void
  figures(): ClusterFigures
  /** Gives all documents back and leaves. Call it when nothing is written any more. */
  close(): Promise<void>
}

const noticeChannel = 'xiewen_cluster'
const redisWithinMs = 500

/** Joins the cluster of a database. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const pulse = options.pulse ?? ordinaryPulse
  const times = { pulseMs: pulse.renewMs, deadAfterMs: pulse.lifeMs }
  const links = new Map<string, RelayLink>()
  let doors: ClusterDoors | null = null
  let member: Membership | null = null
  let isClosed = false
  const self = { id: () => member?.id() ?? '', isCurrent: () => member?.isCurrent() ?? false }
  const hear = (payload: string): void => {
    const notice = readNotice(payload, self.id())
    if (notice !== null) doors?.heard(notice)
  }
  const control = await openControl(options.databaseUrl, noticeChannel, { heard: hear, connected: () => doors?.missed('everything') })
  const secret = await readSecret(control)
  const redis = options.redisUrl === null ? null : openRedis(options.redisUrl, secret)
  const { host, port } = parseAddress(options.address)
  const server = await listenForLinks({ host, port }, secret, (socket) => {
    if (doors === null) return void socket.destroy()
    serveLink(socket, times, { admit: doors.admit, answer: answerTo })
  })
  // Safe because the server listens on a port, not on a path.
  const { port: listening } = server.address() as AddressInfo
  const address = `${host.includes(':') ? `[${host}]` : host}:${listening}`
  const leases = createLeases(control, self)
  member = await enterCluster(control, pulse, {
    address,
    hearsRedis: () => redis?.isUp() ?? false,
    lapsed: () => {
      leases.forgetAll()
      doors?.lapsed()
    },
    gone: () => {
      dropDeadLinks()
      doors?.gone()
    },
    report: options.report,
  })

  function openRedis(url: string, salt: Buffer): RedisChannel {
    const name = createHash('sha256').update('redis channel').update(salt).digest('hex').slice(0, 24)
    let wasUp = false
    return openRedisChannel(url, `xiewen:${name}`, {
      heard: hear,
      up: () => {
        if (wasUp) doors?.missed('topics')
        wasUp = true
      },
    })
  }

  async function answerTo(question: unknown): Promise<unknown> {
    if (typeof question === 'object' && question !== null && 'look' in question) return doors?.look() ?? null
    const ticket = typeof question === 'object' && question !== null && 'redeem' in question ? question.redeem : null
    return typeof ticket === 'string' && doors !== null ? doors.redeem(ticket) : null
  }

  function dropDeadLinks(): void {
    const living = new Set(member?.peers().map((peer) => peer.address))
    for (const [to, link] of [...links]) if (!living.has(to)) link.close()
  }

  function linkTo(to: string): RelayLink {
    const known = links.get(to)
    if (known !== undefined) return known
    const link = openRelay(to, secret, times, () => {
      if (links.get(to) === link) links.delete(to)
    })
    links.set(to, link)
    return link
  }

  async function spread(pieces: readonly string[], mayBeLost: boolean): Promise<void> {
    const peers = member?.peers() ?? []
    if (mayBeLost && peers.length === 0) return
    const byRedis = mayBeLost && redis !== null && redis.isUp() && peers.every((peer) => peer.hearsRedis)
    for (const piece of pieces) {
      if (byRedis && (await saidInTime(redis, piece))) continue
      await control.ask('select pg_notify($1, $2)', [noticeChannel, piece])
    }
  }

  return {
    nodeId: self.id,
    fence: leases.fence,
    isFirst: () => member?.isFirst() ?? false,
    owners: {
      isCurrent: self.isCurrent,
      release: leases.release,
      async find(documentId) {
        const holder = await leases.acquire(documentId)
        return holder.kind === 'here' ? 'here' : { attach: (line, client, ended) => linkTo(holder.peer.address).attach(line, client, ended) }
      },
    },
    say(notice) {
      if (isClosed) return
      spread(writeNotice(self.id(), notice), notice.kind === 'topics').catch(options.report)
    },
    async redeemThere(nodeId, ticket) {
      const [peer] = await control.ask('select address from cluster_node where id = $1', [nodeId])
      return peer === undefined ? null : linkTo(String(peer['address'])).ask({ redeem: ticket })
    },
    lookAtOthers: (withinMs) =>
      Promise.all((member?.peers() ?? []).map(async ({ address: to }) => ({ address: to, answer: await withinTime(linkTo(to).ask({ look: true }), withinMs) }))),
    serve(given) {
      doors = given
    },
    figures: () => ({ node: self.id(), address, peers: member?.peers().length ?? 0, redis: redis === null ? 'none' : redis.isUp() ? 'up' : 'down' }),
    async close() {
      if (isClosed) return
      isClosed = true
      doors = null
      await member?.leave().catch(options.report)
      for (const link of [...links.values()]) link.close()
      server.close()
      redis?.close()
      await control.close()
    },
  }
}

/** An answer, or null when there is none in time. */
async function withinTime(asked: Promise<unknown>, withinMs: number): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), withinMs)
  })
  try {
    return await Promise.race([asked.catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}

async function readSecret(control: Control): Promise<Buffer> {
  const [row] = await control.ask("select secret from cluster_secret where name = 'link'")
  const secret = row?.['secret']
  if (!Buffer.isBuffer(secret)) throw new Error('Bug: the cluster has no secret')
  return secret
}

async function saidInTime(redis: RedisChannel, payload: string): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), redisWithinMs)
  })
  const said = redis.say(payload).then(
    () => true,
    () => false,
  )
  return Promise.race([said, late]).finally(() => clearTimeout(timer))
}

function parseAddress(address: string): { readonly host: string; readonly port: number } {
  const cut = address.lastIndexOf(':')
  return { host: address.slice(0, cut).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(cut + 1)) }
}

/** A node's life: a row it renews every second, and the others it sees. */
import { randomBytes } from 'node:crypto'
import type { Control } from './control.ts'
import { databaseNow, type Peer } from './leases.ts'

/** How long a node counts as alive after its last renewal, and how often it renews. Milliseconds. */
export interface Pulse {
  readonly lifeMs: number
  readonly renewMs: number
}

/** Four missed renewals of a second each: a takeover then takes at most four seconds. */
export const ordinaryPulse: Pulse = { lifeMs: 4_000, renewMs: 1_000 }

const forgottenAfterMs = 86_400_000

/** A peer and whether it hears Redis. */
export interface SeenPeer extends Peer {
  readonly hearsRedis: boolean
}

/** The membership of this process. */
export interface Membership {
  readonly id: () => string
  readonly isCurrent: () => boolean
  /** Living nodes besides this one, as of the last renewal. */
  peers(): readonly SeenPeer[]
  /** Whether this node is the one that does what only one should do. */
  isFirst(): boolean
  /** Ends the life of this node in the register: its documents are free at once. */
  leave(): Promise<void>
}

/** What membership tells and asks. */
export interface MembershipHooks {
  readonly address: string
  readonly hearsRedis: () => boolean
  /** Our life ran out (the process stood still, or the database was away): whatever we owned may be somebody else's now. */
  readonly lapsed: () => void
  /** Nodes that were there before are gone. */
  readonly gone: () => void
  readonly report: (cause: unknown) => void
}

/** Enters this process into the register. */
export async function enterCluster(control: Control, pulse: Pulse, hooks: MembershipHooks): Promise<Membership> {
  let id = freshId()
  let validUntil = -Infinity
  let others: readonly SeenPeer[] = []
  let isLeaving = false

  async function enter(): Promise<void> {
    const sent = performance.now()
    // Whoever had this address before is gone: two processes cannot listen on one.
    await control.ask(`delete from cluster_node where address = $1 or alive_until < ${databaseNow} - $2::bigint`, [hooks.address, forgottenAfterMs])
    await control.ask(`insert into cluster_node (id, address, hears_redis, alive_until) values ($1, $2, $3, ${databaseNow} + $4::bigint)`, [id, hooks.address, hooks.hearsRedis() ? 1 : 0, pulse.lifeMs])
    validUntil = sent + pulse.lifeMs
  }

  /** @returns whether our row was still alive */
  async function renew(): Promise<boolean> {
    const sent = performance.now()
    const renewed = await control.ask(`update cluster_node set alive_until = ${databaseNow} + $2::bigint, hears_redis = $3 where id = $1 and alive_until > ${databaseNow} returning id`, [id, pulse.lifeMs, hooks.hearsRedis() ? 1 : 0])
    if (renewed.length === 0) return false
    validUntil = sent + pulse.lifeMs
    return true
  }

  async function look(): Promise<void> {
    const rows = await control.ask(`select id, address, hears_redis from cluster_node where id <> $1 and alive_until > ${databaseNow} order by id`, [id])
    const seen = rows.map((row) => ({ id: String(row['id']), address: String(row['address']), hearsRedis: Number(row['hears_redis']) === 1 }))
    const lost = others.some((before) => !seen.some((now) => now.id === before.id))
    others = seen
    if (lost) hooks.gone()
  }

  async function beat(): Promise<void> {
    if (isLeaving) return
    if (!(await renew())) {
      validUntil = -Infinity
      hooks.lapsed()
      // A new name: nothing that was begun under the old one can count.
      id = freshId()
      await enter()
    }
    await look()
  }

  await enter()
  await look()
  let isBeating = false
  const timer = setInterval(() => {
    if (isBeating) return
    isBeating = true
    beat()
      .catch(hooks.report)
      .finally(() => {
        isBeating = false
      })
  }, pulse.renewMs)
  timer.unref()

  return {
    id: () => id,
    isCurrent: () => performance.now() < validUntil,
    peers: () => others,
    isFirst: () => performance.now() < validUntil && others.every((other) => id < other.id),
    async leave() {
      isLeaving = true
      clearInterval(timer)
      validUntil = -Infinity
      await control.ask('delete from cluster_node where id = $1', [id])
    },
  }
}

/** Sorts by birth, so that the oldest node is the first. */
function freshId(): string {
  return `${Date.now().toString(36).padStart(9, '0')}${randomBytes(8).toString('hex')}`
}

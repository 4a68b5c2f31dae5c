/** What is checked before any use case runs: session, access, cross-site tricks, step-up, rates. */
import type { AnyContract, Refusal } from '@xiewen/shared/base'
import { adminDuties } from '@xiewen/shared/base'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../context.ts'

/** Resolves the session of a request; null when nobody is signed in. `isBackground` requests do not keep a session alive. */
export type ActorOf = (request: FastifyRequest, isBackground: boolean) => Promise<Actor | null>

/** Whether a screen asked by itself (polling, a tray icon) rather than at somebody's hand. */
export function isBackground(request: FastifyRequest): boolean {
  return request.headers['x-xiewen-background'] === '1'
}

/** Whether this caller may call this contract at all; finer rules follow in the room.
 *
 * @returns null when allowed, else the refusal
 */
export function refuseAccess(contract: AnyContract, actor: Actor | null): Refusal | null {
  if (contract.access.kind === 'public') return null
  if (!actor) return { code: 'base.not-signed-in' }
  const isAdmin = adminDuties.some((duty) => actor.duties.has(duty))
  if (contract.access.kind === 'any-session') return null
  if (contract.access.kind === 'session') return isAdmin ? { code: 'base.not-allowed' } : null
  const held = new Set([...actor.duties, ...actor.actingFor.flatMap((post) => post.duties)])
  return contract.access.anyOf.some((duty) => held.has(duty)) ? null : { code: 'base.not-allowed' }
}

/** Requests that change something must come from our own pages: a header no form can send, and an origin we know. */
export function refuseCrossSite(request: FastifyRequest, origins: ReadonlySet<string>): Refusal | null {
  if (request.headers['x-xiewen'] !== '1') return { code: 'base.cross-site' }
  const origin = request.headers.origin
  if (origin !== undefined && !isKnownOrigin(origin, request.headers.host, origins)) return { code: 'base.cross-site' }
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { code: 'base.cross-site' }
  return null
}

/** Whether a browser origin is ours: a configured one, or the very host the request went to. */
export function isKnownOrigin(origin: string, host: string | undefined, origins: ReadonlySet<string>): boolean {
  if (origins.has(origin)) return true
  if (!URL.canParse(origin) || host === undefined) return false
  return new URL(origin).host === host
}

interface Bucket {
  tokens: number
  at: number
}

/** A token bucket per caller: `perSecond` on average, `burst` at once. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()
  readonly #perSecond: number
  readonly #burst: number

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond
    this.#burst = burst
  }

  /** Takes one token; false means too many requests. `nowMs` is any monotonic or wall clock in milliseconds. */
  take(caller: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#burst, at: nowMs }
    const tokens = Math.min(this.#burst, bucket.tokens + ((nowMs - bucket.at) / 1000) * this.#perSecond)
    if (this.#buckets.size > 20_000) this.#buckets.clear()
    this.#buckets.set(caller, { tokens: Math.max(0, tokens - 1), at: nowMs })
    return tokens >= 1
  }
}

/** When to remind of what ends: lists of revoked certificates (吊销列表) and certificates of outside authorities, and certificates of seals. */

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How long before its end (ms) the holder of a certificate is reminded: authorities take weeks to issue another. */
export const certificateLeadMs = 60 * dayMs

/** How long before its next update (ms) a list is due: a fifth of its life, six hours at least and three days at most. Instants are ms UTC. */
export function listLeadMs({ thisUpdate, nextUpdate }: { readonly thisUpdate: number; readonly nextUpdate: number }): number {
  return Math.min(3 * dayMs, Math.max(6 * hourMs, (nextUpdate - thisUpdate) / 5))
}

/** soon: it ends within the lead; ended: it has; later: neither. */
export type Ending = 'later' | 'soon' | 'ended'

/** How near something is to its end (instants and lead in ms). */
export function endingOf(endsAt: number, leadMs: number, now: number): Ending {
  if (endsAt < now) return 'ended'
  return endsAt - leadMs <= now ? 'soon' : 'later'
}

/** Whether a certificate has a successor: another of the same holder for the same use that ends later. */
export function isReplaced(one: EndingCertificate, all: readonly EndingCertificate[]): boolean {
  return all.some((other) => other.subject === one.subject && other.use === one.use && other.validUntil > one.validUntil)
}

/** A trusted certificate as far as its end is concerned; `validUntil` ms UTC. */
export interface EndingCertificate {
  readonly subject: string
  readonly use: string
  readonly validUntil: number
}

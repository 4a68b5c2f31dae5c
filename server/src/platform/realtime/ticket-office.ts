/** Tickets for sockets: random, one use, short-lived, bound to one session and one document. Kept in memory: a restart ends them. */
import type { Clock, TicketGrant, Tickets } from './ports.ts'

/** What the office needs. `random(size)` gives `size` unpredictable bytes. */
export interface TicketOfficeDeps {
  readonly clock: Clock
  readonly random: (size: number) => Uint8Array
  /** Milliseconds a ticket lives; never more than 60 000. */
  readonly lifeMs?: number
  /** Outstanding tickets of one session; the oldest goes when a new one would exceed it. */
  readonly maxPerSession?: number
}

/** Issues, redeems and withdraws tickets. */
export interface TicketOffice extends Tickets {
  /** A new ticket: 43 characters of base64url (256 bits). The caller has authenticated the session and checked the document. */
  issue(grant: TicketGrant): string
  /** Withdraws every outstanding ticket of a session or a person. */
  revoke(sessionOrPersonId: string): void
  /** Tickets not yet used or expired. */
  outstanding(): number
}

interface Issued {
  readonly grant: TicketGrant
  readonly expiresAt: number
}

/** Opens a ticket office. */
export function createTicketOffice({
  clock,
  random,
  lifeMs = 60_000,
  maxPerSession = 64,
}: TicketOfficeDeps): TicketOffice {
  const life = Math.min(lifeMs, 60_000)
  // Insertion order is order of expiry, because every ticket lives equally long.
  const issued = new Map<string, Issued>()

  function dropExpired(): void {
    for (const [ticket, { expiresAt }] of issued) {
      if (expiresAt > clock.now()) return
      issued.delete(ticket)
    }
  }

  function makeRoom(sessionId: string): void {
    const own = [...issued].filter(([, { grant }]) => grant.sessionId === sessionId)
    for (const [ticket] of own.slice(0, Math.max(0, own.length - maxPerSession + 1))) issued.delete(ticket)
  }

  return {
    issue(grant) {
      dropExpired()
      makeRoom(grant.sessionId)
      const ticket = Buffer.from(random(32)).toString('base64url')
      issued.set(ticket, { grant, expiresAt: clock.now() + life })
      return ticket
    },
    async redeem(ticket) {
      const found = issued.get(ticket)
      if (found === undefined) return null
      issued.delete(ticket)
      return found.expiresAt > clock.now() ? found.grant : null
    },
    revoke(id) {
      for (const [ticket, { grant }] of issued) {
        if (grant.sessionId === id || grant.personId === id) issued.delete(ticket)
      }
    },
    outstanding() {
      dropExpired()
      return issued.size
    },
  }
}

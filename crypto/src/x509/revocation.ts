/** What a revocation means for something signed at a moment. Sources: RFC 5280 section 5.3, RFC 3161 section 4, ETSI EN 319 102-1 (proof of existence). */
import { equalBytes } from '../bytes.ts'
import type { DistinguishedName } from './name.ts'

/** Reasons of revocation with the numbers of RFC 5280 section 5.3.1. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  authorityCompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
} as const

/** Why a certificate was revoked. */
export type RevocationReason = keyof typeof revocationReasons

/** A revoked certificate: issuer as its exact name bytes, serial as in `Certificate`, instant ms UTC; no `reason` is as good as the worst. */
export interface Revocation {
  readonly issuer: Uint8Array
  readonly serial: string
  readonly revokedAt: number
  readonly reason?: RevocationReason
}

/**
 * When something was signed: `at` is the moment that counts (ms UTC). `existedBy`: by when it existed for certain, because a trusted time
 * stamp says so; `null`: `at` is only the signer's word; absent: `at` itself is certain. `isService`: a time stamp service signed it, `at` is its word.
 */
export interface SigningMoment {
  readonly at: number
  readonly existedBy?: number | null
  readonly isService?: boolean
}

/**
 * `before`: revoked when it was signed · `since`: revoked later, and it is proved that it was signed before · `unproven`: it says to be
 * older than the revocation, and only whoever holds the key says so.
 */
export type RevocationEffect = 'before' | 'since' | 'unproven'

/** Reasons that leave the key in its holder's hand to the end; what a service stamped before them stands (RFC 3161 section 4). */
const keptKey: readonly (RevocationReason | undefined)[] = ['affiliationChanged', 'superseded', 'cessationOfOperation']

/** The revocation of a certificate, the earliest when several are known; `null` when there is none. */
export function findRevocation(
  certificate: { readonly serial: string; readonly issuer: Pick<DistinguishedName, 'raw'> },
  revoked: readonly Revocation[],
): Revocation | null {
  const found = revoked.filter(({ serial, issuer }) => serial === certificate.serial && equalBytes(issuer, certificate.issuer.raw))
  return found.reduce<Revocation | null>((first, each) => (first === null || each.revokedAt < first.revokedAt ? each : first), null)
}

/** What a revocation means for something signed at a moment. The reason given for it counts for services alone: a holder whose post ended has
 * every motive to date back, and the key still in hand. */
export function effectOf({ revokedAt, reason }: Revocation, { at, existedBy = at, isService = false }: SigningMoment): RevocationEffect {
  if (revokedAt <= at) return 'before'
  if (isService) return keptKey.includes(reason) ? 'since' : 'unproven'
  return existedBy !== null && existedBy < revokedAt ? 'since' : 'unproven'
}

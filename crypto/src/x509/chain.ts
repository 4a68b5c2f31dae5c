/** Certificate paths. Source: RFC 5280 section 6, narrowed to the profile of GM/T 0015-2023. */
import { oids } from '../asn1/oid.ts'
import { equalBytes } from '../bytes.ts'
import { type Certificate, isSignedBy, type KeyUsage } from './certificate.ts'
import { effectOf, findRevocation, type Revocation, type SigningMoment } from './revocation.ts'

/** Why a certificate was not accepted; `serial` names the certificate in question. */
export interface ChainProblem {
  readonly code:
    | 'chain-untrusted'
    | 'chain-signature'
    | 'certificate-expired'
    | 'certificate-not-yet-valid'
    | 'certificate-revoked'
    | 'revoked-time-unproven'
    | 'certificate-key-usage'
    | 'certificate-not-authority'
    | 'certificate-unknown-extension'
  readonly serial: string
  readonly at?: number
}

/** Result of building and checking a path: leaf first, root last; every problem found, in order. */
export interface ChainResult {
  readonly path: readonly Certificate[]
  readonly problems: readonly ChainProblem[]
}

/** What the leaf's key is used for: signing documents, seals and opinions; time stamps; revocation answers; enciphering for its holder. */
export type ChainPurpose = 'document' | 'timestamp' | 'ocsp' | 'encryption'

const signing: readonly KeyUsage[] = ['digitalSignature', 'nonRepudiation']
const enciphering: readonly KeyUsage[] = ['keyEncipherment', 'dataEncipherment', 'keyAgreement']

/**
 * `trust`: self-signed certificates in it are anchors, the others only links to reach an anchor. `links`: further certificates, for example
 * those a file brings along; they help to reach an anchor and are never one. `at` and `existedBy`: as in `SigningMoment`.
 */
export interface ChainRequest extends Omit<SigningMoment, 'isService'> {
  readonly trust: readonly Certificate[]
  readonly links?: readonly Certificate[]
  readonly revoked?: readonly Revocation[]
  readonly purpose?: ChainPurpose
}

const longestPath = 8

/** Whether a certificate names itself as its issuer. */
export function isSelfIssued(certificate: Certificate): boolean {
  return equalBytes(certificate.issuer.raw, certificate.subject.raw)
}

/**
 * Checks that a signer's certificate leads to an anchor and that every certificate was usable at the given time.
 * Certificates inside the checked file never count as trust.
 */
export function verifyChain(leaf: Certificate, request: ChainRequest): ChainResult {
  const path: Certificate[] = [leaf]
  const problems: ChainProblem[] = [...checkLeaf(leaf, request.purpose ?? 'document')]
  let current = leaf
  while (!request.trust.some((anchor) => isSelfIssued(anchor) && equalBytes(anchor.raw, current.raw))) {
    const step = findIssuer(current, [...request.trust, ...(request.links ?? [])])
    if (step.issuer === null || path.length >= longestPath) {
      problems.push({ code: step.named ? 'chain-signature' : 'chain-untrusted', serial: current.serial })
      break
    }
    problems.push(...checkAuthority(step.issuer, path.length - 1))
    path.push(step.issuer)
    current = step.issuer
  }
  for (const certificate of path) problems.push(...checkMoment(certificate, request))
  return { path, problems }
}

function findIssuer(
  certificate: Certificate,
  trust: readonly Certificate[],
): { readonly issuer: Certificate | null; readonly named: boolean } {
  const named = trust.filter((candidate) => equalBytes(candidate.subject.raw, certificate.issuer.raw))
  // A root nobody trusts names itself: that is no issuer whose signature is wrong, but nobody we know.
  const keyed = named.filter(
    (candidate) =>
      !equalBytes(candidate.raw, certificate.raw) &&
      (certificate.authorityKeyId === null ||
        candidate.subjectKeyId === null ||
        equalBytes(certificate.authorityKeyId, candidate.subjectKeyId)),
  )
  const issuer = keyed.find((candidate) => isSignedBy(certificate, candidate))
  return { issuer: issuer ?? null, named: keyed.length > 0 }
}

/** A holder's certificate: for what the purpose needs, not an authority, nothing critical left unread. */
function checkLeaf(leaf: Certificate, purpose: ChainPurpose): readonly ChainProblem[] {
  const needed = purpose === 'encryption' ? enciphering : signing
  // Without the extension a key may do everything (RFC 5280 4.2.1.3); who signs with us says so all the same.
  const signs = leaf.keyUsage?.some((usage) => needed.includes(usage)) ?? purpose === 'encryption'
  return [
    ...(signs && !leaf.isAuthority && hasPurpose(leaf, purpose)
      ? []
      : [{ code: 'certificate-key-usage', serial: leaf.serial } as const]),
    ...checkExtensions(leaf),
  ]
}

const services: readonly string[] = [oids.timeStamping, oids.ocspSigning]

/** Service certificates sign nothing but their answers, and only they may. */
export function hasPurpose({ extendedKeyUsage }: Pick<Certificate, 'extendedKeyUsage'>, purpose: ChainPurpose): boolean {
  switch (purpose) {
    case 'document':
    case 'encryption':
      return extendedKeyUsage === null || extendedKeyUsage.some((oid) => !services.includes(oid))
    case 'timestamp':
      // RFC 3161 section 2.3: this purpose and no other.
      return extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === oids.timeStamping
    case 'ocsp':
      return extendedKeyUsage?.includes(oids.ocspSigning) ?? false
  }
}

/** `below` counts the authorities between this one and the leaf. */
function checkAuthority(authority: Certificate, below: number): readonly ChainProblem[] {
  const tooLong = authority.pathLength !== null && below > authority.pathLength
  const mayIssue = authority.isAuthority && (authority.keyUsage?.includes('keyCertSign') ?? false)
  return [
    ...(mayIssue && !tooLong ? [] : [{ code: 'certificate-not-authority', serial: authority.serial } as const]),
    ...checkExtensions(authority),
  ]
}

function checkExtensions(certificate: Certificate): readonly ChainProblem[] {
  if (certificate.unknownCritical.length === 0) return []
  return [{ code: 'certificate-unknown-extension', serial: certificate.serial }]
}

/** Whether a certificate of a path was usable at the moment asked about: in time, and not revoked as far as that is proved. */
export function checkMoment(
  certificate: Pick<Certificate, 'serial' | 'issuer' | 'notBefore' | 'notAfter'>,
  request: Omit<ChainRequest, 'trust' | 'links'>,
): readonly ChainProblem[] {
  const { serial, notBefore, notAfter } = certificate
  return [
    ...(request.at < notBefore ? [{ code: 'certificate-not-yet-valid', serial, at: notBefore } as const] : []),
    ...(request.at > notAfter ? [{ code: 'certificate-expired', serial, at: notAfter } as const] : []),
    ...checkRevocation(certificate, request),
  ]
}

function checkRevocation(certificate: Pick<Certificate, 'serial' | 'issuer'>, request: Omit<ChainRequest, 'trust' | 'links'>): readonly ChainProblem[] {
  const revocation = findRevocation(certificate, request.revoked ?? [])
  if (revocation === null) return []
  const problem = { serial: certificate.serial, at: revocation.revokedAt }
  switch (effectOf(revocation, { ...request, isService: request.purpose === 'timestamp' })) {
    case 'before':
      return [{ code: 'certificate-revoked', ...problem }]
    case 'unproven':
      return [{ code: 'revoked-time-unproven', ...problem }]
    case 'since':
      return []
  }
}
